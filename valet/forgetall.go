package valet

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Left is what [Valet.ForgetAll] had to leave.
type Left struct {
	Keys    []LeftItem // called by NAME
	AppKeys []LeftItem // called by their labels
	Files   []LeftItem // called by their paths
	Window  bool       // the window is open, and writes its settings when it closes
}

// LeftItem is one thing that could not be taken away, and why.
type LeftItem struct {
	Name  string
	Cause error
}

// Nothing reports whether everything is gone.
func (l Left) Nothing() bool {
	return len(l.Keys)+len(l.AppKeys)+len(l.Files) == 0 && !l.Window
}

// errListed says that the list of keys is not empty.
var errListed = errors.New("another program has kept a key meanwhile")

// ForgetAll takes off this computer what this program keeps for its user, and asks no provider: the locked file, which needs no
// passphrase for that, every key and app key that is listed, added providers, the practice market, settings, the log, the history,
// and at last the list. What a store keeps that cannot be reached stays listed, so that it can be tried again. Call it after [Valet.Load].
func (v *Valet) ForgetAll(ctx context.Context) Left {
	f := v.options.Folders
	left := Left{Window: windowOpen(f)}
	left.file(f.Vault(), os.RemoveAll(f.Vault()))
	for _, c := range v.Connections() {
		s, err := v.seat(c.ID)
		if err == nil {
			err = forget(ctx, v, s)
		}
		if err != nil {
			left.Keys = append(left.Keys, LeftItem{c.Name, err})
		}
	}
	for _, key := range v.Keys.List() {
		if key.BuiltIn {
			continue
		}
		if err := v.Keys.Remove(ctx, key.ID); err != nil {
			left.AppKeys = append(left.AppKeys, LeftItem{key.Label, err})
		}
	}
	for _, path := range f.openly() {
		left.file(path, removed(path))
	}
	if len(left.Keys)+len(left.AppKeys) == 0 {
		left.file(f.index(), erase(ctx, v.ledger.catalog))
	}
	if left.Nothing() {
		f.fold()
	}
	v.Providers.take(nil, nil)
	v.changed.signal()
	return left
}

func (l *Left) file(path string, err error) {
	if err != nil {
		l.Files = append(l.Files, LeftItem{path, err})
	}
}

// openly gives the files that hold no secret and stand in no order: all but the list of keys. Anything
// else that lies among them is not ours to remove.
func (f Folders) openly() []string {
	paths := []string{f.Practice(), f.Practice() + ".lock", f.Practice() + ".new", f.Practice() + ".served", f.Practice() + ".served.new", f.settings(), f.Log(), f.history(historyNew), f.history(historyMoving), f.history(historyOlder)}
	for _, pattern := range []string{
		filepath.Join(f.providers(), "*.json"), filepath.Join(f.providers(), "*.found"),
		filepath.Join(f.State, "index-damaged-*.json"), filepath.Join(f.State, ".*.json-*"), filepath.Join(f.State, ".*.jsonl-*"),
	} {
		found, err := filepath.Glob(pattern)
		if err == nil {
			paths = append(paths, found...)
		}
	}
	return paths
}

// windowFiles are by which the one window is found.
var windowFiles = []string{"one-window.lock", "one-window.address"}

// windowOpen reports whether a window holds its lock.
func windowOpen(f Folders) bool {
	path := filepath.Join(f.State, windowFiles[0])
	if _, err := os.Lstat(path); err != nil {
		return false
	}
	lock := flock.New(path)
	free, err := lock.TryLock()
	if err == nil && free {
		err = lock.Unlock()
	}
	return err == nil && !free
}

// fold takes away the folders that are empty then; one with something of somebody else in it stays.
func (f Folders) fold() {
	for _, name := range windowFiles {
		os.Remove(filepath.Join(f.State, name))
	}
	for _, folder := range []string{f.providers(), f.Config, filepath.Join(f.State, "locks"), f.State} {
		os.Remove(folder)
	}
}

// erase takes the list of keys away, unless there is one in it.
func erase(ctx context.Context, c *catalog) error {
	unlock, err := c.lock(ctx, "index")
	if err != nil {
		return storeError(err)
	}
	defer unlock()
	now, err := c.look()
	switch {
	case err != nil:
		return err
	case !now.empty():
		return errListed
	}
	return removed(c.path)
}
