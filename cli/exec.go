package cli

import (
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
	return handoutVerb(s, "exec NAME "+anyFlags+" -- PROGRAM [ARG...]", "cli.exec.about", "cli.exec.long", dashed, func(_ *cobra.Command, args []string, h valet.Handout) error {
		program, err := lookUp(args[1])
		if err != nil {
			return err
		}
		if err := replace(program, args[1:], environ(os.Environ(), h.Environ())); err != nil {
			return notRun(args[1], err)
		}
		return nil
	})
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
