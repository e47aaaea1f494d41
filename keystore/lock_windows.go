package keystore

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

const (
	lockFlags   = os.O_CREATE | os.O_RDWR
	holderFlags = os.O_RDONLY
)

// lockHome asks the system for the folder, not the environment.
func lockHome() (string, error) {
	return windows.KnownFolderPath(windows.FOLDERID_LocalAppData, windows.KF_FLAG_DEFAULT)
}

// ownFolder makes folder; it inherits from the user's profile that nobody else may enter.
func ownFolder(folder string) error {
	if !filepath.IsAbs(folder) {
		return errors.New("the folder for locks is not an absolute path")
	}
	return os.MkdirAll(folder, 0o700)
}

// checkLockFile refuses a link in the lock's place.
func checkLockFile(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "lock", Path: path, Err: errors.New("not a plain file")}
	}
	return err
}
