package valet_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"valetkey/valet"
)

// witness is a store that tells when it has kept something.
type witness struct {
	*faultyStore
	kept func()
}

func (s witness) Set(ctx context.Context, name string, value []byte) error {
	err := s.faultyStore.Set(ctx, name, value)
	if err == nil {
		s.kept()
	}
	return err
}

// dying connects shop number n, and leaves the index as a program does that is killed when the keyring has the new key and the
// index does not.
func (w *wreck) dying(t *testing.T, n int) valet.Connection {
	t.Helper()
	var left []byte
	w.options.Keyring = witness{w.store, func() {
		if left == nil {
			left = readFile(t, w.index)
		}
	}}
	w.start(t)
	c, err := w.connect(t, n, valet.ConnectRequest{})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, w.index, left)
	w.options.Keyring = w.store
	return c
}

// TestKilledBeforeListed: a key that the keyring has and the index does not is found by the next program, once.
func TestKilledBeforeListed(t *testing.T) {
	w := newWreck(t)
	c := w.dying(t, 2)
	if told, err := w.reload(t); err != nil || len(told) != 0 {
		t.Fatal(told, err)
	}
	if found, err := w.valet.Find(c.Name); err != nil || found.ID != c.ID {
		t.Errorf("%+v, %v", found, err)
	}
	w.mustToken(t, c.ID)
	if bytes.Contains(readFile(t, w.index), []byte("incomplete")) {
		t.Error("it goes on being looked for")
	}
}

// TestKilledBeforeKept: where the keyring has nothing either, nothing shows, and the note is dropped.
func TestKilledBeforeKept(t *testing.T) {
	w := newWreck(t)
	c := w.dying(t, 2)
	if err := w.store.Delete(t.Context(), string(c.ID)); err != nil {
		t.Fatal(err)
	}
	if told, err := w.reload(t); err != nil || len(told) != 0 {
		t.Fatal(told, err)
	}
	w.alive(t)
	if bytes.Contains(readFile(t, w.index), []byte("incomplete")) {
		t.Error("it goes on being looked for")
	}
}

// TestKeptNotListed: a keyring that refuses the key leaves the index as it was.
func TestKeptNotListed(t *testing.T) {
	w := newWreck(t)
	w.store.fail(nil, storeFault{"other"})
	if _, err := w.connect(t, 2, valet.ConnectRequest{}); valet.KindOf(err) != valet.NotKept {
		t.Fatal(err)
	}
	if !bytes.Equal(readFile(t, w.index), w.whole) {
		t.Errorf("the index says %s\nit was %s", readFile(t, w.index), w.whole)
	}
}

// TestStaleLine: a line that a killed program did not write any more is brought up to date by the next read of its record, once.
func TestStaleLine(t *testing.T) {
	w := newWreck(t)
	w.mustToken(t, w.keys[0].ID) // its use is noted
	stale := readFile(t, w.index)
	renewed, err := w.valet.Refresh(t.Context(), w.keys[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, w.index, stale)
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	w.mustToken(t, w.keys[0].ID)
	right := readFile(t, w.index)
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	if found, err := w.valet.Find(renewed.Name); err != nil || !found.Refreshed.Equal(renewed.Refreshed) || found.Used.IsZero() {
		t.Errorf("the line says %+v, %v; the record %+v", found, err, renewed)
	}
	before, err := os.Stat(w.index)
	if err != nil {
		t.Fatal(err)
	}
	w.mustToken(t, w.keys[0].ID)
	after, err := os.Stat(w.index)
	if err != nil || !os.SameFile(before, after) || !bytes.Equal(readFile(t, w.index), right) {
		t.Errorf("it was written again, %v", err)
	}
}

// TestDrafts: what killed programs left beside the index goes, and nothing else does.
func TestDrafts(t *testing.T) {
	w := newWreck(t)
	old := time.Now().Add(-25 * time.Hour)
	stays := map[string]bool{"123": false, "124": true, "mine": true, "99999999999": true, "": true}
	path := func(name string) string { return filepath.Join(filepath.Dir(w.index), ".index.json-"+name) }
	for name := range stays {
		writeFile(t, path(name), nil)
		if name != "124" { // it is a draft of a program that is at it
			if err := os.Chtimes(path(name), old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(os.Mkdir(path("125"), 0o700), os.Chtimes(path("125"), old, old)); err != nil {
		t.Fatal(err)
	}
	stays["125"] = true
	if _, err := w.valet.Refresh(t.Context(), w.keys[0].ID); err != nil {
		t.Fatal(err)
	}
	for name, want := range stays {
		if _, err := os.Lstat(path(name)); (err == nil) != want {
			t.Errorf("%q: %v", name, err)
		}
	}
}
