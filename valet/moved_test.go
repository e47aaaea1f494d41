package valet_test

import (
	"testing"

	"valetkey/valet"
)

// TestMovedByAnotherProgram: a program that read the list before does not find the key where it was. It must not take that for
// a key that is gone; when it reads the list again it has it.
func TestMovedByAnotherProgram(t *testing.T) {
	k, file, _ := newLadder(t)
	c := k.mustConnect(t)
	token := k.mustToken(t, c.ID)
	other := valet.New(k.options)
	if err := other.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Stores.Move(t.Context(), c.ID, valet.InFile); err != nil {
		t.Fatal(err)
	}
	_, used := k.token(t, c.ID, 0)
	_, revoked := k.valet.Revoke(t.Context(), c.ID)
	_, moved := k.valet.Stores.Move(t.Context(), c.ID, valet.InFile)
	for what, err := range map[string]error{"use": used, "revoke": revoked, "forget": k.valet.Forget(t.Context(), c.ID), "move": moved} {
		if valet.KindOf(err) != valet.ItemMissing {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := file.Get(t.Context(), string(c.ID)); err != nil {
		t.Errorf("where it is now: %v", err)
	}
	if err := k.valet.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := k.valet.Connections()[0]; now.Store != valet.InFile || now.Status != valet.Connected || k.mustToken(t, c.ID) != token {
		t.Errorf("after the list was read again: %+v", now)
	}
	if _, err := k.valet.Revoke(t.Context(), c.ID); err != nil {
		t.Error(err)
	}
}
