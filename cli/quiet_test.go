package cli_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"valetkey/cli"
)

// secretField finds the secrets in what the keyring holds by the name of their field.
var secretField = regexp.MustCompile(`"[a-z_]*(?:token|secret)":"([^"]{8,})"`)

// hoard keeps every secret that was ever in the keyring.
func hoard(d *desk, seen map[string]bool) {
	for _, item := range d.keyring.Items() {
		for _, found := range secretField.FindAllStringSubmatch(item, -1) {
			seen[found[1]] = true
		}
	}
}

// TestNothingSecretIsSaid runs what a day brings with the most words, and then looks for every token and secret of that day in
// what was said and in every file.
func TestNothingSecretIsSaid(t *testing.T) {
	d := newDesk(t)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	var said strings.Builder
	seen := map[string]bool{}
	p := d.start("connect", "practice", "--no-browser", "--verbose")
	consent, err := p.line(1)
	if err != nil {
		t.Fatal(err)
	}
	callback, err := consentOnly(consent)
	if err != nil {
		t.Fatal(err)
	}
	code, err := queryOf(callback, "code")
	if err != nil {
		t.Fatal(err)
	}
	seen[code] = true
	if err := newBrowser().open(callback); err != nil {
		t.Fatal(err)
	}
	status, _, words, _ := p.wait()
	if status != 0 {
		t.Fatal(words)
	}
	said.WriteString(words)
	for _, step := range []struct {
		args   []string
		status cli.Status
	}{
		{[]string{"token", "blue"}, cli.Done},
		{[]string{"refresh", "blue"}, cli.Done},
		{[]string{"check", "blue"}, cli.Done},
		{[]string{"request", "blue", "GET", "/v3/application/users/me"}, cli.Done},
		{[]string{"request", "blue", "GET", "/v3/application/nothing"}, cli.Failed},
		{[]string{"practice", "--set", "--fault", "server-error"}, cli.Done},
		{[]string{"refresh", "blue"}, cli.Unreachable},
		{[]string{"refresh", "blue"}, cli.Done},
		{[]string{"practice", "--set", "--fault", "revoked"}, cli.Done},
		{[]string{"refresh", "blue"}, cli.NeedsAuthorization},
		{[]string{"show", "blue"}, cli.Done},
		{[]string{"revoke", "blue"}, cli.Done},
	} {
		hoard(d, seen)
		status, _, words := d.run(append(step.args, "--verbose"))
		if cli.Status(status) != step.status {
			t.Errorf("%v: exit status %d, want %d: %s", step.args, status, step.status, words)
		}
		said.WriteString(words)
	}
	if len(seen) < 6 {
		t.Fatalf("only %d secrets were seen: the keyring's records look otherwise than this test thinks", len(seen))
	}
	for secret := range seen {
		if strings.Contains(said.String(), secret) {
			t.Errorf("said a secret:\n%s", said.String())
		}
		if found, err := filesWith(d.home, secret); err != nil || len(found) > 0 {
			t.Errorf("a secret stands in %v (%v)", found, err)
		}
	}
}

// TestManyProgramsAskAtOnce: a stale token, and scripts that all want it in the same moment. One renewal, one token for all.
func TestManyProgramsAskAtOnce(t *testing.T) {
	d := newDesk(t)
	market(0, "1")(d)
	fault{args: strictly, act: allow, says: "Connected. The key is called strict-sons.\n", kept: "strict-sons"}.try(d)
	d.strict.mu.Lock()
	d.strict.expires = "3600"
	before := len(d.strict.access)
	d.strict.mu.Unlock()
	<-time.After(time.Second) // what the market gave the token to live
	const scripts = 8
	tokens := make([]string, scripts)
	var all sync.WaitGroup
	for n := range scripts {
		all.Go(func() {
			_, tokens[n], _ = d.run([]string{"token", "strict-sons"})
		})
	}
	all.Wait()
	for _, token := range tokens {
		if token == "" || token != tokens[0] {
			t.Errorf("tokens differ: %q", tokens)
			break
		}
	}
	d.strict.mu.Lock()
	defer d.strict.mu.Unlock()
	if won := len(d.strict.access) - before; won != 1 {
		t.Errorf("%d tokens were won, and one was wanted", won)
	}
	if len(d.strict.refusals) > 0 {
		t.Errorf("the market refused: %q", d.strict.refusals)
	}
}
