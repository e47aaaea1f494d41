package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// walkFlags say how the seller is led to the consent page and back.
type walkFlags struct{ noBrowser, paste bool }

func (w *walkFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&w.noBrowser, "no-browser", false, "cli.flag.no-browser")
	cmd.Flags().BoolVar(&w.paste, "paste", false, "cli.flag.paste")
}

// connectFlags are what connect was told.
type connectFlags struct {
	walkFlags
	name, key, scopes string
	secretStdin       bool
	olderStdin        bool
	store             place
}

// connectVerb is "valetkey connect [PROVIDER]".
func connectVerb(s *session) *cobra.Command {
	var flags connectFlags
	cmd := verb("connect [PROVIDER]", "cli.connect.about", "cli.connect.long", arguments(0, 1),
		func(cmd *cobra.Command, args []string) error { return connect(s, cmd.Context(), flags, args) })
	flags.add(cmd)
	cmd.Flags().StringVar(&flags.name, "name", "", "cli.flag.name")
	cmd.Flags().StringVar(&flags.key, "key", "", "cli.flag.key")
	cmd.Flags().StringVar(&flags.scopes, "scopes", "", "cli.flag.scopes")
	flags.store.add(cmd)
	cmd.Flags().BoolVar(&flags.secretStdin, "secret-stdin", false, "cli.flag.secret-stdin")
	cmd.Flags().BoolVar(&flags.olderStdin, "old-token-stdin", false, "cli.flag.old-token-stdin")
	return cmd
}

func connect(s *session, ctx context.Context, flags connectFlags, args []string) error {
	v, err := s.rack(ctx)
	if err != nil {
		return err
	}
	market, err := pickMarket(s, ctx, v, args)
	if err != nil {
		return err
	}
	sayTerms(s, ctx, v, market)
	if flags.olderStdin {
		return connectOlder(s, ctx, v, market, flags)
	}
	said := flags.store // what is chosen on the way moves no key that hangs elsewhere
	if flags.store, err = prepare(s, ctx, v, market, flags); err != nil {
		return err
	}
	sayAppKey(s, v, market.ID, flags.key)
	sayAlways(s, market, flags.scopes)
	return walk(s, ctx, v, flags.walkFlags, valet.ConnectRequest{
		Provider: market.ID, AppKey: flags.key, Name: flags.name, Scopes: scopesIn(flags.scopes, wanted(market)),
		Store: valet.StoreKind(flags.store), Move: said != "",
	})
}

// sayAppKey says which app key is used where none was named and it has a label of its own.
func sayAppKey(s *session, v *valet.Valet, provider, named string) {
	key, err := v.Keys.Pick(provider, named)
	if err == nil && named == "" && key.Label != provider {
		s.say("cli.connect.app-key", "Label", key.Label)
	}
}

// sayAlways says why more is asked for than --scopes names.
func sayAlways(s *session, market valet.Market, named string) {
	for _, scope := range market.AlwaysAsked {
		if named != "" && !slices.Contains(strings.Fields(named), string(scope)) {
			s.say("cli.connect.always", "Scope", string(scope))
		}
	}
}

// sayTerms says once, before the first real shop, what using this program means. Nothing waits for an answer: whoever types on
// has read it, and a script goes on. Where that cannot be written down it is said again.
func sayTerms(s *session, ctx context.Context, v *valet.Valet, market valet.Market) {
	if market.Practice || v.Settings.Read().Agreed() {
		return
	}
	s.say("cli.connect.terms")
	if err := v.Settings.Change(ctx, func(now *valet.Settings) { now.Terms = valet.Terms }); err != nil {
		slog.Info("the terms are said again next time", "error", err)
	}
}

// scopesIn are the permissions that --scopes names, or usual where it names none.
func scopesIn(flag string, usual []oauth.Scope) []oauth.Scope {
	var scopes []oauth.Scope
	for scope := range strings.FieldsSeq(flag) {
		scopes = append(scopes, oauth.Scope(scope))
	}
	if scopes == nil {
		return usual
	}
	return scopes
}

// prepare opens what the walk needs before a browser does: the locked file if the key is to go there or the app key is in it,
// and the client secret that a provider file asks for. It gives the place that was chosen on the way.
func prepare(s *session, ctx context.Context, v *valet.Valet, market valet.Market, flags connectFlags) (place, error) {
	if valet.StoreKind(flags.store) == valet.InFile {
		if err := s.lock.ready(ctx); err != nil {
			return "", err
		}
	}
	chosen, err := provideSecret(s, ctx, v, market, flags)
	if err != nil {
		return "", err
	}
	return chosen, openAppKey(s, ctx, v, market.ID, flags.key)
}

