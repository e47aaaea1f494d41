package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// providerVerbs are "valetkey provider ...": who keys can be had from.
func providerVerbs(s *session) *cobra.Command {
	return group("provider", "cli.provider.about", "cli.provider.long",
		inJSONToo("list", "cli.provider.list.about", "cli.provider.list.long", arguments(0, 0), bound(s, providerList)),
		verb("add FILE", "cli.provider.add.about", "cli.provider.add.long", arguments(1, 1), bound(s, providerAdd)),
		inJSONToo("show PROVIDER", "cli.provider.show.about", "cli.provider.show.long", arguments(1, 1), bound(s, providerShow)),
		verb("remove PROVIDER", "cli.provider.remove.about", "cli.provider.remove.long", arguments(1, 1), bound(s, providerRemove)))
}

// inJSONToo is verb with --json.
func inJSONToo(use, about, long string, args cobra.PositionalArgs, do run) *cobra.Command {
	cmd := verb(use, about, long, args, do)
	cmd.Flags().Bool("json", false, "cli.flag.json")
	return cmd
}

// asJSON reports whether --json was given.
func asJSON(cmd *cobra.Command) bool { return cmd.Flags().Lookup("json").Value.String() == "true" }

// providerList tells of files that cannot be used, too: a provider that silently vanishes is worse than a complaint.
func providerList(s *session, cmd *cobra.Command, _ []string) error {
	v, err := s.rack(cmd.Context())
	if err != nil {
		return err
	}
	rows := [][]string{{words.T("cli.provider.list.id"), words.T("cli.provider.list.name"), words.T("cli.provider.list.kind")}}
	all := []providerJSON{}
	for _, market := range v.Providers.List() {
		rows = append(rows, []string{market.ID, market.Name, origin(market)})
		all = append(all, providerInJSON(market))
	}
	for _, unusable := range v.Providers.Unusable() {
		s.complain(unusable)
	}
	if asJSON(cmd) {
		return s.dataJSON(all)
	}
	return s.table(rows)
}

// origin is where the knowledge of a provider comes from.
func origin(market valet.Market) string {
	switch {
	case market.Practice:
		return words.T("cli.provider.practice")
	case market.BuiltIn:
		return words.T("cli.provider.built-in")
	}
	return words.T("cli.provider.file")
}

func providerAdd(s *session, cmd *cobra.Command, args []string) error {
	v, err := s.rack(cmd.Context())
	if err != nil {
		return err
	}
	market, err := addProvider(s, cmd.Context(), v, args[0])
	if err != nil {
		return err
	}
	return s.data(market.ID)
}

// readyProvider is the provider with that id. One whose file was put into the folder by hand may leave its addresses to its
// issuer: then they are asked for now, and said.
func readyProvider(s *session, ctx context.Context, v *valet.Valet, id string) (valet.Market, error) {
	before, err := v.Providers.Get(id)
	if err != nil {
		return before, err
	}
	market, err := v.Providers.Complete(ctx, id)
	if err == nil && market.FromIssuer && !before.FromIssuer {
		sayHosts(s, v, market)
	}
	return market, err
}

// addProvider checks a provider file, says which hosts it will talk to, and copies it. Naming the file is the consent;
// other content under an id that is already there is asked about.
func addProvider(s *session, ctx context.Context, v *valet.Valet, path string) (valet.Market, error) {
	asked := false
	market, added, err := v.Providers.Add(ctx, path, func(old, replacement valet.Market) bool {
		asked = true
		sayHosts(s, v, replacement)
		_, person := s.terminal()
		return person && s.agreed(ctx, words.T("cli.ask.replace-provider", "Provider", clean(replacement.ID), "Hosts", strings.Join(old.Hosts(), ", ")))
	})
	switch {
	case err != nil && asked && valet.KindOf(err) == valet.NameTaken:
		return market, misuse(words.T("cli.provider.add.other", "Provider", market.ID), words.T("cli.provider.add.other-next", "Provider", market.ID))
	case err != nil:
		return market, err
	case added && !asked:
		sayHosts(s, v, market)
	}
	return market, nil
}

// sayHosts says who will be talked to, and what is doubtful about them.
func sayHosts(s *session, v *valet.Valet, market valet.Market) {
	var hosts []string
	for _, note := range market.Trust() {
		hosts = append(hosts, words.Host(note))
	}
	s.say("cli.provider.add.hosts", "Provider", market.Name, "Hosts", strings.Join(hosts, ", "))
	for _, note := range market.Trust() {
		if warning := words.HostWarning(note); warning != "" {
			fmt.Fprintln(s.err, clean(warning))
		}
	}
	if other, shared := valet.SharesCallback(market, v.Keys.List(), v.Providers.List()); shared {
		fmt.Fprintln(s.err, clean(words.SharedCallback(market, other)))
	}
}

func providerShow(s *session, cmd *cobra.Command, args []string) error {
	v, err := s.rack(cmd.Context())
	if err != nil {
		return err
	}
	market, err := v.Providers.Get(args[0])
	if err != nil {
		return err
	}
	if asJSON(cmd) {
		return s.dataJSON(providerInJSON(market))
	}
	temporary, authorization, token := "", market.AuthorizationEndpoint, market.TokenEndpoint
	if o := market.OAuth1; o != nil {
		temporary, authorization, token = o.TemporaryCredentialsEndpoint, o.AuthorizationEndpoint, o.TokenEndpoint
	}
	rows := [][]string{
		{words.T("cli.provider.show.id"), market.ID},
		{words.T("cli.provider.show.name"), market.Name},
		{words.T("cli.provider.show.kind"), origin(market)},
		{words.T("cli.provider.show.signs"), market.Signs()},
		{words.T("cli.provider.show.issuer"), market.Issuer},
		{words.T("cli.provider.show.authorization"), authorization},
		{words.T("cli.provider.show.temporary"), temporary},
		{words.T("cli.provider.show.token"), token},
		{words.T("cli.provider.show.revocation"), market.RevocationEndpoint},
		{words.T("cli.provider.show.api"), market.API},
		{words.T("cli.provider.show.redirect"), market.Redirect},
		{words.T("cli.provider.show.withdraw"), market.WithdrawPage},
	}
	for _, scope := range market.Scopes {
		rows = append(rows, []string{words.T("cli.provider.show.scope"), string(scope.Name)})
	}
	for _, scope := range market.Offers {
		rows = append(rows, []string{words.T("cli.provider.show.offers"), string(scope)})
	}
	for _, note := range market.Trust() {
		rows = append(rows, []string{words.T("cli.provider.show.host"), words.Host(note)}, []string{"", words.HostWarning(note)})
	}
	return s.table(known(rows))
}

func providerRemove(s *session, cmd *cobra.Command, args []string) error {
	v, err := s.rack(cmd.Context())
	if err != nil {
		return err
	}
	market, err := v.Providers.Get(args[0])
	if err != nil {
		return err
	}
	if market.BuiltIn {
		return misuse(words.T("cli.provider.remove.built-in", "Provider", market.Name), "")
	}
	if err := v.Providers.Remove(market.ID); err != nil {
		return err
	}
	s.say("cli.provider.remove.done", "Provider", market.Name)
	return nil
}
