// Package instance has one window at a time for one state folder: a second start brings the first window to the front.
//
// Who comes first is decided by a lock that the system takes back when a program dies, never by a file that may be left over.
// The holder listens at a socket in a folder that only its owner may enter; who connects must be the same user, where the system
// can tell (Linux). One word crosses it, "show", and one comes back once it was done.
package instance

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Errors of [Claim].
var (
	// ErrShown says that a window was there already, and has come to the front.
	ErrShown = errors.New("the window that was open came to the front")
	// ErrDeaf says that a window is there, and did not answer in time. Whoever is told may go on without a [Seat].
	ErrDeaf = errors.New("a window is open and does not answer")
)

// patience is how long a second start waits for the first.
const patience = 2 * time.Second

// again is how long it waits between two tries: the first may just be coming, or going.
const again = 25 * time.Millisecond

// Files in the state folder: the lock, and where the socket is.
const lockName, addressName = "one-window.lock", "one-window.address"

// Seat is the right to be the one window. Its methods are safe for many goroutines.
type Seat struct {
	lock    *flock.Flock
	address string // the file that says where the socket is
	door    *door
	leave   sync.Once

	mu   sync.Mutex
	show func(done func()) // nil: the window is not open yet, and comes by itself
}

// Claim takes the seat of the state folder, or has the window that holds it come to the front. It needs at most two seconds.
// Errors: [ErrShown], [ErrDeaf], or that of a folder that cannot be written; after the last two the window may open all the same.
func Claim(ctx context.Context, state string) (*Seat, error) {
	if err := os.MkdirAll(state, 0o700); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	lock := flock.New(filepath.Join(state, lockName), flock.SetPermissions(0o600))
	address := filepath.Join(state, addressName)
	for {
		held, err := lock.TryLock()
		if err != nil {
			return nil, err
		}
		if held {
			return open(lock, address)
		}
		if text, err := os.ReadFile(address); err == nil && ask(ctx, strings.TrimSpace(string(text))) {
			return nil, ErrShown
		}
		select {
		case <-ctx.Done():
			return nil, ErrDeaf
		case <-time.After(again):
		}
	}
}

// open listens, where the one before may have been killed: what it left is taken away.
func open(lock *flock.Flock, address string) (*Seat, error) {
	if old, err := os.ReadFile(address); err == nil {
		clear(strings.TrimSpace(string(old)))
	}
	s := &Seat{lock: lock, address: address}
	door, err := listen(filepath.Dir(address), s.asked)
	if err == nil {
		s.door = door
		err = os.WriteFile(address, []byte(door.path+"\n"), 0o600)
	}
	if err != nil {
		s.Leave()
		return nil, err
	}
	return s, nil
}

// Show names what brings the window to the front; it calls done once that has happened. A nil Seat does nothing.
func (s *Seat) Show(show func(done func())) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.show = show
}

// asked brings the window to the front, and returns when it is there or ctx has ended.
func (s *Seat) asked(ctx context.Context) bool {
	s.mu.Lock()
	show := s.show
	s.mu.Unlock()
	if show == nil {
		return true
	}
	done := make(chan struct{})
	show(sync.OnceFunc(func() { close(done) }))
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}

// Leave gives the seat up: the next start opens a window. A nil Seat does nothing; a second call neither.
func (s *Seat) Leave() {
	if s == nil {
		return
	}
	s.leave.Do(func() {
		if s.door != nil {
			os.Remove(s.address)
			s.door.close()
		}
		s.lock.Unlock()
	})
}
