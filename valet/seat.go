package valet

import (
	"context"
	"errors"
	"io/fs"
	"sync"
)

// seat is one connection in this process: its snapshot, its generation and the refresh under way. No other file changes
// any of these.
type seat struct {
	id    ID
	store Store

	mu         sync.Mutex // guards all below; never held during a call outward
	shown      Connection
	generation string
	flight     *flight
	unsaved    *record // the newest pair, where the store would not take it
}

// flight is one refresh that any number of callers wait for.
type flight struct {
	done   chan struct{} // closed when record and err are set
	record record
	err    error
}

func newSeat(store Store, c Connection) *seat {
	return &seat{id: c.ID, store: store, shown: c}
}

func (s *seat) snapshot() Connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown
}

// adopt takes over what another program wrote in the index; what is under way here goes on being shown.
func (s *seat) adopt(e entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown.Status == Revoking || s.unsaved != nil {
		return
	}
	s.show(e.connection(), e.Generation)
}

// publish shows what a record says, after the record is in the store.
func (s *seat) publish(r record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsaved = nil
	s.show(r.connection(), r.Generation)
}

// show replaces the snapshot but for what only this process knows. The caller holds mu.
func (s *seat) show(c Connection, generation string) {
	c.ProviderName, c.Practice, c.WithdrawPage = s.shown.ProviderName, s.shown.Practice, s.shown.WithdrawPage
	c.Store = s.shown.Store
	if s.flight != nil && c.Status == Connected {
		c.Status = Refreshing
	}
	s.shown, s.generation = c, generation
}

// hold keeps a pair that the store would not take, so that it is not lost while this program lives.
func (s *seat) hold(r record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsaved = &r
	s.show(r.connection(), r.Generation)
	s.shown.Unsaved = true
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

// mark sets the status and gives the one before.
func (s *seat) mark(status Status) Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.shown.Status
	s.shown.Status = status
	return before
}

// unmark sets the status to before if it is still the passing one.
func (s *seat) unmark(passing, before Status) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown.Status == passing {
		s.shown.Status = before
	}
}

// settle shows the outcome of a walk or a withdrawal that changed what the index says.
func (s *seat) settle(c Connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsaved = nil
	s.shown, s.generation = c, mint()
}

// board joins the refresh under way, or starts one: mine is true for the caller that has to fly it. A seat that is being
// given back takes nobody.
func (s *seat) board() (f *flight, mine bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown.Status == Revoking || s.shown.Status == Returned {
		return nil, false, &Error{Kind: GivenBack, Subject: s.shown.Name}
	}
	if s.flight != nil {
		return s.flight, false, nil
	}
	s.flight = &flight{done: make(chan struct{})}
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
	s.mu.Unlock()
	f.record, f.err = r, err
	close(f.done)
}

// leaving reports whether the seat is being given back: a late answer must then write nothing.
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
	data, err := s.store.Get(ctx, string(s.id))
	name := s.snapshot().Name
	if errors.Is(err, fs.ErrNotExist) {
		s.found(false)
		return record{}, &Error{Kind: ItemMissing, Subject: name}
	}
	if err != nil {
		return record{}, storeError(err)
	}
	r, err := decodeRecord(data)
	if err != nil || r.ID != s.id {
		return record{}, &Error{Kind: RecordUnreadable, Subject: name, Cause: err}
	}
	s.found(true)
	return r, nil
}

func (s *seat) found(there bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !there && s.shown.Status != Returned && s.shown.Status != Revoking:
		s.shown.Status = Missing
	case there && s.shown.Status == Missing:
		s.shown.Status = Connected
	}
}

// write puts r into the store as a whole.
func (s *seat) write(ctx context.Context, r record) error {
	data, err := r.encode()
	if err != nil {
		return err
	}
	if err := s.store.Set(ctx, string(s.id), data); err != nil {
		return storeError(err)
	}
	return nil
}

// storeError wraps what a store said, unless it is a lock that somebody else holds.
func storeError(err error) error {
	var holder interface{ HeldBy() string }
	if errors.As(err, &holder) {
		return &Error{Kind: Held, Subject: holder.HeldBy(), Cause: err}
	}
	if errors.Is(err, context.Canceled) {
		return &Error{Kind: Cancelled, Cause: err}
	}
	return &Error{Kind: StoreTrouble, Cause: err}
}
