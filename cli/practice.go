package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"valetkey/valet/words"
)

// practiceVerb is "valetkey practice": the practice provider for everybody on this machine, until Ctrl-C. The switches are
// kept in its state, where a practice provider that is already being served sees them too.
func practiceVerb(s *session) *cobra.Command {
	var addr string
	var switches Switches
	var only bool
	cmd := verb("practice", "cli.practice.about", "cli.practice.long", arguments(0, 0), func(cmd *cobra.Command, _ []string) error {
		for flag, d := range map[string]time.Duration{
			"access-ttl": switches.AccessTTL, "refresh-ttl": switches.RefreshTTL, "timestamp-window": switches.TimestampWindow,
		} {
			if cmd.Flags().Changed(flag) && d < time.Second {
				return misuse(words.T("cli.usage.flag-duration", "Flag", flag), helpFor(cmd))
			}
		}
		if err := flip(s, cmd, switches); err != nil || only {
			return err
		}
		return servePractice(s, cmd, addr)
	})
	cmd.Flags().StringVar(&addr, "addr", "", "cli.flag.addr")
	cmd.Flags().DurationVar(&switches.AccessTTL, "access-ttl", 0, "cli.flag.access-ttl")
	cmd.Flags().DurationVar(&switches.RefreshTTL, "refresh-ttl", 0, "cli.flag.refresh-ttl")
	cmd.Flags().DurationVar(&switches.TimestampWindow, "timestamp-window", 0, "cli.flag.timestamp-window")
	cmd.Flags().StringVar(&switches.Fault, "fault", "", "cli.flag.fault")
	cmd.Flags().BoolVar(&only, "set", false, "cli.flag.set")
	return cmd
}

// flip keeps the switches that were given and says so.
func flip(s *session, cmd *cobra.Command, switches Switches) error {
	if switches == (Switches{}) {
		if only, _ := cmd.Flags().GetBool("set"); only {
			return tellSwitches(s, cmd)
		}
		return nil
	}
	if name, _, _ := strings.Cut(switches.Fault, ":"); name != "" && !slices.Contains(s.app.Practice.Faults, name) {
		return misuse(words.T("cli.practice.unknown-fault", "Fault", clean(name)), words.T("cli.practice.known-faults", "Faults", strings.Join(s.app.Practice.Faults, ", ")))
	}
	if err := s.app.Practice.Configure(switches); err != nil {
		return misuse(words.T("cli.practice.bad-switch", "Reason", clean(strings.TrimPrefix(err.Error(), "practice: "))), helpFor(cmd))
	}
	return tellSwitches(s, cmd)
}

// tellSwitches says how the practice provider behaves now.
func tellSwitches(s *session, cmd *cobra.Command) error {
	now, err := s.app.Practice.Switched(cmd.Context())
	if err != nil {
		return err
	}
	s.say("cli.practice.switched", "Access", words.Left(now.AccessTTL), "Refresh", words.Left(now.RefreshTTL), "Window", words.Left(now.TimestampWindow), "Faults", now.Fault)
	return nil
}

// servePractice prints the address alone on standard output's first line and serves until ctx ends.
func servePractice(s *session, cmd *cobra.Command, addr string) error {
	if addr == "" {
		addr = s.app.Practice.Address
	}
	base, done, err := s.app.Practice.Serve(cmd.Context(), addr)
	if err != nil {
		return failure(words.T("cli.practice.no-address", "Address", clean(addr)), words.T("cli.practice.no-address-next"))
	}
	if err := s.data(base); err != nil {
		return err
	}
	s.say("cli.practice.serving")
	<-done
	return nil
}
