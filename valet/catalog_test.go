package valet

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func noLock(context.Context, string) (func(), error) { return func() {}, nil }

// FuzzIndex: what is accepted re-encodes to itself, and what is refused is left as it was on the disk.
func FuzzIndex(f *testing.F) {
	f.Add([]byte(`{"version":1,"connections":[{"id":"a","name":"b","provider":"etsy","status":"connected"}],"app_keys":[]}`))
	f.Add([]byte(`{"version":2,"connections":[]}`))
	f.Add([]byte(`{"version":1,"connections":[{"id":"a"},{"id":"a"}]}`))
	f.Add([]byte(`{"version":1`))
	f.Add([]byte(``))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := decodeIndex(data)
		if err == nil {
			encoded, err := json.Marshal(read)
			if err != nil {
				t.Fatal(err)
			}
			again, err := decodeIndex(encoded)
			if err != nil || !reflect.DeepEqual(read, again) {
				t.Fatalf("does not read back as itself: %v", err)
			}
			return
		}
		path := filepath.Join(t.TempDir(), "index.json")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c := &catalog{path: path, lock: noLock}
		err = c.update(t.Context(), func(i *index) error { i.put(entry{ID: "new"}); return nil })
		if KindOf(err) != IndexUnreadable {
			t.Fatalf("update gave %v, want index-unreadable", err)
		}
		if after, _ := os.ReadFile(path); string(after) != string(data) {
			t.Fatal("an index that cannot be read was written over")
		}
	})
}

func TestCatalogUpdateIsWholeOrNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "index.json")
	c := &catalog{path: path, lock: noLock}
	if err := c.update(t.Context(), func(i *index) error { i.put(entry{ID: "one", Name: "one"}); return nil }); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("no")
	err := c.update(t.Context(), func(i *index) error { i.drop("one"); return refused })
	if !errors.Is(err, refused) {
		t.Fatalf("update gave %v", err)
	}
	read, err := c.read()
	if err != nil || len(read.Connections) != 1 || read.Connections[0].Name != "one" {
		t.Fatalf("after a refused change the index says %+v, %v", read, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the index has mode %v, want 0600", info.Mode())
	}
	if folder, _ := os.Stat(filepath.Dir(path)); folder.Mode().Perm() != 0o700 {
		t.Errorf("its folder has mode %v, want 0700", folder.Mode())
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".index*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
