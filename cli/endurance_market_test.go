package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// rotating is a market that gives a new refresh token at every refresh, and ends the family of one that is shown again.
type rotating interface {
	provider() string           // what to connect
	allow(consent string) error // signs in and presses Allow
	life(time.Duration)         // of the access tokens from now on
	won() int                   // how many pairs with a long life the shop's key was given
	account() account
}

// account is how a market's books stand.
type account struct {
	rotated string // another one after each pair that it gave
	asked   string // another one after each request that it received
	ended   int    // families that were ended
}

// practising is the practice market, which lives in the program itself. Its books are its state file.
type practising struct{ *desk }

// practiceShop is the shop of the key; another one is for what goes on beside it.
const (
	practiceShop = 52284917
	anotherShop  = 51730426
)

func inPractice(d *desk) rotating {
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	return practising{d}
}

func (m practising) provider() string { return "practice" }

func (m practising) allow(consent string) error {
	return newBrowser().consent(consent, fmt.Sprint(practiceShop), "allow")
}

func (m practising) life(d time.Duration) {
	m.must([]string{"practice", "--set", "--access-ttl", d.String()})
}

type practiceGrant struct {
	Shop    int
	Refresh string
	Ended   time.Time
	Access  []struct{ Until time.Time }
}

func (m practising) path(name string) string {
	return filepath.Join(m.home, ".local/state/valetkey", name)
}

func (m practising) grants() (grants map[string]practiceGrant) {
	var books struct{ Grants map[string]practiceGrant }
	text, err := os.ReadFile(m.path("practice.json"))
	if err == nil {
		err = json.Unmarshal(text, &books)
	}
	if err != nil {
		m.t.Errorf("the practice market's state: %v", err)
	}
	return books.Grants
}

func (m practising) won() (pairs int) {
	for _, g := range m.grants() {
		for _, token := range g.Access {
			if g.Shop == practiceShop && time.Until(token.Until) > life/2 {
				pairs++
			}
		}
	}
	return pairs
}

func (m practising) account() (a account) {
	var tokens []string
	for _, g := range m.grants() {
		if g.Ended.IsZero() {
			tokens = append(tokens, g.Refresh)
		} else {
			a.ended++
		}
	}
	slices.Sort(tokens)
	a.rotated = strings.Join(tokens, " ")
	if _, err := os.Stat(m.path("practice.json.new")); err == nil { // a request that did not come to its end
		a.asked = "now"
	}
	return a
}

// guarded is the strict market behind a gate that can do something at each of the moments of a token request.
type guarded struct {
	*strict
	gate *httptest.Server

	mu       sync.Mutex // guards all below
	requests int
	moment   moment
	strike   func()
}

// moment is one in the life of a token request.
type moment int

const (
	never     moment = iota
	received         // by the market, which has not rotated yet
	turned           // the market has rotated, and not answered
	responded        // the whole answer is on its way
)

// behindGate gives the desk a strict market.
func behindGate(d *desk) rotating {
	m := &guarded{strict: newStrict(fmt.Sprintf("http://localhost:%d/oauth/redirect", freePort(d.t)), "none")}
	m.gate = httptest.NewServer(http.HandlerFunc(m.token))
	d.t.Cleanup(m.strict.Close)
	d.t.Cleanup(m.gate.Close)
	err := m.file(filepath.Join(d.home, "strict.json"), func(content map[string]any) {
		content["token_endpoint"] = m.gate.URL + "/token"
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

// on has strike happen at the next moment of that kind.
func (m *guarded) on(when moment, strike func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.moment, m.strike = when, strike
}

// reached strikes if it is time for it, and tells whether it was.
func (m *guarded) reached(now moment) bool {
	m.mu.Lock()
	strike := m.strike
	if m.moment != now {
		strike = nil
	} else {
		m.moment, m.strike = never, nil
	}
	m.mu.Unlock()
	if strike != nil {
		strike()
	}
	return strike != nil
}

func (m *guarded) token(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	m.requests++
	m.mu.Unlock()
	if m.reached(received) {
		panic(http.ErrAbortHandler) // the market behind never sees a request whose sender died at the gate
	}
	answer := httptest.NewRecorder()
	m.strict.Config.Handler.ServeHTTP(answer, r)
	m.reached(turned)
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
	http.NewResponseController(w).Flush()
	m.reached(responded)
}

func (m *guarded) provider() string { return "./strict.json" }

func (m *guarded) allow(consent string) error {
	b := newBrowser()
	if err := b.open(consent); err != nil {
		return err
	}
	return b.submit("decision", "allow", nil)
}

func (m *guarded) life(d time.Duration) {
	m.strict.mu.Lock()
	defer m.strict.mu.Unlock()
	m.expires = fmt.Sprint(int(d.Seconds()))
}

func (m *guarded) won() int {
	m.strict.mu.Lock()
	defer m.strict.mu.Unlock()
	return len(m.spent)
}

// received is how many token requests came.
func (m *guarded) received() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.requests
}

func (m *guarded) account() account {
	asked := fmt.Sprint(m.received())
	m.strict.mu.Lock()
	defer m.strict.mu.Unlock()
	return account{rotated: fmt.Sprint(len(m.refresh)), asked: asked, ended: len(m.ended)}
}
