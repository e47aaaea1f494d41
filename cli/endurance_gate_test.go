package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"sync"
	"time"
)

// guarded is a rotating market with a gate before its token endpoint: each request is counted there, the tokens are given the
// life that a test wants, and something can happen at each of the moments of a request.
type guarded struct {
	gate   *httptest.Server
	behind http.Handler // the market's own token endpoint
	file   string       // that describes it, seen from the desk's home
	client string       // its secret, "" if it is a public one
	press  func(consent string) error
	ended  func() int // families, as far as can be seen

	mu       sync.Mutex // guards all below
	lasts    time.Duration
	requests int // that came
	pairs    int // that were given
	renewed  int // pairs with a long life, given for a refresh token
	refused  int // refresh tokens that the market would not take
	moment   moment
	strike   func()
}

// moment is one in the life of a token request.
type moment int

const (
	never     moment = iota
	received         // at the gate, and the market has not seen it
	turned           // the market has rotated, and not answered
	responded        // the whole answer is on its way
)

// open puts up the gate.
func (m *guarded) open(d *desk) *guarded {
	m.gate = httptest.NewServer(http.HandlerFunc(m.token))
	d.t.Cleanup(m.gate.Close)
	return m
}

// behindGate gives the desk a strict market.
func behindGate(d *desk) rotating {
	strict := newStrict(fmt.Sprintf("http://localhost:%d/oauth/redirect", freePort(d.t)), "none")
	d.t.Cleanup(strict.Close)
	m := (&guarded{behind: strict.Config.Handler, file: "./strict.json", press: pressAllow, ended: strict.families}).open(d)
	err := strict.file(filepath.Join(d.home, m.file), func(content map[string]any) {
		content["token_endpoint"] = m.gate.URL + "/token"
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

// families is how many the market has ended.
func (s *strict) families() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ended)
}

func pressAllow(consent string) error {
	b := newBrowser()
	if err := b.open(consent); err != nil {
		return err
	}
	return b.submit("decision", "allow", nil)
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
	sent, err := io.ReadAll(r.Body)
	if err != nil || m.reached(received) {
		panic(http.ErrAbortHandler) // the market behind never sees a request whose sender died at the gate
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	answer := httptest.NewRecorder()
	m.behind.ServeHTTP(answer, r)
	body := m.note(string(sent), answer)
	m.reached(turned)
	for _, name := range []string{"Content-Type", "Cache-Control", "Date"} {
		w.Header()[name] = answer.Header()[name]
	}
	w.WriteHeader(answer.Code)
	w.Write(body)
	http.NewResponseController(w).Flush()
	m.reached(responded)
}

// note counts an answer, and gives it with the life that is wanted.
func (m *guarded) note(sent string, answer *httptest.ResponseRecorder) []byte {
	form, _ := url.ParseQuery(sent)
	renewal := form.Get("grant_type") == "refresh_token"
	var said map[string]any
	if json.Unmarshal(answer.Body.Bytes(), &said) != nil {
		return answer.Body.Bytes()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case answer.Code == http.StatusOK:
		m.pairs++
		if renewal && m.lasts == life {
			m.renewed++
		}
		said["expires_in"] = int(m.lasts.Seconds())
	case renewal && said["error"] == "invalid_grant":
		m.refused++
	}
	changed, _ := json.Marshal(said)
	return changed
}

func (m *guarded) provider() string { return m.file }

func (m *guarded) secret() string { return m.client }

func (m *guarded) allow(consent string) error { return m.press(consent) }

func (m *guarded) life(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lasts = d
}

func (m *guarded) won() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.renewed
}

// received is how many token requests came.
func (m *guarded) received() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.requests
}

// refusals is how many refresh tokens the market would not take.
func (m *guarded) refusals() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.refused
}

func (m *guarded) account() account {
	ended := m.ended()
	m.mu.Lock()
	defer m.mu.Unlock()
	return account{rotated: fmt.Sprint(m.pairs), asked: fmt.Sprint(m.requests), ended: ended}
}
