//go:build !nogui

package trial

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Save writes an answer to a file that the seller chose, whole or not at all, for the owner alone. What stands there as a file is
// replaced: whoever calls it has asked. Errors are those of the system; a folder is never replaced.
func Save(path, text string) error {
	if info, err := os.Lstat(path); err == nil && info.IsDir() {
		return &fs.PathError{Op: "save", Path: path, Err: syscall.EISDIR}
	}
	fresh, err := os.CreateTemp(filepath.Dir(path), ".valetkey-*") // 0600
	if err != nil {
		return err
	}
	_, err = fresh.WriteString(text)
	if err == nil {
		err = fresh.Sync()
	}
	if closed := fresh.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(fresh.Name(), path)
	}
	if err != nil {
		os.Remove(fresh.Name())
	}
	return err
}
