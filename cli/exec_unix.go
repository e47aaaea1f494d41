//go:build !windows

package cli

import "syscall"

// replace puts the program in the place of this one: signals, job control and the exit status are its own from then on. It
// returns only if that did not work.
func replace(program string, args, env []string) error { return syscall.Exec(program, args, env) }
