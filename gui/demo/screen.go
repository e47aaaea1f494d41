//go:build linux

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// The two sizes that look.md promises: the usual one, and the smallest that is usable.
var (
	usual    = size{1040, 680}
	smallest = size{720, 520}
)

type size struct{ width, height int }

// window is the program's window, as a person at this screen has it: to look at, to type into.
type window struct {
	world   *world
	id      string
	child   *child
	pressed int // keys that did something: Tab only leads there
}

// windowLimit is how long the program may take from start to a window, on a machine without a graphics card.
const windowLimit = 60 * time.Second

// openWindow starts the program without arguments and waits for its window.
func openWindow(ctx context.Context, w *world) (*window, error) {
	if err := w.start("valetkey", exec.Command(w.program)); err != nil {
		return nil, err
	}
	win := &window{world: w, child: w.running[len(w.running)-1]}
	err := until(ctx, "the window", windowLimit, func() bool {
		found, err := w.command(ctx, "xdotool", "search", "--onlyvisible", "--name", "Valet Key").Output()
		win.id, _, _ = strings.Cut(strings.TrimSpace(string(found)), "\n")
		return err == nil && win.id != "" || !win.child.alive()
	})
	if !win.child.alive() {
		return win, fmt.Errorf("the program ended before it showed a window: %v", win.child.err)
	}
	if err != nil {
		return win, err
	}
	return win, win.resize(ctx, usual)
}

// xdotool runs one command of the hand at keyboard and mouse.
func (win *window) xdotool(ctx context.Context, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	out, err := win.world.command(ctx, "xdotool", args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("xdotool %s: %w: %s", args[0], err, bytes.TrimSpace(out))
	}
	return strings.TrimSpace(string(out)), nil
}

// resize gives the window a size and a place where all of it is seen, the keyboard, and takes the pointer out of the way.
// There is no window manager here that would do it.
func (win *window) resize(ctx context.Context, to size) error {
	for _, args := range [][]string{
		{"windowmove", win.id, "60", "40"},
		{"windowsize", win.id, strconv.Itoa(to.width), strconv.Itoa(to.height)},
		{"windowfocus", win.id},
		{"mousemove", "1279", "799"},
	} {
		if _, err := win.xdotool(ctx, args...); err != nil {
			return err
		}
	}
	return until(ctx, "the window to take its size", 10*time.Second, func() bool {
		g, err := win.geometry(ctx)
		return err == nil && g.size == to
	})
}

type place struct {
	size
	x, y int
}

func (win *window) geometry(ctx context.Context) (place, error) {
	out, err := win.xdotool(ctx, "getwindowgeometry", "--shell", win.id)
	var p place
	for line := range strings.Lines(out) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		number, _ := strconv.Atoi(value)
		switch name {
		case "X":
			p.x = number
		case "Y":
			p.y = number
		case "WIDTH":
			p.width = number
		case "HEIGHT":
			p.height = number
		}
	}
	return p, err
}

// press types keys as xdotool names them: "Return", "ctrl+shift+c".
func (win *window) press(ctx context.Context, keys ...string) error {
	if !win.child.alive() {
		return fmt.Errorf("the program is gone, before %v was pressed: %v", keys, win.child.err)
	}
	for _, key := range keys {
		if !strings.HasSuffix(key, "Tab") {
			win.pressed++
		}
	}
	_, err := win.xdotool(ctx, append([]string{"key", "--delay", "60"}, keys...)...)
	return err
}

// look returns what the window shows, as plain pixels.
func (win *window) look(ctx context.Context) ([]byte, error) {
	return win.capture(ctx, "rgb:-")
}

func (win *window) capture(ctx context.Context, to string) ([]byte, error) {
	p, err := win.geometry(ctx)
	if err != nil {
		return nil, err
	}
	crop := fmt.Sprintf("%dx%d+%d+%d", p.width, p.height, p.x, p.y)
	cmd := win.world.command(ctx, "import", "-silent", "-window", "root", "-crop", crop, "+repage", "-depth", "8", "-strip", to)
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("no picture of the window: %w", err)
	}
	return out, nil
}

// settled waits until the window shows something, and the same thing for a while: half a second. What moves by design, as
// the countdown, is taken as it is after a few seconds; it is no error.
func (win *window) settled(ctx context.Context) error {
	var last [sha256.Size]byte
	same := 0
	err := until(ctx, "the window to stand still", 6*time.Second, func() bool {
		pixels, err := win.look(ctx)
		now := sha256.Sum256(pixels)
		if err != nil || now != last || uniform(pixels) {
			same, last = 0, now
			return false
		}
		same++
		return same >= 3
	})
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return nil
}

// uniform reports whether a picture is of one colour, as a window is that has not drawn yet.
func uniform(pixels []byte) bool {
	return len(pixels) < 6 || bytes.Equal(pixels[3:], pixels[:len(pixels)-3])
}

// clipboard returns the text that a person would paste now; nothing if there is none.
func clipboard(ctx context.Context, w *world) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	out, err := w.command(ctx, "xclip", "-selection", "clipboard", "-o", "-target", "UTF8_STRING").Output()
	if ctx.Err() != nil {
		return "", errors.New("the clipboard's owner does not answer")
	}
	if err != nil {
		return "", nil // xclip fails where nobody owns the clipboard
	}
	return string(out), nil
}
