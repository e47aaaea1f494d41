package keystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// How long a lock is waited for, and how often it is tried meanwhile: another process cannot tell us that it is done.
const (
	lockWait     = 60 * time.Second
	lockTryFirst = 2 * time.Millisecond
	lockTryMost  = 100 * time.Millisecond
)

// Locks gives one process at a time, and one goroutine in it, the right to a name. The system lets go of the locks of a
// process that ends, however it ends. Goroutines of one process are served in order. The zero Locks excludes goroutines
// only. Safe for use by many goroutines.
type Locks struct {
	folder string

	mu    sync.Mutex // guards gates
	gates map[string]*gate
}

// gate lets one goroutine through at a time, in the order of their coming; users counts those at it, so that it can go.
type gate struct {
	pass  chan struct{}
	users int
}

// OpenLocks opens the one place of this system user, making it where there is none. It does not move with HOME,
// XDG_STATE_HOME or APPDATA: processes that share a keyring must meet here.
func OpenLocks() (*Locks, error) {
	home, err := lockHome()
	if err != nil {
		return nil, &Error{Op: "lock", State: Other, Err: err}
	}
	return OpenLocksIn(filepath.Join(home, "valetkey", "locks"))
}

// OpenLocksIn opens a place of the caller's choice, an absolute path whose last two folders are ours: they are made with,
// or narrowed to, mode 0700, and refused if they belong to another user.
func OpenLocksIn(folder string) (*Locks, error) {
	if err := ownFolder(folder); err != nil {
		return nil, &Error{Op: "lock", State: Other, Err: err}
	}
	return &Locks{folder: folder}, nil
}

// Lock waits for the right to name, at most until ctx ends and 60 s at most; unlock gives it back and may be called twice.
// When the time is up the error is a [*HeldError] that says who has it; when ctx was cancelled it is [context.Canceled].
func (l *Locks) Lock(ctx context.Context, name string) (unlock func(), err error) {
	file, err := itemName(name)
	if err != nil {
		return nil, trouble("lock", err)
	}
	return l.lockItem(ctx, file)
}

func (l *Locks) lockItem(ctx context.Context, file string) (unlock func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	leave, err := l.enter(ctx, file)
	if err != nil {
		return nil, l.held(file, err)
	}
	if l.folder == "" {
		return leave, nil
	}
	path := filepath.Join(l.folder, file+".lock")
	lock, err := takeFile(ctx, path)
	if errors.Is(err, fs.ErrNotExist) && ownFolder(l.folder) == nil { // somebody tidied the folder away
		lock, err = takeFile(ctx, path)
	}
	if err != nil {
		leave()
		return nil, l.held(file, err)
	}
	writeHolder(l.holderFile(file))
	return sync.OnceFunc(func() {
		os.Remove(l.holderFile(file))
		removeFile(lock)
		lock.Unlock()
		leave()
	}), nil
}

// enter passes the gate of file.
func (l *Locks) enter(ctx context.Context, file string) (leave func(), err error) {
	l.mu.Lock()
	if l.gates == nil {
		l.gates = make(map[string]*gate)
	}
	g := l.gates[file]
	if g == nil {
		g = &gate{pass: make(chan struct{}, 1)}
		l.gates[file] = g
	}
	g.users++
	l.mu.Unlock()
	out := func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if g.users--; g.users == 0 {
			delete(l.gates, file)
		}
	}
	if ctx.Err() == nil {
		select {
		case g.pass <- struct{}{}:
			return sync.OnceFunc(func() { <-g.pass; out() }), nil
		case <-ctx.Done():
		}
	}
	out()
	return nil, ctx.Err()
}

// takeFile tries for the lock on path until ctx ends, with pauses that grow and differ, so that a crowd spreads out.
func takeFile(ctx context.Context, path string) (*flock.Flock, error) {
	pause := lockTryFirst
	for {
		lock, err := tryFile(path)
		if lock != nil || err != nil {
			return lock, err
		}
		timer := time.NewTimer(pause/2 + rand.N(pause))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, ctx.Err()
		}
		pause = min(2*pause, lockTryMost)
	}
}

// tryFile gives nil and no error when somebody else has the lock.
func tryFile(path string) (*flock.Flock, error) {
	if err := checkLockFile(path); err != nil {
		return nil, err
	}
	lock := flock.New(path, flock.SetFlag(lockFlags), flock.SetPermissions(0o600))
	taken, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("the lock file cannot be used: %w", err)
	}
	if !taken {
		return nil, nil
	}
	if !inPlace(lock) {
		lock.Unlock()
		return nil, nil
	}
	return lock, nil
}

// inPlace reports whether a lock that we have is on the file that others find there. It is not if that file was removed
// between our opening and our locking it.
func inPlace(lock *flock.Flock) bool {
	mine, err := lock.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(lock.Path())
	return err == nil && os.SameFile(mine, there)
}

// removeFile removes the file of a lock that we have, so that names which are gone leave none behind. Whoever opened it
// already finds it not in place and tries again. Windows keeps it: an open file cannot be removed there.
func removeFile(lock *flock.Flock) {
	if inPlace(lock) {
		os.Remove(lock.Path())
	}
}

// held turns the end of waiting into who is to blame for it.
func (l *Locks) held(file string, err error) error {
	if !errors.Is(err, context.DeadlineExceeded) {
		return trouble("lock", err)
	}
	return readHolder(l.holderFile(file))
}

func (l *Locks) holderFile(file string) string {
	if l.folder == "" {
		return ""
	}
	return filepath.Join(l.folder, file+".holder")
}
