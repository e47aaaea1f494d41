package valet

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"
)

// keeping is Keep: what was won goes into the store.
type keeping struct{ *walk }

// errOvertaken says that another program has moved the key, or connected the account, since the place for it was chosen.
var errOvertaken = errors.New("another program was at this key")

// mostPlaces is how often a place is looked for.
const mostPlaces = 5

// keep stores what was won: as a renewal of the connection of that account, or as a new one. The old pair stays until the
// new one is in the store.
func (w keeping) keep(ctx context.Context, won winnings, account Account) (Connection, berth, error) {
	for try := 1; ; try++ {
		catchUp(ctx, w.valet.Rack) // a walk takes minutes
		c, b, err := w.place(ctx, won, account)
		if !errors.Is(err, errOvertaken) {
			return c, b, err
		}
		if try == mostPlaces {
			return c, b, w.notKept(err)
		}
	}
}

// place is one try of keep. Error besides: [errOvertaken], and nothing is kept yet.
func (w keeping) place(ctx context.Context, won winnings, account Account) (Connection, berth, error) {
	from, err := w.target(ctx, account)
	if err != nil {
		return Connection{}, berth{}, err
	}
	b := w.berth(ctx, from)
	unlock, err := takeTurn(ctx, b.turn())
	if err != nil {
		return Connection{}, b, w.notKept(err)
	}
	defer unlock()
	b.look(ctx)
	r := w.fill(b.to.snapshot(), won, account)
	if b.to.snapshot().Store != InSession {
		r, err = w.writeListed(ctx, b, r)
	} else {
		r, err = w.writeNamed(ctx, b, r, nil)
	}
	if err != nil {
		return Connection{}, b, err
	}
	if err := b.clear(ctx, w.valet.Rack); err != nil {
		w.valet.options.Log.Warn("old item left behind", "connection", r.Name, "error", err)
	}
	return w.hang(b.to, r), b, nil
}

// fill makes the record of the key that was won for the connection known so far.
func (w keeping) fill(known Connection, won winnings, account Account) record {
	r := record{
		ID: known.ID, Name: known.Name, Provider: w.market.ID, Endpoints: w.market.fingerprint(w.key), AppKey: w.key.ID,
		Account: known.Account, Asked: w.scopes, Granted: w.scopes, Connected: time.Now().UTC().Round(0),
	}
	if account.UserID != "" && (account.ShopName != "" || !account.Same(known.Account)) || known.Account == (Account{}) {
		r.Account = account // a failed look-up says nothing of whose it is
	}
	r.TokenSecret = won.secret
	r = r.take(won.Token, w.valet.channel.habits(w.market.ID))
	if known.Name != "" {
		r.Before = differs(known.Granted, r.Granted)
	}
	return r
}

// target finds the connection that this key renews; nil for a new one. The wrong shop is never put in another's place.
func (w keeping) target(ctx context.Context, account Account) (*seat, error) {
	same := w.valet.ofAccount(w.market.ID, account, w.kind)
	if w.before == nil {
		return same, nil
	}
	want := w.before.snapshot().Account
	if want.UserID == "" || want.Same(account) {
		if now, err := w.valet.seat(w.before.id); err == nil {
			return now, nil // it may have moved meanwhile
		}
		return w.before, nil
	}
	decide := w.request.Host.WrongShop
	if account.UserID == "" && decide == nil {
		return nil, nil // nobody knows whose it is: it is kept beside the other, never in its place
	}
	if decide == nil || decide(ctx, want, account) != KeepBoth {
		return nil, &Error{Kind: WrongShop, Subject: account.Label(), Other: want.Label(), Provider: w.market.Name}
	}
	return same, nil
}

// writeListed puts the record into the keyring and its line into the index, with the index locked, so that a NAME is given
// once. A key that the index does not take, and would not find where it is now, is not left behind in the keyring.
func (w keeping) writeListed(ctx context.Context, b berth, r record) (record, error) {
	put := w.valet.ledger.catalog.update
	adds := b.to != b.from || b.from.snapshot().Status == Returned // nothing in the index leads to it yet
	if adds {
		put = w.valet.ledger.catalog.keep
	}
	written := false
	err := put(ctx, func(i *index) error {
		if b.overtaken(w.valet.Rack, r, i) {
			return errOvertaken
		}
		named, err := w.writeNamed(ctx, b, r, i.Connections)
		if err != nil {
			return err
		}
		r, written = named, true
		if b.from != nil && b.from.id != b.to.id {
			i.drop(b.from.id)
		}
		i.put(lineOf(b.to, r))
		return nil
	})
	if err == nil || KindOf(err) == NotKept || errors.Is(err, errOvertaken) {
		return r, err
	}
	if !adds {
		w.valet.options.Log.Warn("index not written", "connection", r.Name, "error", err)
		if !written {
			return w.writeNamed(ctx, b, r, nil)
		}
		return r, nil // the record is kept, and wins over a stale line
	}
	if undo := b.to.store.Delete(context.WithoutCancel(ctx), string(r.ID)); undo != nil {
		w.valet.options.Log.Warn("item left behind", "id", string(r.ID), "error", undo)
	}
	return r, w.notKept(err)
}

// overtaken reports whether the index, which nobody changes now, knows better where the key belongs than the rack did.
func (b berth) overtaken(rack *Rack, r record, i *index) bool {
	if b.from != nil {
		at, here := i.at(b.from.id), b.from.snapshot().Store
		return at >= 0 && here != InSession && i.Connections[at].entry().store() != here
	}
	known := make(map[ID]bool, len(i.Connections))
	for _, p := range placesOf(rack, nil) {
		known[p.id] = true
	}
	return slices.ContainsFunc(i.Connections, func(l line) bool {
		if known[l.id] {
			return false
		}
		e := l.entry()
		return e.Provider == r.Provider && e.Account.Same(r.Account)
	})
}

// writeNamed gives the record its NAME and puts it into the store.
func (w keeping) writeNamed(ctx context.Context, b berth, r record, listed []line) (record, error) {
	own := func(id ID) bool { return id == r.ID || b.from != nil && id == b.from.id }
	taken := func(name string) bool {
		for _, l := range listed {
			if l.name == name && !own(l.id) {
				return true
			}
		}
		c, err := w.valet.Find(name)
		return err == nil && c.Name == name && !own(c.ID)
	}
	r.Name = w.nameOf(r, taken)
	if err := b.to.write(ctx, r); err != nil {
		return r, w.notKept(err)
	}
	return r, nil
}

// nameOf is the NAME wished for. One that turns out to be taken must not cost what was won: a key that has a NAME keeps it,
// and another gets -2.
func (w keeping) nameOf(r record, taken func(string) bool) string {
	wish := w.request.Name
	switch {
	case r.Name != "" && (wish == "" || taken(wish)):
		return r.Name
	case wish != "":
		return numbered(wish, taken)
	}
	return nameFor(r.connection(), taken)
}

// hang puts the key into the rack.
func (w keeping) hang(s *seat, r record) Connection {
	c := r.connection().at(w.market)
	c.Store = s.snapshot().Store
	s.settle(c)
	w.valet.Rack.hang(s)
	return c
}

// notKept names the page to take the key back on: it is won, and this program will not have it.
func (w keeping) notKept(err error) error {
	page := cmp.Or(w.market.WithdrawPage, w.market.AuthorizationEndpoint)
	return &Error{Kind: NotKept, Provider: w.market.Name, Other: page, Cause: err}
}
