package valet_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"valetkey/valet"
)

// List says what the store below holds, unless it can be made to fail by fail: a keyring that is locked says nothing.
func (s *faultyStore) List(ctx context.Context) ([]string, error) {
	s.mu.Lock()
	err := s.probe
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return s.Store.(interface {
		List(context.Context) ([]string, error)
	}).List(ctx)
}

// wreck is a rack with two keys whose files can be damaged.
type wreck struct {
	*kit
	keys  [2]valet.Connection
	index string
	whole []byte // the index as it was
}

func newWreck(t *testing.T) *wreck {
	t.Helper()
	w := &wreck{kit: newKit(t)}
	w.index = filepath.Join(w.options.Folders.State, "index.json")
	for n := range w.keys {
		c, err := w.connect(t, n, valet.ConnectRequest{})
		if err != nil {
			t.Fatal(err)
		}
		w.keys[n] = c
	}
	w.whole = readFile(t, w.index)
	return w
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// reload begins as a new program would, and gives what it has to tell.
func (w *wreck) reload(t *testing.T) ([]error, error) {
	t.Helper()
	w.valet = valet.New(w.options)
	err := w.valet.Load(t.Context())
	return w.valet.Warnings.Take(), err
}

// alive wants both keys to be listed under their names and to work.
func (w *wreck) alive(t *testing.T) {
	t.Helper()
	list := w.valet.Connections()
	if len(list) != len(w.keys) {
		t.Fatalf("%d keys listed: %v", len(list), list)
	}
	for _, c := range w.keys {
		if found, err := w.valet.Find(c.Name); err != nil || found.ID != c.ID || found.Account != c.Account {
			t.Errorf("%s: %+v, %v", c.Name, found, err)
		}
		w.mustToken(t, c.ID)
		if _, err := w.valet.Refresh(t.Context(), c.ID); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}

// aside gives the files that damaged ones were put aside as.
func (w *wreck) aside(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(w.options.Folders.State, "index-damaged-*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// indexDamages are what can happen to the index, and what the program does about it: both keys survive each.
var indexDamages = []struct {
	name    string
	damage  func(whole []byte) []byte // nil: the file is gone
	survive string                    // where the lines come from
}{
	{"missing", nil, "the keyring"},
	{"empty", func([]byte) []byte { return []byte{} }, "the keyring"},
	{"cut before the first key", func(whole []byte) []byte { return whole[:20] }, "the keyring"},
	{"cut in the first key", func(whole []byte) []byte { return whole[:len(whole)/4] }, "the keyring"},
	{"cut in the second key", func(whole []byte) []byte { return whole[:len(whole)*3/4] }, "the first line, and the keyring"},
	{"cut by its last bracket", func(whole []byte) []byte { return bytes.TrimRight(whole, "}\n") }, "both lines"},
	{"foreign: other JSON", func([]byte) []byte { return []byte(`{"name":"something","list":[1,2]}`) }, "the keyring"},
	{"foreign: a list", func([]byte) []byte { return []byte(`[{"id":"x"}]`) }, "the keyring"},
	{"foreign: no JSON", func([]byte) []byte { return []byte("\x7fELF\x00\x01") }, "the keyring"},
	{"not UTF-8", func(whole []byte) []byte {
		return bytes.Replace(whole, []byte(`"practice"`), []byte("\"pract\xffice\""), 1)
	}, "the second line, and the keyring"},
	{"a key twice", func(whole []byte) []byte {
		line := whole[bytes.Index(whole, []byte("\n{")) : bytes.Index(whole, []byte("},\n"))+len("},")]
		return bytes.Replace(whole, line, append(bytes.Clone(line), line...), 1)
	}, "both lines"},
	{"a key without id", func(whole []byte) []byte { return bytes.Replace(whole, []byte(`"id":`), []byte(`"di":`), 1) }, "the second line, and the keyring"},
	{"a field of another kind", func(whole []byte) []byte {
		return bytes.Replace(whole, []byte(`"renewable":true`), []byte(`"renewable":7`), 1)
	}, "the second line, and the keyring"},
}

// TestDamagedIndex: nothing readable is lost, nothing unreadable is deleted, and the seller is told once.
func TestDamagedIndex(t *testing.T) {
	for _, row := range indexDamages {
		t.Run(row.name, func(t *testing.T) {
			w := newWreck(t)
			var damaged []byte
			if row.damage == nil {
				if err := os.Remove(w.index); err != nil {
					t.Fatal(err)
				}
			} else {
				damaged = row.damage(w.whole)
				writeFile(t, w.index, damaged)
			}
			told, err := w.reload(t)
			if err != nil {
				t.Fatal(err)
			}
			w.alive(t)
			t.Logf("both keys survived, from %s", row.survive)
			aside := w.aside(t)
			if row.damage == nil {
				if len(aside) != 0 || len(told) != 0 {
					t.Errorf("a missing index: %v, %v", aside, told)
				}
				return
			}
			var what *valet.Error
			if len(aside) != 1 || !bytes.Equal(readFile(t, aside[0]), damaged) {
				t.Fatalf("the damaged file is not kept: %v", aside)
			}
			if len(told) != 1 || !errors.As(told[0], &what) || what.Kind != valet.IndexDamaged || what.Subject != aside[0] {
				t.Errorf("the seller is told %v", told)
			}
			if told, err := w.reload(t); err != nil || len(told) != 0 {
				t.Errorf("and again: %v, %v", told, err)
			}
			w.alive(t)
		})
	}
}

// TestDamagedWhileRunning: a change to an index that was damaged under a running program mends it too.
func TestDamagedWhileRunning(t *testing.T) {
	w := newWreck(t)
	writeFile(t, w.index, w.whole[:len(w.whole)/2])
	if _, err := w.valet.Refresh(t.Context(), w.keys[0].ID); err != nil {
		t.Fatal(err)
	}
	if told := w.valet.Warnings.Take(); len(told) != 1 || valet.KindOf(told[0]) != valet.IndexDamaged {
		t.Errorf("told %v", told)
	}
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	w.alive(t)
}

// TestDamagedAndLocked: what the keyring cannot say now is asked for again, until it has said all.
func TestDamagedAndLocked(t *testing.T) {
	w := newWreck(t)
	writeFile(t, w.index, w.whole[:len(w.whole)/4])
	w.store.fail(storeFault{"locked"}, nil)
	for range 2 {
		if _, err := w.reload(t); err != nil || len(w.valet.Connections()) != 0 {
			t.Fatalf("%v, %v", err, w.valet.Connections())
		}
	}
	w.store.fail(nil, nil)
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	w.alive(t)
	if len(w.aside(t)) != 1 {
		t.Errorf("put aside: %v", w.aside(t))
	}
	if bytes.Contains(readFile(t, w.index), []byte("incomplete")) {
		t.Error("it goes on being searched for lines")
	}
}

// TestAppKeyComesBack: an app key that a person typed in is found again too.
func TestAppKeyComesBack(t *testing.T) {
	w := newWreck(t)
	set, err := w.valet.Keys.Set(t.Context(), valet.NewAppKey{Provider: "practice", Label: "mine", ClientID: "abc123", Secret: oauthSecret("s3cret")})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(w.index); err != nil {
		t.Fatal(err)
	}
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	if found, err := w.valet.Keys.Pick("practice", "mine"); err != nil || found.ID != set.ID || found.ClientID != "abc123" || !found.HasSecret {
		t.Errorf("%+v, %v", found, err)
	}
	w.alive(t)
}
