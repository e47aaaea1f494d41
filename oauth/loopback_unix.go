//go:build !windows

package oauth

import (
	"errors"
	"syscall"
)

// holdAlone is nothing to do: a second program cannot bind a port that we listen on.
func holdAlone(_, _ string, _ syscall.RawConn) error { return nil }

func isBusy(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }

// isAbsent reports that this machine does not have the address.
func isAbsent(err error) bool {
	return errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, syscall.EAFNOSUPPORT)
}
