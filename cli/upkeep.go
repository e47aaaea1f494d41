package cli

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// refreshVerb is "valetkey refresh NAME". Standard output stays empty.
func refreshVerb(s *session) *cobra.Command {
	return oneName(s, "refresh NAME", "cli.refresh.about", "cli.refresh.long",
		func(ctx context.Context, v *valet.Valet, c valet.Connection) error {
			c, err := v.Refresh(ctx, c.ID)
			if err == nil {
				s.say("cli.refresh.done", "Name", c.Name, "Status", words.Status(c, s.now()))
			}
			return err
		})
}

// checkVerb is "valetkey check NAME": it asks the provider who the key belongs to and what it opens.
func checkVerb(s *session) *cobra.Command {
	return oneName(s, "check NAME", "cli.check.about", "cli.check.long",
		func(ctx context.Context, v *valet.Valet, c valet.Connection) error {
			health, err := v.Check(ctx, c.ID)
			if err != nil {
				return err
			}
			s.say("cli.check.works", "Name", c.Name)
			return writeHealth(s, health)
		})
}

// oneName makes a verb that uses one key.
func oneName(s *session, use, about, long string, do func(context.Context, *valet.Valet, valet.Connection) error) *cobra.Command {
	return verb(use, about, long, arguments(1, 1), func(cmd *cobra.Command, args []string) error {
		return s.using(cmd.Context(), args[0], func(v *valet.Valet, c valet.Connection) error { return do(cmd.Context(), v, c) })
	})
}

// writeHealth writes what the provider answered, a fact a line.
func writeHealth(s *session, h valet.Health) error {
	scopes := make([]string, 0, len(h.Reported))
	for _, scope := range h.Reported {
		scopes = append(scopes, string(scope))
	}
	rows := [][]string{
		{words.T("cli.check.account"), accountName(h.Account)},
		{words.T("cli.check.number"), h.Account.UserID},
		{words.T("cli.check.permissions"), strings.Join(scopes, " ")},
		{words.T("cli.check.took"), h.Took.Round(time.Millisecond).String()},
	}
	if h.CallsLeft >= 0 {
		rows = append(rows, []string{words.T("cli.check.calls-left"), strconv.Itoa(h.CallsLeft)})
	}
	return s.table(known(rows))
}
