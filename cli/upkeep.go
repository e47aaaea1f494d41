package cli

import (
	"context"

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

// oneName makes a verb that uses one key.
func oneName(s *session, use, about, long string, do func(context.Context, *valet.Valet, valet.Connection) error) *cobra.Command {
	return verb(use, about, long, arguments(1, 1), func(cmd *cobra.Command, args []string) error {
		return s.using(cmd.Context(), args[0], func(v *valet.Valet, c valet.Connection) error { return do(cmd.Context(), v, c) })
	})
}
