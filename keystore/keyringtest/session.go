// Package keyringtest gives tests a session bus and a keyring of their own: [In] runs a test in a child process that has
// them, [Start] gives the environment for any other program. Nothing of the person's own session is touched, and all that
// was started ends with the test, or with the test program however it ends.
//
// [NewStandIn] puts a Secret Service on such a bus that misbehaves on demand, [Tray] a tray.
package keyringtest

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// State is what a session has.
type State int

// The states.
const (
	NoBus        State = iota // no bus: the keyring is absent
	NoService                 // a bus and nothing on it: absent too; put a [StandIn] there
	NoCollection              // GNOME Keyring without a default keyring
	Locked                    // GNOME Keyring, its default keyring locked, and no prompter
	Ready                     // GNOME Keyring, unlocked
)

// Passphrase opens the default keyring of a session.
const Passphrase = "practice"

// patience is how long a daemon may take to start.
const patience = 20 * time.Second

// Session is a home folder, a runtime folder and what State says.
type Session struct {
	Env     []string // for a child: the caller's own, with what belongs to the session in its place
	Home    string
	Address string // of the bus, "" without one
}

// busConfig is a bus that starts nothing by itself: no service, no prompter.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// Start makes a session in state. It fails the test, naming the packages, where a program is missing.
func Start(t testing.TB, state State) *Session {
	t.Helper()
	home, err := os.MkdirTemp("", "vk") // short: the path of a socket has 108 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	runtime := filepath.Join(home, "run")
	if err := os.Mkdir(runtime, 0o700); err != nil {
		t.Fatal(err)
	}
	s := &Session{Home: home, Env: environment(home, runtime)}
	if state == NoBus {
		return s
	}
	s.startBus(t, runtime)
	if state == NoService {
		return s
	}
	s.startKeyring(t, state)
	return s
}

// environment is ours without whatever leads to the person's own session.
func environment(home, runtime string) []string {
	var env []string
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		switch {
		case strings.HasPrefix(name, "XDG_"), strings.HasPrefix(name, "DBUS_"), strings.HasPrefix(name, "GNOME_KEYRING_"):
		case name == "HOME", name == "DISPLAY", name == "WAYLAND_DISPLAY", name == "VALETKEY_HOME":
		default:
			env = append(env, entry)
		}
	}
	return append(env, "HOME="+home, "XDG_RUNTIME_DIR="+runtime)
}

func (s *Session) startBus(t testing.TB, runtime string) {
	t.Helper()
	socket := filepath.Join(runtime, "bus")
	config := filepath.Join(s.Home, "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, socket), 0o600); err != nil {
		t.Fatal(err)
	}
	s.launch(t, "", "dbus-daemon", "--nofork", "--nopidfile", "--config-file="+config)
	Until(t, "dbus-daemon to listen", func() bool {
		conn, err := net.Dial("unix", socket) // the socket's file is there a moment before anybody listens
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	s.Address = "unix:path=" + socket
	s.Env = append(s.Env, "DBUS_SESSION_BUS_ADDRESS="+s.Address)
}

func (s *Session) startKeyring(t testing.TB, state State) {
	t.Helper()
	mode, input := "--unlock", Passphrase
	if state == NoCollection {
		mode, input = "--start", ""
	}
	s.launch(t, input, "gnome-keyring-daemon", mode, "--foreground", "--components=secrets")
	conn := Connect(t, s.Address)
	service := conn.Object("org.freedesktop.secrets", "/org/freedesktop/secrets")
	Until(t, "gnome-keyring-daemon to answer", func() bool {
		var path dbus.ObjectPath
		err := service.Call("org.freedesktop.Secret.Service.ReadAlias", 0, "default").Store(&path)
		return err == nil && (path != "/") == (state != NoCollection)
	})
	if state == Locked {
		Lock(t, s.Address)
	}
}

// Lock locks the default keyring on the bus at address, as a screen lock does.
func Lock(t testing.TB, address string) {
	t.Helper()
	paths := []dbus.ObjectPath{"/org/freedesktop/secrets/collection/login"}
	call := Connect(t, address).Object("org.freedesktop.secrets", "/org/freedesktop/secrets").
		Call("org.freedesktop.Secret.Service.Lock", 0, paths)
	if call.Err != nil {
		t.Fatalf("locking the keyring: %v", call.Err)
	}
}

// Connect opens a connection to the bus at address that is closed at the end of the test.
func Connect(t testing.TB, address string) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatalf("connecting to the bus of the test: %v", err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// lifeline runs a program with $INPUT as its standard input until our end of a pipe closes, which the system does for a test
// program that is killed.
const lifeline = `printf %s "$INPUT" | "$@" & child=$!; read -r _; kill -KILL $child; wait $child`

// launch runs a program until the end of the test.
func (s *Session) launch(t testing.TB, input, program string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is missing: this test needs the packages dbus, gnome-keyring and libsecret-tools", program)
	}
	cmd := exec.Command("sh", append([]string{"-c", lifeline, "sh", program}, args...)...)
	cmd.Env = append(s.Env[:len(s.Env):len(s.Env)], "INPUT="+input)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	pipe, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatalf("starting %s: %v", program, err)
	}
	t.Cleanup(func() {
		pipe.Close()
		cmd.Wait()
		if t.Failed() && said.Len() > 0 {
			t.Logf("%s said:\n%s", program, said.String())
		}
	})
}

// Until waits for a condition that nobody announces, and fails the test when it does not come to hold.
func Until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	end := time.After(patience)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("waited %s for %s", patience, what)
		}
	}
}
