//go:build unix

package keystore

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// tighten refuses a folder that is not ours, and narrows one that others may enter.
func (c chest) tighten() error {
	info, err := os.Lstat(c.folder)
	if err != nil || info.IsDir() && info.Mode().Perm()&0o077 == 0 && mine(c.folder, info) == nil {
		return err
	}
	return narrow(c.folder)
}

func checkOwner(path string, info fs.FileInfo) error { return mine(path, info) }

// insist does it once: here a file that somebody reads can be replaced.
func insist(do func() error) error { return do() }

// syncFolder makes a new name last through a power cut, where the file system can do that.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
