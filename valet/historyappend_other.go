//go:build !unix

package valet

import (
	"io/fs"
	"os"
)

// noFollow has no like here: a link wants rights that programs do not have by themselves.
const noFollow = 0

// unlinked is never so: a file that is open keeps its name.
func unlinked(fs.FileInfo) bool { return false }

// takeAway removes a file that was read. Nobody else has it open, or it could not have been moved.
func takeAway(file *os.File, path string) (late []byte, err error) {
	if err := file.Close(); err != nil {
		return nil, err
	}
	return nil, removed(path)
}
