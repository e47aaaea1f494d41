// Package bus finds the session's D-Bus where there is one, and never starts one.
package bus

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"
)

// variable names the bus to every D-Bus library; none is a value of it that no library can connect to.
const (
	variable = "DBUS_SESSION_BUS_ADDRESS"
	none     = "disabled:"
)

// Fix tells the D-Bus library that Fyne uses where the session's bus is. Where there is none, and only the library would think of
// starting one, it says so: a bus of our own would go on living when the window is gone.
func Fix() {
	address := Address()
	if address == "" {
		address = none
	}
	os.Setenv(variable, address)
}

// Address is where the session's bus is; "" where there is none. It looks at the environment and at one file.
func Address() string {
	if address := os.Getenv(variable); address != "" && address != none && !strings.HasPrefix(address, "autolaunch:") {
		return address
	}
	folder := os.Getenv("XDG_RUNTIME_DIR")
	if !filepath.IsAbs(folder) {
		folder = "/run/user/" + strconv.Itoa(os.Getuid())
	}
	socket := filepath.Join(folder, "bus")
	if info, err := os.Stat(socket); err != nil || info.Mode()&os.ModeSocket == 0 {
		return ""
	}
	return "unix:path=" + dbus.EscapeBusAddressValue(socket)
}
