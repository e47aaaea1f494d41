package keystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// hanging is a shelf whose first write to "slow" does not return until let go.
func hanging() (store *shelf, letGo func()) {
	store = newShelf()
	gate := make(chan struct{})
	hung := false
	store.before = func(op, name string) error {
		if op == "set" && name == "slow" && !hung {
			hung = true
			<-gate
		}
		return nil
	}
	return store, func() { close(gate) }
}

func wantValue(t *testing.T, k *Keyring, name, want string) {
	t.Helper()
	got, err := k.Get(t.Context(), name)
	if err != nil || string(got) != want {
		t.Errorf("Get(%q) = %q, %v; want %q", name, got, err, want)
	}
}

func wantState(t *testing.T, err error, want State) {
	t.Helper()
	e, ok := errors.AsType[*Error](err)
	if !ok || e.State != want || e.Trouble() == "" {
		t.Errorf("error %v, want state %q", err, want)
	}
}

func TestHungWriteIsUnknownAndNewerValuesWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, letGo := hanging()
		k := newFake(t, store, new(person))
		start := time.Now()
		err := k.Set(t.Context(), "slow", []byte("first"))
		wantState(t, err, Timeout)
		if !errors.Is(err, ErrUnknown) || time.Since(start) != callLimit {
			t.Errorf("first Set: %v after %s", err, time.Since(start))
		}
		for i := range 20 { // a caller that does not give up
			if err := k.Set(t.Context(), "slow", fmt.Appendf(nil, "newer %d", i)); !errors.Is(err, ErrUnknown) {
				t.Errorf("Set while the first hangs: %v", err)
			}
		}
		err = k.Set(t.Context(), "other", []byte("value"))
		wantState(t, err, Timeout)
		if errors.Is(err, ErrUnknown) {
			t.Error("a write that was never sent is reported as unknown")
		}
		_, err = k.Get(t.Context(), "slow")
		wantState(t, err, Timeout)
		if len(store.names()) != 0 {
			t.Errorf("written while the first write hangs: %v", store.names())
		}
		letGo()
		wantValue(t, k, "slow", "newer 19")
		if _, err := k.Get(t.Context(), "other"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a write that was taken back happened: %v", err)
		}
	})
}

func TestHungWriteKeepsItsLock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, letGo := hanging()
		k := newFake(t, store, new(person))
		unlock, err := k.Lock(t.Context(), "slow")
		if err != nil {
			t.Fatal(err)
		}
		if err := k.Set(t.Context(), "slow", []byte("late")); !errors.Is(err, ErrUnknown) {
			t.Fatal(err)
		}
		unlock()
		if _, err := k.Lock(t.Context(), "slow"); !errors.Is(err, ErrUnknown) {
			t.Errorf("locked anew while the write is unknown: %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := k.locks.Lock(ctx, "slow"); err == nil {
			t.Error("the lock went free while the write is unknown")
		}
		letGo()
		unlock, err = k.Lock(t.Context(), "slow")
		if err != nil {
			t.Fatal(err)
		}
		unlock()
		wantValue(t, k, "slow", "late")
	})
}

func TestHungKeyringLeavesOneGoroutine(t *testing.T) {
	store, letGo := hanging()
	k := newFake(t, store, new(person))
	brief := func() context.Context {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		t.Cleanup(cancel)
		return ctx
	}
	first := make(chan error)
	go func() { first <- k.Set(t.Context(), "slow", []byte("x")) }()
	for hangs := false; !hangs; runtime.Gosched() {
		k.worker.mu.Lock()
		hangs = k.worker.hangs("slow")
		k.worker.mu.Unlock()
	}
	before := runtime.NumGoroutine()
	for i := range 50 {
		name := fmt.Sprint("item-", i%3)
		if err := k.Set(brief(), name, nil); err == nil {
			t.Error("a Set behind one that hangs came through")
		}
		k.Get(brief(), name)
		k.Probe(brief())
	}
	// The timers of the contexts end on goroutines of their own, in a moment.
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines after 150 calls to a keyring that hangs, %d before", runtime.NumGoroutine(), before)
		}
	}
	letGo()
	<-first
	wantValue(t, k, "slow", "x")
}

func TestCancelledCallIsTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, letGo := hanging()
		k := newFake(t, store, new(person))
		go k.Set(t.Context(), "slow", []byte("x"))
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- k.Set(ctx, "b", []byte("y")) }()
		synctest.Wait()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) || errors.Is(err, ErrUnknown) {
			t.Errorf("cancelled Set: %v", err)
		}
		letGo()
		wantValue(t, k, "slow", "x")
		if _, err := k.Get(t.Context(), "b"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a cancelled Set happened: %v", err)
		}
	})
}

func TestPanicIsAnError(t *testing.T) {
	store := newShelf()
	store.before = func(op, name string) error { panic("a value: s3cret") }
	k := newFake(t, store, new(person))
	err := k.Set(t.Context(), "a", []byte("s3cret"))
	wantState(t, err, Other)
	if !errors.Is(err, errPanicked) || err.Error() != "keystore: set: other: "+errPanicked.Error() {
		t.Errorf("error is %q", err)
	}
	store.before = nil
	if err := k.Set(t.Context(), "a", []byte("v")); err != nil {
		t.Errorf("after a panic: %v", err)
	}
}

func TestPromptHasThirtySeconds(t *testing.T) {
	for _, c := range []struct {
		name   string
		takes  time.Duration // the person to answer
		answer error
		want   State
		after  time.Duration
	}{
		{"answered late", 25 * time.Second, nil, Ready, 25 * time.Second},
		{"closed", 10 * time.Second, &Error{State: Denied, Err: errClosed}, Denied, 10 * time.Second},
		{"nobody there", 0, &Error{State: Locked, Err: errNobody}, Locked, 0},
		{"ignored", time.Hour, nil, Timeout, promptLimit},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				who := &person{state: Locked, answer: func(ctx context.Context) error {
					select {
					case <-time.After(c.takes):
						return c.answer
					case <-ctx.Done():
						return ctx.Err()
					}
				}}
				store := newShelf()
				k := newFake(t, store, who)
				start := time.Now()
				err := k.Set(t.Context(), "a", []byte("v"))
				if took := time.Since(start); took != c.after {
					t.Errorf("ended after %s, want %s", took, c.after)
				}
				if c.want == Ready {
					if err != nil {
						t.Error(err)
					}
					return
				}
				wantState(t, err, c.want)
				if errors.Is(err, ErrUnknown) || len(store.names()) != 0 {
					t.Errorf("wrote to a locked keyring: %v, %v", err, store.names())
				}
			})
		})
	}
}

func TestWaitersOutliveAPrompt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		who := &person{state: Locked, answer: func(context.Context) error {
			<-time.After(20 * time.Second)
			return nil
		}}
		k := newFake(t, newShelf(), who)
		results := make(chan error)
		for i := range 5 {
			go func() { results <- k.Set(t.Context(), fmt.Sprint(i), []byte("v")) }()
		}
		for range 5 {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
	})
}
