//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package practice

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the lock on f without waiting and reports whether it did.
func tryLock(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		return false, nil
	}
	return err == nil, err
}
