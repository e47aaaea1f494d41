package valet

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"valetkey/oauth"
)

// Options assembles a [Valet].
type Options struct {
	Folders  Folders
	Keyring  Store     // where keys are kept
	Session  Store     // memory, for practice without a keyring; nil: not offered (the command line)
	Builtin  []Builtin // markets that come with the program
	Network  http.RoundTripper
	Log      *slog.Logger
	PageFor  func(Connection, error) oauth.Page // what the browser is told at the end of a walk
	WaitTime time.Duration                      // how long a walk waits for the seller; 0 means five minutes
}

// Builtin is a market that comes with the program.
type Builtin struct {
	Market
	Key       *NewAppKey        // a well-known app key, for practice
	Transport http.RoundTripper // the back channel; nil: the network

	// Pages serves the provider's consent pages until ctx ends and gives their base address; nil where they are on the web.
	Pages func(ctx context.Context) (base string, err error)
}

// Valet keeps the connections of one person. Make it with [New], then call [Valet.Load].
type Valet struct {
	Keys      *AppKeys
	Providers *Providers

	options Options
	catalog *catalog
	changed levels
	flights sync.WaitGroup // refreshes that were sent: waited for before the program ends

	mu    sync.Mutex // guards seats and walks
	seats map[ID]*seat
	walks map[string]bool // redirects that a walk of this process is waiting on
}

// New makes a Valet; nothing is read yet.
func New(o Options) *Valet {
	if o.WaitTime == 0 {
		o.WaitTime = 5 * time.Minute
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Network == nil {
		o.Network = oauth.DefaultTransport()
	}
	catalog := &catalog{path: o.Folders.index(), lock: o.Keyring.Lock}
	providers := &Providers{folder: o.Folders.providers(), builtin: o.Builtin}
	v := &Valet{
		Providers: providers,
		options:   o,
		catalog:   catalog,
		seats:     make(map[ID]*seat),
		walks:     make(map[string]bool),
	}
	v.Keys = &AppKeys{valet: v, catalog: catalog, store: o.Keyring, providers: providers}
	return v
}

// Load reads the index and the provider files. It asks no store for a secret. An index of a newer program, or one that
// cannot be read, is an error of kind [IndexUnreadable] and is left as it is.
func (v *Valet) Load(ctx context.Context) error {
	if err := v.Providers.load(); err != nil {
		return err
	}
	return v.reload()
}

// reload takes over what the index says now: another program may have written it.
func (v *Valet) reload() error {
	read, err := v.catalog.read()
	if err != nil {
		return err
	}
	v.mu.Lock()
	listed := make(map[ID]bool, len(read.Connections))
	for _, entry := range read.Connections {
		listed[entry.ID] = true
		if known, ok := v.seats[entry.ID]; ok {
			known.adopt(entry)
			continue
		}
		v.seats[entry.ID] = newSeat(v.options.Keyring, v.describe(entry))
	}
	for id, known := range v.seats {
		if !listed[id] && known.store == v.options.Keyring {
			delete(v.seats, id)
		}
	}
	v.mu.Unlock()
	v.Keys.adopt(read.AppKeys)
	v.changed.signal()
	return nil
}

// describe fills an index entry with what the provider's data says.
func (v *Valet) describe(e entry) Connection {
	c := e.connection()
	if market, err := v.Providers.Get(c.Provider); err == nil {
		c.ProviderName, c.Practice, c.WithdrawPage = market.Name, market.Practice, market.WithdrawPage
	} else {
		c.ProviderName = c.Provider
	}
	return c
}

// Connections gives a snapshot of every key, sorted by the name a person reads. It reads memory and never waits for a store.
func (v *Valet) Connections() []Connection {
	v.mu.Lock()
	seats := make([]*seat, 0, len(v.seats))
	for _, s := range v.seats {
		seats = append(seats, s)
	}
	v.mu.Unlock()
	list := make([]Connection, 0, len(seats))
	for _, s := range seats {
		list = append(list, s.snapshot())
	}
	slices.SortFunc(list, func(a, b Connection) int {
		return strings.Compare(a.Name+"\x00"+string(a.ID), b.Name+"\x00"+string(b.ID))
	})
	return list
}

// Find gives the connection called name, which may be shortened while only one begins so.
// Errors: [UnknownName], [AmbiguousName].
func (v *Valet) Find(name string) (Connection, error) {
	var found []Connection
	for _, c := range v.Connections() {
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

// Changes signals that [Valet.Connections] may give something new. It is a level, not a queue: many changes give one
// signal, and the first is there at once. It ends with ctx.
func (v *Valet) Changes(ctx context.Context) <-chan struct{} { return v.changed.subscribe(ctx) }

// Wait returns when every refresh that was already sent has ended and been kept.
func (v *Valet) Wait() { v.flights.Wait() }

// seat gives the seat of id.
func (v *Valet) seat(id ID) (*seat, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if s, ok := v.seats[id]; ok {
		return s, nil
	}
	return nil, &Error{Kind: UnknownName, Subject: string(id)}
}

// StoreDescription names the keyring to a person: "GNOME Keyring".
func (v *Valet) StoreDescription() string { return v.options.Keyring.Describe() }
