package tray

import (
	"context"
	"strings"
	"time"

	"fyne.io/systray"
	"github.com/godbus/dbus/v5"

	"valetkey/gui/bus"
)

// The watcher of StatusNotifierItem, whose owner shows a tray.
const (
	watcher     = "org.kde.StatusNotifierWatcher"
	watcherPath = dbus.ObjectPath("/StatusNotifierWatcher")
)

// patience is how long the desktop may take to say whether it has a tray.
const patience = 3 * time.Second

// There reports whether this desktop has a tray at the moment: somebody watches for items, and does not say that nobody shows
// them. It starts neither a bus nor a service, and takes seconds where the bus is slow.
func There(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	address := bus.Address()
	if address == "" {
		return false
	}
	conn, err := dbus.Connect(address)
	if err != nil {
		return false
	}
	defer conn.Close()
	var owned bool
	if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, watcher).Store(&owned); err != nil || !owned {
		return false
	}
	shown := dbus.MakeVariant(true)
	call := conn.Object(watcher, watcherPath).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, watcher, "IsStatusNotifierHostRegistered")
	if call.Err == nil && call.Store(&shown) != nil {
		return false
	}
	return ctx.Err() == nil && shown.Value() != false
}

// OnMain reports whether [Start] needs the main goroutine.
const OnMain = false

// first names the item before it is registered: the desktop files it under that name.
func first(name string, icon []byte) {
	systray.SetTitle(name)
	systray.SetIcon(icon)
}

func iconFor(png []byte) []byte { return png }

// literally keeps an underscore from being read as the mark of a key.
func literally(text string) string { return strings.ReplaceAll(text, "_", "__") }
