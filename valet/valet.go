package valet

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"valetkey/oauth"
)

// Options assembles a [Valet].
type Options struct {
	Folders  Folders
	Keyring  Store     // where keys are kept
	File     Store     // a file locked by a passphrase; nil: not offered
	Session  Store     // memory; nil: not offered (the command line, which ends at once)
	Builtin  []Builtin // markets that come with the program
	Network  http.RoundTripper
	Log      *slog.Logger
	PageFor  func(Connection, error) oauth.Page // what the browser is told at the end of a walk
	Door     func() oauth.DoorPages             // what the door says to all others
	WaitTime time.Duration                      // how long a walk waits for the seller; 0 means five minutes
}

// Builtin is a market that comes with the program.
type Builtin struct {
	Market
	Key       *NewAppKey        // a well-known app key, for practice
	Transport http.RoundTripper // the back channel; nil: the network

	// Pages serves the provider's consent pages until ctx ends and gives their base address; nil where they are on the web.
	Pages func(ctx context.Context) (base string, err error)

	// Where says where other programs reach the API of a provider that lives in this program; nil where it is on the web.
	Where func(ctx context.Context) Whereabouts
}

// Whereabouts is where other programs find a provider that lives in this one.
type Whereabouts struct {
	Base  string // the address it answers on; empty: it answers nowhere at the moment
	Taken bool   // and another program listens on the address it usually has
}

// Valet keeps the connections of one person. Make it with [New], then call [Valet.Load].
type Valet struct {
	*Rack
	Keys      *AppKeys
	Providers *Providers
	Stores    *Stores
	Requests  *Requests
	Warnings  *Warnings
	Upgrades  *Upgrades
	Settings  *SettingsFile
	Rescues   *Rescues
	History   *History
	Pictures  *Pictures

	options Options
	channel *channel
	renewer *renewer
	prover  *prover
	walks   walks
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
	providers := &Providers{shelf: shelf{folder: o.Folders.providers()}, builtin: o.Builtin, network: o.Network}
	stores := &Stores{by: make(map[StoreKind]Store)}
	for kind, store := range map[StoreKind]Store{InKeyring: o.Keyring, InFile: o.File, InSession: o.Session} {
		if store != nil {
			stores.by[kind] = store
		}
	}
	catalog := &catalog{path: o.Folders.index(), lock: o.Keyring.Lock, stores: stores.by}
	history := newHistory(o)
	rack := &Rack{ledger: ledger{catalog, o.Log, history}, stores: stores.by, providers: providers, seats: make(map[ID]*seat)}
	keys := &AppKeys{rack: rack, catalog: catalog, stores: stores.by, providers: providers}
	stores.rack, stores.keys, history.rack = rack, keys, rack
	channel := &channel{network: o.Network, providers: providers, keys: keys, log: o.Log}
	keys.channel = channel
	renewer := &renewer{rack: rack, channel: channel}
	v := &Valet{
		Rack: rack, Keys: keys, Providers: providers, Stores: stores, Warnings: &catalog.warnings,
		History:  history,
		Pictures: &Pictures{channel: channel, kept: make(map[pictureOf]keptPicture)},
		Settings: &SettingsFile{path: o.Folders.settings(), lock: o.Keyring.Lock, log: o.Log},
		Requests: &Requests{rack: rack, renewer: renewer, channel: channel},
		options:  o, channel: channel, renewer: renewer, prover: newProver(rack, channel),
	}
	v.Upgrades, v.Rescues = &Upgrades{v}, &Rescues{v}
	return v
}

// Load reads the index and the provider files, again if it has been called before. It asks no store for a secret, unless the
// index is damaged or gone: then it is made anew from what can be read of it and from the stores, see [Warnings]. An
// index of a newer program, or one that cannot be read at all, is an error of kind [IndexUnreadable] and is left as it is.
func (v *Valet) Load(ctx context.Context) error {
	if err := v.Providers.load(); err != nil {
		return err
	}
	read, err := v.ledger.catalog.load(ctx)
	if err != nil && read.empty() {
		return err
	}
	if err != nil {
		v.Warnings.add(err)
	}
	v.Keys.adopt(read.AppKeys)
	v.Rack.adopt(read.Connections)
	return nil
}

// Wait returns when every refresh that was already sent has ended and been kept; a pair that the store would not take is
// offered to it again until it does, for half a minute at most. Then the history is put in order, if it is time.
func (v *Valet) Wait() {
	v.renewer.flights.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), saveLimit)
	defer cancel()
	v.renewer.saveHeld(ctx)
	v.History.tidyDue(ctx)
}
