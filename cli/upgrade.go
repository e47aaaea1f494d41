package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// upgradeVerb is "valetkey upgrade NAME": a key of an older API is exchanged for one of today's.
func upgradeVerb(s *session) *cobra.Command {
	var flags connectFlags
	var yes bool
	cmd := oneName(s, "upgrade NAME", "cli.upgrade.about", "cli.upgrade.long",
		func(ctx context.Context, v *valet.Valet, c valet.Connection) error {
			return upgrade(s, ctx, v, flags, valet.UpgradeRequest{Connection: c.ID}, func() error {
				return sure(s, ctx, yes, words.T("cli.ask.upgrade"))
			})
		})
	cmd.Flags().StringVar(&flags.name, "name", "", "cli.flag.name")
	cmd.Flags().StringVar(&flags.key, "key", "", "cli.flag.key")
	flags.store.add(cmd)
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "cli.flag.yes")
	return cmd
}

// connectOlder is connect with a token of an older API in the place of a consent.
func connectOlder(s *session, ctx context.Context, v *valet.Valet, market valet.Market, flags connectFlags) error {
	for flag, given := range map[string]bool{"--paste": flags.paste, "--no-browser": flags.noBrowser, "--scopes": flags.scopes != ""} {
		if given {
			return misuse(words.T("cli.upgrade.no-page", "Flag", flag), "")
		}
	}
	if _, err := provideSecret(s, ctx, v, market, flags); err != nil {
		return err
	}
	request := valet.UpgradeRequest{Provider: market.ID}
	return upgrade(s, ctx, v, flags, request, func() error { return nil })
}

// upgrade says what would become of a key, asks whether it should, and does it.
func upgrade(s *session, ctx context.Context, v *valet.Valet, flags connectFlags, request valet.UpgradeRequest, ask func() error) error {
	request.AppKey, request.Name, request.Store = flags.key, flags.name, valet.StoreKind(flags.store)
	plan, err := v.Upgrades.Plan(request)
	if err != nil {
		return err
	}
	request.AppKey = plan.AppKey.ID
	if request.Store == valet.InFile {
		err = s.lock.ready(ctx)
	}
	if err == nil {
		err = openAppKey(s, ctx, v, plan.Provider.ID, plan.AppKey.ID)
	}
	if err == nil {
		tellPlan(s, plan)
		err = ask()
	}
	if err == nil && plan.Older.ID == "" {
		request.Token, err = olderToken(s, ctx)
	}
	if err != nil {
		return err
	}
	guide := &upgradeGuide{guide{session: s, market: plan.Provider}}
	request.Host = valet.Host{Step: guide.step, Unlock: func(ctx context.Context, _ error) error { return s.lock.unlock(ctx) }}
	if request.Store == "" {
		request.Host.ChooseStore = chooser(s)
	}
	c, err := v.Upgrades.Upgrade(ctx, request)
	if c.ID == "" {
		return err
	}
	tellOlder(s, v, plan.Older)
	sayAppKeyElsewhere(s, v, c)
	s.say("cli.walk.done", "Name", c.Name)
	return errors.Join(s.data(c.Name), err)
}

// olderToken reads the token that --old-token-stdin promises.
func olderToken(s *session, ctx context.Context) (oauth.Secret, error) {
	line, err := s.hidden(ctx, words.T("cli.ask.older-token"))
	if line = strings.TrimSpace(line); errors.Is(err, io.EOF) || err == nil && line == "" {
		err = misuse(words.T("cli.upgrade.no-token"), words.T("cli.upgrade.no-token-next"))
	}
	return oauth.NewSecret(line), err
}

// tellPlan says what becomes of each permission, before anything is sent.
func tellPlan(s *session, plan valet.UpgradePlan) {
	switch provider := plan.Provider.Name; {
	case plan.Older.ID == "":
		s.say("cli.upgrade.unknown", "Provider", provider)
	case len(plan.Opened) == 0:
		s.say("cli.upgrade.nothing")
	default:
		s.say("cli.upgrade.plan", "Name", plan.Older.Name, "Provider", provider)
		for _, one := range plan.Successions {
			today := words.T("cli.upgrade.gone")
			if len(one.Today) > 0 {
				today = strings.Join(named(one.Today), "; ")
			}
			fmt.Fprintf(s.err, "  %s -> %s\n", clean(named([]oauth.Scope{one.Older})[0]), clean(today))
		}
	}
	s.say("cli.upgrade.ends", "Provider", plan.Provider.Name)
}

// tellOlder says where the older key stands now, as far as that is known.
func tellOlder(s *session, v *valet.Valet, older valet.Connection) {
	for _, c := range v.Connections() {
		switch {
		case c.ID != older.ID:
		case c.Status != valet.Returned:
			s.say("cli.upgrade.older-stays", "Name", c.Name)
		case c.Proven.IsZero():
			s.say("cli.upgrade.older-gone", "Name", c.Name, "Provider", c.ProviderName, "Page", c.WithdrawPage)
		default:
			s.say("cli.upgrade.older-ended", "Name", c.Name, "Provider", c.ProviderName)
		}
	}
}

// upgradeGuide is a guide without a browser.
type upgradeGuide struct{ guide }

// step is valet.Host.Step.
func (g *upgradeGuide) step(step valet.Step, d valet.Detail) {
	if d.Moment != valet.Exchanged {
		g.guide.step(step, d)
		return
	}
	g.session.say("cli.walk.exchanged")
	if d.Granted == nil {
		g.session.say("cli.upgrade.opens-unknown", "Provider", g.market.Name)
		return
	}
	fmt.Fprintln(g.session.err, clean(words.T("cli.upgrade.opens", "Scopes", strings.Join(titles(d.Granted), "; "))))
	g.granted(d.Asked, d.Granted)
}

// named gives permissions in plain words, with their names.
func named(scopes []oauth.Scope) []string {
	list := make([]string, 0, len(scopes))
	for _, scope := range scopes {
		list = append(list, scopeName(scope))
	}
	return list
}
