package cli_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"valetkey/keystore/keyringtest"
)

// tray puts a tray onto the bench's bus, and has closing the window hide it there. taken tells when an icon has come into it.
func (bn *bench) tray() (taken <-chan struct{}) {
	bn.b.Helper()
	const watcher, path = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
	icons := make(chan struct{}, 8)
	conn := keyringtest.Connect(bn.b, busOf(bn.env))
	for iface, methods := range map[string]map[string]any{
		watcher:                           {"RegisterStatusNotifierItem": func(string) *dbus.Error { icons <- struct{}{}; return nil }},
		"org.freedesktop.DBus.Properties": {"Get": func(string, string) (dbus.Variant, *dbus.Error) { return dbus.MakeVariant(true), nil }},
	} {
		if err := conn.ExportMethodTable(methods, path, iface); err != nil {
			bn.b.Fatal(err)
		}
	}
	if reply, err := conn.RequestName(watcher, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		bn.b.Fatalf("no name for the tray: %v %v", reply, err)
	}
	settings := filepath.Join(bn.home, ".local/state/valetkey/settings.json")
	if err := os.WriteFile(settings, []byte(`{"close_to_tray": true}`), 0o600); err != nil {
		bn.b.Fatal(err)
	}
	return icons
}

// come waits for an icon.
func come(b *testing.B, icons <-chan struct{}) {
	b.Helper()
	select {
	case <-icons:
	case <-time.After(patience):
		b.Fatal("no icon came into the tray")
	}
}
