package valet

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func noLock(context.Context, string) (func(), error) { return func() {}, nil }

// FuzzIndex: what is accepted re-encodes to itself. Of what is not, a newer version's is left as it was on the disk, and all
// else is on the disk to the letter, under another name.
func FuzzIndex(f *testing.F) {
	f.Add([]byte(`{"version":1,"connections":[{"id":"a","name":"b","provider":"etsy","status":"connected"}],"app_keys":[]}`))
	f.Add([]byte(`{"version":1,"connections":[{"id":"a","mood":{"new":1},"Name":"b","account":{"x":2}}],"app_keys":[{"id":"k","z":0}],"more":[]}`))
	f.Add([]byte(`{"version":2,"connections":[]}`))
	f.Add([]byte(`{"version":2,"connections":[`))
	f.Add([]byte(`{"version":1,"connections":[{"id":"a"},{"id":"a"}]}`))
	f.Add([]byte(`{"version":1,"connections":[{"id":"a"},{"id":"b","na`))
	f.Add([]byte(`{"version":1`))
	f.Add([]byte(``))
	f.Add([]byte(inForm([]byte(`{"version":1,"app_keys":[],"connections":[`), []line{{text: `{"id":"a","name":"b","odd":1}`}}, 0)))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "index.json")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		before, refused := decodeIndex(data)
		c := &catalog{path: path, lock: noLock}
		err := c.update(t.Context(), func(i *index) error { i.put(entry{ID: "new one"}); return nil })
		after, _ := os.ReadFile(path)
		if errors.Is(refused, errNewer) {
			if KindOf(err) != IndexUnreadable || !bytes.Equal(after, data) {
				t.Fatalf("a newer index: %v, and the file is %q", err, after)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		read, err := decodeIndex(after)
		if _, ok := checked(string(after)); !ok {
			t.Fatalf("not in our form: %s", after)
		}
		if err != nil || !read.lists("new one") {
			t.Fatalf("what was written reads back as %v, %v: %s", read, err, after)
		}
		if refused != nil {
			wantAside(t, path, data)
			return
		}
		for _, l := range before.Connections {
			at := read.at(l.id)
			if at < 0 || l.id != "new one" && !reflect.DeepEqual(read.Connections[at].entry(), l.entry()) {
				t.Fatalf("%+v is lost in %s", l.entry(), after)
			}
		}
	})
}

// wantAside wants one file beside path that holds data.
func wantAside(t *testing.T, path string, data []byte) {
	t.Helper()
	aside, err := filepath.Glob(strings.TrimSuffix(path, ".json") + "-damaged-*.json")
	if err != nil || len(aside) != 1 {
		t.Fatalf("put aside: %v, %v", aside, err)
	}
	if kept, err := os.ReadFile(aside[0]); err != nil || !bytes.Equal(kept, data) {
		t.Fatalf("put aside as %q, %v; it was %q", kept, err, data)
	}
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
	read, err := c.load(t.Context())
	if err != nil || len(read.Connections) != 1 || read.Connections[0].name != "one" {
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
