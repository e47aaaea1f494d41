package cli

import (
	"time"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// tokenVerb is "valetkey token NAME". It never opens a browser.
func tokenVerb(s *session) *cobra.Command {
	var least time.Duration
	cmd := verb("token NAME", "cli.token.about", "cli.token.long", arguments(1, 1), func(cmd *cobra.Command, args []string) error {
		if err := positive("min", least); err != nil {
			return err
		}
		return s.using(cmd.Context(), args[0], func(v *valet.Valet, c valet.Connection) error {
			err := v.UseAccessToken(cmd.Context(), c.ID, least, s.data)
			if err == nil && c.Protocol == valet.OAuth10 {
				s.say("cli.token.alone", "Name", c.Name)
			}
			return err
		})
	})
	cmd.Flags().DurationVar(&least, "min", 0, "cli.flag.min")
	return cmd
}

// positive refuses a duration below zero.
func positive(flag string, d time.Duration) error {
	if d < 0 {
		return misuse(words.T("cli.usage.flag-duration", "Flag", flag), "")
	}
	return nil
}
