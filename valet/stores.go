package valet

import (
	"bytes"
	"context"
	"errors"
)

// Stores are the places where keys can be kept, from the best: the system's keyring, a file locked by a passphrase, the memory
// of this session. Nothing is ever kept in plain text instead; which one it is, is chosen before the first write.
type Stores struct {
	by   map[StoreKind]Store
	rack *Rack
	keys *AppKeys
}

// errReadsDifferently says that a store took a value and gives back another.
var errReadsDifferently = errors.New("what was written reads back differently")

// withoutStore says that this program has no store of that kind.
func withoutStore(kind StoreKind) error {
	return &Error{Kind: StoreTrouble, Subject: string(kind), Cause: errors.ErrUnsupported}
}

// Offered gives the stores that this program has, from the best.
func (s *Stores) Offered() []StoreKind {
	var kinds []StoreKind
	for _, kind := range []StoreKind{InKeyring, InFile, InSession} {
		if s.by[kind] != nil {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Describe names a store as it calls itself: "GNOME Keyring". It may ask the system, for half a second at most.
func (s *Stores) Describe(kind StoreKind) string {
	if store := s.by[kind]; store != nil {
		return store.Describe()
	}
	return ""
}

// Probe reports whether a key could be kept there now. Errors: [StoreTrouble].
func (s *Stores) Probe(ctx context.Context, kind StoreKind) error {
	store := s.by[kind]
	if store == nil {
		return withoutStore(kind)
	}
	if err := store.Probe(ctx); err != nil {
		return storeError(err)
	}
	return nil
}

// Move brings a key to another store, and then the app key that it is renewed with, so that one place is enough. What was
// written there is read back before the old one is deleted; a key that can still be read at its old place after a failure
// stays there. The app key stays where another key needs it, and does not go into memory.
// Errors: [GivenBack], [StoreTrouble], [ItemMissing], [RecordUnreadable], [Held], [NotKept].
func (s *Stores) Move(ctx context.Context, id ID, kind StoreKind) (Connection, error) {
	moved, err := s.move(ctx, id, kind)
	if err != nil {
		noteDone(ctx, s.rack, id, DeedMoved, string(kind), err)
		return moved, err
	}
	return moved, s.follow(ctx, moved)
}

// follow brings the app key to where the key is now.
func (s *Stores) follow(ctx context.Context, c Connection) error {
	if _, set := s.keys.find(c.AppKey); !set || c.Store == InSession {
		return nil
	}
	for _, other := range s.rack.Connections() {
		if other.AppKey == c.AppKey && other.Status != Returned && other.Store != c.Store {
			return nil
		}
	}
	_, err := s.keys.Move(ctx, c.AppKey, c.Store)
	return err
}

// move brings the record alone.
func (s *Stores) move(ctx context.Context, id ID, kind StoreKind) (Connection, error) {
	from, err := s.rack.seat(id)
	if err != nil {
		return Connection{}, err
	}
	shown := from.snapshot()
	switch {
	case shown.Status == Returned:
		return shown, &Error{Kind: GivenBack, Subject: shown.Name}
	case shown.Store == kind:
		return shown, nil
	}
	if err := s.Probe(ctx, kind); err != nil {
		return shown, err
	}
	unlock, err := takeTurn(ctx, from)
	if err != nil {
		return shown, storeError(err)
	}
	defer unlock()
	if err := s.rack.ledger.still(from); err != nil {
		return shown, err
	}
	r, err := from.read(ctx)
	if err != nil {
		return shown, err
	}
	shown.Store, shown.Unsaved = kind, false
	to := newSeat(s.by[kind], shown)
	if err := copied(ctx, r, to); err != nil {
		return from.snapshot(), &Error{Kind: StoreTrouble, Cause: err}
	}
	if err := s.relist(ctx, to, r); err != nil {
		return from.snapshot(), errors.Join(&Error{Kind: StoreTrouble, Cause: err}, to.store.Delete(ctx, string(id)))
	}
	s.rack.hang(to)
	s.rack.ledger.history.note(ctx, shown, DeedMoved, string(kind))
	gone := from.snapshot()
	gone.Status = Returned // whoever still holds the seat can do nothing with it; a pair that waited is saved
	from.settle(gone)
	if err := from.store.Delete(ctx, string(id)); err != nil {
		return shown, storeError(err)
	}
	return shown, nil
}

// copied writes a record to another place and reads it back.
func copied(ctx context.Context, r record, to *seat) error {
	if err := to.write(ctx, r); err != nil {
		return err
	}
	back, err := to.load(ctx)
	if err != nil {
		return err
	}
	want, err := r.encode()
	if err != nil {
		return err
	}
	if got, err := back.encode(); err != nil || !bytes.Equal(got, want) {
		return errReadsDifferently
	}
	return nil
}

// relist has the index say where the key is now; a key of this session is not in it.
func (s *Stores) relist(ctx context.Context, to *seat, r record) error {
	if to.snapshot().Store == InSession {
		return s.rack.ledger.catalog.update(ctx, func(i *index) error { i.drop(to.id); return nil })
	}
	return s.rack.ledger.catalog.update(ctx, func(i *index) error { i.put(lineOf(to, r)); return nil })
}
