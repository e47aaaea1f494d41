package cli

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"

	"valetkey/valet/words"
)

// replace runs the program and gives its exit status as an error without words. Ctrl-C reaches every program of the console, so
// it is the other's to heed.
func replace(program string, args, env []string) error {
	signal.Ignore(os.Interrupt)
	cmd := exec.Command(program, args[1:]...)
	cmd.Args[0], cmd.Env = args[0], env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return &usageError{words.Trouble{}, Status(ended.ExitCode())}
	}
	return err
}

// runBeside is replace, which leaves this program running here.
func runBeside(program string, args, env []string, _ bool) error { return replace(program, args, env) }
