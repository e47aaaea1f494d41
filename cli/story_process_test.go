package cli_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// told are the names of the environment that programs beside the story are given.
var told = []string{"PATH", "HOME", "TMPDIR", "OPENED", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "VALETKEY_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "DBUS_SESSION_BUS_ADDRESS", "WORK"}

func (s *story) status(ts *testscript.TestScript, _ bool, args []string) {
	want := number(ts, args[0])
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	got := 0
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

func (s *story) start(ts *testscript.TestScript, _ bool, args []string) {
	var env []string
	for _, name := range told {
		if value := ts.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	path := args[1]
	if found, err := lookPath(ts.Getenv("PATH"), path); err == nil {
		path = found
	}
	p, err := start(ts.MkAbs("."), env, path, args[2:]...)
	ts.Check(err)
	ts.Defer(p.kill)
	s.running[args[0]] = p
}

// process gives the one that was started under name.
func (s *story) process(ts *testscript.TestScript, name string) *process {
	p, ok := s.running[name]
	if !ok {
		ts.Fatalf("nothing was started as %s", name)
	}
	return p
}

func (s *story) line(ts *testscript.TestScript, _ bool, args []string) {
	text, err := s.process(ts, args[0]).line(number(ts, args[1]))
	ts.Check(err)
	ts.Setenv(args[2], text)
}

func (s *story) feed(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(s.process(ts, args[0]).feed(strings.Join(args[1:], " ")))
}

func (s *story) interrupt(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(s.process(ts, args[0]).interrupt())
}

func (s *story) finish(ts *testscript.TestScript, _ bool, args []string) {
	status, out, words, err := s.process(ts, args[0]).wait()
	io.WriteString(ts.Stdout(), out)
	io.WriteString(ts.Stderr(), words)
	ts.Check(err)
	if want := number(ts, args[1]); status != want {
		ts.Fatalf("exit status %d, want %d; it said:\n%s", status, want, words)
	}
}

func (s *story) words(ts *testscript.TestScript, _ bool, args []string) {
	p := s.process(ts, args[0])
	text, err := p.until(p.err, func(text string) bool { return strings.Contains(text, args[1]) })
	ts.Check(err)
	found := regexp.MustCompile(args[2]).FindString(text)
	if found == "" {
		ts.Fatalf("no %s in %s", args[2], text)
	}
	ts.Setenv(args[3], found)
}

// until waits for a file that another program puts there whole.
func (s *story) until(ts *testscript.TestScript, _ bool, args []string) {
	limit, tick := time.After(patience), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil {
			ts.Setenv(args[1], strings.TrimSpace(string(text)))
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			ts.Fatalf("%v", err)
		}
	}
}

// met waits until a request has come upon a fault of the practice market's.
func (s *story) met(ts *testscript.TestScript, _ bool, args []string) {
	limit, tick := time.After(patience), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for {
		var state struct{ Faults map[string]int }
		text, err := os.ReadFile(filepath.Join(ts.Getenv("HOME"), ".local/state/valetkey/practice.json"))
		if err == nil {
			err = json.Unmarshal(text, &state)
		}
		ts.Check(err)
		if state.Faults[args[0]] == 0 {
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			ts.Fatalf("nothing came upon %s", args[0])
		}
	}
}

func (s *story) press(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(s.browser.submit(args[0], "", nil))
	fmt.Fprintf(ts.Stdout(), "%s\n%s\n", s.browser.page.Status, s.browser.text())
}

func number(ts *testscript.TestScript, text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		ts.Fatalf("%v", fmt.Errorf("a number is wanted: %w", err))
	}
	return n
}
