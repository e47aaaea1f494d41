//go:build unix

package keystore

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"syscall"
)

// A lock is never taken, and a holder never read, through a link; a pipe put in the place does not stop us.
const (
	lockFlags   = os.O_CREATE | os.O_RDWR | syscall.O_NOFOLLOW | syscall.O_NONBLOCK
	holderFlags = os.O_RDONLY | syscall.O_NOFOLLOW | syscall.O_NONBLOCK
)

// lockHome is where the locks of this user have their folder. [user.Current] asks the user database; HOME counts only for a
// user who is not in it.
func lockHome() (string, error) {
	home := os.Getenv("HOME")
	if me, err := user.Current(); err == nil {
		home = me.HomeDir
	}
	if !filepath.IsAbs(home) {
		return "", errors.New("this user has no home folder")
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support"), nil
	}
	return filepath.Join(home, ".local", "state"), nil
}

// ownFolder makes folder and its parent ours alone.
func ownFolder(folder string) error {
	if !filepath.IsAbs(folder) {
		return errors.New("the folder for locks is not an absolute path")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, path := range []string{filepath.Dir(folder), folder} {
		if err := narrow(path); err != nil {
			return err
		}
	}
	return nil
}

// narrow refuses what is not a folder of ours and takes away what others may do in it. A link to such a folder is fine when
// it is ours too: people keep their folders elsewhere.
func narrow(path string) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if err := mine(path, info); err != nil {
			return err
		}
		info, err = os.Stat(path)
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return &fs.PathError{Op: "open", Path: path, Err: errors.New("not a folder")}
	}
	if err := mine(path, info); err != nil {
		return err
	}
	if info.Mode().Perm() != 0o700 {
		return os.Chmod(path, 0o700)
	}
	return nil
}

func mine(path string, info fs.FileInfo) error {
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && int(owner.Uid) != os.Geteuid() {
		return &fs.PathError{Op: "open", Path: path, Err: errors.New("belongs to another user")}
	}
	return nil
}

// checkLockFile refuses anything in the lock's place that is not a file of ours, and narrows one that others may open: who
// can open it can hold it.
func checkLockFile(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "lock", Path: path, Err: errors.New("not a plain file")}
	}
	if err := mine(path, info); err != nil {
		return err
	}
	if info.Mode().Perm() != 0o600 {
		return os.Chmod(path, 0o600)
	}
	return nil
}
