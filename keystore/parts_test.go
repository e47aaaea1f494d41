package keystore

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
)

// sizes around every border: one item, several, the most.
var sizes = []int{0, 1, 1000, maxItem - 1, maxItem, maxItem + 1, 2500, 2560, 2600, 8000, MaxValue}

// sample is n bytes that no keyring gives back unless it keeps them whole: text, or not even text.
func sample(n int, binary bool) []byte {
	text := strings.Repeat("0123456789 äöü €😀", n/10+1)
	value := []byte(text)[:n]
	if !binary {
		return bytes.ToValidUTF8(value, []byte("?"))
	}
	for i := range value {
		value[i] = byte(i)
	}
	return value
}

func TestSizes(t *testing.T) {
	for _, binary := range []bool{false, true} {
		store := newShelf()
		for _, n := range append(sizes, 8000, 10, 0) {
			value := sample(n, binary)
			if err := writeValue(store, "id", value); err != nil {
				t.Fatalf("%d bytes: %v", n, err)
			}
			got, err := readValue(store, "id")
			if err != nil || !bytes.Equal(got, value) {
				t.Errorf("%d bytes came back as %d: %v", n, len(got), err)
			}
			for name, text := range store.held {
				if len(text) > 2500 {
					t.Errorf("item %s of a value of %d bytes has %d", name, n, len(text))
				}
			}
		}
		if left := store.names(); len(left) != 1 {
			t.Errorf("after shrinking there is more than the record: %v", left)
		}
		if err := deleteValue(store, "id"); err != nil || len(store.names()) != 0 {
			t.Errorf("after Delete: %v, %v", store.names(), err)
		}
	}
}

func TestPlainTextStaysAsItIs(t *testing.T) {
	for value, plain := range map[string]bool{
		`{"version":1,"shop":"Käse & Co"}`: true,
		"":                                 false,
		"two\nlines":                       false,
		"\x00":                             false,
		headerMark + "{}\nabc":             false,
	} {
		store := newShelf()
		if err := writeValue(store, "id", []byte(value)); err != nil {
			t.Fatal(err)
		}
		if (store.held["id"] == value) != plain {
			t.Errorf("%q is stored as %q", value, store.held["id"])
		}
		if got, err := readValue(store, "id"); err != nil || string(got) != value {
			t.Errorf("%q came back as %q, %v", value, got, err)
		}
	}
}

// errKilled is the end of the program, as far as the shelf can tell.
var errKilled = errors.New("killed")

// killedAt runs step on a shelf of which only the first n calls happen, and reports whether it got through.
func killedAt(store *shelf, n int, step func() error) (through bool) {
	store.before = func(op, name string) error {
		if n--; n < 0 {
			return errKilled
		}
		return nil
	}
	err := step()
	store.before = nil
	return err == nil && n >= 0
}

func TestKilledAnywhere(t *testing.T) {
	small, big, bigger := sample(300, false), sample(5000, false), sample(9000, true)
	for _, c := range []struct {
		name      string
		old, next []byte
	}{
		{"first, small", nil, small}, {"first, big", nil, big}, {"growing", small, bigger},
		{"big to bigger", big, bigger}, {"shrinking", bigger, small}, {"the same size", big, bytes.ToUpper(big)},
	} {
		t.Run(c.name, func(t *testing.T) {
			for n := 0; ; n++ {
				store := newShelf()
				if c.old != nil {
					if err := writeValue(store, "id", c.old); err != nil {
						t.Fatal(err)
					}
				}
				through := killedAt(store, n, func() error { return writeValue(store, "id", c.next) })
				wantOldOrNew(t, store, n, c.old, c.next)
				wantCleanAfter(t, store, n)
				if through {
					return
				}
			}
		})
	}
}

func wantOldOrNew(t *testing.T, store *shelf, n int, old, next []byte) {
	t.Helper()
	got, err := readValue(store, "id")
	switch {
	case errors.Is(err, fs.ErrNotExist) && old == nil:
	case err != nil:
		t.Errorf("killed at call %d: %v", n, err)
	case !bytes.Equal(got, next) && (old == nil || !bytes.Equal(got, old)):
		t.Errorf("killed at call %d: neither old nor new, %d bytes", n, len(got))
	}
}

