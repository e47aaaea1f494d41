package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"valetkey/valet"
	"valetkey/valet/words"
)

// nearest gives the one of known that was probably meant by typed, "" if none is near: a few letters wrong or left out, but
// never most of them.
func nearest(typed string, known []string) string {
	const longest = 80 // nothing of ours is longer; a permission of a provider file may be
	known = slices.DeleteFunc(slices.Clone(known), func(word string) bool { return len(word) > longest })
	if len(typed) > longest {
		return ""
	}
	best, least := "", min(2, len(typed)/2)+1
	for _, word := range known {
		if d := distance(strings.ToLower(typed), strings.ToLower(word)); d < least {
			best, least = word, d
		}
	}
	for _, word := range known {
		if best == "" && len(typed) > 1 && strings.HasPrefix(word, typed) {
			return word
		}
	}
	return best
}

// distance counts the letters to put in, leave out or change to make b of a, and neighbours that change places as one (optimal
// string alignment).
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	rows := make([][]int, len(from)+1)
	for i := range rows {
		rows[i] = make([]int, len(to)+1)
		rows[i][0] = i
	}
	for j := range to {
		rows[0][j+1] = j + 1
	}
	for i := range from {
		for j := range to {
			cost := 1
			if from[i] == to[j] {
				cost = 0
			}
			rows[i+1][j+1] = min(rows[i][j+1]+1, rows[i+1][j]+1, rows[i][j]+cost)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				rows[i+1][j+1] = min(rows[i+1][j+1], rows[i-1][j-1]+1)
			}
		}
	}
	return rows[len(from)][len(to)]
}

// nearVerb is the verb below cmd that was probably meant, by its name or by what other programs call it.
func nearVerb(cmd *cobra.Command, typed string) string {
	var names []string
	for _, sub := range cmd.Commands() {
		for _, other := range alsoCalled[pathOf(sub)] {
			if strings.EqualFold(other, typed) {
				return sub.Name()
			}
		}
		names = append(names, sub.Name())
	}
	return nearest(typed, names)
}

// alsoCalled lists what other programs call a verb of ours.
var alsoCalled = map[string][]string{
	"connect": {"login", "auth", "authorize", "add", "new"}, "reconnect": {"reauthorize", "relogin"}, "refresh": {"renew"},
	"list": {"ls", "keys", "connections", "accounts"}, "log": {"history", "audit"}, "show": {"info", "status", "inspect", "describe"}, "check": {"test", "ping", "whoami", "verify"},
	"token": {"print-token", "access-token"}, "header": {"headers"}, "env": {"export", "dotenv"}, "exec": {"run"}, "request": {"api", "get", "http"},
	"revoke": {"logout", "disconnect", "return"}, "forget": {"delete", "remove", "rm"}, "move": {"mv"}, "doctor": {"diagnose", "debug"},
	"provider": {"providers", "market"}, "practice": {"serve", "server", "sandbox"}, "completion": {"completions"}, "upgrade": {"migrate", "exchange"},
	"key set": {"add", "new"}, "key remove": {"delete", "rm"}, "key check": {"test"}, "key list": {"ls"},
	"provider remove": {"delete", "rm"}, "provider list": {"ls"}, "provider add": {"new"}, "provider show": {"info"},
}

// nearFlag is the flag of cmd that was probably meant.
func nearFlag(cmd *cobra.Command, typed string) string {
	var names []string
	add := func(flag *pflag.Flag) { names = append(names, flag.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return nearest(typed, names)
}

// meant is an error with the word that was probably meant.
type meant struct {
	error
	word string
}

// Unwrap gives the error itself.
func (m *meant) Unwrap() error { return m.error }

// guessing adds the word that was probably meant, where a NAME, a provider, a permission or a label is not known.
func guessing(v *valet.Valet, err error) error {
	var e *valet.Error
	if !errors.As(err, &e) {
		return err
	}
	var known []string
	switch e.Kind {
	case valet.UnknownName:
		for c := range v.All() {
			known = append(known, c.Name)
		}
	case valet.UnknownProvider:
		for _, market := range v.Providers.List() {
			known = append(known, market.ID)
		}
	case valet.UnknownAppKey:
		for _, key := range v.Keys.List() {
			known = append(known, key.Label)
		}
	case valet.UnknownScope:
		for _, market := range v.Providers.List() {
			for _, scope := range market.Scopes {
				if market.Name == e.Provider {
					known = append(known, string(scope.Name))
				}
			}
		}
	}
	if word := nearest(e.Subject, known); word != "" {
		return &meant{err, word}
	}
	return err
}

// withGuess puts the word that was meant before the next step.
func withGuess(err error, trouble words.Trouble) words.Trouble {
	var e *valet.Error
	if errors.As(err, &e) && e.Kind == valet.UnknownScope {
		trouble.Next = words.T("cli.next.unknown-scope")
		if strings.Contains(e.Subject, ",") {
			trouble.Next = words.T("cli.next.scope-commas")
		}
	}
	var m *meant
	if errors.As(err, &m) {
		trouble.Next = strings.TrimSpace(words.T("cli.usage.meant", "Verb", clean(m.word)) + " " + trouble.Next)
	}
	return trouble
}
