//go:build unix

package valet

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// appendOnce is one try of [appendHistory]. gone: the file has been taken away, perhaps before the line was seen in it. It asks
// the system and no more, so that nothing is set up for a file that is open for a moment.
func appendOnce(path, line string) (size int64, gone bool, err error) {
	const how = syscall.O_WRONLY | syscall.O_CREAT | syscall.O_APPEND | syscall.O_NOFOLLOW | syscall.O_NONBLOCK | syscall.O_CLOEXEC
	var file int
	err = uninterrupted(func() (err error) { file, err = syscall.Open(path, how, 0o600); return err })
	if err != nil {
		return 0, false, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer syscall.Close(file)
	var stat syscall.Stat_t
	if err := syscall.Fstat(file, &stat); err != nil {
		return 0, false, err
	}
	switch {
	case stat.Mode&syscall.S_IFMT != syscall.S_IFREG:
		return 0, false, errNotRegular
	case stat.Size > historyFull:
		return stat.Size, false, errHistoryFull
	case stat.Mode&0o077 != 0:
		if err := syscall.Fchmod(file, 0o600); err != nil {
			return stat.Size, false, err
		}
	}
	var written int
	err = uninterrupted(func() (err error) { written, err = syscall.Write(file, []byte(line)); return err })
	if err == nil && written < len(line) {
		err = io.ErrShortWrite // the disk is full
	}
	if err != nil {
		return stat.Size, false, err
	}
	err = syscall.Fstat(file, &stat)
	return stat.Size, err == nil && stat.Nlink == 0, nil
}

// uninterrupted calls the system until no signal comes in between.
func uninterrupted(call func() error) error {
	for {
		if err := call(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// takeAway removes a file that was read, and gives what has been added to it since by whoever had it open.
func takeAway(file *os.File, path string) (late []byte, err error) {
	if err := removed(path); err != nil {
		return nil, err
	}
	return io.ReadAll(file)
}
