package keystore

import (
	"valetkey/keystore/keyringtest"

	"github.com/godbus/dbus/v5"
)

// closeBus ends the connection that go-keyring keeps for the life of a process.
func closeBus() {
	if keyringtest.Address() == "" {
		return
	}
	if conn, err := dbus.SessionBus(); err == nil {
		conn.Close()
	}
}
