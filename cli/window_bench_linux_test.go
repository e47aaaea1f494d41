package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// The programs whose windows are compared: ours, and a bare one of the same toolkit.
const ourWindow, bareWindow = "window-valetkey", "window-bare"

// windows builds both with the same flags.
func windows(b *testing.B) {
	b.Helper()
	for program, source := range map[string]string{ourWindow: "valetkey", bareWindow: "valetkey/gui/bare"} {
		build := exec.Command("go", "build", "-tags", "migrated_fynedo", "-trimpath", "-o", filepath.Join(built, program), source)
		build.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false")
		if said, err := build.CombinedOutput(); err != nil {
			b.Fatalf("the window does not build: %s", said)
		}
	}
}

// pane is a program with its window on a display.
type pane struct {
	*display
	cmd    *exec.Cmd
	window uint32
	took   time.Duration // from its start to the first picture in its window
}

// open starts a program and waits for its window's first picture.
func (d *display) open(bn *bench, program string, args ...string) *pane {
	d.b.Helper()
	p := &pane{display: d, cmd: exec.Command(filepath.Join(built, program), args...)}
	p.cmd.Env, p.cmd.Dir = append(bn.env[:len(bn.env):len(bn.env)], "DISPLAY="+d.name), bn.home
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		d.b.Fatal(err)
	}
	var err error
	p.window, err = d.appears()
	p.took = time.Since(began)
	if err != nil {
		p.close()
		d.b.Fatal(err)
	}
	return p
}

// close ends the program.
func (p *pane) close() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	p.cmd.Wait()
}

// opening is how long a program takes from its start to the first picture in its window.
func (d *display) opening(bn *bench, program string) time.Duration {
	d.b.Helper()
	p := d.open(bn, program)
	p.close()
	return p.took
}

// BenchmarkWindow is the window's first picture beside that of a bare window of the same toolkit.
func BenchmarkWindow(b *testing.B) {
	for _, rack := range []struct {
		keys int
		aim  float64
	}{{1, 1.1}, {1000, 1.25}} {
		b.Run(fmt.Sprintf("keys=%d", rack.keys), func(b *testing.B) {
			bn := newBench(b, rack.keys)
			windows(b)
			d := newDisplay(b)
			d.opening(bn, bareWindow) // so that the disk was read before
			d.opening(bn, ourWindow)
			compare(b, rack.aim,
				func() time.Duration { return d.opening(bn, ourWindow) },
				func() time.Duration { return d.opening(bn, bareWindow) })
		})
	}
}

// BenchmarkWindowToken is a fresh token read by the program with the window in it, beside secret-tool reading the same item.
func BenchmarkWindowToken(b *testing.B) {
	bn := newBench(b, 1)
	windows(b)
	compare(b, 1.2, func() time.Duration { return bn.time(filepath.Join(built, ourWindow), "token", bn.name) }, bn.lookup)
}
