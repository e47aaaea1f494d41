package tray

import (
	"context"

	"github.com/godbus/dbus/v5"

	"valetkey/gui/bus"
)

// Gone calls lost, on a goroutine of its own, whenever the desktop's tray goes away, until ctx ends: a window that is hidden there
// could not be found again. Nothing beats for it.
func Gone(ctx context.Context, lost func()) {
	conn, err := dbus.Connect(bus.Address(), dbus.WithContext(ctx))
	if err != nil {
		return
	}
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	err = conn.AddMatchSignal(dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchInterface("org.freedesktop.DBus"),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, watcher))
	if err != nil {
		conn.Close()
		return
	}
	go func() {
		for signal := range signals { // closed with the connection, which ends with ctx
			var name, before, now string
			if dbus.Store(signal.Body, &name, &before, &now) == nil && name == watcher && now == "" {
				lost()
			}
		}
	}()
}
