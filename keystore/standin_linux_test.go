package keystore

import (
	"context"
	"errors"
	"io/fs"
	"testing"
	"time"

	"valetkey/keystore/keyringtest"
)

// withStandIn runs body with a keyring that can be told to misbehave.
func withStandIn(t *testing.T, body func(t *testing.T, k *Keyring, s *keyringtest.StandIn)) {
	t.Helper()
	keyringtest.In(t, keyringtest.NoService, func(t *testing.T) {
		body(t, realKeyring(t), keyringtest.NewStandIn(t, keyringtest.Address()))
	})
}

func TestStandInContract(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		testContract(t, k)
		if left := s.Items(); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

func TestKeyringThatHangs(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		if err := k.Set(t.Context(), "a", []byte("old")); err != nil {
			t.Fatal(err)
		}
		s.Set(keyringtest.Mood{Hang: true})
		start := time.Now()
		_, err := k.Get(t.Context(), "a")
		wantState(t, err, Timeout)
		if took := time.Since(start); took < callLimit || took > 2*callLimit {
			t.Errorf("a Get that hangs took %s", took)
		}
		// Impatient ones behind it: each is told in time, and none reaches the keyring.
		for range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
			wantState(t, k.Set(ctx, "a", []byte("never")), Timeout)
			cancel()
		}
		if sent := s.Calls("CreateItem"); sent != 1 {
			t.Errorf("%d values reached a keyring that hangs", sent-1)
		}
		s.Set(keyringtest.Mood{})
		wantValue(t, k, "a", "old")
	})
}

func TestSetThatHangsIsUnknown(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		s.Set(keyringtest.Mood{HangSet: true})
		err := k.Set(t.Context(), "a", []byte("late"))
		wantState(t, err, Timeout)
		if !errors.Is(err, ErrUnknown) {
			t.Errorf("a Set that hangs: %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		if err := k.Set(ctx, "a", []byte("newer")); !errors.Is(err, ErrUnknown) {
			t.Errorf("a Set behind it: %v", err)
		}
		if sent := s.Calls("CreateItem"); sent != 1 {
			t.Errorf("%d writes were sent to the item while the first hangs", sent-1)
		}
		s.Set(keyringtest.Mood{})
		wantValue(t, k, "a", "newer")
	})
}

func TestKeyringThatForgets(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		if err := k.Set(t.Context(), "b", []byte("old")); err != nil {
			t.Fatal(err)
		}
		s.Set(keyringtest.Mood{Forget: true})
		for _, err := range []error{
			k.Set(t.Context(), "a", []byte("v")), k.Set(t.Context(), "b", []byte("v")),
			k.Set(t.Context(), "b", sample(6000, false)), k.Probe(t.Context()),
		} {
			wantState(t, err, Other)
			if !errors.Is(err, ErrNotSaved) {
				t.Errorf("forgotten: %v", err)
			}
		}
		s.Set(keyringtest.Mood{})
		wantValue(t, k, "b", "old")
	})
}

func TestDismissedCreation(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		s.Set(keyringtest.Mood{Ask: true, Dismiss: true})
		wantState(t, k.Set(t.Context(), "a", []byte("v")), Denied)
		s.Set(keyringtest.Mood{Ask: true})
		if err := k.Set(t.Context(), "a", []byte("v")); err != nil {
			t.Errorf("a creation that was agreed to: %v", err)
		}
		wantValue(t, k, "a", "v")
	})
}

func TestUnlockPrompt(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		if err := k.Set(t.Context(), "a", []byte("v")); err != nil {
			t.Fatal(err)
		}
		s.Set(keyringtest.Mood{Locked: true, Dismiss: true})
		if state, err := k.Look(t.Context()); state != Locked || err != nil || s.Calls("Prompt") != 0 {
			t.Errorf("Look = %q, %v and %d prompts", state, err, s.Calls("Prompt"))
		}
		_, err := k.Get(t.Context(), "a")
		wantState(t, err, Denied)
		wantState(t, k.Set(t.Context(), "a", []byte("w")), Denied)
		wantState(t, k.Delete(t.Context(), "a"), Denied)
		wantState(t, k.Probe(t.Context()), Denied)
		if s.Calls("Prompt") != 4 || s.Items()["a"] != "v" {
			t.Errorf("%d prompts for four calls, and kept: %v", s.Calls("Prompt"), s.Items())
		}
		s.Set(keyringtest.Mood{Locked: true})
		wantValue(t, k, "a", "v")
	})
}

// TestItemsAreConfirmed is a keyring that asks before it gives out each item.
func TestItemsAreConfirmed(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		if err := k.Set(t.Context(), "a", []byte("v")); err != nil {
			t.Fatal(err)
		}
		s.Set(keyringtest.Mood{Confirm: true, Dismiss: true})
		_, err := k.Get(t.Context(), "a")
		wantState(t, err, Denied)
		if state, err := k.Look(t.Context()); state != Ready || err != nil {
			t.Errorf("Look = %q, %v", state, err)
		}
		s.Set(keyringtest.Mood{Confirm: true})
		wantValue(t, k, "a", "v")
		wantValue(t, k, "a", "v")
		if s.Calls("Prompt") != 2 {
			t.Errorf("%d prompts, want one closed and one agreed to", s.Calls("Prompt"))
		}
	})
}

func TestUnlockPromptCancelled(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		s.Set(keyringtest.Mood{Locked: true, Ignore: true})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { _, err := k.Get(ctx, "a"); done <- err }()
		keyringtest.Until(t, "the prompt", s.Prompting)
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at the prompt: %v", err)
		}
		keyringtest.Until(t, "the prompt to be taken down", func() bool { return !s.Prompting() })
		s.Set(keyringtest.Mood{Locked: true})
		if _, err := k.Get(t.Context(), "a"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("after the person unlocked it: %v", err)
		}
	})
}
