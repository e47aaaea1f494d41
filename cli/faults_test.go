package cli_test

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"valetkey/cli"
	"valetkey/keystore/keyringtest"
)

// fault is one thing that goes wrong while a shop is connected, and all that may come of it.
type fault struct {
	name   string
	before func(d *desk)                             // makes it go wrong; a key hangs in the rack already
	args   []string                                  // instead of connect practice --no-browser
	act    func(d *desk, p *process, consent string) // what the browser does; nil: no address ever comes
	says   string                                    // word for word, at the end of what is said
	status cli.Status
	kept   string // NAME of the key that was won; "": what is stored is as it was before
}

// allow is a browser in which everything goes well.
func allow(d *desk, _ *process, consent string) {
	if err := d.browser.consent(consent, "51730426", "allow"); err != nil {
		d.t.Error(err)
	}
}

// switched makes the practice market misbehave.
func switched(fault string) func(*desk) {
	return func(d *desk) { d.must([]string{"practice", "--set", "--fault", fault}) }
}

// moody puts the keyring into a mood.
func moody(mood keyringtest.Mood) func(*desk) { return func(d *desk) { d.keyring.Set(mood) } }

// market gives the desk a strict third-party market.
func market(clock time.Duration, expires string) func(*desk) {
	return func(d *desk) {
		d.strict = newStrict(fmt.Sprintf("http://localhost:%d/oauth/redirect", freePort(d.t)), "none")
		d.t.Cleanup(d.strict.Close)
		d.strict.clock, d.strict.expires = clock, expires
		if err := d.strict.file(d.home+"/strict.json", nil); err != nil {
			d.t.Fatal(err)
		}
	}
}

var (
	strictly = []string{"connect", "./strict.json", "--no-browser"}
	welcome  = "Connected. The key is called blue-fern-pottery.\n"
)

func TestFaults(t *testing.T) {
	for _, f := range slices.Concat(browserFaults, computerFaults, providerFaults, issuerFaults, olderFaults) {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.practiceKey("http://127.0.0.1:0/oauth/redirect")
			d.connected()
			if f.before != nil {
				f.before(d)
			}
			f.try(d)
		})
	}
}

// try lets the fault happen and holds what came of it against the table.
func (f fault) try(d *desk) {
	before := d.stored()
	args := f.args
	if args == nil {
		args = []string{"connect", "practice", "--no-browser"}
	}
	p := d.start(args...)
	if f.act != nil {
		consent, err := consentAddress(p)
		if err != nil {
			d.t.Fatal(err)
		}
		f.act(d, p, consent)
	}
	status, out, words, err := p.wait()
	if err != nil || cli.Status(status) != f.status {
		d.t.Errorf("exit status %d, want %d (%v)", status, f.status, err)
	}
	if !strings.HasSuffix("\n"+words, "\n"+f.says) {
		d.t.Errorf("said:\n%s\nwant at the end:\n%s", words, f.says)
	}
	if f.kept == "" {
		d.unchanged(before)
		if strings.Contains(strings.TrimPrefix(out, "http"), "\nred") || strings.Count(out, "\n") > 1 {
			d.t.Errorf("standard output of a failure: %q", out)
		}
		return
	}
	d.keyring.Set(keyringtest.Mood{})
	if status, _, words := d.run([]string{"token", f.kept}); status != 0 {
		d.t.Errorf("the key that was won: exit status %d: %s", status, words)
	}
}

// consentAddress waits for the address to open, on standard output or, where a browser should have opened, among the words.
func consentAddress(p *process) (string, error) {
	find := func(text string) string {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "http") && strings.HasSuffix(line, "\n") {
				return strings.TrimSpace(line)
			}
		}
		return ""
	}
	if strings.Contains(strings.Join(p.cmd.Args, " "), "--no-browser") {
		return p.line(1)
	}
	text, err := p.until(p.err, func(text string) bool { return find(text) != "" && strings.Contains(text, "No browser") })
	return find(text), err
}

// callback is the address that this consent's answer goes to, with query in place of an answer.
func callback(d *desk, consent string, query url.Values) string {
	redirect, err := queryOf(consent, "redirect_uri")
	if err != nil {
		d.t.Fatal(err)
	}
	return redirect + "?" + query.Encode()
}

// knock asks the door for an address and wants that status.
func knock(d *desk, method, address string, want int) {
	b := newBrowser()
	request, err := b.request(method, address)
	if err == nil {
		err = b.show(b.client.Do(request))
	}
	if err != nil || b.page.StatusCode != want {
		d.t.Errorf("%s %s: %v, %v; want %d", method, address, b.page, err, want)
	}
}

// occupied has another program listen on address, and gives the port.
func occupied(d *desk, address string) {
	port := freePort(d.t)
	other, err := net.Listen("tcp", net.JoinHostPort(address, fmt.Sprint(port)))
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { other.Close() })
	d.must([]string{"key", "set", "practice", "--key", "busy", "--redirect", fmt.Sprintf("http://localhost:%d/oauth/redirect", port)},
		"practice0key0not0secret0", "practice00")
}
