package cli

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// forgetVerb is "valetkey forget NAME": the line goes, and the tokens if there are any; the provider is not told. With --all it
// is forgetAll.
func forgetVerb(s *session) *cobra.Command {
	var yes, all bool
	cmd := verb("forget NAME", "cli.forget.about", "cli.forget.long", nil, func(cmd *cobra.Command, args []string) error {
		if all {
			return forgetAll(s, cmd.Context(), yes)
		}
		return s.using(cmd.Context(), args[0], func(v *valet.Valet, c valet.Connection) error {
			return forget(s, cmd.Context(), v, c, yes)
		})
	})
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if all && len(args) > 0 {
			return misuse(words.T("cli.forget.all-name"), helpFor(cmd))
		}
		if all {
			return nil
		}
		return arguments(1, 1)(cmd, args)
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "cli.flag.yes")
	cmd.Flags().BoolVar(&all, "all", false, "cli.flag.all")
	return cmd
}

func forget(s *session, ctx context.Context, v *valet.Valet, c valet.Connection, yes bool) error {
	if err := sure(s, ctx, yes || !alive(c), words.T("cli.ask.forget", "Name", c.Name)); err != nil {
		return err
	}
	if err := v.Forget(ctx, c.ID); err != nil {
		return err
	}
	s.say("cli.forget.done", "Name", c.Name)
	if alive(c) && c.WithdrawPage != "" {
		sayPage(s, ctx, c, c.WithdrawPage)
	}
	return nil
}

// alive reports whether the provider may still honour a key that is forgotten here.
func alive(c valet.Connection) bool { return c.Status != valet.Returned && c.Status != valet.Missing }

// forgetAll leaves nothing of ours on this computer, and says what had to stay and where keys are still listed.
func forgetAll(s *session, ctx context.Context, yes bool) error {
	if _, person := s.terminal(); !person && !yes {
		return misuse(words.T("cli.forget.all-unasked"), words.T("cli.forget.all-unasked-next"))
	}
	v, err := s.rack(ctx)
	if err != nil {
		return err
	}
	if err := sure(s, ctx, yes, words.T("cli.ask.forget-all")); err != nil {
		return err
	}
	before := v.Connections()
	left := v.ForgetAll(ctx)
	sayPages(s, ctx, v, before)
	if left.Nothing() {
		s.say("cli.forget.all-done")
		return nil
	}
	return stays(s, left)
}

// sayPages names each page once on which keys that are gone from here are taken back.
func sayPages(s *session, ctx context.Context, v *valet.Valet, before []valet.Connection) {
	said := make(map[string]bool)
	for _, c := range before {
		if _, err := v.Find(c.Name); err != nil && alive(c) && c.WithdrawPage != "" && !said[c.WithdrawPage] {
			said[c.WithdrawPage] = true
			sayPage(s, ctx, c, c.WithdrawPage)
		}
	}
}

// stays says what could not be removed. The exit status is that of the first reason.
func stays(s *session, left valet.Left) error {
	var first error
	say := func(id string, items []valet.LeftItem) {
		for _, item := range items {
			first = cmp.Or(first, item.Cause)
			s.say(id, "Name", item.Name, "Trouble", troubleOf(item.Cause).What)
		}
	}
	say("cli.forget.left-key", left.Keys)
	say("cli.forget.left-app-key", left.AppKeys)
	say("cli.forget.left-file", left.Files)
	if left.Window {
		s.say("cli.forget.window")
	}
	trouble := words.Trouble{What: words.T("cli.forget.left"), Next: words.T("cli.forget.left-next")}
	return &usageError{trouble, StatusOf(cmp.Or(first, errors.ErrUnsupported))}
}
