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

// windows builds the program with its window, and the bare one, with the same flags.
func windows(b *testing.B) {
	b.Helper()
	for _, target := range []string{"valetkey", "valetkey/gui/bare"} {
		build := exec.Command("go", "build", "-tags", "migrated_fynedo", "-trimpath", "-o", filepath.Join(built, "window-"+filepath.Base(target)), target)
		build.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false")
		if said, err := build.CombinedOutput(); err != nil {
			b.Fatalf("the window does not build: %s", said)
		}
	}
}

// opening is how long a program takes from its start to the first picture in its window.
func (d *display) opening(bn *bench, program string) time.Duration {
	d.b.Helper()
	cmd := exec.Command(filepath.Join(built, program))
	cmd.Env, cmd.Dir = append(bn.env, "DISPLAY="+d.name), bn.home
	began := time.Now()
	if err := cmd.Start(); err != nil {
		d.b.Fatal(err)
	}
	err := d.appears()
	took := time.Since(began)
	cmd.Process.Signal(syscall.SIGTERM)
	cmd.Wait()
	if err != nil {
		d.b.Fatal(err)
	}
	return took
}

// BenchmarkWindow is the window's first picture beside that of a bare window of the same toolkit.
func BenchmarkWindow(b *testing.B) {
	for _, keys := range []int{1, 1000} {
		b.Run(fmt.Sprintf("keys=%d", keys), func(b *testing.B) {
			bn := newBench(b, keys)
			windows(b)
			d := newDisplay(b)
			d.opening(bn, "window-bare") // so that the disk was read before
			d.opening(bn, "window-valetkey")
			compare(b, 1.25,
				func() time.Duration { return d.opening(bn, "window-valetkey") },
				func() time.Duration { return d.opening(bn, "window-bare") })
		})
	}
}
