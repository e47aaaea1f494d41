package valet_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
)

// TestForgetAllBesideTheWindow: the window that is open keeps its place, and is told of.
func TestForgetAllBesideTheWindow(t *testing.T) {
	k := newKit(t)
	k.mustConnect(t)
	state := k.options.Folders.State
	window := flock.New(filepath.Join(state, "one-window.lock"))
	if held, err := window.TryLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	left := k.valet.ForgetAll(t.Context())
	if !left.Window || left.Nothing() || len(left.Keys)+len(left.AppKeys)+len(left.Files) > 0 {
		t.Errorf("left %+v", left)
	}
	if n := len(k.valet.Connections()); n != 0 {
		t.Errorf("%d keys are listed", n)
	}
	if _, err := os.Stat(window.Path()); err != nil {
		t.Error("the window lost its place:", err)
	}
	if err := window.Unlock(); err != nil {
		t.Fatal(err)
	}
	if left := k.valet.ForgetAll(t.Context()); !left.Nothing() {
		t.Errorf("then left %+v", left)
	}
	if _, err := os.Stat(state); err == nil {
		t.Error("the state folder is still there")
	}
}
