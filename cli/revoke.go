package cli

import (
	"context"
	"net/url"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// revokeVerb is "valetkey revoke NAME": the key is given back, and the truth is told about what that changes.
func revokeVerb(s *session) *cobra.Command {
	var yes bool
	cmd := oneName(s, "revoke NAME", "cli.revoke.about", "cli.revoke.long",
		func(ctx context.Context, v *valet.Valet, c valet.Connection) error {
			if err := sure(s, ctx, yes, words.T("cli.ask.revoke", "Name", c.Name)); err != nil {
				return err
			}
			withdrawal, err := v.Revoke(ctx, c.ID)
			if err == nil {
				withdrawn(s, ctx, c, withdrawal)
			}
			return err
		})
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "cli.flag.yes")
	return cmd
}

// withdrawn says what really happened: ended by the provider, or only gone from here.
func withdrawn(s *session, ctx context.Context, c valet.Connection, w valet.Withdrawal) {
	switch {
	case w.AtProvider:
		s.say("cli.revoke.at-provider", "Name", c.Name, "Provider", c.ProviderName)
	case c.Practice: // nothing real is open to anybody
		s.say("cli.revoke.practice", "Name", c.Name)
	case w.Page != "":
		s.say("cli.revoke.here", "Name", c.Name, "Provider", c.ProviderName)
		sayPage(s, ctx, c, w.Page)
	default:
		s.say("cli.revoke.here", "Name", c.Name, "Provider", c.ProviderName)
		s.say("cli.revoke.no-page", "Provider", c.ProviderName)
	}
	s.say("cli.revoke.forget", "Name", c.Name)
}

// sayPage names the page on which the seller takes the key back; the practice provider's is there only while it is served.
func sayPage(s *session, ctx context.Context, c valet.Connection, address string) {
	page, there := takeBackPage(s.app.Valet, ctx, c, address)
	s.say("cli.revoke.page", "Page", page)
	if !there {
		s.say("cli.revoke.practice-page")
	}
}

// takeBackPage finds that page, and whether it can be opened now: the practice provider's is where that is served.
func takeBackPage(v *valet.Valet, ctx context.Context, c valet.Connection, usual string) (address string, there bool) {
	where, ours := valet.WhereServed(ctx, v.Providers, c.Provider)
	at, err := url.Parse(usual)
	if !ours || where.Base == "" || err != nil || usual == "" {
		return usual, !ours
	}
	return where.Base + at.EscapedPath(), true
}

// sure asks a person before something is ended; a script has said it by calling.
func sure(s *session, ctx context.Context, yes bool, question string) error {
	if _, person := s.terminal(); !person || yes || s.agreed(ctx, question) {
		return nil
	}
	return left()
}
