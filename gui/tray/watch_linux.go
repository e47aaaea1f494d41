package tray

import (
	"context"

	"github.com/godbus/dbus/v5"

	"valetkey/gui/bus"
)

// Watch calls changed, on a goroutine of its own, whenever the desktop's tray goes away or comes back, until ctx ends: a window that
// is hidden in one that has gone could not be found again. Nothing beats for it.
func Watch(ctx context.Context, changed func(there bool)) {
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
			if dbus.Store(signal.Body, &name, &before, &now) == nil && name == watcher {
				changed(now != "")
			}
		}
	}()
}
