package keystore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// wantWord wants an [*Error] that says word.
func wantWord(t *testing.T, err error, word string) {
	t.Helper()
	if e, ok := errors.AsType[*Error](err); !ok || e.Trouble() != word {
		t.Errorf("error %v, want the word %q", err, word)
	}
}

// TestTroubleOfTheLockedFile: what ails the locked file is not told in the words of the system's keyring.
func TestTroubleOfTheLockedFile(t *testing.T) {
	v := lockedVault(t, filepath.Join(t.TempDir(), "state", "vault"))
	for _, err := range calls(t.Context(), v) {
		wantWord(t, err, "file-gone")
	}
	if err := v.Create(t.Context(), []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	v.LockAgain()
	for _, err := range calls(t.Context(), v) {
		wantWord(t, err, "file-locked")
	}
	wantWord(t, v.Unlock(t.Context(), []byte("wrong")), "passphrase")
	if err := v.Unlock(t.Context(), []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	wantWord(t, v.Set(t.Context(), "conn-1", make([]byte, MaxValue+1)), "file-other")
	mustSet(t, v, "conn-1", "one")
	item, err := itemName("conn-1")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(v.chest.path(item), []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = v.Get(t.Context(), "conn-1")
	wantWord(t, err, "damaged")
	if err := os.RemoveAll(v.chest.folder); err != nil {
		t.Fatal(err)
	}
	wantWord(t, v.Set(t.Context(), "conn-1", []byte("two")), "replaced")
}

// TestTroubleIsKept: an error that is wrapped again on its way says the same.
func TestTroubleIsKept(t *testing.T) {
	for _, row := range []struct {
		err  error
		word string
	}{
		{&Error{State: Locked, Err: errNobody}, "locked"},
		{&Error{State: Timeout, File: true, Err: errTimeout}, "file-timeout"},
		{fmt.Errorf("wrapped: %w", ErrVersion), "version"},
		{errors.Join(ErrDamaged, fs.ErrInvalid), "damaged"},
		{errors.New("odd"), "other"},
	} {
		wantWord(t, trouble("set", trouble("get", row.err)), row.word)
	}
}
