package cli

import (
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// handoutVerb makes a verb that hands a fresh token on in one form or another. It never opens a browser.
func handoutVerb(s *session, use, about, long string, args cobra.PositionalArgs, give func(cmd *cobra.Command, args []string, h valet.Handout) error) *cobra.Command {
	var least time.Duration
	cmd := verb(use, about, long, args, func(cmd *cobra.Command, args []string) error {
		if err := positive("min", least); err != nil {
			return err
		}
		if err := startable(cmd, args); err != nil {
			return err
		}
		return s.using(cmd.Context(), args[0], func(v *valet.Valet, c valet.Connection) error {
			return v.UseHandout(cmd.Context(), c.ID, least, func(h valet.Handout) error { return give(cmd, args, h) })
		})
	})
	cmd.Flags().DurationVar(&least, "min", 0, "cli.flag.min")
	return cmd
}

// headerVerb is "valetkey header NAME": every header the provider's API wants, a line each.
func headerVerb(s *session) *cobra.Command {
	return handoutVerb(s, "header NAME", "cli.header.about", "cli.header.long", arguments(1, 1), func(_ *cobra.Command, _ []string, h valet.Handout) error {
		tellUnserved(s, h)
		return s.data(strings.Join(h.Headers(), "\n"))
	})
}

// envVerb is "valetkey env NAME": the same as variables, in the lines of a .env file or of a shell.
func envVerb(s *session) *cobra.Command {
	shell := syntax(valet.Dotenv)
	cmd := handoutVerb(s, "env NAME", "cli.env.about", "cli.env.long", arguments(1, 1), func(_ *cobra.Command, _ []string, h valet.Handout) error {
		tellUnserved(s, h)
		return s.data(strings.TrimSuffix(h.Lines(valet.Shell(shell)), "\n"))
	})
	cmd.Flags().Var(&shell, "shell", "cli.flag.shell")
	return cmd
}

// curlVerb is "valetkey curl NAME [PATH]": a configuration for curl --config -.
func curlVerb(s *session) *cobra.Command {
	return handoutVerb(s, "curl NAME [PATH]", "cli.curl.about", "cli.curl.long", arguments(1, 2), func(_ *cobra.Command, args []string, h valet.Handout) error {
		if _, taken := h.Unanswered(); taken && len(args) > 1 {
			return failure(words.T("cli.practice.taken"), words.T("cli.practice.serve-first"))
		}
		config, err := h.Curl(append(args, "")[1])
		if err != nil {
			return err
		}
		tellUnserved(s, h)
		return s.data(strings.TrimSuffix(config, "\n"))
	})
}

// tellUnserved says that the practice provider answers no other program at the moment, if that is so.
func tellUnserved(s *session, h valet.Handout) {
	unanswered, taken := h.Unanswered()
	if taken {
		s.say("cli.practice.taken")
	}
	if unanswered {
		s.say("cli.practice.unserved")
	}
}

// syntax is the flag that chooses how variables are written.
type syntax valet.Shell

// errSyntax is for the parser of flags, which has words of its own.
var errSyntax = errors.New("cli: no such shell")

// shells are the names that --shell takes.
var shells = map[string]valet.Shell{
	"dotenv": valet.Dotenv, "sh": valet.Posix, "bash": valet.Posix, "zsh": valet.Posix, "fish": valet.Fish,
	"powershell": valet.PowerShell, "pwsh": valet.PowerShell,
}

// String is the flag's value.
func (x *syntax) String() string { return string(*x) }

// Type names the value in the help.
func (x *syntax) Type() string { return "SHELL" }

// Set takes the name of a shell.
func (x *syntax) Set(text string) error {
	shell, known := shells[text]
	if !known {
		return errSyntax
	}
	*x = syntax(shell)
	return nil
}

// dashed accepts one NAME, two dashes, and a command line after them.
func dashed(cmd *cobra.Command, args []string) error {
	switch at := cmd.ArgsLenAtDash(); {
	case len(args) == 0 || at == 0 || at == 1 && len(args) == 1 || at < 0 && len(args) == 1:
		return misuse(words.T("cli.usage.missing", "Usage", usageLine(cmd)), helpFor(cmd))
	case at != 1:
		return misuse(words.T("cli.exec.dashes"), helpFor(cmd))
	}
	return nil
}
