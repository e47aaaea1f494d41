package bus

import (
	"net"
	"os"
	"path/filepath"
	"testing"
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
