package valet

import (
	"context"
	"errors"
	"time"

	"valetkey/oauth"
)

// Fate is what became of the pair that a new one took the place of.
type Fate string

// The fates. None is told of a key that had ended before.
const (
	FateRevoked Fate = "revoked" // the provider confirmed that it is over
	FateDropped Fate = "dropped" // thrown away here; the provider offers no way to end it
	FateAlive   Fate = "alive"   // thrown away here; the provider could not be told
	FateLeft    Fate = "left"    // it is in a store that cannot be used now, and nothing uses it any more
	FateUnread  Fate = "unread"  // nobody here can read it: it stays as it is in its store
)

// discardLimit bounds telling the provider about the old pair: the new one is kept by then.
const discardLimit = 30 * time.Second

// berth is where what was won goes, and what it takes the place of.
type berth struct {
	from *seat  // the key that is renewed; nil: a new one
	to   *seat  // where the pair goes: from, or another seat where the key moves
	near bool   // from's store can be used
	old  record // the pair before, where it can be read
	fate Fate
}

// berth finds a place for the key that renews from. One whose own store cannot be used moves to the store that can, which was
// chosen for this walk; one behind a passphrase that nobody gives now stays, and the new key hangs beside it.
func (w keeping) berth(ctx context.Context, from *seat) berth {
	if from != nil && from != w.before && from.snapshot().Status != Returned {
		return w.home(ctx, from)
	}
	return w.at(from, w.kind, from != nil && !w.adrift)
}

// home is the place for a key that turned out to be renewed: its own, unless it was asked for that it moves.
func (w keeping) home(ctx context.Context, from *seat) berth {
	own := from.snapshot().Store
	err := w.valet.Stores.Probe(ctx, own)
	if err != nil && TroubleOf(err) == TroubleFileLocked {
		if unlock := w.request.Host.Unlock; unlock == nil || unlock(ctx, err) != nil {
			return w.at(nil, w.kind, false)
		}
		err = w.valet.Stores.Probe(ctx, own)
	}
	if err == nil && !w.request.Move {
		return w.at(from, own, true)
	}
	return w.at(from, w.kind, err == nil)
}

func (w keeping) at(from *seat, kind StoreKind, near bool) berth {
	b := berth{from: from, to: from, near: near}
	shown := Connection{ID: ID(mint())}
	if from != nil {
		shown = from.snapshot()
	}
	if from == nil || shown.Store != kind {
		shown.Store = kind
		b.to = newSeat(w.valet.Stores.by[kind], shown)
	}
	return b
}

// turn is the seat whose turn is taken while the pair is exchanged for the new one.
func (b berth) turn() *seat {
	if b.from == nil {
		return b.to
	}
	if _, absent := b.from.store.(absentStore); absent {
		return b.to
	}
	return b.from
}

// look reads the pair before, in its turn. One that nobody here can read is not written over: the new one gets an item of its
// own, so that a newer version, or whoever can mend it, finds the old one where it was.
func (b *berth) look(ctx context.Context) {
	if b.from == nil || b.from.snapshot().Status == Returned {
		return
	}
	held, waits := b.from.held()
	if waits || !b.near {
		b.old = held
		if b.from.snapshot().Status == Connected {
			b.fate = FateLeft
		}
		return
	}
	var err error
	b.old, err = b.from.read(ctx)
	switch trouble := TroubleOf(err); {
	case err == nil, KindOf(err) == ItemMissing:
	case KindOf(err) == RecordUnreadable, trouble == TroubleDamaged, trouble == TroubleVersion:
		b.fate = FateUnread
		if b.to == b.from {
			shown := b.from.snapshot()
			shown.ID = ID(mint())
			b.to = newSeat(b.from.store, shown)
		}
	default:
		b.fate = FateLeft
	}
}

// clear takes away what the new pair has replaced elsewhere, once that is in the store.
func (b berth) clear(ctx context.Context, rack *Rack) error {
	if b.from == nil || b.to == b.from {
		return nil
	}
	gone := b.from.snapshot()
	gone.Status = Returned // whoever still holds the seat can do nothing with it
	b.from.settle(gone)
	if b.from.id != b.to.id {
		rack.drop(b.from.id)
		return nil
	}
	if b.old.ID == "" || !b.near {
		return nil
	}
	err := b.from.store.Delete(ctx, string(b.from.id))
	if b.to.snapshot().Store == InSession {
		err = errors.Join(err, rack.ledger.strike(ctx, b.from))
	}
	return err
}

// replacing is what follows once the new pair is kept.
type replacing struct{ *walk }

// discard ends the pair before at the provider, where it is another one and the provider can be told. It comes last: the new
// pair is in the store and nothing here can cost it. A provider that ends both together breaks RFC 7009 2.1; that is found
// out at once, and is an error of kind [EndedTogether].
func (w replacing) discard(ctx context.Context, b berth) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), discardLimit)
	defer cancel()
	var err error
	if b.old.ID != "" && b.old.Ended == "" {
		if new, another := w.stored(ctx, b); another {
			b.fate, err = w.end(ctx, b, new)
		}
	}
	if b.fate != "" {
		w.step(Keep, Detail{Moment: Replaced, Old: b.fate, Store: b.to.snapshot().Store})
	}
	return err
}

// stored gives the new pair, unless the old one is, in part, the same.
func (w replacing) stored(ctx context.Context, b berth) (record, bool) {
	r, err := b.to.read(ctx)
	same := err != nil || b.old.Access.Equal(r.Access) || !b.old.Refresh.IsZero() && b.old.Refresh.Equal(r.Refresh)
	return r, !same
}

func (w replacing) end(ctx context.Context, b berth, new record) (Fate, error) {
	switch err := w.valet.channel.revoke(ctx, b.old); {
	case errors.Is(err, oauth.ErrNoRevocation):
		return FateDropped, nil
	case err != nil:
		w.valet.options.Log.Warn("old pair not revoked", "connection", new.Name, "error", err)
		return FateAlive, nil
	}
	refusal := w.refused(ctx, new)
	if refusal == nil {
		return FateRevoked, nil
	}
	told := &Error{Kind: EndedTogether, Subject: new.Name, Provider: w.market.Name, Cause: refusal}
	unlock, err := takeTurn(ctx, b.to)
	if err != nil {
		return FateRevoked, told
	}
	defer unlock()
	_, err = w.valet.renewer.end(ctx, b.to, new, told)
	w.valet.changed.signal()
	return FateRevoked, err
}

// refused asks whose the new key is once more, and gives the answer of a provider that does not take it any more.
func (w replacing) refused(ctx context.Context, new record) error {
	if w.market.EtsyAPI || w.market.Account.URL == "" {
		return nil
	}
	_, err := identifyByPointer(ctx, w.client, new.pass())
	if answer := refusedToken(err); answer != nil {
		return answer
	}
	return nil
}
