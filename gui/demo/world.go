//go:build linux

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// world is what one walk lives in: a home, a runtime folder, a session bus, a keyring and a display that nobody else uses.
type world struct {
	dir     string // all of it is below here
	program string
	env     []string
	cookie  []byte   // opens the display
	secrets []string // every token that was seen in the keyring
	running []*child
}

// The screen is larger than the window at its largest, so that a picture shows all of it.
const screen = "1280x800x24"

// startLimit is how long a service of the world may take to come up.
const startLimit = 30 * time.Second

// newWorld starts everything but the program. The world it returns is never nil and has to be closed, error or not.
func newWorld(ctx context.Context, look, locale, program string) (*world, error) {
	w := &world{program: program}
	dir, err := os.MkdirTemp("", "valetkey-demo-")
	if err != nil {
		return w, err
	}
	w.dir = dir
	for _, folder := range []string{"home", "run", "bin", "inbox", "tmp", "browser", "log"} {
		if err := os.Mkdir(w.path(folder), 0o700); err != nil {
			return w, err
		}
	}
	w.env = []string{
		"HOME=" + w.path("home"), "XDG_RUNTIME_DIR=" + w.path("run"), "TMPDIR=" + w.path("tmp"),
		"PATH=" + w.path("bin") + ":" + os.Getenv("PATH"), "LANG=" + locale, "TZ=UTC",
		"FYNE_THEME=" + look, "FYNE_SCALE=1", "LIBGL_ALWAYS_SOFTWARE=1",
	}
	if path := os.Getenv("LD_LIBRARY_PATH"); path != "" {
		w.env = append(w.env, "LD_LIBRARY_PATH="+path)
	}
	for _, start := range []func(context.Context, *world) error{waitForDoor, startDisplay, startBus, startKeyring, placeOpener} {
		if err := start(ctx, w); err != nil {
			return w, err
		}
	}
	return w, nil
}

func (w *world) path(elements ...string) string {
	return filepath.Join(append([]string{w.dir}, elements...)...)
}

// doorAddresses is where the browser's answer comes in: the redirect that shops register cannot be moved for a demo.
var doorAddresses = []string{"127.0.0.1:3003", "[::1]:3003"}

// waitForDoor lets another Valet Key on this machine finish its walk first.
func waitForDoor(ctx context.Context, _ *world) error {
	return until(ctx, "port 3003, which another program holds", 2*time.Minute, func() bool {
		for _, address := range doorAddresses {
			listener, err := net.Listen("tcp", address)
			if errors.Is(err, syscall.EADDRINUSE) {
				return false
			}
			if err == nil {
				listener.Close()
			}
		}
		return true
	})
}

// value is what the world's environment holds under name.
func (w *world) value(name string) string {
	for _, entry := range w.env {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// startDisplay starts an X server on the first free display number. Only who has the cookie may draw on it. It stays as it
// is when nobody is connected; else it would begin anew just when the program is started again.
func startDisplay(ctx context.Context, w *world) error {
	authority := w.path("run", "xauthority")
	w.cookie = make([]byte, 16)
	rand.Read(w.cookie)
	if err := writeCookie(authority, w.cookie); err != nil {
		return err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", screen, "-nolisten", "tcp", "-noreset", "-auth", authority)
	cmd.ExtraFiles = []*os.File{write}
	err = w.start("Xvfb", cmd)
	write.Close()
	if err != nil {
		return err
	}
	number, err := firstLine(ctx, read)
	if err != nil {
		return fmt.Errorf("no virtual display: %w", err)
	}
	w.env = append(w.env, "DISPLAY=:"+number, "XAUTHORITY="+authority)
	return nil
}

// busConfig describes a session bus that starts no service by itself: what this walk meets, it started.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
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

func startBus(ctx context.Context, w *world) error {
	config := w.path("run", "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, w.path("run", "bus")), 0o600); err != nil {
		return err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	cmd := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--nopidfile", "--print-address=3")
	cmd.ExtraFiles = []*os.File{write}
	err = w.start("dbus-daemon", cmd)
	write.Close()
	if err != nil {
		return err
	}
	address, err := firstLine(ctx, read)
	if err != nil {
		return fmt.Errorf("no session bus: %w", err)
	}
	w.env = append(w.env, "DBUS_SESSION_BUS_ADDRESS="+address)
	return nil
}

// startKeyring starts gnome-keyring with a login keyring, locked by a passphrase and opened with it, as at a log-in.
func startKeyring(ctx context.Context, w *world) error {
	cmd := exec.Command("gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets", "--control-directory="+w.path("run", "keyring"))
	cmd.Stdin = strings.NewReader("open sesame")
	if err := w.start("gnome-keyring", cmd); err != nil {
		return err
	}
	return until(ctx, "the keyring to answer", startLimit, func() bool {
		// Nothing found and nothing said is an answer; a keyring that is not there yet is said so.
		said, err := w.command(ctx, "secret-tool", "search", "service", "valetkey").CombinedOutput()
		return err == nil || len(said) == 0
	})
}

// opener is the stand-in for the system's browser: it hands the address to the demo. The name appears at once and whole.
const opener = `#!/bin/sh
new=$(mktemp "$DEMO_INBOX/.XXXXXX") && printf '%s' "$1" >"$new" && mv "$new" "$DEMO_INBOX/address-${new##*.}"
`

func placeOpener(_ context.Context, w *world) error {
	w.env = append(w.env, "DEMO_INBOX="+w.path("inbox"))
	return os.WriteFile(w.path("bin", "xdg-open"), []byte(opener), 0o700)
}

// opened waits for the next address that the program wants to show in the browser.
func opened(ctx context.Context, w *world) (string, error) {
	var address string
	err := until(ctx, "the program to open the browser", startLimit, func() bool {
		entries, _ := filepath.Glob(w.path("inbox", "address-*"))
		if len(entries) == 0 {
			return false
		}
		text, err := os.ReadFile(entries[0])
		address = string(text)
		return err == nil && os.Remove(entries[0]) == nil
	})
	return address, err
}
