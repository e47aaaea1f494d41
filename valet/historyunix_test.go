//go:build unix

package valet_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestHistoryIsACourtesy: with something else in the place of its files, everything works, and that is left alone.
func TestHistoryIsACourtesy(t *testing.T) {
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	for what, put := range map[string]func(path string) error{
		"a folder":         func(path string) error { return os.MkdirAll(filepath.Join(path, "mine"), 0o700) },
		"a link":           func(path string) error { return os.Symlink(elsewhere, path) },
		"a pipe":           func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"no right to read": func(path string) error { return os.WriteFile(path, nil, 0) },
	} {
		for _, part := range []string{"", "-moving", "-older"} {
			t.Run(what+part, func(t *testing.T) {
				k := newKit(t)
				if err := os.MkdirAll(k.options.Folders.State, 0o700); err != nil {
					t.Fatal(err)
				}
				path := historyFile(k, part)
				if err := put(path); err != nil {
					t.Fatal(err)
				}
				before, err := os.Lstat(path)
				if err != nil {
					t.Fatal(err)
				}
				c := k.mustConnect(t)
				k.mustToken(t, c.ID)
				if _, err := k.valet.Refresh(t.Context(), c.ID); err != nil {
					t.Fatal(err)
				}
				k.valet.Wait()
				if _, err := k.valet.Revoke(t.Context(), c.ID); err != nil {
					t.Fatal(err)
				}
				after, err := os.Lstat(path)
				if !before.Mode().IsRegular() && (err != nil || after.Mode().Type() != before.Mode().Type()) {
					t.Errorf("it was %v and is %v, %v", before.Mode(), after, err)
				}
				if _, err := os.Lstat(elsewhere); err == nil {
					t.Error("it was written through a link")
				}
			})
		}
	}
}
