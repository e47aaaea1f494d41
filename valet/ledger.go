package valet

import (
	"context"
	"log/slog"
	"time"
)

// usedEvery is how often the index is told that a key is in use: a fresh token should cost no write.
const usedEvery = 6 * time.Hour

// ledger brings the index up to what happened to keys. Those in memory are not in it.
type ledger struct {
	catalog *catalog
	log     *slog.Logger
	history *History
}

// list writes the line of a record. The record wins over the index, so a failure costs nothing but a stale line.
func (l ledger) list(ctx context.Context, s *seat, r record) {
	if err := l.put(ctx, s, lineOf(s, r)); err != nil {
		l.log.Warn("index not written", "connection", r.Name, "error", err)
	}
}

// agree brings the line of a record that was read up to date, where a program died before it wrote it: the record is right. It
// costs no look at the disk while they agree.
func (l ledger) agree(ctx context.Context, s *seat, r record) {
	before, listed := lineOfLast(l.catalog, s.id)
	if _, waiting := s.held(); !listed || waiting || !before.stale(lineOf(s, r)) {
		return
	}
	err := l.catalog.update(ctx, func(i *index) error {
		if at := i.at(s.id); at >= 0 && i.Connections[at].entry().Generation == before.entry().Generation {
			i.put(lineOf(s, r)) // nobody else has written it meanwhile
		}
		return nil
	})
	if err != nil {
		l.log.Info("line not brought up to date", "connection", r.Name, "error", err)
	}
}

// leave writes the line of a key that was given back, and shows it. What is learned of it later is not written over the line
// of one that was connected again meanwhile.
func (l ledger) leave(ctx context.Context, s *seat, c Connection) error {
	later := s.snapshot().Status == Returned
	s.settle(c)
	if c.Store == InSession {
		return nil
	}
	return l.catalog.update(ctx, func(i *index) error {
		if !later || gaveBack(*i, c.ID) {
			i.put(entryOf(c, mint()))
		}
		return nil
	})
}

// touch notes that a key is in use, in the index once in a while, and reports whether it had not been in use lately.
func (l ledger) touch(ctx context.Context, s *seat) (woke bool) {
	now := time.Now().UTC().Round(0)
	before := s.touch(now)
	idle := now.Sub(before)
	woke = idle < 0 || idle >= recentUse
	if idle >= 0 && idle < usedEvery || s.snapshot().Store == InSession {
		return woke
	}
	err := l.catalog.update(ctx, func(i *index) error { i.use(s.id, now); return nil })
	if err != nil {
		l.log.Info("use not noted", "error", err)
	}
	return woke
}

// moved reports whether another program has brought a key to another store than s knows.
func (l ledger) moved(s *seat) bool {
	now, err := l.catalog.look()
	if err != nil {
		return false
	}
	here, at := s.snapshot().Store, now.at(s.id)
	return at >= 0 && here != InSession && now.Connections[at].entry().store() != here
}

// still is an error of kind [ItemMissing] if another program has brought the key of s to another store. Whoever has the turn of s
// asks that first: what was left in the old store is not the key any more.
func (l ledger) still(s *seat) error {
	if !l.moved(s) {
		return nil
	}
	shown := s.snapshot()
	return &Error{Kind: ItemMissing, Subject: shown.Name, Store: shown.Store}
}

// strikeReturned takes a key that was given back out of the index, unless it was connected again meanwhile: [Cancelled].
func (l ledger) strikeReturned(ctx context.Context, s *seat) error {
	shown := s.snapshot()
	if shown.Store == InSession {
		return nil
	}
	return l.catalog.update(ctx, func(i *index) error {
		if i.at(s.id) >= 0 && !gaveBack(*i, s.id) {
			return &Error{Kind: Cancelled, Subject: shown.Name}
		}
		i.drop(s.id)
		return nil
	})
}

// strike takes a key out of the index.
func (l ledger) strike(ctx context.Context, s *seat) error {
	if s.snapshot().Store == InSession {
		return nil
	}
	return l.catalog.update(ctx, func(i *index) error { i.drop(s.id); return nil })
}

func (l ledger) put(ctx context.Context, s *seat, e entry) error {
	if s.snapshot().Store == InSession {
		return nil
	}
	return l.catalog.update(ctx, func(i *index) error { i.put(e); return nil })
}

// lineOf is the line of a record that hangs at s.
func lineOf(s *seat, r record) entry {
	c := r.connection()
	c.Store = s.snapshot().Store
	return entryOf(c, r.Generation)
}
