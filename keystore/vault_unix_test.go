//go:build unix

package keystore

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestVaultModes wants folder and files ours alone, whatever they were and whatever the umask.
func TestVaultModes(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	folder := filepath.Join(t.TempDir(), "state", "vault")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	v := lockedVault(t, folder)
	if err := v.Create(t.Context(), []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	mustSet(t, v, "conn-1", "one")
	wantModes(t, v)
	for path, mode := range map[string]fs.FileMode{folder: 0o777, v.chest.path("conn-1"): 0o666, v.chest.path(identityItem): 0o640} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Unlock(t.Context(), []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	mustGet(t, v, "conn-1", "one")
	wantModes(t, v)
}

func wantModes(t *testing.T, v *Vault) {
	t.Helper()
	want := map[string]fs.FileMode{
		filepath.Dir(v.chest.folder): 0o700, v.chest.folder: 0o700,
		v.chest.path("conn-1"): 0o600, v.chest.path(identityItem): 0o600, v.chest.path(markItem): 0o600,
	}
	for path, mode := range want {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v, want %v", path, info.Mode(), err, mode)
		}
	}
}

// TestVaultLinks puts links and a pipe where the vault's files are: nothing is read or written through them, nothing hangs.
func TestVaultLinks(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-2", "two")
	victim := filepath.Join(t.TempDir(), "victim")
	for _, target := range []string{victim, v.chest.path("conn-2"), filepath.Join(t.TempDir(), "nothing"), ""} {
		if err := os.WriteFile(victim, []byte("theirs"), 0o644); err != nil {
			t.Fatal(err)
		}
		path := v.chest.path("conn-1")
		err := os.Symlink(target, path)
		if target == "" {
			err = syscall.Mkfifo(path, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		_, err = v.Get(t.Context(), "conn-1")
		wantState(t, err, Other)
		wantState(t, v.Set(t.Context(), "conn-1", []byte("one")), Other)
		if err := v.Delete(t.Context(), "conn-1"); err != nil {
			t.Errorf("Delete: %v", err)
		}
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("what was there is left: %v", err)
		}
		text, err := os.ReadFile(victim)
		info, _ := os.Stat(victim)
		if err != nil || string(text) != "theirs" || info.Mode().Perm() != 0o644 {
			t.Errorf("the link's target is now %q, %v, %v", text, info.Mode(), err)
		}
		mustGet(t, v, "conn-2", "two")
	}
}

// TestVaultIdentityLink moves the identity away and links to it: refused, though the passphrase would open it.
func TestVaultIdentityLink(t *testing.T) {
	v := newVault(t)
	path, elsewhere := v.chest.path(identityItem), filepath.Join(t.TempDir(), "identity")
	if err := os.Rename(path, elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, path); err != nil {
		t.Fatal(err)
	}
	wantState(t, v.Unlock(t.Context(), []byte(testPassphrase)), Other)
	wantState(t, v.Rewrap(t.Context(), []byte(testPassphrase), []byte("x")), Other)
	if err := v.Create(t.Context(), []byte("x")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("Create over a link: %v", err)
	}
}

// TestVaultFolderLink allows what people do with their folders: keep them elsewhere.
func TestVaultFolderLink(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-1", "one")
	link := filepath.Join(t.TempDir(), "vault")
	if err := os.Symlink(v.chest.folder, link); err != nil {
		t.Fatal(err)
	}
	through := lockedVault(t, link)
	if err := through.Unlock(t.Context(), []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	mustGet(t, through, "conn-1", "one")
	mustSet(t, through, "conn-1", "two")
	mustGet(t, v, "conn-1", "two")
}