// wantCleanAfter wants a later write, and a later Delete, to leave nothing of what a killed write left.
func wantCleanAfter(t *testing.T, store *shelf, n int) {
	t.Helper()
	other := &shelf{held: maps.Clone(store.held)}
	if err := writeValue(store, "id", []byte("next")); err != nil || len(store.names()) != 1 {
		t.Errorf("killed at call %d: a later write leaves %v, %v", n, store.names(), err)
	}
	if err := deleteValue(other, "id"); err != nil || len(other.names()) != 0 {
		t.Errorf("killed at call %d: a later Delete leaves %v, %v", n, other.names(), err)
	}
}

func TestDeleteKilledAnywhere(t *testing.T) {
	for n := 0; ; n++ {
		store := newShelf()
		value := sample(7000, true)
		if err := writeValue(store, "id", value); err != nil {
			t.Fatal(err)
		}
		through := killedAt(store, n, func() error { return deleteValue(store, "id") })
		if got, err := readValue(store, "id"); !errors.Is(err, fs.ErrNotExist) && !bytes.Equal(got, value) {
			t.Errorf("killed at call %d: half a value, %v", n, err)
		}
		wantCleanAfter(t, store, n)
		if through {
			return
		}
	}
}

func TestRecordsDoNotGrow(t *testing.T) {
	store := newShelf()
	for i := range 200 {
		if err := writeValue(store, "id", sample(3000+i%2*4000, false)); err != nil {
			t.Fatal(err)
		}
	}
	if size := len(store.held["id"]); size > 300 {
		t.Errorf("after 200 writes the record has %d bytes", size)
	}
}

func TestForgetfulStoreIsNotBelieved(t *testing.T) {
	for _, n := range []int{10, 5000} {
		store := newShelf()
		if err := writeValue(store, "id", sample(6000, false)); err != nil {
			t.Fatal(err)
		}
		forgetful := forgetting{store, "id."}
		if n < maxItem {
			forgetful.prefix = "id"
		}
		if err := writeValue(forgetful, "id", sample(n, true)); !errors.Is(err, ErrNotSaved) {
			t.Errorf("%d bytes: %v", n, err)
		}
		if got, err := readValue(store, "id"); err != nil || !bytes.Equal(got, sample(6000, false)) {
			t.Errorf("%d bytes: the old value is gone: %v", n, err)
		}
	}
}

// forgetting takes what it is given for names with prefix, and keeps it not.
type forgetting struct {
	*shelf
	prefix string
}

func (f forgetting) set(name, text string) error {
	if strings.HasPrefix(name, f.prefix) {
		return nil
	}
	return f.shelf.set(name, text)
}

func TestDamageIsNotAbsence(t *testing.T) {
	for _, spoil := range []func(store *shelf, part string){
		func(store *shelf, part string) { delete(store.held, part) },
		func(store *shelf, part string) { store.held[part] += "x" },
		func(store *shelf, part string) { store.held["id"] = headerMark + "{" },
		func(store *shelf, part string) {
			store.held["id"] = headerMark + `{"parts":{"tag":"x","count":100000}}` + "\n"
		},
		func(store *shelf, part string) { store.held["id"] = headerMark + `{"base64":true}` + "\n!" },
	} {
		store := newShelf()
		if err := writeValue(store, "id", sample(5000, false)); err != nil {
			t.Fatal(err)
		}
		spoil(store, store.names()[1])
		if _, err := readValue(store, "id"); !errors.Is(err, ErrDamaged) {
			t.Errorf("damage reads as %v", err)
		}
		if err := writeValue(store, "id", []byte("whole")); err != nil {
			t.Errorf("a damaged item cannot be written anew: %v", err)
		}
	}
}

func TestReaderMeetsWriter(t *testing.T) {
	store := newShelf()
	value := func(i int) []byte { return fmt.Appendf(nil, "%05d%s", i, sample(5000, false)) }
	if err := writeValue(store, "id", value(0)); err != nil {
		t.Fatal(err)
	}
	// The record changes between its reading and that of its parts, once.
	changed := false
	racing := &shelf{held: store.held, before: func(op, name string) error {
		if name != "id" && !changed {
			changed = true
			return writeValue(store, "id", value(1))
		}
		return nil
	}}
	if got, err := readValue(racing, "id"); err != nil || !bytes.Equal(got, value(1)) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}
