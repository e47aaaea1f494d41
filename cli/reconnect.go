package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// reconnectFlags are what reconnect was told.
type reconnectFlags struct {
	walkFlags
	scopes string
	store  place
}

// reconnectVerb is "valetkey reconnect NAME".
func reconnectVerb(s *session) *cobra.Command {
	var flags reconnectFlags
	cmd := verb("reconnect NAME", "cli.reconnect.about", "cli.reconnect.long", arguments(1, 1),
		func(cmd *cobra.Command, args []string) error { return reconnect(s, cmd.Context(), flags, args[0]) })
	flags.add(cmd)
	cmd.Flags().StringVar(&flags.scopes, "scopes", "", "cli.flag.scopes-again")
	flags.store.add(cmd)
	return cmd
}

func reconnect(s *session, ctx context.Context, flags reconnectFlags, name string) error {
	v, c, err := s.find(ctx, name)
	if err != nil {
		return err
	}
	to := c.Store
	if flags.store != "" {
		to = valet.StoreKind(flags.store)
	}
	if to == valet.InFile {
		err = s.lock.ready(ctx)
	} else if c.Store == valet.InFile {
		err = s.lock.unlock(ctx) // it moves out of there
	}
	if err == nil {
		err = openAppKey(s, ctx, v, c.Provider, c.AppKey)
	}
	if err != nil {
		return err
	}
	return walk(s, ctx, v, flags.walkFlags, valet.ConnectRequest{
		Provider: c.Provider, AppKey: c.AppKey, Scopes: scopesIn(flags.scopes, c.Asked), Reconnect: c.ID,
		Store: valet.StoreKind(flags.store), Move: flags.store != "",
	})
}

// change is what a walk is to change about what a key opens, or has changed.
type change struct{ added, gone []string }

func changeOf(before, now []oauth.Scope) change {
	added, gone := valet.Difference(before, now)
	return change{titles(added), titles(gone)}
}

func (c change) empty() bool { return len(c.added)+len(c.gone) == 0 }

func (c change) same(other change) bool {
	return slices.Equal(c.added, other.added) && slices.Equal(c.gone, other.gone)
}

// announce says that other permissions mean another key, before anything is asked of the seller.
func (g *guide) announce(asked []oauth.Scope) {
	if g.renews.ID == "" {
		g.asks(asked)
		return
	}
	g.planned = changeOf(g.renews.Granted, asked)
	switch {
	case g.planned.empty():
		return
	case g.renews.Status == valet.Connected:
		g.session.say("cli.walk.new-key", "Name", g.renews.Name)
	default:
		g.session.say("cli.walk.other-key", "Name", g.renews.Name)
	}
	g.list(g.planned, "cli.walk.adds", "cli.walk.drops")
}

// asks says what a new key is to open, and which keys of that provider would open less if their shop is chosen again.
func (g *guide) asks(asked []oauth.Scope) {
	s := g.session
	if len(asked) > 0 {
		s.say("cli.walk.asks")
	}
	for _, permission := range named(asked) {
		fmt.Fprintln(s.err, "  "+clean(permission))
	}
	for c := range s.app.Valet.All() {
		if gone := changeOf(c.Granted, asked).gone; c.Provider == g.market.ID && givesToken(c) && len(gone) > 0 {
			s.say("cli.walk.narrows", "Account", accountName(c.Account), "Name", c.Name, "Scopes", strings.Join(gone, "; "))
		}
	}
}

// changed says what a key opens now and did not before, unless that is what was announced.
func (g *guide) changed(before, now []oauth.Scope) {
	if before == nil {
		return
	}
	if done := changeOf(before, now); !done.same(g.planned) {
		g.list(done, "cli.walk.added", "cli.walk.dropped")
	}
}

func (g *guide) list(c change, added, gone string) {
	if len(c.added) > 0 {
		g.session.say(added, "Scopes", strings.Join(c.added, "; "))
	}
	if len(c.gone) > 0 {
		g.session.say(gone, "Scopes", strings.Join(c.gone, "; "))
	}
}

// granted says where the provider gave less than was asked for, or more.
func (g *guide) granted(asked, granted []oauth.Scope) {
	g.list(changeOf(asked, granted), "cli.walk.wider", "cli.walk.narrower")
}

func titles(scopes []oauth.Scope) []string {
	var list []string
	for _, scope := range scopes {
		list = append(list, words.ScopeTitle(scope))
	}
	return list
}
