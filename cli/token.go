package cli

import (
	"net/http"
	"slices"
	"strings"
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
			return v.UseAccessToken(cmd.Context(), c.ID, least, s.data)
		})
	})
	cmd.Flags().DurationVar(&least, "min", 0, "cli.flag.min")
	return cmd
}

// headerVerb is "valetkey header NAME": every header the provider's API wants, a line each.
func headerVerb(s *session) *cobra.Command {
	var least time.Duration
	cmd := verb("header NAME", "cli.header.about", "cli.header.long", arguments(1, 1), func(cmd *cobra.Command, args []string) error {
		if err := positive("min", least); err != nil {
			return err
		}
		return s.using(cmd.Context(), args[0], func(v *valet.Valet, c valet.Connection) error {
			return v.UseHeaders(cmd.Context(), c.ID, least, func(h http.Header) error {
				return s.data(strings.Join(headerLines(h), "\n"))
			})
		})
	})
	cmd.Flags().DurationVar(&least, "min", 0, "cli.flag.min")
	return cmd
}

// headerLines gives the provider's own headers in order, in small letters as its guides write them, then Authorization.
func headerLines(h http.Header) []string {
	const last = "Authorization"
	var lines []string
	for name, values := range h {
		for _, value := range values {
			if name != last {
				lines = append(lines, strings.ToLower(name)+": "+value)
			}
		}
	}
	slices.Sort(lines)
	for _, value := range h[last] {
		lines = append(lines, last+": "+value)
	}
	return lines
}

// positive refuses a duration below zero.
func positive(flag string, d time.Duration) error {
	if d < 0 {
		return misuse(words.T("cli.usage.flag-duration", "Flag", flag), "")
	}
	return nil
}
