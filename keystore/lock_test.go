package keystore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestLocksServeInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		locks := new(Locks)
		unlock, err := locks.Lock(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		var served []int
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				unlock, err := locks.Lock(t.Context(), "a")
				if err != nil {
					t.Error(err)
					return
				}
				served = append(served, i)
				unlock()
			})
			synctest.Wait()
		}
		unlock()
		all.Wait()
		for i, who := range served {
			if i != who {
				t.Fatalf("served in the order %v", served)
			}
		}
		if len(locks.gates) != 0 {
			t.Errorf("%d gates left", len(locks.gates))
		}
	})
}

func TestLockWaitsAMinuteAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		locks := new(Locks)
		unlock, err := locks.Lock(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		defer unlock()
		start := time.Now()
		_, err = locks.Lock(t.Context(), "a")
		held, ok := errors.AsType[*HeldError](err)
		if !ok || time.Since(start) != lockWait {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		if ok && held.PID != os.Getpid() {
			t.Errorf("held by %+v", held)
		}
	})
}

func TestLockOfTwoOpenings(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "valetkey", "locks")
	var both [2]*Locks
	for i := range both {
		locks, err := OpenLocksIn(folder)
		if err != nil {
			t.Fatal(err)
		}
		both[i] = locks
	}
	var inside atomic.Int32
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			unlock, err := both[i%2].Lock(t.Context(), "a")
			if err != nil {
				t.Error(err)
				return
			}
			if others := inside.Add(1) - 1; others > 0 {
				t.Errorf("%d others have the same lock", others)
			}
			runtime.Gosched()
			inside.Add(-1)
			unlock()
		})
	}
	all.Wait()
}

func TestHolderIsNamed(t *testing.T) {
	locks := testLocks(t)
	before := time.Now().Add(-time.Second)
	unlock, err := locks.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	held := heldBy(t, locks, "a")
	if held.PID != os.Getpid() || held.Program != "keystore.test" || held.Since.Before(before) || held.Since.After(time.Now()) {
		t.Errorf("held by %+v", held)
	}
	if !strings.HasPrefix(held.Holder, "keystore.test (") || !strings.Contains(held.Error(), held.Holder) {
		t.Errorf("Holder %q, Error %q", held.Holder, held.Error())
	}
	unlock()
	if left, _ := filepath.Glob(filepath.Join(locks.folder, "*holder*")); len(left) != 0 {
		t.Errorf("after unlocking: %v", left)
	}
}

// TestHolderAfterAKill begins with what a program leaves that is killed while it writes who it is: the next one clears it up.
func TestHolderAfterAKill(t *testing.T) {
	locks := testLocks(t)
	if err := os.WriteFile(filepath.Join(locks.folder, "a.holder.new"), []byte(`{"pid":1`), 0o600); err != nil {
		t.Fatal(err)
	}
	unlock, err := locks.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if held := heldBy(t, locks, "a"); held.PID != os.Getpid() {
		t.Errorf("held by %+v", held)
	}
	unlock()
	if left, _ := filepath.Glob(filepath.Join(locks.folder, "*")); len(left) != 0 {
		t.Errorf("after unlocking: %v", left)
	}
}

// heldBy wants name to be locked, and tells by whom.
func heldBy(t *testing.T, locks *Locks, name string) *HeldError {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	unlock, err := locks.Lock(ctx, name)
	if err == nil {
		unlock()
		t.Fatalf("nobody holds %s", name)
	}
	held, ok := errors.AsType[*HeldError](err)
	if !ok {
		t.Fatalf("Lock: %v", err)
	}
	return held
}

func TestHolderIsNotBelieved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.holder")
	for text, want := range map[string]HeldError{
		"":                       {},
		"rubbish":                {},
		`{"pid":-1}`:             {},
		`{"pid":7,"program":""}`: {Holder: "? (7)", Program: "?", PID: 7},
		`{"pid":7,"program":"a\u001b[2Jb\n\u202ec"}`:                    {Holder: "a[2Jbc (7)", Program: "a[2Jbc", PID: 7},
		`{"pid":7,"program":"` + strings.Repeat("x", 90) + `"}`:         {Holder: strings.Repeat("x", 40) + " (7)", Program: strings.Repeat("x", 40), PID: 7},
		`{"pid":7,"program":"` + strings.Repeat("x", 5000) + `"}`:       {},
		`{"pid":7,"program":"valetkey","since":"2020-01-02T03:04:05Z"}`: {Holder: "valetkey (7)", Program: "valetkey", PID: 7, Since: time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)},
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := readHolder(path); *got != want {
			t.Errorf("%.60q reads as %+v", text, got)
		}
	}
	if got := readHolder(path + "-missing"); *got != (HeldError{}) || got.Error() == "" {
		t.Errorf("no holder reads as %+v", got)
	}
}

func TestLockFolderIsAbsolute(t *testing.T) {
	t.Chdir(t.TempDir())
	if _, err := OpenLocksIn("valetkey/locks"); err == nil {
		t.Error("locks in the current folder")
	}
	if made, _ := os.ReadDir("."); len(made) != 0 {
		t.Errorf("made %v", made)
	}
}
