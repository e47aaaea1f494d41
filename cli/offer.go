package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// offer is what a shell can complete in one place: words of ours, files, both or nothing.
type offer struct {
	list    func(v *valet.Valet, args []string, typed string) []choice
	endings []string // of the files that fit, without the dot
	files   bool     // any file
	again   bool     // for all arguments from here on
}

// choice is one word, and what stands beside it.
type choice struct{ word, about string }

func (o offer) directive() cobra.ShellCompDirective {
	switch {
	case o.files:
		return cobra.ShellCompDirectiveDefault
	case len(o.endings) > 0:
		return cobra.ShellCompDirectiveFilterFileExt
	}
	return cobra.ShellCompDirectiveNoFileComp
}

// argumentsOf says what can stand in each argument's place; a verb that is not here takes none, or what nobody can guess.
var argumentsOf = map[string][]offer{
	"connect":         {{list: allProviders, files: true}},
	"reconnect":       {keys(anyKey)},
	"upgrade":         {keys(olderKey)},
	"import":          {{files: true}},
	"show":            {keys(anyKey)},
	"log":             {keys(anyKey)},
	"token":           {keys(givesToken)},
	"header":          {keys(givesHeaders)},
	"env":             {keys(givesHeaders)},
	"curl":            {keys(givesHeaders)},
	"exec":            {keys(givesHeaders), {files: true, again: true}},
	"request":         {keys(givesToken), oneWord(methods...)},
	"refresh":         {keys(renewable)},
	"check":           {keys(givesToken)},
	"doctor":          {{list: keysAndProviders}},
	"revoke":          {keys(here)},
	"forget":          {keys(anyKey)},
	"move":            {keys(here), {list: otherPlace}},
	"key set":         {{list: allProviders}},
	"key check":       {{list: providersWithKey}},
	"key remove":      {{list: providersWithOwnKey}},
	"provider add":    {{endings: []string{"json"}}},
	"provider show":   {{list: allProviders}},
	"provider remove": {{list: addedProviders}},
	"completion":      {oneWord(completionShells...)},
}

// flagsOf says what can be a flag's value; one that is not here takes what nobody can guess.
var flagsOf = map[string]offer{
	"key":      {list: labels},
	"provider": {list: allProviders},
	"scopes":   {list: permissionNames},
	"store":    oneWord(string(valet.InKeyring), string(valet.InFile)),
	"shell":    oneWord("dotenv", "sh", "bash", "zsh", "fish", "powershell"),
	"json":     {endings: []string{"json"}}, // where it takes a file
}

// valuesOf says what can be the value of a flag.
func valuesOf(s *session, flag string) offer {
	if flag == "fault" {
		return oneWord(s.app.Practice.Faults...)
	}
	return flagsOf[flag]
}

// glance gives the use cases with the list of keys as it lies there: nothing is mended, no lock waited for, no secret read.
func glance(s *session) (*valet.Valet, error) {
	return s.app.Valet, valet.NewDoctor(s.app.Valet, valet.Instruments{}).Load()
}

// oneWord offers what is known beforehand.
func oneWord(known ...string) offer {
	list := make([]choice, len(known))
	for n, word := range known {
		list[n].word = word
	}
	return offer{list: func(*valet.Valet, []string, string) []choice { return list }}
}

// keys offers the NAMEs of the keys that a verb can do something with.
func keys(fits func(valet.Connection) bool) offer {
	return offer{list: func(v *valet.Valet, _ []string, typed string) (list []choice) {
		for c := range v.All() {
			if strings.HasPrefix(c.Name, typed) && fits(c) {
				list = append(list, choice{c.Name, strings.TrimPrefix(accountName(c.Account)+", "+c.ProviderName, ", ")})
			}
		}
		return list
	}}
}

func anyKey(valet.Connection) bool { return true }

// here is a key whose tokens are on this computer.
func here(c valet.Connection) bool { return c.Status != valet.Returned && c.Status != valet.Missing }

// givesToken is a key that still opens something without a walk through the browser.
func givesToken(c valet.Connection) bool { return here(c) && c.Status != valet.NeedsAuthorization }

// givesHeaders is one whose requests are not signed each.
func givesHeaders(c valet.Connection) bool { return givesToken(c) && c.Protocol != valet.OAuth10 }

func renewable(c valet.Connection) bool { return givesHeaders(c) && c.Renewable }

func olderKey(c valet.Connection) bool { return here(c) && c.Protocol == valet.OAuth10 }

// otherPlace is where the key that was named is not.
func otherPlace(v *valet.Valet, args []string, _ string) []choice {
	c, err := v.Find(args[0])
	switch {
	case err != nil:
		return nil
	case c.Store == valet.InFile:
		return []choice{{word: string(valet.InKeyring)}}
	}
	return []choice{{word: string(valet.InFile)}}
}

// providers offers those that fit.
func providers(v *valet.Valet, fits func(valet.Market) bool) (list []choice) {
	for _, market := range v.Providers.List() {
		if fits(market) {
			list = append(list, choice{market.ID, market.Name})
		}
	}
	return list
}

func allProviders(v *valet.Valet, _ []string, _ string) []choice {
	return providers(v, func(valet.Market) bool { return true })
}

func addedProviders(v *valet.Valet, _ []string, _ string) []choice {
	return providers(v, func(m valet.Market) bool { return !m.BuiltIn })
}

func providersWithKey(v *valet.Valet, _ []string, _ string) []choice {
	return providers(v, func(m valet.Market) bool { return hasKey(v, m.ID) })
}

// providersWithOwnKey have an app key that somebody set, and can be removed.
func providersWithOwnKey(v *valet.Valet, _ []string, _ string) []choice {
	return providers(v, func(m valet.Market) bool {
		return slices.ContainsFunc(v.Keys.List(), func(k valet.AppKey) bool { return k.Provider == m.ID && !k.BuiltIn })
	})
}

func keysAndProviders(v *valet.Valet, args []string, typed string) []choice {
	return append(keys(anyKey).list(v, args, typed), allProviders(v, args, typed)...)
}

// labels are those of the app keys of the provider that was named, or of all where none was.
func labels(v *valet.Valet, args []string, _ string) (list []choice) {
	market, err := v.Providers.Get(append(args, "")[0])
	for _, key := range v.Keys.List() {
		if err != nil || key.Provider == market.ID {
			list = append(list, choice{key.Label, key.Provider})
		}
	}
	return list
}

// permissionNames go on with a list of permissions: those of the provider, or of the key, that was named.
func permissionNames(v *valet.Valet, args []string, typed string) (list []choice) {
	market, known := marketOf(v, args)
	if !known {
		return nil
	}
	begun := typed[:strings.LastIndexByte(typed, ' ')+1]
	for _, scope := range market.Scopes {
		if !slices.Contains(strings.Fields(begun), string(scope.Name)) {
			list = append(list, choice{begun + string(scope.Name), words.ScopeTitle(scope.Name)})
		}
	}
	for _, scope := range market.Offers {
		list = append(list, choice{begun + string(scope), words.ScopeTitle(scope)})
	}
	return list
}

// marketOf is the provider that the arguments name, itself or by a key; none named is the one that connect would take.
func marketOf(v *valet.Valet, args []string) (valet.Market, bool) {
	if len(args) == 0 {
		market, err := onlyMarket(v)
		return market, err == nil
	}
	if market, err := v.Providers.Get(args[0]); err == nil {
		return market, true
	}
	c, err := v.Find(args[0])
	if err != nil {
		return valet.Market{}, false
	}
	market, err := v.Providers.Get(c.Provider)
	return market, err == nil
}
