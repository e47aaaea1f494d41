package bus

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"
)

// TestAddress: what the environment says, else the socket where it always is, else nothing.
func TestAddress(t *testing.T) {
	folder, err := os.MkdirTemp("", "vk") // short: the path of a socket has 108 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	t.Setenv("XDG_RUNTIME_DIR", folder)
	for _, named := range []string{"", "autolaunch:", "autolaunch:scope=x"} {
		if t.Setenv("DBUS_SESSION_BUS_ADDRESS", named); Address() != "" {
			t.Errorf("%q: %q", named, Address())
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "bus"), nil, 0o600); err != nil || Address() != "" {
		t.Errorf("a plain file: %q %v", Address(), err)
	}
	os.Remove(filepath.Join(folder, "bus"))
	socket, err := net.Listen("unix", filepath.Join(folder, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	if want := "unix:path=" + folder + "/bus"; Address() != want {
		t.Errorf("a socket: %q, want %q", Address(), want)
	}
	if t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/elsewhere"); Address() != "unix:path=/elsewhere" {
		t.Errorf("named: %q", Address())
	}
}

// TestFix: what is there is named, and where nothing is no library finds anything to start.
func TestFix(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	Fix()
	if conn, err := dbus.SessionBusPrivate(); err == nil {
		conn.Close()
		t.Error("a bus was started")
	}
	if Address() != "" {
		t.Errorf("no bus is taken for one: %q", Address())
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/elsewhere")
	if Fix(); Address() != "unix:path=/elsewhere" {
		t.Errorf("named: %q", Address())
	}
}
