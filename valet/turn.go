package valet

import (
	"context"
	"errors"
	"io/fs"
)

// takeTurn gives the right to change the record of s: one goroutine of this process, one process at a time. While a pair waits
// to be saved the store's lock is not given back: no other program may send the spent token that the store still holds.
func takeTurn(ctx context.Context, s *seat) (done func(), err error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if s.kept == nil {
		unlock, err := s.store.Lock(ctx, string(s.id))
		if err != nil {
			<-s.turn
			return nil, err
		}
		s.kept = unlock
	}
	return func() {
		if _, waiting := s.held(); !waiting {
			s.kept()
			s.kept = nil
		}
		<-s.turn
	}, nil
}

// takeOut deletes the record in its turn, after first has agreed; a pair that waits to be saved is the one that first is asked
// about. A record that is gone already, with its store or without, or that nobody can read, is taken out like any other. One
// that moved elsewhere is not gone: [ItemMissing]. Then it calls unlist, still in that turn: nobody connects the key again in
// between.
func takeOut(ctx context.Context, l ledger, s *seat, first func(record) error, unlist func() error) error {
	done, err := takeTurn(ctx, s)
	if err != nil {
		return storeError(err)
	}
	defer done()
	if err := l.still(s); err != nil {
		return err
	}
	if err := empty(ctx, s, first); err != nil {
		return err
	}
	return unlist()
}

// empty is what takeOut does in the store.
func empty(ctx context.Context, s *seat, first func(record) error) (err error) {
	r, waiting := s.held()
	if !waiting {
		r, err = s.load(ctx)
	}
	if TroubleOf(err) == TroubleFileGone {
		return nil
	}
	if err == nil {
		err = first(r)
	} else if KindOf(err) == ItemMissing || KindOf(err) == RecordUnreadable {
		err = nil
	}
	if err != nil {
		return err
	}
	if err := s.store.Delete(ctx, string(s.id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return storeError(err)
	}
	s.mu.Lock()
	s.unsaved = nil
	s.mu.Unlock()
	return nil
}
