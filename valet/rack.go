package valet

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Rack is where the keys hang: a snapshot of each connection, kept up to date with the index. All its methods read memory.
type Rack struct {
	ledger    ledger
	stores    map[StoreKind]Store
	providers *Providers
	changed   levels

	mu    sync.Mutex // guards seats
	seats map[ID]*seat
	shown ID // the key that a person is looking at
}

// Show says which key a person is looking at: it is renewed ahead of need. "" is none.
func (k *Rack) Show(id ID) {
	k.mu.Lock()
	changed := k.shown != id
	k.shown = id
	k.mu.Unlock()
	if changed {
		k.changed.signal()
	}
}

// each calls visit with every key, in no order; visit must not use the rack.
func (k *Rack) each(visit func(c Connection, shown bool)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for id, s := range k.seats {
		visit(s.snapshot(), id == k.shown)
	}
}

// adopt takes over the connections of the index. A key in memory is not listed there, and stays.
func (k *Rack) adopt(listed []entry) {
	k.mu.Lock()
	there := make(map[ID]bool, len(listed))
	for _, e := range listed {
		there[e.ID] = true
		known, ok := k.seats[e.ID]
		if ok && known.snapshot().Store == InSession {
			continue // it was brought here from a store that could not be used; the line is for the time after
		}
		if ok && known.snapshot().Store == cmp.Or(e.Store, InKeyring) {
			known.adopt(e)
			continue
		}
		k.seats[e.ID] = newSeat(storeFor(k.stores, cmp.Or(e.Store, InKeyring)), k.providers.describe(e))
	}
	for id, known := range k.seats {
		if !there[id] && known.snapshot().Store != InSession {
			delete(k.seats, id)
		}
	}
	k.mu.Unlock()
	k.changed.signal()
}

// Connections gives a snapshot of every key, sorted by the name a person reads. It reads memory and never waits for a store.
func (k *Rack) Connections() []Connection {
	seats := seatsOf(k)
	list := make([]Connection, 0, len(seats))
	for _, s := range seats {
		list = append(list, s.snapshot())
	}
	slices.SortFunc(list, func(a, b Connection) int {
		return strings.Compare(a.Name+"\x00"+string(a.ID), b.Name+"\x00"+string(b.ID))
	})
	return list
}

func seatsOf(k *Rack) []*seat {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Collect(maps.Values(k.seats))
}

// Find gives the connection called name, which may be shortened while only one begins so.
// Errors: [UnknownName], [AmbiguousName].
func (k *Rack) Find(name string) (Connection, error) {
	var found []Connection
	for _, c := range k.Connections() {
		if c.Name == name {
			return c, nil
		}
		if name != "" && strings.HasPrefix(c.Name, name) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return Connection{}, &Error{Kind: UnknownName, Subject: printable(name)}
	case 1:
		return found[0], nil
	}
	names := make([]string, len(found))
	for i, c := range found {
		names[i] = c.Name
	}
	return Connection{}, &Error{Kind: AmbiguousName, Subject: printable(name), Other: strings.Join(names, ", ")}
}

// Changes signals that [Rack.Connections] may give something new. It is a level, not a queue: many changes give one
// signal, and the first is there at once. It ends with ctx.
func (k *Rack) Changes(ctx context.Context) <-chan struct{} { return k.changed.subscribe(ctx) }

// seat gives the seat of id.
func (k *Rack) seat(id ID) (*seat, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s, ok := k.seats[id]; ok {
		return s, nil
	}
	return nil, &Error{Kind: UnknownName, Subject: string(id)}
}

// ofAccount gives the seat of an account that already hangs in the rack, the one in the store of kind if there are several;
// nil if there is none or nobody knows whose it is.
func (k *Rack) ofAccount(provider string, account Account, kind StoreKind) *seat {
	var found *seat
	for _, c := range k.Connections() {
		if c.Provider != provider || !c.Account.Same(account) {
			continue
		}
		if s, err := k.seat(c.ID); err == nil && (found == nil || c.Store == kind) {
			found = s
		}
	}
	return found
}

// hang puts a seat into the rack.
func (k *Rack) hang(s *seat) {
	k.mu.Lock()
	k.seats[s.id] = s
	k.mu.Unlock()
	k.changed.signal()
}

// drop takes a seat out of the rack.
func (k *Rack) drop(id ID) {
	k.mu.Lock()
	delete(k.seats, id)
	k.mu.Unlock()
	k.changed.signal()
}

// learn fills in a shop's name that could not be had when the key was won.
func (k *Rack) learn(ctx context.Context, id ID, account Account) {
	s, err := k.seat(id)
	if err != nil || account.ShopName == "" || s.snapshot().Account == account {
		return
	}
	unlock, err := takeTurn(ctx, s)
	if err != nil {
		return
	}
	defer unlock()
	r, err := s.read(ctx)
	if err != nil || r.Account.UserID != "" && !r.Account.Same(account) {
		return
	}
	r.Account = account
	if s.write(ctx, r) == nil {
		s.publish(r, true)
		k.ledger.list(ctx, s, r)
		k.changed.signal()
	}
}