// openAppKey unlocks the locked file if the app key that is meant is in it.
func openAppKey(s *session, ctx context.Context, v *valet.Valet, provider, idOrLabel string) error {
	if key, err := v.Keys.Pick(provider, idOrLabel); err == nil && keptIn(key) == valet.InFile {
		return s.lock.unlock(ctx)
	}
	return nil // the walk says what is wrong
}

// pickMarket is the provider that was named: by id, by a file, or, if nothing was named, the one that has an app key.
func pickMarket(s *session, ctx context.Context, v *valet.Valet, args []string) (valet.Market, error) {
	if len(args) == 0 {
		return onlyMarket(v)
	}
	if strings.ContainsAny(args[0], `/\`) || strings.HasSuffix(args[0], ".json") {
		return addProvider(s, ctx, v, args[0])
	}
	return readyProvider(s, ctx, v, args[0])
}

// onlyMarket is the one real provider that is ready to connect to.
func onlyMarket(v *valet.Valet) (valet.Market, error) {
	var ready []valet.Market
	var ids []string
	for _, market := range v.Providers.List() {
		ids = append(ids, market.ID)
		if !market.Practice && hasKey(v, market.ID) {
			ready = append(ready, market)
		}
	}
	if len(ready) == 1 {
		return ready[0], nil
	}
	return valet.Market{}, misuse(words.T("cli.connect.which"), words.T("cli.connect.which-next", "Providers", strings.Join(ids, ", ")))
}

// hasKey reports whether an app key for provider is at hand.
func hasKey(v *valet.Valet, provider string) bool {
	for _, key := range v.Keys.List() {
		if key.Provider == provider {
			return true
		}
	}
	return false
}

// wanted is what a key opens if nobody says otherwise: the recommended set, or all that a provider file lists.
func wanted(market valet.Market) []oauth.Scope {
	for _, purpose := range market.Purposes {
		if purpose.ID == "storefront" {
			return purpose.Scopes
		}
	}
	scopes := make([]oauth.Scope, 0, len(market.Scopes))
	for _, scope := range market.Scopes {
		scopes = append(scopes, scope.Name)
	}
	return scopes
}

// provideSecret sees to it that the client secret a provider file asks for is kept, and gives the place where it went: the key
// goes there too. With --secret-stdin the first line is always taken, so that a script's second line stays the second.
func provideSecret(s *session, ctx context.Context, v *valet.Valet, market valet.Market, flags connectFlags) (place, error) {
	needed := market.ClientID != "" && market.NeedsSecret() && !hasSecret(v, market.ID)
	if !flags.secretStdin && needed && !s.lock.person() {
		return "", misuse(words.T("cli.connect.needs-secret", "Provider", clean(market.Name)), words.T("cli.connect.needs-secret-next", "Provider", market.ID))
	}
	if !flags.secretStdin && !needed {
		return flags.store, nil
	}
	secret, err := s.secret(ctx, words.T("cli.ask.secret"))
	switch {
	case errors.Is(err, io.EOF), err == nil && secret.IsZero():
		return "", misuse(words.T("cli.connect.no-secret"), words.T("cli.connect.needs-secret-next", "Provider", market.ID))
	case err != nil:
		return "", err
	case !needed:
		s.say("cli.connect.secret-unused", "Provider", market.Name)
		return flags.store, nil
	}
	kind, err := flags.store.settle(s, ctx, v)
	if err != nil {
		return "", err
	}
	_, err = v.Keys.Set(ctx, valet.NewAppKey{
		Provider: market.ID, ClientID: market.ClientID, Secret: secret, Redirect: market.Redirect, Label: flags.key, Store: kind,
	})
	return place(kind), err
}

// hasSecret reports whether an app key of provider keeps a secret that may go where the provider is now.
func hasSecret(v *valet.Valet, provider string) bool {
	for _, key := range v.Keys.List() {
		if key.Provider != provider || !key.HasSecret {
			continue
		}
		if _, err := v.Keys.Pick(provider, key.ID); err == nil {
			return true
		}
	}
	return false
}
