//go:build !windows

package cli

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"valetkey/valet/words"
)

// replace puts the program in the place of this one: signals, job control and the exit status are its own from then on. It
// returns only if that did not work.
func replace(program string, args, env []string) error { return syscall.Exec(program, args, env) }

// runBeside runs the program while this one goes on, hands signals on to it, and gives its exit status as an error without words,
// 128 and the signal's number where one ended it. What is typed at a terminal reaches the program by itself.
func runBeside(program string, args, env []string, terminal bool) error {
	signals := make(chan os.Signal, 4)
	handed := []os.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT}
	signal.Notify(signals, handed...)
	defer signal.Stop(signals)
	cmd := &exec.Cmd{Path: program, Args: args, Env: env, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case got := <-signals:
			if typed := got == syscall.SIGINT || got == syscall.SIGQUIT; !typed || !terminal {
				cmd.Process.Signal(got)
			}
		case err := <-ended:
			return statusOfChild(err)
		}
	}
}

// statusOfChild is how a shell would say that a program ended.
func statusOfChild(err error) error {
	var ended *exec.ExitError
	if !errors.As(err, &ended) {
		return err
	}
	status := ended.ExitCode()
	if how, ok := ended.Sys().(syscall.WaitStatus); ok && how.Signaled() {
		status = 128 + int(how.Signal())
	}
	return &usageError{words.Trouble{}, Status(status)}
}
