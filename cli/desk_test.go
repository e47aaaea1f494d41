package cli_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"valetkey/keystore/keyringtest"
)

// desk is where one person sits: a home folder, a keyring, the program and a browser.
type desk struct {
	t       *testing.T
	home    string
	env     []string
	keyring *keyringtest.StandIn // nil where the state of the keyring is a real one
	browser *browser
	strict  *strict
	phrase  string // of the locked file, which every verb is given; "": none is
}

// newDesk gives a desk with a keyring in order that a test can put into any mood.
func newDesk(t *testing.T) *desk {
	t.Helper()
	d := bareDesk(t, keyringtest.NoService)
	d.keyring = keyringtest.NewStandIn(t, busOf(d.env))
	return d
}

// bareDesk gives a desk whose system keyring is in state.
func bareDesk(t *testing.T, state keyringtest.State) *desk {
	t.Helper()
	session := keyringtest.Start(t, state)
	env := slices.DeleteFunc(session.Env, func(entry string) bool {
		return strings.HasPrefix(entry, "PATH=") || strings.HasPrefix(entry, "BROWSER=")
	})
	return &desk{t: t, home: session.Home, env: append(env, "PATH="+mustBuild(t)), browser: newBrowser()}
}

func busOf(env []string) string {
	for _, entry := range env {
		if address, ok := strings.CutPrefix(entry, "DBUS_SESSION_BUS_ADDRESS="); ok {
			return address
		}
	}
	return ""
}

// start runs the program beside the test.
func (d *desk) start(args ...string) *process {
	d.t.Helper()
	return d.under(nil, args)
}

// under runs the program under another that carries it out, or under none.
func (d *desk) under(watch, args []string) *process {
	d.t.Helper()
	command := append(append([]string{}, watch...), filepath.Join(mustBuild(d.t), "valetkey"))
	if command = append(command, args...); d.phrase != "" {
		command = append(command, "--passphrase-stdin")
	}
	p, err := start(d.home, d.env, command[0], command[1:]...)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(p.kill)
	if d.phrase != "" {
		p.feed(d.phrase) // one that is gone already does not hear it
	}
	return p
}

// run runs the program to its end; lines are its standard input.
func (d *desk) run(args []string, lines ...string) (status int, out, words string) {
	d.t.Helper()
	p := d.start(args...)
	for _, line := range lines {
		p.feed(line)
	}
	p.in.Close()
	status, out, words, err := p.wait()
	if err != nil {
		d.t.Fatal(err)
	}
	return status, out, words
}

// must runs what a story takes for granted.
func (d *desk) must(args []string, lines ...string) {
	d.t.Helper()
	if status, _, words := d.run(args, lines...); status != 0 {
		d.t.Fatalf("%s: exit status %d: %s", strings.Join(args, " "), status, words)
	}
}

// practiceKey keeps the practice market's app key with a callback of its own.
func (d *desk) practiceKey(redirect string) {
	d.t.Helper()
	d.must([]string{"key", "set", "practice", "--redirect", redirect}, "practice0key0not0secret0", "practice00")
}

// connected hangs a key in the rack, for the faults to leave alone.
func (d *desk) connected() {
	d.t.Helper()
	p := d.start("connect", "practice", "--no-browser")
	consent, err := p.line(1)
	if err == nil {
		err = newBrowser().consent(consent, "52284917", "allow")
	}
	if status, _, words, waited := p.wait(); err != nil || waited != nil || status != 0 {
		d.t.Fatalf("%v, %v, exit status %d: %s", err, waited, status, words)
	}
}

// stored is all that is kept: the items of the keyring, and the index.
func (d *desk) stored() map[string]string {
	d.t.Helper()
	kept := map[string]string{}
	if d.keyring != nil {
		maps.Copy(kept, d.keyring.Items())
	}
	index, err := os.ReadFile(filepath.Join(d.home, ".local/state/valetkey/index.json"))
	if err != nil && !os.IsNotExist(err) {
		d.t.Fatal(err)
	}
	kept["index"] = string(index)
	return kept
}

// unchanged compares what is kept with what was.
func (d *desk) unchanged(before map[string]string) {
	d.t.Helper()
	if diff := cmp.Diff(before, d.stored()); diff != "" {
		d.t.Errorf("what is kept has changed (-before +after):\n%s", diff)
	}
}
