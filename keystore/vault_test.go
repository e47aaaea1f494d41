package keystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

const testPassphrase = "correct horse"

// lockedVault is a vault whose passphrase costs next to nothing, over folder.
func lockedVault(t *testing.T, folder string) *Vault {
	t.Helper()
	v := OpenVault(folder, testLocks(t))
	v.slow.work = 2
	return v
}

// newVault is a new one, unlocked.
func newVault(t *testing.T) *Vault {
	t.Helper()
	v := lockedVault(t, filepath.Join(t.TempDir(), "state", "vault"))
	if err := v.Create(t.Context(), []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	return v
}

// mustSet and mustGet are for what has to work before or after what is tested.
func mustSet(t *testing.T, v *Vault, name, value string) {
	t.Helper()
	if err := v.Set(t.Context(), name, []byte(value)); err != nil {
		t.Fatalf("Set(%q): %v", name, err)
	}
}

func mustGet(t *testing.T, v *Vault, name, want string) {
	t.Helper()
	if got, err := v.Get(t.Context(), name); err != nil || string(got) != want {
		t.Fatalf("Get(%q) = %q, %v; want %q", name, got, err, want)
	}
}

// calls makes every call that needs the key.
func calls(ctx context.Context, v *Vault) []error {
	_, err := v.Get(ctx, "conn-1")
	return []error{err, v.Set(ctx, "conn-1", []byte("x")), v.Delete(ctx, "conn-1"), v.Probe(ctx)}
}

func TestVaultLocked(t *testing.T) {
	v := lockedVault(t, filepath.Join(t.TempDir(), "state", "vault"))
	if v.Exists() || v.Unlocked() {
		t.Error("there is a vault before it was made")
	}
	for _, err := range calls(t.Context(), v) {
		wantState(t, err, Locked)
	}
	if err := v.Unlock(t.Context(), []byte(testPassphrase)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Unlock before there is a vault: %v", err)
	}
	if _, err := os.Lstat(v.chest.folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made by looking: %v", err)
	}
	if err := v.Create(t.Context(), []byte(testPassphrase)); err != nil || !v.Exists() || !v.Unlocked() {
		t.Fatalf("Create: %v, exists %t, unlocked %t", err, v.Exists(), v.Unlocked())
	}
	mustSet(t, v, "conn-1", "one")
	v.LockAgain()
	for _, err := range calls(t.Context(), v) {
		wantState(t, err, Locked)
	}
	if err := v.Unlock(t.Context(), []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	mustGet(t, v, "conn-1", "one")
}

func TestVaultPassphrase(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-1", "one")
	for _, wrong := range []string{"", "correct", "Correct horse", "correct horse ", strings.Repeat("x", 10_000)} {
		err := v.Unlock(t.Context(), []byte(wrong))
		wantState(t, err, Locked)
		if !errors.Is(err, ErrPassphrase) || len(wrong) > 1 && strings.Contains(err.Error(), wrong) {
			t.Errorf("wrong passphrase %q: %v", wrong, err)
		}
	}
	if !v.Unlocked() {
		t.Error("a wrong passphrase locks what was unlocked")
	}
	mustGet(t, v, "conn-1", "one")
	given := []byte(testPassphrase)
	if err := v.Unlock(t.Context(), given); err != nil || strings.Trim(string(given), "\x00") != "" {
		t.Errorf("Unlock: %v; left of the passphrase: %q", err, given)
	}
	empty := lockedVault(t, filepath.Join(t.TempDir(), "vault"))
	if err := empty.Create(t.Context(), nil); err == nil || empty.Exists() {
		t.Errorf("a vault without a passphrase: %v", err)
	}
}

func TestVaultRewrap(t *testing.T) {
	v, next := newVault(t), "battery staple"
	mustSet(t, v, "conn-1", "one")
	if err := v.Rewrap(t.Context(), []byte("wrong"), []byte(next)); !errors.Is(err, ErrPassphrase) {
		t.Errorf("Rewrap with a wrong passphrase: %v", err)
	}
	if err := v.Rewrap(t.Context(), []byte(testPassphrase), nil); err == nil {
		t.Error("Rewrap takes an empty passphrase")
	}
	old, fresh := []byte(testPassphrase), []byte(next)
	if err := v.Rewrap(t.Context(), old, fresh); err != nil {
		t.Fatal(err)
	}
	if strings.Trim(string(old)+string(fresh), "\x00") != "" {
		t.Error("Rewrap leaves the passphrases")
	}
	mustGet(t, v, "conn-1", "one") // whoever has the key goes on
	mustSet(t, v, "conn-1", "two")
	other := lockedVault(t, v.chest.folder)
	if err := other.Unlock(t.Context(), []byte(testPassphrase)); !errors.Is(err, ErrPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	if err := other.Unlock(t.Context(), []byte(next)); err != nil {
		t.Fatal(err)
	}
	mustGet(t, other, "conn-1", "two")
}

// TestVaultRewrapOnce has many change the passphrase at the same time: one does, and is not overruled by another that began
// with the old one.
func TestVaultRewrapOnce(t *testing.T) {
	folder := newVault(t).chest.folder
	var winner atomic.Pointer[string]
	var all sync.WaitGroup
	for i := range 8 {
		v, next := lockedVault(t, folder), fmt.Sprint("passphrase ", i)
		all.Go(func() {
			err := v.Rewrap(t.Context(), []byte(testPassphrase), []byte(next))
			if err == nil && winner.Swap(&next) != nil {
				t.Error("two changed it")
			}
			if err != nil && !errors.Is(err, ErrPassphrase) && !errors.Is(err, ErrReplaced) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := lockedVault(t, folder).Unlock(t.Context(), []byte(*winner.Load())); err != nil {
		t.Errorf("with the passphrase that was set: %v", err)
	}
}

// TestVaultCreateOnce has many make the same vault at once: one does, and its key is the one that counts.
func TestVaultCreateOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "state", "vault")
	var made atomic.Pointer[Vault]
	var all sync.WaitGroup
	for range 8 {
		v := lockedVault(t, folder)
		all.Go(func() {
			err := v.Create(t.Context(), []byte(testPassphrase))
			if err == nil && made.Swap(v) != nil {
				t.Error("two were made")
			}
			if err != nil && (!errors.Is(err, fs.ErrExist) || v.Unlocked()) {
				t.Errorf("Create: %v, unlocked %t", err, v.Unlocked())
			}
		})
	}
	all.Wait()
	mustSet(t, made.Load(), "conn-1", "one")
	v := lockedVault(t, folder)
	if err := v.Unlock(t.Context(), []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	mustGet(t, v, "conn-1", "one")
}

// TestVaultImpatience ends the wait for a passphrase that is being tried.
func TestVaultImpatience(t *testing.T) {
	v := newVault(t)
	v.LockAgain()
	v.slow.turn <- struct{}{} // another is at it
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error)
	go func() { waiting <- v.Unlock(ctx, []byte(testPassphrase)) }()
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) || v.Unlocked() {
		t.Errorf("Unlock: %v, unlocked %t", err, v.Unlocked())
	}
	<-v.slow.turn
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for what, err := range map[string]error{
		"Unlock": v.Unlock(ended, []byte(testPassphrase)),
		"Rewrap": v.Rewrap(ended, []byte(testPassphrase), []byte("x")),
		"Create": lockedVault(t, filepath.Join(t.TempDir(), "vault")).Create(ended, []byte("x")),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with an ended context: %v", what, err)
		}
	}
}

// TestVaultShowsNothing looks for secrets in all that is on the disk, and for names of ours in names of files.
func TestVaultShowsNothing(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-1", "12345678.a-token")
	mustSet(t, v, "A shop's own name", "12345678.a-token")
	key := v.key.Load().String()
	if strings.Contains(v.Describe(), testPassphrase) {
		t.Error("Describe tells the passphrase")
	}
	if err := v.Probe(t.Context()); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(v.chest.folder)
	if err != nil || len(entries) != 4 {
		t.Fatalf("want identity, mark and two records: %v, %v", entries, err)
	}
	for _, e := range entries {
		if strings.Contains(e.Name(), "shop") {
			t.Errorf("a file is called %s", e.Name())
		}
		text, err := os.ReadFile(filepath.Join(v.chest.folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"a-token", "12345678", testPassphrase, key, v.key.Load().Recipient().String()} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s holds %q as it is", e.Name(), secret)
			}
		}
	}
}
