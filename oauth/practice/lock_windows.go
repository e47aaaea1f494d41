package practice

import (
	"errors"
	"os"
	"syscall"
	"unsafe"
)

const (
	lockFailImmediately = 0x1
	lockExclusive       = 0x2
	errLockViolation    = syscall.Errno(33)
)

// kernel32 is always in memory and never searched for on disk.
var lockFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")

// tryLock takes the lock on f without waiting and reports whether it did. Closing f gives it back.
func tryLock(f *os.File) (bool, error) {
	var where syscall.Overlapped
	done, _, err := lockFileEx.Call(f.Fd(), lockExclusive|lockFailImmediately, 0, 1, 0, uintptr(unsafe.Pointer(&where)))
	if done != 0 {
		return true, nil
	}
	if errors.Is(err, errLockViolation) || errors.Is(err, syscall.ERROR_IO_PENDING) {
		return false, nil
	}
	return false, err
}
