package keyringtest

import (
	"testing"

	"github.com/godbus/dbus/v5"
)

// Tray puts a desktop's tray onto the bus at address until the end of the test. It takes every icon and shows none; icons tells of
// each that came.
func Tray(t testing.TB, address string) (icons <-chan struct{}) {
	t.Helper()
	const watcher, path = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
	came := make(chan struct{}, 16)
	conn := Connect(t, address)
	for iface, methods := range map[string]map[string]any{
		watcher: {"RegisterStatusNotifierItem": func(string) *dbus.Error { came <- struct{}{}; return nil }},
		"org.freedesktop.DBus.Properties": {"Get": func(string, string) (dbus.Variant, *dbus.Error) {
			return dbus.MakeVariant(true), nil // somebody shows what is registered
		}},
	} {
		if err := conn.ExportMethodTable(methods, path, iface); err != nil {
			t.Fatal(err)
		}
	}
	if reply, err := conn.RequestName(watcher, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("no name for the tray: %v %v", reply, err)
	}
	return came
}
