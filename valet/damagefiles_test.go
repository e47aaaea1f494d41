package valet_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"valetkey/oauth"
	"valetkey/valet"
)

func oauthSecret(text string) oauth.Secret { return oauth.NewSecret(text) }

// notOurs are what may stand where the index should be. Each gives a file that must be left as it is, and what is in it.
var notOurs = []struct {
	name  string
	place func(t *testing.T, w *wreck) (left string, data []byte)
}{
	{"a newer version", func(t *testing.T, w *wreck) (string, []byte) {
		newer := bytes.Replace(w.whole, []byte(`"version":1`), []byte(`"version":2`), 1)
		writeFile(t, w.index, newer)
		return w.index, newer
	}},
	{"a newer version, cut", func(t *testing.T, w *wreck) (string, []byte) {
		newer := bytes.Replace(w.whole, []byte(`"version":1`), []byte(`"version":2`), 1)[:200]
		writeFile(t, w.index, newer)
		return w.index, newer
	}},
	{"a link to another file", func(t *testing.T, w *wreck) (string, []byte) {
		victim := filepath.Join(t.TempDir(), "victim")
		writeFile(t, victim, w.whole)
		return victim, w.link(t, victim)
	}},
	{"a link to nothing", func(t *testing.T, w *wreck) (string, []byte) {
		return "", w.link(t, filepath.Join(t.TempDir(), "nothing"))
	}},
	{"a folder", func(t *testing.T, w *wreck) (string, []byte) {
		if err := errors.Join(os.Remove(w.index), os.Mkdir(w.index, 0o700)); err != nil {
			t.Fatal(err)
		}
		return "", nil
	}},
}

// TestIndexLeftAlone: what cannot be read, or is not a file of ours, is neither written over nor followed; the keys are.
func TestIndexLeftAlone(t *testing.T) {
	for _, row := range notOurs {
		t.Run(row.name, func(t *testing.T) {
			w := newWreck(t)
			left, data := row.place(t, w)
			before := w.valet
			for range 2 {
				if _, err := w.reload(t); valet.KindOf(err) != valet.IndexUnreadable {
					t.Errorf("a new program: %v", err)
				}
			}
			if _, err := before.Refresh(t.Context(), w.keys[0].ID); err != nil { // the program that runs keeps its key
				t.Error(err)
			}
			if _, err := w.connect(t, 2, valet.ConnectRequest{}); err == nil {
				t.Error("a new key is kept, but nobody could list it")
			}
			if left != "" && !bytes.Equal(readFile(t, left), data) {
				t.Errorf("%s was changed", left)
			}
			if len(w.aside(t)) != 0 {
				t.Errorf("put aside: %v", w.aside(t))
			}
			if err := errors.Join(os.RemoveAll(w.index), os.WriteFile(w.index, w.whole, 0o600)); err != nil {
				t.Fatal(err)
			}
			if _, err := w.reload(t); err != nil {
				t.Fatal(err)
			}
			w.alive(t)
		})
	}
}

func (w *wreck) link(t *testing.T, victim string) []byte {
	t.Helper()
	if err := errors.Join(os.Remove(w.index), os.Symlink(victim, w.index)); err != nil {
		t.Fatal(err)
	}
	return w.whole
}

// TestLinkedFolder: the folder may be a link, as those make who keep their settings elsewhere.
func TestLinkedFolder(t *testing.T) {
	w := newWreck(t)
	elsewhere := filepath.Join(t.TempDir(), "dotfiles")
	state := w.options.Folders.State
	if err := errors.Join(os.Rename(state, elsewhere), os.Symlink(elsewhere, state)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	w.alive(t)
	if info, err := os.Lstat(state); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
}

// TestWiderModes: what others may read is ours alone after the next start and the next write.
func TestWiderModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // there are no modes: the folder inherits from the profile
	}
	w := newWreck(t)
	if err := errors.Join(os.Chmod(w.index, 0o666), os.Chmod(w.options.Folders.State, 0o777)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{w.index: 0o600, w.options.Folders.State: 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", path, info.Mode().Perm(), want)
		}
	}
	w.alive(t)
}

// TestDamagedRecord: a record that cannot be read is told, left as it is by everything but Forget, and costs no other key.
func TestDamagedRecord(t *testing.T) {
	for name, damage := range map[string]func(whole, other []byte) []byte{
		"cut":     func(whole, _ []byte) []byte { return whole[:len(whole)/2] },
		"empty":   func([]byte, []byte) []byte { return []byte{} },
		"foreign": func([]byte, []byte) []byte { return []byte(`{"password":"hunter2"}`) },
		"a newer version": func(whole, _ []byte) []byte {
			return bytes.Replace(whole, []byte(`"version":1`), []byte(`"version":2`), 1)
		},
		"another key's":    func(_, other []byte) []byte { return other },
		"followed by junk": func(whole, _ []byte) []byte { return append(bytes.Clone(whole), "{}"...) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWreck(t)
			id, other := string(w.keys[0].ID), string(w.keys[1].ID)
			whole, damaged := w.get(t, id), []byte(nil)
			damaged = damage(whole, w.get(t, other))
			w.set(t, id, damaged)
			if _, err := w.reload(t); err != nil {
				t.Fatal(err)
			}
			for deed, do := range map[string]func(context.Context, valet.ID) error{
				"token": func(ctx context.Context, id valet.ID) error {
					return w.valet.UseAccessToken(ctx, id, 0, func(string) error { return nil })
				},
				"refresh": func(ctx context.Context, id valet.ID) error { _, err := w.valet.Refresh(ctx, id); return err },
				"check":   func(ctx context.Context, id valet.ID) error { _, err := w.valet.Check(ctx, id); return err },
			} {
				if err := do(t.Context(), w.keys[0].ID); valet.KindOf(err) != valet.RecordUnreadable || bytes.Contains([]byte(err.Error()), []byte("hunter2")) {
					t.Errorf("%s: %v", deed, err)
				}
			}
			if !bytes.Equal(w.get(t, id), damaged) {
				t.Error("it was changed")
			}
			w.mustToken(t, w.keys[1].ID)
			w.set(t, id, whole) // somebody brings it back from a copy
			w.alive(t)
		})
	}
}

// TestItemComesBack: an item that was deleted behind our back is missing, never forgotten; back again, it is as before.
func TestItemComesBack(t *testing.T) {
	w := newWreck(t)
	id := w.keys[0].ID
	whole := w.get(t, string(id))
	if err := w.store.Delete(t.Context(), string(id)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.token(t, id, 0); valet.KindOf(err) != valet.ItemMissing {
		t.Errorf("a token of it: %v", err)
	}
	if found, err := w.valet.Find(w.keys[0].Name); err != nil || found.Status != valet.Missing {
		t.Errorf("it shows as %s, %v", found.Status, err)
	}
	w.set(t, string(id), whole)
	w.alive(t)
}

func (w *wreck) get(t *testing.T, name string) []byte {
	t.Helper()
	data, err := w.store.Get(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (w *wreck) set(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := w.store.Set(t.Context(), name, data); err != nil {
		t.Fatal(err)
	}
}
