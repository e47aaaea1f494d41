package gui

import (
	"context"
	"image"
	"time"

	"valetkey/valet"
)

// App is what the window works with.
type App struct {
	Service     Service
	Keys        Keys
	Providers   Providers
	Attention   Attention
	Warnings    Warnings
	History     History
	Pictures    Pictures
	Stores      Stores
	File        LockedFile
	Upgrades    Upgrades
	Requests    Requests
	Handouts    Handouts
	Rescue      func(path string) (*valet.Rescue, error)        // reads a file in which keys may stand; not on the UI goroutine
	OpenBrowser func(ctx context.Context, address string) error // returns at once
	Load        func(ctx context.Context) error                 // reads the list of the keys again
	Unread      error                                           // why the list could not be read at the start; nil: it was
	Keyring     string                                          // what the system calls its keyring: "GNOME Keyring"; may be empty
	Version     string
	Settings    Settings
	Doctor      Doctor
	ForgetAll   func(ctx context.Context) valet.Left // takes all of ours off this computer; not on the UI goroutine
	Folders     valet.Folders                        // shown to whoever looks for them
	Seat        Seat

	// CreateKeyring has the system make its default keyring by its own prompt; nil where systems always have one.
	CreateKeyring func(ctx context.Context) error
}

// Upgrades exchanges keys of an older API for keys of today's; [valet.Upgrades] is one. Only Plan may be called on the UI goroutine.
type Upgrades interface {
	Plan(request valet.UpgradeRequest) (valet.UpgradePlan, error)
	Upgrade(ctx context.Context, request valet.UpgradeRequest) (valet.Connection, error)
}

// Requests is how a key is tried; [valet.Requests] is one. Only Address may be called on the UI goroutine.
type Requests interface {
	Address(id valet.ID, path string) (string, error)
	Send(ctx context.Context, id valet.ID, r valet.Request) (valet.Reply, error)
}

// Handouts gives what a program needs to ask a provider by itself; [valet.Valet] is one.
type Handouts interface {
	UseHandout(ctx context.Context, id valet.ID, minTTL time.Duration, use func(valet.Handout) error) error
}

// Stores is where keys can be kept; [valet.Stores] is one. Only Offered may be called on the UI goroutine.
type Stores interface {
	Offered() []valet.StoreKind
	Move(ctx context.Context, id valet.ID, to valet.StoreKind) (valet.Connection, error)
}

// LockedFile is the file that a passphrase locks. Create makes it and leaves it open, Unlock opens it for this session; both
// wipe the passphrase and take a second or more. Only Unlocked may be called on the UI goroutine.
type LockedFile interface {
	Exists() bool
	Unlocked() bool
	Create(ctx context.Context, passphrase []byte) error
	Unlock(ctx context.Context, passphrase []byte) error
}

// Attention is told what a person is looking at; [valet.Valet] is one. Both return at once.
type Attention interface {
	Show(id valet.ID) // the key in the panel; "": none, or the window is not in front
	Focus()           // the window came to the front
}

// Settings is where what a person has chosen is kept; [valet.SettingsFile] is one. Only Read may be called on
// the UI goroutine, before the window is shown.
type Settings interface {
	Read() valet.Settings
	Change(ctx context.Context, change func(*valet.Settings)) error
}

// Warnings gives what a person has to be told though nobody asked, each once; [valet.Warnings] is one. It returns at once.
type Warnings interface{ Take() []error }

// Service is what the window asks of the connections; [valet.Valet] is one. Only Connections may be called on the UI
// goroutine.
type Service interface {
	Connections() []valet.Connection
	Changes(ctx context.Context) <-chan struct{}
	Connect(ctx context.Context, r valet.ConnectRequest) (valet.Connection, error)
	UseAccessToken(ctx context.Context, id valet.ID, minTTL time.Duration, use func(plain string) error) error
	Refresh(ctx context.Context, id valet.ID) (valet.Connection, error)
	Check(ctx context.Context, id valet.ID) (valet.Health, error)
	Revoke(ctx context.Context, id valet.ID) (valet.Withdrawal, error)
	Forget(ctx context.Context, id valet.ID) error
}

// History is what was done with the keys; [valet.History] is one.
type History interface {
	Read(q valet.HistoryQuery) ([]valet.Event, error)
	Changes(ctx context.Context) <-chan struct{}
}

// Pictures are those of the shops; [valet.Pictures] is one. Only Of may be called on the UI goroutine.
type Pictures interface {
	Of(c valet.Connection) image.Image
	Fetch(ctx context.Context, c valet.Connection) error
}

// Keys is what the window asks of the app keys. Only List may be called on the UI goroutine.
type Keys interface {
	List() []valet.AppKey
	Set(ctx context.Context, n valet.NewAppKey) (valet.AppKey, error)
	Check(ctx context.Context, id string) error
	Remove(ctx context.Context, id string) error
}

// Providers is what the window asks of the markets; [valet.Providers] is one. Only List and Get may be called on the UI
// goroutine.
type Providers interface {
	List() []valet.Market
	Get(id string) (valet.Market, error)
	Draft(ctx context.Context, text []byte) (*valet.Draft, error)
	DraftFile(ctx context.Context, path string) (*valet.Draft, error)
	Remove(id string) error
}
