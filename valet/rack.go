package valet

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Rack is where the keys hang: a snapshot of each connection, kept up to date with the index. All its methods read memory. A
// line of the index gets its seat when somebody asks for that key.
type Rack struct {
	ledger    ledger
	stores    map[StoreKind]Store
	providers *Providers
	changed   levels

	mu    sync.Mutex // guards all below
	seats map[ID]*seat
	lines []line // of the index, without a seat yet
	shown ID     // the key that a person is looking at
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
	openAll(k)
	for id, s := range k.seats {
		visit(s.snapshot(), id == k.shown)
	}
}

// adopt takes over the connections of the index. A key in memory is not listed there, and stays; so does one whose newest pair
// waits to be saved.
func (k *Rack) adopt(listed []line) {
	k.mu.Lock()
	k.lines = make([]line, 0, len(listed))
	there := make(map[ID]bool, len(k.seats))
	var reader lineReader
	for _, l := range listed {
		known, ok := k.seats[l.id]
		if !ok {
			k.lines = append(k.lines, l)
			continue
		}
		e := reader.entry(l)
		switch known.snapshot().Store {
		case InSession: // it was brought here from a store that could not be used; the line is for the time after
		case e.store():
			known.adopt(e)
			there[l.id] = true
		default:
			delete(k.seats, l.id)
			k.lines = append(k.lines, l)
		}
	}
	maps.DeleteFunc(k.seats, func(id ID, s *seat) bool {
		_, waits := s.held()
		return !there[id] && !waits && s.snapshot().Store != InSession
	})
	k.mu.Unlock()
	k.changed.signal()
}

// openAll gives every line its seat. The caller holds mu.
func openAll(k *Rack) {
	teller := teller{providers: k.providers}
	for _, l := range k.lines {
		k.seats[l.id] = seatOf(k, teller.connection(l))
	}
	k.lines = nil
}

func seatOf(k *Rack, c Connection) *seat { return newSeat(storeFor(k.stores, c.Store), c) }

// teller makes connections of lines. It asks once what there is to say of a provider.
type teller struct {
	reader    lineReader
	providers *Providers
	said      map[string]Connection
}

func (t *teller) connection(l line) Connection {
	e := t.reader.entry(l)
	of, known := t.said[e.Provider]
	if !known {
		of = t.providers.describe(entry{Provider: e.Provider})
		if t.said == nil {
			t.said = make(map[string]Connection)
		}
		t.said[e.Provider] = of
	}
	return e.connection().like(of)
}

// Connections gives a snapshot of every key, sorted by the name a person reads. It reads memory and never waits for a store.
func (k *Rack) Connections() []Connection {
	places := placesOf(k, nil)
	return slices.AppendSeq(make([]Connection, 0, len(places)), told(places, k.providers))
}

// All is [Rack.Connections] one by one, for those who keep none of them. The rack may be used meanwhile.
func (k *Rack) All() iter.Seq[Connection] { return told(placesOf(k, nil), k.providers) }

func told(places []place, providers *Providers) iter.Seq[Connection] {
	return func(yield func(Connection) bool) {
		teller := teller{providers: providers}
		for _, p := range places {
			if p.seat != nil && !yield(p.seat.snapshot()) || p.seat == nil && !yield(teller.connection(p.line)) {
				return
			}
		}
	}
}

// place is where a key hangs: a seat, or a line that has none yet.
type place struct {
	line
	seat *seat
}

// placesOf gives the places of the keys whose name is wanted, sorted by it; nil wants all. Two of one name are sorted by id.
func placesOf(k *Rack, wanted func(name string) bool) (places []place) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if wanted == nil {
		places, wanted = make([]place, 0, len(k.lines)+len(k.seats)), func(string) bool { return true }
	}
	for _, l := range k.lines {
		if wanted(l.name) {
			places = append(places, place{line: l})
		}
	}
	for id, s := range k.seats {
		if name := nameOf(s); wanted(name) {
			places = append(places, place{line{id: id, name: name}, s})
		}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.id, b.id)) })
	return places
}

// seatsOf gives the seats that there are.
func seatsOf(k *Rack) []*seat {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Collect(maps.Values(k.seats))
}

// Find gives the connection called name, which may be shortened while only one begins so.
// Errors: [UnknownName], [AmbiguousName].
func (k *Rack) Find(name string) (Connection, error) {
	found := placesOf(k, func(called string) bool { return called == name || name != "" && strings.HasPrefix(called, name) })
	if len(found) == 0 {
		return Connection{}, &Error{Kind: UnknownName, Subject: printable(name)}
	}
	if len(found) > 1 && found[0].name != name {
		names := make([]string, len(found))
		for n, p := range found {
			names[n] = p.name
		}
		return Connection{}, &Error{Kind: AmbiguousName, Subject: printable(name), Other: strings.Join(names, ", ")}
	}
	s, err := k.seat(found[0].id)
	if err != nil {
		return Connection{}, err
	}
	return s.snapshot(), nil
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
	if at := slices.IndexFunc(k.lines, func(l line) bool { return l.id == id }); at >= 0 {
		k.seats[id] = seatOf(k, k.providers.describe(k.lines[at].entry()))
		k.lines = slices.Delete(k.lines, at, at+1)
		return k.seats[id], nil
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

// catchUp takes over what other programs have written into the index. What cannot be read now changes nothing.
func catchUp(ctx context.Context, k *Rack) {
	if now, err := k.ledger.catalog.load(ctx); err == nil || !now.empty() {
		k.adopt(now.Connections)
	}
}

// hang puts a seat into the rack.
func (k *Rack) hang(s *seat) {
	k.mu.Lock()
	k.lines = slices.DeleteFunc(k.lines, func(l line) bool { return l.id == s.id })
	k.seats[s.id] = s
	k.mu.Unlock()
	k.changed.signal()
}

// drop takes a seat out of the rack.
func (k *Rack) drop(id ID) {
	k.mu.Lock()
	k.lines = slices.DeleteFunc(k.lines, func(l line) bool { return l.id == id })
	delete(k.seats, id)
	k.mu.Unlock()
	k.changed.signal()
}

// learn fills in a shop's name that could not be had when the key was won.
func learn(ctx context.Context, k *Rack, id ID, account Account) {
	s, err := k.seat(id)
	if err != nil || account.ShopName == "" || s.snapshot().Account == account {
		return
	}
	unlock, err := takeTurn(ctx, s)
	if err != nil {
		return
	}
	defer unlock()
	if k.ledger.moved(s) {
		return
	}
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
