package cli_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"valetkey/keystore/keyringtest"
)

// TestCrowdAtTheLockedFile: a stale token, and programs that all unlock the file and want it in the same moment. One renewal,
// one token for all.
func TestCrowdAtTheLockedFile(t *testing.T) {
	const programs = 8
	d := bareDesk(t, keyringtest.NoService)
	market(0, "1")(d)
	p := d.start(append(strictly, "--store", "file", "--passphrase-stdin")...)
	p.feed(phrase)
	consent, err := p.line(1)
	if err == nil {
		err = d.browser.consent(consent, "", "allow")
	}
	if status, _, words, waited := p.wait(); err != nil || waited != nil || status != 0 {
		t.Fatalf("%v, %v, exit status %d: %s", err, waited, status, words)
	}
	d.strict.mu.Lock()
	d.strict.expires = "3600"
	before := len(d.strict.access)
	d.strict.mu.Unlock()
	<-time.After(time.Second) // what the market gave the token to live

	tokens := make([]string, programs)
	var all sync.WaitGroup
	for n := range programs {
		all.Go(func() {
			status, out, words := d.run([]string{"token", "strict-sons", "--passphrase-stdin"}, phrase)
			if tokens[n] = out; status != 0 {
				tokens[n] = fmt.Sprintf("exit status %d: %s", status, words)
			}
		})
	}
	all.Wait()
	for _, token := range tokens {
		if token != tokens[0] || token == "" {
			t.Fatalf("tokens differ: %q", tokens)
		}
	}
	d.strict.mu.Lock()
	defer d.strict.mu.Unlock()
	if won := len(d.strict.access) - before; won != 1 || len(d.strict.refusals) > 0 {
		t.Errorf("%d tokens were won, and one was wanted; the market refused %q", won, d.strict.refusals)
	}
}
