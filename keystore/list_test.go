package keystore

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// lister is a store that can say what it holds.
type lister interface {
	store
	List(ctx context.Context) ([]string, error)
}

// testList wants the names of what is there, whole values and long ones, and nothing of what was deleted.
func testList(t *testing.T, s lister) {
	t.Helper()
	wantNames := func(want ...string) {
		t.Helper()
		if got, err := s.List(t.Context()); err != nil || !slices.Equal(got, want) {
			t.Errorf("List = %q, %v; want %q", got, err, want)
		}
	}
	wantNames()
	values := map[string]string{"b": "two", "conn-1": strings.Repeat("long ", 2000), "key-7": "three", "Not Plain": "x"}
	for name, value := range values {
		if err := s.Set(t.Context(), name, []byte(value)); err != nil {
			t.Fatal(err)
		}
	}
	wantNames("b", "conn-1", "key-7")
	for name := range values {
		if err := s.Delete(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	wantNames()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.List(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("List with an ended context: %v", err)
	}
}

func TestMemoryList(t *testing.T) { testList(t, NewMemory(nil)) }

func TestVaultList(t *testing.T) {
	v := newVault(t)
	testList(t, v)
	mustSet(t, v, "conn-1", "one")
	v.LockAgain()
	if names, err := v.List(t.Context()); err != nil || !slices.Equal(names, []string{"conn-1"}) {
		t.Errorf("List of a locked file = %q, %v", names, err)
	}
	none := OpenVault(filepath.Join(t.TempDir(), "valetkey", "none"), nil)
	if names, err := none.List(t.Context()); err != nil || len(names) != 0 {
		t.Errorf("List of no file = %q, %v", names, err)
	}
}

func TestFakeKeyringCannotList(t *testing.T) {
	if names, err := newFake(t, newShelf(), new(person)).List(t.Context()); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("List = %q, %v", names, err)
	}
}
