package valet_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"valetkey/valet"
)

// TestSearchedTooEarly: a program that looked for lost lines before another kept its key, and was killed, does not say that
// nothing is lost.
func TestSearchedTooEarly(t *testing.T) {
	w := newWreck(t)
	c, err := w.connect(t, 2, valet.ConnectRequest{})
	if err != nil {
		t.Fatal(err)
	}
	item := w.get(t, string(c.ID))
	if err := w.store.Delete(t.Context(), string(c.ID)); err != nil {
		t.Fatal(err)
	}
	noted := bytes.Replace(w.whole, []byte(`"version":1,`), []byte(`"version":1,"incomplete":true,`), 1)
	writeFile(t, w.index, noted)
	killed := false
	kill := func() { // another program noted that it keeps a key; it is killed when the keyring has it
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if unlock, err := w.store.Lock(ctx, "index"); err == nil && !killed {
			killed = true
			writeFile(t, w.index, noted)
			w.set(t, string(c.ID), item)
			unlock()
		}
	}
	w.options.Keyring = &listing{w.store, kill}
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	kill()
	for range 2 {
		if _, err := w.reload(t); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := w.valet.Find(c.Name); err != nil || found.ID != c.ID {
		t.Errorf("%+v, %v", found, err)
	}
}

// TestKilledBesideAProgramWithoutIndex: the same where there was no index, and the one that looked keeps a key itself.
func TestKilledBesideAProgramWithoutIndex(t *testing.T) {
	k, _, tell := newShared(t)
	window := k.other(t)
	index := filepath.Join(k.options.Folders.State, "index.json")
	var left []byte
	tell.kept = func() {
		if left == nil {
			left, _ = os.ReadFile(index)
		}
	}
	c, err := k.connect(t, 2, valet.ConnectRequest{})
	if err != nil {
		t.Fatal(err)
	}
	tell.kept = nil
	if left == nil {
		err = os.Remove(index)
	} else {
		err = os.WriteFile(index, left, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.as(window).connect(t, 1, valet.ConnectRequest{}); err != nil {
		t.Fatal(err)
	}
	if found, err := k.other(t).Find(c.Name); err != nil || found.ID != c.ID {
		t.Errorf("%+v, %v", found, err)
	}
}

// TestDamagedAppKeyIsMendedOnce: what is not UTF-8 in an index is not carried over, or it would be damaged again at once.
func TestDamagedAppKeyIsMendedOnce(t *testing.T) {
	w := newWreck(t)
	if _, err := w.valet.Keys.Set(t.Context(), valet.NewAppKey{Provider: "practice", Label: "mine", ClientID: "abc123", Secret: oauthSecret("s3cret")}); err != nil {
		t.Fatal(err)
	}
	writeFile(t, w.index, bytes.Replace(readFile(t, w.index), []byte(`"mine"`), []byte("\"m\xffne\""), 1))
	for range 3 {
		if _, err := w.reload(t); err != nil {
			t.Fatal(err)
		}
		w.alive(t)
	}
	if aside := w.aside(t); len(aside) != 1 {
		t.Errorf("put aside: %v", aside)
	}
}

// TestUnsavedWithoutALine: a pair that waits to be saved is saved, though the index was lost meanwhile.
func TestUnsavedWithoutALine(t *testing.T) {
	k, _, _ := newShared(t)
	c := k.mustConnect(t)
	k.wire.after = func(*http.Request) error { k.breakKeyring(storeFault{"other"}); return nil }
	if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.Unsaved {
		t.Fatal(err)
	}
	k.wire.after = nil
	if err := os.Remove(filepath.Join(k.options.Folders.State, "index.json")); err != nil {
		t.Fatal(err)
	}
	if err := k.valet.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.breakKeyring(nil)
	k.valet.Wait()
	k.wantOne(t, valet.InKeyring)
}
