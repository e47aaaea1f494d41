package gui

import (
	"context"
	"time"

	"valetkey/valet"
)

// App is what the window works with.
type App struct {
	Service     Service
	Keys        Keys
	Providers   Providers
	OpenBrowser func(ctx context.Context, address string) error // returns at once
	Keyring     string                                          // what the system calls its keyring: "GNOME Keyring"; may be empty
	Version     string
}

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

// Keys is what the window asks of the app keys. Only List may be called on the UI goroutine.
type Keys interface {
	List() []valet.AppKey
	Set(ctx context.Context, n valet.NewAppKey) (valet.AppKey, error)
	Check(ctx context.Context, id string) error
}

// Providers is what the window asks of the markets; it may be called on the UI goroutine.
type Providers interface {
	List() []valet.Market
	Get(id string) (valet.Market, error)
}
