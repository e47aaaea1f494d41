//go:build linux

// Demo walks through Valet Key unattended, as a person would: the real window on a virtual display, a real keyring on a
// session bus of its own, and a real browser that presses the practice shop's buttons. It takes a picture of each step, in
// light and in dark, and fails where the window promised something that did not happen.
//
//	go run ./gui/demo -program bin/valetkey -out pictures
//
// It knows nothing of the program's insides: what it checks, it checks from outside. Everything it starts lives in a folder
// of its own and is gone at the end. It needs what .tools/need lists under "demo".
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// lookLimit ends the walk in one look. On two slow cores it takes about a minute.
const lookLimit = 5 * time.Minute

func main() {
	out := flag.String("out", "pictures", "folder for the pictures")
	program := flag.String("program", "bin/valetkey", "the program to walk through")
	keep := flag.Bool("keep", false, "leave the private home and say where it is")
	only := flag.String("look", "", "walk in this look only: light or dark")
	locale := flag.String("locale", "C.UTF-8", "the system's language, such as de_DE.UTF-8; the walk in another than English ends early")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *program, *out, *only, *locale, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, program, out, only, locale string, keep bool) error {
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	if _, err := os.Stat(program); err != nil {
		return fmt.Errorf("the program is not built: %w", err)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	began := time.Now()
	for _, look := range []string{"light", "dark"} {
		if only != "" && only != look {
			continue
		}
		if err := walkIn(ctx, look, locale, program, out, keep); err != nil {
			return fmt.Errorf("in %s: %w", look, err)
		}
	}
	shown, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	fmt.Printf("The walk went through in %d seconds. Pictures: %s\n", int(time.Since(began).Seconds()), shown)
	return nil
}

// walkIn lives through the whole story once, in a world of its own.
func walkIn(ctx context.Context, look, locale, program, out string, keep bool) (err error) {
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	w, err := newWorld(ctx, look, locale, program)
	defer func() {
		if err != nil {
			w.tellLogs()
		}
		w.close(keep)
	}()
	if err != nil {
		return err
	}
	if err := forget(out, look); err != nil {
		return err
	}
	k := &walk{world: w, look: look, out: out}
	defer k.end()
	return k.all(ctx, told(locale))
}

// forget takes away the pictures of an earlier walk in this look.
func forget(out, look string) error {
	var trouble error
	for _, pattern := range []string{"[0-9][0-9]-*-" + look + ".png", "failed-" + look + ".png"} {
		old, err := filepath.Glob(filepath.Join(out, pattern))
		trouble = errors.Join(trouble, err)
		for _, path := range old {
			trouble = errors.Join(trouble, os.Remove(path))
		}
	}
	return trouble
}
