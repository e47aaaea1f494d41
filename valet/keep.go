package valet

import (
	"cmp"
	"context"
	"time"

	"valetkey/oauth"
)

// keeping is Keep: what was won goes into the store.
type keeping struct{ *walk }

// keep stores what was won: as a renewal of the connection of that account, or as a new one. The old pair stays until the
// new one is in the store.
func (w keeping) keep(ctx context.Context, token oauth.Token, account Account) (Connection, error) {
	s, err := w.target(ctx, account)
	if err != nil {
		return Connection{}, err
	}
	if s == nil {
		s = newSeat(w.store, Connection{ID: ID(mint()), Store: w.kind})
	}
	unlock, err := takeTurn(ctx, s)
	if err != nil {
		return Connection{}, w.notKept(err)
	}
	defer unlock()
	r := w.fill(s.snapshot(), token, account)
	if w.kind != InSession {
		r, err = w.writeListed(ctx, s, r)
	} else {
		r, err = w.writeNamed(ctx, s, r, nil)
	}
	if err != nil {
		return Connection{}, err
	}
	return w.hang(s, r), nil
}

// fill makes the record of the key that was won for the connection known so far.
func (w keeping) fill(known Connection, token oauth.Token, account Account) record {
	r := record{
		ID: known.ID, Name: known.Name, Provider: w.market.ID, Endpoints: endpointsOf(w.market.Provider, w.key), AppKey: w.key.ID,
		Account: known.Account, Asked: w.scopes, Granted: w.scopes, Connected: time.Now().UTC().Round(0),
	}
	if account.UserID != "" && (account.ShopName != "" || !account.Same(known.Account)) || known.Account == (Account{}) {
		r.Account = account // a failed look-up says nothing of whose it is
	}
	return r.take(token, w.valet.channel.habits(w.market.ID))
}

// target finds the connection that this key renews; nil for a new one. The wrong shop is never put in another's place.
func (w keeping) target(ctx context.Context, account Account) (*seat, error) {
	same := w.valet.ofAccount(w.market.ID, account, w.store)
	if w.before == nil {
		return same, nil
	}
	want := w.before.snapshot().Account
	if want.UserID == "" || want.Same(account) {
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
// once. A new key that the index does not take is not left behind in the keyring.
func (w keeping) writeListed(ctx context.Context, s *seat, r record) (record, error) {
	fresh := r.Name == ""
	err := w.valet.ledger.catalog.update(ctx, func(i *index) error {
		written, err := w.writeNamed(ctx, s, r, i.Connections)
		if err != nil {
			return err
		}
		r = written
		i.put(lineOf(s, r))
		return nil
	})
	if err == nil || KindOf(err) == NotKept {
		return r, err
	}
	if !fresh {
		w.valet.options.Log.Warn("index not written", "connection", r.Name, "error", err)
		return r, nil // the record is kept, and wins over a stale line
	}
	if undo := s.store.Delete(context.WithoutCancel(ctx), string(r.ID)); undo != nil {
		w.valet.options.Log.Warn("item left behind", "id", string(r.ID), "error", undo)
	}
	return r, w.notKept(err)
}

// writeNamed gives the record its NAME and puts it into the store.
func (w keeping) writeNamed(ctx context.Context, s *seat, r record, listed []entry) (record, error) {
	taken := func(name string) bool {
		for _, e := range listed {
			if e.Name == name && e.ID != r.ID {
				return true
			}
		}
		c, err := w.valet.Find(name)
		return err == nil && c.Name == name && c.ID != r.ID
	}
	r.Name = w.nameOf(r, taken)
	if err := s.write(ctx, r); err != nil {
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
	c := r.connection()
	c.ProviderName, c.Practice, c.WithdrawPage, c.Store = w.market.Name, w.market.Practice, w.market.WithdrawPage, w.kind
	s.settle(c)
	w.valet.Rack.hang(s)
	return c
}

// notKept names the page to take the key back on: it is won, and this program will not have it.
func (w keeping) notKept(err error) error {
	page := cmp.Or(w.market.WithdrawPage, w.market.AuthorizationEndpoint)
	return &Error{Kind: NotKept, Provider: w.market.Name, Other: page, Cause: err}
}
