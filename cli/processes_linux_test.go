package cli_test

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// watcher looks at the arguments and the environment of every process, over and over.
type watcher struct {
	stop, done chan struct{}
	mu         sync.Mutex
	seen       map[string]map[int]bool // what stood in cmdline or environ -> who
	rounds     int
}

func watchProcesses() *watcher {
	w := &watcher{stop: make(chan struct{}), done: make(chan struct{}), seen: map[string]map[int]bool{}}
	go func() {
		defer close(w.done)
		for {
			w.look()
			select {
			case <-w.stop:
				return
			default:
			}
		}
	}()
	return w
}

func (w *watcher) look() {
	found, _ := filepath.Glob("/proc/[0-9]*")
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rounds++
	for _, folder := range found {
		pid, _ := strconv.Atoi(filepath.Base(folder))
		for _, file := range []string{"cmdline", "environ"} {
			text, err := os.ReadFile(filepath.Join(folder, file)) // it may have ended, or be somebody else's
			if err != nil || len(text) == 0 {
				continue
			}
			what := file + ": " + string(bytes.ReplaceAll(text, []byte{0}, []byte{'\n'}))
			if w.seen[what] == nil {
				w.seen[what] = map[int]bool{}
			}
			w.seen[what][pid] = true
		}
	}
}

// holds reports whether a process with that line of arguments or environment was seen.
func (w *watcher) holds(file, text string) (pids map[int]bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	pids = map[int]bool{}
	for what, who := range w.seen {
		if strings.HasPrefix(what, file+": ") && strings.Contains(what, text) {
			for pid := range who {
				pids[pid] = true
			}
		}
	}
	return pids
}

// TestNoProcessShowsASecret runs the life of a key, and the verbs that hand it on, while every process of the machine is looked at. Only the program
// that exec started may have secrets, and only in its environment.
func TestNoProcessShowsASecret(t *testing.T) {
	mustBuild(t) // there is nothing to see in a compiler
	w := watchProcesses()
	mine := rand.Text() // no other test's program, in another run of the tests, has it
	d, api := apiDesk(t, "only+the/keyring=knows"+mine)
	seen := map[string]bool{}
	hoard(d, seen)
	for _, args := range [][]string{
		{"token", "strict-sons"}, {"refresh", "strict-sons"}, {"header", "strict-sons"}, {"env", "strict-sons"}, {"curl", "strict-sons", "/x"},
		{"request", "strict-sons", "POST", "/x", "--form", "a=1"}, {"show", "strict-sons"},
	} {
		d.must(args)
		hoard(d, seen)
	}
	api.take(silent)
	asking := d.start("request", "strict-sons", "GET", "/"+mine)
	arrived(t, api)
	child := d.start("exec", "strict-sons", "--", "/bin/sh", "-c", "echo ready; read x")
	if _, err := child.line(1); err != nil {
		t.Fatal(err)
	}
	hoard(d, seen)
	for before := w.round(); w.round() < before+2; runtime.Gosched() { // two whole looks while both are there
	}
	child.feed("done")
	asking.interrupt()
	child.wait()
	asking.wait()
	d.must([]string{"check", "strict-sons"})
	d.must([]string{"revoke", "strict-sons", "--yes"})
	close(w.stop)
	<-w.done

	if len(w.holds("cmdline", "request\nstrict-sons\nGET\n/"+mine)) != 1 || len(seen) < 5 {
		t.Fatalf("the watch saw too little: %d secrets", len(seen))
	}
	given := false
	for secret := range seen {
		for pid := range w.holds("environ", secret) {
			if given = true; pid != child.cmd.Process.Pid {
				t.Errorf("process %d has a secret in its environment", pid)
			}
		}
		if pids := w.holds("cmdline", secret); len(pids) > 0 {
			t.Errorf("processes %v have a secret among their arguments", pids)
		}
		if found, err := filesWith(d.home, secret); err != nil || len(found) > 0 {
			t.Errorf("a secret stands in %v (%v)", found, err)
		}
	}
	if !given {
		t.Error("the program that exec started has no secret")
	}
}

func (w *watcher) round() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rounds
}
