//go:build !windows && !darwin

package oauth

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Requirements C44 to C47 with stand-ins for the launchers.

// standIn writes a program that runs script, with $OUT for a file in its folder, and makes the folder the only one in PATH.
func standIn(t *testing.T, folder, name, script string) {
	t.Helper()
	text := "#!/bin/sh\nOUT='" + filepath.Join(folder, name+".out") + "'\n" + script + "\n"
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	t.Setenv("BROWSER", "")
}

// output waits until the stand-in has written something that ends with last, and gives it: on a busy machine OpenBrowser returns
// before a launcher is done.
func output(t *testing.T, folder, name, last string) string {
	t.Helper()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for deadline := time.Now().Add(10 * time.Second); ; <-ticker.C {
		text, _ := os.ReadFile(filepath.Join(folder, name+".out"))
		if strings.HasSuffix(string(text), last) {
			return string(text)
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s wrote %q", name, text)
		}
	}
}

func TestC44LauncherGetsOneArgument(t *testing.T) {
	folder := t.TempDir()
	standIn(t, folder, "xdg-open", `printf '%s\n' "$#" "$@" >"$OUT"`)
	if err := OpenBrowser(t.Context(), "https://h/?a=b&c=%PATH%|^\"`x`$(touch y) z"); err != nil {
		t.Fatal(err)
	}
	if got := output(t, folder, "xdg-open", "z\n"); got != "1\nhttps://h/?a=b&c=%25PATH%25%7C%5E%22%60x%60%24%28touch%20y%29%20z\n" {
		t.Errorf("%q", got)
	}
}

func TestC44ChosenBrowserComesFirst(t *testing.T) {
	folder := t.TempDir()
	standIn(t, folder, "xdg-open", `: >"$OUT"`)
	standIn(t, folder, "mine", `echo "$1" >"$OUT"`)
	t.Setenv("BROWSER", "mine %s:mine")
	if err := OpenBrowser(t.Context(), "https://h/"); err != nil {
		t.Fatal(err)
	}
	output(t, folder, "mine", "https://h/\n")
}

func TestC45NextLauncherIsTriedWhereOneFails(t *testing.T) {
	folder := t.TempDir()
	standIn(t, folder, "xdg-open", "exit 3")
	if err := OpenBrowser(t.Context(), "https://h/"); !errors.Is(err, ErrNoBrowser) {
		t.Errorf("%v", err)
	}
	standIn(t, folder, "x-www-browser", `echo "$1" >"$OUT"`)
	if err := OpenBrowser(t.Context(), "https://h/"); err != nil {
		t.Fatal(err)
	}
	output(t, folder, "x-www-browser", "https://h/\n")
	if program, err := BrowserProgram(); err != nil || program != filepath.Join(folder, "xdg-open") {
		t.Errorf("the first to be started: %q, %v", program, err)
	}
}

func TestC45BrowserThatStaysIsNotWaitedFor(t *testing.T) {
	folder := t.TempDir()
	standIn(t, folder, "xdg-open", `exec /bin/sleep 2`)
	began := time.Now()
	if err := OpenBrowser(t.Context(), "https://h/"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := OpenBrowser(ctx, "https://h/"); err != nil { // started: the end of ctx does not end the browser
		t.Fatal(err)
	}
	if took := time.Since(began); took > 1500*time.Millisecond {
		t.Errorf("it took %v", took)
	}
}

func TestC46ChildIsApart(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("SHOP_ACCESS_TOKEN", "tokenSECRET")
	inherited, err := os.Create(filepath.Join(t.TempDir(), "lock")) // as a script's that started us
	if err != nil {
		t.Fatal(err)
	}
	defer inherited.Close()
	if _, _, failed := syscall.Syscall(syscall.SYS_FCNTL, inherited.Fd(), syscall.F_SETFD, 0); failed != 0 {
		t.Fatal(failed)
	}
	standIn(t, folder, "xdg-open", `{ set; echo "HERE=$PWD"; /bin/ls -l /proc/$$/fd; echo "STAT=$(/bin/cat /proc/$$/stat)"; echo "SELF=$$"; echo END; } >"$OUT" 2>&1`)
	if err := OpenBrowser(t.Context(), "https://h/"); err != nil {
		t.Fatal(err)
	}
	text := output(t, folder, "xdg-open", "\nEND\n")
	if strings.Contains(text, "tokenSECRET") || !strings.Contains(text, "HERE=/\n") {
		t.Error(text)
	}
	self := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if _, target, ok := strings.Cut(line, " -> "); ok && target != "/dev/null" && !strings.HasPrefix(target, folder) {
			t.Errorf("the child has %s", target)
		}
		if stat, ok := strings.CutPrefix(line, "STAT="); ok && stat != "" {
			self = strings.Fields(stat)[5] // the session
		}
		if pid, ok := strings.CutPrefix(line, "SELF="); ok && self != "" && pid != self {
			t.Errorf("process %s is in session %s", pid, self)
		}
	}
}

func TestC47CurrentFolderIsNotSearched(t *testing.T) {
	folder := t.TempDir()
	standIn(t, folder, "xdg-open", `: >"$OUT"; echo ran >>"$OUT"`)
	t.Chdir(folder)
	for _, path := range []string{".", "", ":", "./"} {
		t.Setenv("PATH", path)
		t.Setenv("BROWSER", "./xdg-open")
		if err := OpenBrowser(t.Context(), "https://h/"); !errors.Is(err, ErrNoBrowser) {
			t.Errorf("PATH=%q: %v", path, err)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "xdg-open.out")); err == nil {
		t.Error("a program of the current folder ran")
	}
}
