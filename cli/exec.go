package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// execVerb is "valetkey exec NAME -- PROGRAM ARG...": the one way in which a secret enters another program's environment.
func execVerb(s *session) *cobra.Command {
	return handoutVerb(s, "exec NAME "+anyFlags+" -- PROGRAM [ARG...]", "cli.exec.about", "cli.exec.long", dashed, func(cmd *cobra.Command, args []string, h valet.Handout) error {
		program, err := lookUp(args[1])
		if err != nil {
			return err
		}
		if unanswered, _ := h.Unanswered(); unanswered {
			return beside(s, cmd.Context(), program, args[1:], h)
		}
		if err := replace(program, args[1:], environ(os.Environ(), h.Environ())); err != nil {
			return notRun(args[1], err)
		}
		return nil
	})
}

// startable refuses a command line whose program is not there before a token is renewed, and before the history says that it got one.
func startable(cmd *cobra.Command, args []string) error {
	if cmd.Name() != "exec" {
		return nil
	}
	_, err := lookUp(args[1])
	return err
}

// beside runs the program while the practice provider is served for it here. Whoever ends this verb ends the program.
func beside(s *session, ctx context.Context, program string, args []string, h valet.Handout) error {
	ctx, end := context.WithCancel(context.WithoutCancel(ctx))
	base, done, err := s.app.Practice.Serve(ctx, s.app.Practice.Address)
	if err != nil {
		end()
		tellUnserved(s, h)
		return notRunOrEnded(args[0], replace(program, args, environ(os.Environ(), h.Environ())))
	}
	defer func() { end(); <-done }()
	_, interactive := s.terminal()
	return notRunOrEnded(args[0], runBeside(program, args, environ(os.Environ(), h.At(base).Environ()), interactive))
}

func notRunOrEnded(program string, err error) error {
	if err == nil {
		return nil
	}
	return notRun(program, err)
}

// lookUp finds a program as a shell would. The current folder counts only where the program is named with its path.
func lookUp(program string) (string, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return "", notRun(program, err)
	}
	return path, nil
}

// notRun says why a program did not run.
func notRun(program string, err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, exec.ErrNotFound) || errors.Is(err, exec.ErrDot) {
		return &usageError{words.Trouble{
			What: words.T("cli.exec.not-found", "Program", clean(program)), Next: words.T("cli.exec.not-found-next"),
		}, NotFound}
	}
	var ended *usageError
	if errors.As(err, &ended) {
		return err
	}
	return &usageError{words.Trouble{
		What: words.T("cli.exec.not-run", "Program", clean(program)), Next: words.T("cli.exec.not-run-next"),
	}, NotRun}
}

// environ is present with added in place of what had the same names.
func environ(present, added []string) []string {
	kept := slices.DeleteFunc(slices.Clone(present), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.ContainsFunc(added, func(a string) bool { return strings.HasPrefix(a, name+"=") })
	})
	return append(kept, added...)
}
