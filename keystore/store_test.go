package keystore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// store is what the contract is about: the methods that a consumer sees.
type store interface {
	Get(ctx context.Context, name string) ([]byte, error)
	Set(ctx context.Context, name string, value []byte) error
	Delete(ctx context.Context, name string) error
	Lock(ctx context.Context, name string) (unlock func(), err error)
	Probe(ctx context.Context) error
	Describe() string
}

func testLocks(t *testing.T) *Locks {
	t.Helper()
	locks, err := OpenLocksIn(filepath.Join(t.TempDir(), "valetkey", "locks"))
	if err != nil {
		t.Fatal(err)
	}
	return locks
}

func TestMemoryContract(t *testing.T) { testContract(t, NewMemory(testLocks(t))) }

func TestMemoryWithoutLocks(t *testing.T) { testContract(t, NewMemory(nil)) }

func TestFakeKeyringContract(t *testing.T) { testContract(t, newFake(t, newShelf(), new(person))) }

func TestVaultContract(t *testing.T) { testContract(t, newVault(t)) }

// testContract is what every store promises.
func testContract(t *testing.T, s store) {
	t.Run("names", func(t *testing.T) { testNames(t, s) })
	t.Run("sizes", func(t *testing.T) { testSizes(t, s) })
	t.Run("copies", func(t *testing.T) { testCopies(t, s) })
	t.Run("ended context", func(t *testing.T) { testEndedContext(t, s) })
	t.Run("lock", func(t *testing.T) { testStoreLock(t, s) })
	t.Run("crowd", func(t *testing.T) { testCrowd(t, s) })
	t.Run("probe", func(t *testing.T) {
		if err := s.Probe(t.Context()); err != nil {
			t.Error(err)
		}
		if s.Describe() == "" {
			t.Error("it has no name")
		}
	})
}

var oddNames = []string{
	"a", "A", "a:b", "a/b", "a.b", "a.b.0", "a b", "../x", "..", ".", "/etc/passwd", `\\host\share`, "C:x", "con", "nul.lock",
	"😀", "ä", "a\u0308", "\x00", "a\x00", "a\n", "'; --", "-rf", "_probe", "%41", strings.Repeat("x", 300), strings.Repeat("X", 300),
	strings.Repeat("x", 301), strings.Repeat("é", 300), "\xff", "\xfe", itemNameOf("A"), "conn-7f3a9b",
}

// itemNameOf is the name under which another one is stored: asked for itself it must be a name like any other.
func itemNameOf(name string) string {
	item, err := itemName(name)
	if err != nil {
		panic(err)
	}
	return item
}

func testNames(t *testing.T, s store) {
	for i, name := range oddNames {
		if err := s.Set(t.Context(), name, fmt.Appendf(nil, "value %d", i)); err != nil {
			t.Errorf("Set(%q): %v", name, err)
		}
	}
	for i, name := range oddNames {
		got, err := s.Get(t.Context(), name)
		if want := fmt.Sprint("value ", i); err != nil || string(got) != want {
			t.Errorf("Get(%q) = %q, %v; want %q", name, got, err, want)
		}
	}
	for _, name := range oddNames {
		if err := s.Delete(t.Context(), name); err != nil {
			t.Errorf("Delete(%q): %v", name, err)
		}
		if _, err := s.Get(t.Context(), name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Get(%q) after Delete: %v", name, err)
		}
		if err := s.Delete(t.Context(), name); err != nil {
			t.Errorf("second Delete(%q): %v", name, err)
		}
	}
	if s.Set(t.Context(), "", nil) == nil || s.Delete(t.Context(), "") == nil {
		t.Error("the empty name is accepted")
	}
	if _, err := s.Get(t.Context(), ""); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Get of the empty name: %v", err)
	}
}

func testSizes(t *testing.T, s store) {
	for _, n := range append(sizes, 100) {
		value := sample(n, n%2 == 0)
		if err := s.Set(t.Context(), "sized", value); err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if got, err := s.Get(t.Context(), "sized"); err != nil || !bytes.Equal(got, value) {
			t.Errorf("%d bytes came back as %d: %v", n, len(got), err)
		}
	}
	if err := s.Set(t.Context(), "sized", make([]byte, MaxValue+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a value that is too large: %v", err)
	}
	if got, err := s.Get(t.Context(), "sized"); err != nil || len(got) != 100 {
		t.Errorf("after a refused Set: %d bytes, %v", len(got), err)
	}
	if err := s.Delete(t.Context(), "sized"); err != nil {
		t.Error(err)
	}
}

// testCopies wants the store to have its value for itself.
func testCopies(t *testing.T, s store) {
	value := []byte("mine")
	if err := s.Set(t.Context(), "copy", value); err != nil {
		t.Fatal(err)
	}
	value[0] = 'X'
	for range 2 {
		got, err := s.Get(t.Context(), "copy")
		if err != nil || string(got) != "mine" {
			t.Fatalf("Get = %q, %v", got, err)
		}
		got[0] = 'Y'
	}
	if err := s.Delete(t.Context(), "copy"); err != nil {
		t.Error(err)
	}
}

func testEndedContext(t *testing.T, s store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for op, err := range map[string]error{
		"set":    s.Set(ctx, "ended", []byte("x")),
		"delete": s.Delete(ctx, "ended"),
		"probe":  s.Probe(ctx),
		"get":    func() error { _, err := s.Get(ctx, "ended"); return err }(),
		"lock":   func() error { _, err := s.Lock(ctx, "ended"); return err }(),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with an ended context: %v", op, err)
		}
	}
	if _, err := s.Get(t.Context(), "ended"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Set with an ended context wrote: %v", err)
	}
}

func testStoreLock(t *testing.T, s store) {
	unlock, err := s.Lock(t.Context(), "A")
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.Lock(t.Context(), "a") // another name, where capitals count for nothing too
	if err != nil {
		t.Fatal(err)
	}
	other()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = s.Lock(ctx, "A")
	if held, ok := errors.AsType[*HeldError](err); !ok || held.Holder == "" {
		t.Errorf("a second Lock: %v", err)
	}
	unlock()
	unlock() // once is enough, twice is no harm
	again, err := s.Lock(t.Context(), "A")
	if err != nil {
		t.Fatal(err)
	}
	again()
}

// testCrowd counts under the lock with many goroutines: no count is lost.
func testCrowd(t *testing.T, s store) {
	const crowd = 12
	var all sync.WaitGroup
	for range crowd {
		all.Go(func() {
			unlock, err := s.Lock(t.Context(), "count")
			if err != nil {
				t.Error(err)
				return
			}
			defer unlock()
			value, err := s.Get(t.Context(), "count")
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
			if err := s.Set(t.Context(), "count", append(value, 'x')); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if value, err := s.Get(t.Context(), "count"); err != nil || len(value) != crowd {
		t.Errorf("counted %d of %d, %v", len(value), crowd, err)
	}
	if err := s.Delete(t.Context(), "count"); err != nil {
		t.Error(err)
	}
}
