//go:build unix

package valet

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// noFollow refuses a link, and a pipe that nobody reads.
const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// unlinked reports whether an open file has no name any more.
func unlinked(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Nlink == 0
}

// takeAway removes a file that was read, and gives what has been added to it since by whoever had it open.
func takeAway(file *os.File, path string) (late []byte, err error) {
	if err := removed(path); err != nil {
		return nil, err
	}
	return io.ReadAll(file)
}
