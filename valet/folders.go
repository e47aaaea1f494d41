package valet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// folderName is what our folders are called inside the system's own.
const folderName = "valetkey"

// Folders says where files go. None holds a secret.
type Folders struct {
	Config string // providers/*.json
	State  string // index.json, log, practice state
}

// SystemFolders gives the folders of this system, or those inside VALETKEY_HOME where it is set.
// A relative path is an error: nothing is ever written relative to the current folder.
func SystemFolders() (Folders, error) {
	if home := os.Getenv("VALETKEY_HOME"); home != "" {
		if !filepath.IsAbs(home) {
			return Folders{}, errors.New("VALETKEY_HOME is not an absolute path")
		}
		return Folders{Config: filepath.Join(home, "config"), State: filepath.Join(home, "state")}, nil
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return Folders{}, fmt.Errorf("no folder for settings: %w", err)
	}
	state, err := systemState()
	if err != nil {
		return Folders{}, fmt.Errorf("no folder for state: %w", err)
	}
	if !filepath.IsAbs(config) || !filepath.IsAbs(state) {
		return Folders{}, errors.New("a folder of this system is not an absolute path")
	}
	return Folders{Config: filepath.Join(config, folderName), State: filepath.Join(state, folderName)}, nil
}

// systemState is the base for state: what the program remembers but nobody edits.
func systemState() (string, error) {
	switch runtime.GOOS {
	case "windows":
		return os.UserCacheDir() // LocalAppData
	case "darwin":
		return os.UserConfigDir() // Application Support
	}
	if state := os.Getenv("XDG_STATE_HOME"); state != "" {
		return state, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "state"), nil
}

func (f Folders) index() string     { return filepath.Join(f.State, "index.json") }
func (f Folders) providers() string { return filepath.Join(f.Config, "providers") }
func (f Folders) settings() string  { return filepath.Join(f.State, "settings.json") }

func (f Folders) history(part string) string { return filepath.Join(f.State, "history"+part+".jsonl") }

// Log is the log file.
func (f Folders) Log() string { return filepath.Join(f.State, "valetkey.log") }

// Vault is the folder of the locked file.
func (f Folders) Vault() string { return filepath.Join(f.State, "vault") }

// Practice is the practice provider's state.
func (f Folders) Practice() string { return filepath.Join(f.State, "practice.json") }

// Make creates the folders, for their owner alone, and tightens them where they are wider.
func (f Folders) Make() error {
	for _, folder := range []string{f.Config, f.State} {
		if err := privateFolder(folder); err != nil {
			return err
		}
	}
	return nil
}

// Reasons why a file or folder is not used.
var (
	errNotRegular = errors.New("not a regular file")
	errNotOurs    = errors.New("a folder of another user")
)

// privateFolder makes folder and its parents, 0700 whatever the umask, and tightens it where it is wider. It may be a link, as
// those make who keep their settings elsewhere, but not to a folder of another user.
func privateFolder(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	if !ours(info) {
		return errNotOurs
	}
	return tighten(folder, info, 0o700)
}

// tighten takes away the rights that others have to a file or folder of ours.
func tighten(path string, info fs.FileInfo, mode fs.FileMode) error {
	if runtime.GOOS == "windows" || info.Mode().Perm()&^mode == 0 {
		return nil
	}
	return os.Chmod(path, info.Mode().Perm()&mode)
}

// writePrivate replaces path by data as a whole: another file in the same folder, flushed, renamed over it, the folder
// flushed. The file is 0600. A crash leaves the old content or the new.
func writePrivate(path string, data []byte) error {
	folder := filepath.Dir(path)
	if err := privateFolder(folder); err != nil {
		return err
	}
	draft := "." + filepath.Base(path) + "-"
	file, err := os.CreateTemp(folder, draft) // 0600, O_EXCL, random name
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // gone already after the rename
	if _, err = file.Write(data); err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	if err := replace(file.Name(), path); err != nil {
		return err
	}
	sweep(folder, draft, time.Now().Add(-draftLife))
	return syncFolder(folder)
}

// draftLife is after how long a draft is nobody's: its program was killed, or it would be in its place.
const draftLife = 24 * time.Hour

// sweep removes drafts that are older than since: regular files called draft and a number. What cannot be removed stays.
func sweep(folder, draft string, since time.Time) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, file := range files {
		number, ours := strings.CutPrefix(file.Name(), draft)
		if _, err := strconv.ParseUint(number, 10, 32); !ours || err != nil || !file.Type().IsRegular() {
			continue
		}
		if info, err := file.Info(); err == nil && info.ModTime().Before(since) {
			os.Remove(filepath.Join(folder, file.Name()))
		}
	}
}

// replace renames a file over another. Windows refuses that while anybody reads the other one, which takes milliseconds.
func replace(from, to string) error {
	err := os.Rename(from, to)
	for tries := 0; err != nil && runtime.GOOS == "windows" && tries < 100; tries++ {
		time.Sleep(10 * time.Millisecond)
		err = os.Rename(from, to)
	}
	return err
}

// syncFolder makes a rename last through a power cut where the system offers it.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	opened, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer opened.Close()
	return opened.Sync()
}
