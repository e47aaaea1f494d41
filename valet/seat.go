package valet

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// seat is one connection in this process: its snapshot and the refresh under way. No other file changes
// any of these.
type seat struct {
	item

	mu      sync.Mutex // guards all below; never held during a call outward
	shown   Connection
	flight  *flight
	unsaved *record // the newest pair, where the store would not take it

	turn chan struct{} // one slot: who has it may change the record, if the store's lock is had too
	kept func()        // gives the store's lock back; guarded by turn, kept while a pair waits to be saved
}

// flight is one refresh that any number of callers wait for.
type flight struct {
	done   chan struct{} // closed when record and err are set
	record record
	err    error

	ctx     context.Context // ends when the last who waits has left, or the time is over
	cancel  context.CancelFunc
	waiters atomic.Int32
}

// leave is for a caller that waits no longer. A refresh that nobody waits for is not begun; one that was sent goes on.
func (f *flight) leave() {
	if f.waiters.Add(-1) == 0 {
		f.cancel()
	}
}

func newSeat(store Store, c Connection) *seat {
	return &seat{item: item{c.ID, store}, shown: c, turn: make(chan struct{}, 1)}
}

func (s *seat) snapshot() Connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown
}

func nameOf(s *seat) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown.Name
}

// adopt takes over what another program wrote in the index; what is under way here goes on being shown.
func (s *seat) adopt(e entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown.Status == Revoking || s.unsaved != nil {
		return
	}
	s.show(e.connection())
}

// publish shows what a record says, after the record is in the store. A record that the store would not take is held here,
// so that the pair is not lost while this program lives.
func (s *seat) publish(r record, saved bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsaved = nil
	s.show(r.connection())
	if !saved {
		s.unsaved, s.shown.Unsaved = &r, true
	}
}

// show replaces the snapshot but for what only this process knows. The caller holds mu.
func (s *seat) show(c Connection) {
	c = c.like(s.shown)
	c.Store = s.shown.Store
	if c.Used.Before(s.shown.Used) {
		c.Used = s.shown.Used
	}
	if c.Refreshed.Before(s.shown.Unreachable) {
		c.Unreachable = s.shown.Unreachable
	}
	switch {
	case s.shown.Status == Revoking:
		c.Status = Revoking // until whoever gives it back has settled or undone it
	case s.flight != nil && c.Status == Connected:
		c.Status = Refreshing
	}
	s.shown = c
}

// held gives the pair that waits to be saved.
func (s *seat) held() (record, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unsaved == nil {
		return record{}, false
	}
	return *s.unsaved, true
}

// touch notes a use of the key, and gives the one before.
func (s *seat) touch(now time.Time) (before time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, s.shown.Used = s.shown.Used, now
	return before
}

// mark sets a passing status; undo takes it back, unless something else was settled meanwhile.
func (s *seat) mark(passing Status) (undo func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.shown.Status
	s.shown.Status = passing
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.shown.Status == passing {
			if before == Refreshing && s.flight == nil {
				before = Connected // it has landed meanwhile
			}
			s.shown.Status = before
		}
	}
}

// settle shows the outcome of a walk or a withdrawal that changed what the index says.
func (s *seat) settle(c Connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsaved = nil
	s.shown = c
}

// board joins the refresh under way, or starts one: mine is true for the caller that has to fly it. A seat that is being
// given back takes nobody.
func (s *seat) board(ctx context.Context) (f *flight, mine bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown.Status == Revoking || s.shown.Status == Returned {
		return nil, false, &Error{Kind: GivenBack, Subject: s.shown.Name}
	}
	if s.flight != nil {
		s.flight.waiters.Add(1)
		return s.flight, false, nil
	}
	s.flight = &flight{done: make(chan struct{})}
	s.flight.ctx, s.flight.cancel = context.WithTimeout(context.WithoutCancel(ctx), flightLimit)
	s.flight.waiters.Add(1)
	if s.shown.Status == Connected {
		s.shown.Status = Refreshing
	}
	return s.flight, true, nil
}

// land ends the flight for all who wait.
func (s *seat) land(f *flight, r record, err error) {
	s.mu.Lock()
	s.flight = nil
	if s.shown.Status == Refreshing {
		s.shown.Status = Connected
	}
	switch {
	case err == nil:
		s.shown.Unreachable = time.Time{}
	case KindOf(err) == Unreachable:
		s.shown.Unreachable = time.Now()
	}
	s.mu.Unlock()
	f.record, f.err = r, err
	f.cancel()
	close(f.done)
}

// leaving reports whether the seat is being given back: nothing of it is handed on then.
func (s *seat) leaving() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown.Status == Revoking || s.shown.Status == Returned
}

// read gives the record: the pair that waits to be saved, or what the store holds. An item that is gone makes the seat
// Missing; one that came back makes it Connected again.
func (s *seat) read(ctx context.Context) (record, error) {
	if r, ok := s.held(); ok {
		return r, nil
	}
	r, err := s.load(ctx)
	var told *Error
	if errors.As(err, &told) && told.Kind != StoreTrouble {
		shown := s.snapshot()
		told.Subject, told.Store = shown.Name, shown.Store // people know it by that
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case told != nil && told.Kind == ItemMissing && s.shown.Status != Returned && s.shown.Status != Revoking:
		s.shown.Status = Missing
	case err == nil && s.shown.Status == Missing:
		s.shown.Status = Connected
	}
	return r, err
}
