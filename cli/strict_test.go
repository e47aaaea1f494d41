package cli_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"sync"
	"time"
)

// strict is a third party's authorization server: it takes nothing that the standards do not demand of a client to send, and
// refuses whatever is not letter for letter what was registered. It shares no code with the program.
type strict struct {
	*httptest.Server
	clientID, secret string        // registered
	method           string        // none, client_secret_post or client_secret_basic
	redirect         string        // registered, letter for letter
	expires          string        // raw JSON of expires_in
	clock            time.Duration // how far its clock is from ours

	mu       sync.Mutex
	codes    map[string]url.Values // code -> the authorization request
	access   map[string]string     // access token -> family
	refresh  map[string]string     // refresh token -> family; spent ones stay
	spent    map[string]bool
	ended    map[string]bool // families
	refusals []string        // why it said no, for a test to see
	visits   int             // requests of any kind
	down     bool

	says   map[string]any // as an issuer, instead of the truth
	silent bool           // as an issuer
	names  string         // iss in its answers; "-": none
}

func newStrict(redirect, method string) *strict {
	s := &strict{
		clientID: "strict-client", secret: "only+the/keyring=knows", method: method, redirect: redirect, expires: "3600",
		codes: map[string]url.Values{}, access: map[string]string{}, refresh: map[string]string{},
		spent: map[string]bool{}, ended: map[string]bool{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authorize", s.ask)
	mux.HandleFunc("POST /authorize", s.decide)
	mux.HandleFunc("POST /token", s.token)
	mux.HandleFunc("POST /revoke", s.revoke)
	mux.HandleFunc("GET /me", s.me)
	mux.HandleFunc("GET /.well-known/oauth-authorization-server", s.publish)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.visits++
		s.mu.Unlock()
		w.Header().Set("Date", time.Now().Add(s.clock).UTC().Format(http.TimeFormat))
		mux.ServeHTTP(w, r)
	}))
	return s
}

// file writes the provider file that describes it.
func (s *strict) file(path string, change func(map[string]any)) error {
	content := map[string]any{
		"id": "strict", "name": "Strict Market", "protocol": "oauth2", "issuer": s.URL,
		"authorization_endpoint": s.URL + "/authorize", "token_endpoint": s.URL + "/token", "revocation_endpoint": s.URL + "/revoke",
		"client_id": s.clientID, "token_endpoint_auth_method": s.method, "redirect_uri": s.redirect,
		"scopes": []map[string]string{
			{"name": "orders_r", "title": "Read orders", "risk": "read"},
			{"name": "orders_w", "title": "Change orders", "risk": "change"},
		},
		"api": s.URL, "account": map[string]string{"url": s.URL + "/me", "id": "/data/user_id", "name": "/data/shop"},
	}
	if change != nil {
		change(content)
	}
	data, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}

// asked is how many requests it was sent.
func (s *strict) asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.visits
}

// setDown makes every answer of the back channel a 503.
func (s *strict) setDown(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

func (s *strict) refuse(w http.ResponseWriter, status int, code, why string) {
	s.refusals = append(s.refusals, why)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"error":%q,"error_description":%q}`, code, why)
}

// wrongRequest checks an authorization request: each parameter once, and none but those that belong there.
func (s *strict) wrongRequest(r *http.Request) string {
	q := r.URL.Query()
	known := map[string]bool{"response_type": true, "client_id": true, "redirect_uri": true, "scope": true, "state": true, "code_challenge": true, "code_challenge_method": true}
	for name, values := range q {
		if len(values) != 1 || !known[name] {
			return name + " is doubled or unknown"
		}
	}
	switch {
	case q.Get("response_type") != "code":
		return "response_type"
	case q.Get("client_id") != s.clientID:
		return "client_id"
	case q.Get("redirect_uri") != s.redirect:
		return "redirect_uri is not the registered one: " + q.Get("redirect_uri")
	case len(q.Get("state")) < 22:
		return "state is too short to be a secret"
	case len(q.Get("code_challenge")) != 43 || q.Get("code_challenge_method") != "S256":
		return "S256 is required"
	case q.Get("scope") != "orders_r orders_w":
		return "scope"
	}
	return ""
}

func (s *strict) ask(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if why := s.wrongRequest(r); why != "" {
		s.refuse(w, http.StatusBadRequest, "invalid_request", why)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, `<form method="post" action=""><button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></form>`)
}

func (s *strict) decide(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if why := s.wrongRequest(r); why != "" {
		s.refuse(w, http.StatusBadRequest, "invalid_request", why)
		return
	}
	q := r.URL.Query()
	answer := url.Values{"state": {q.Get("state")}, "iss": {s.URL}}
	if s.names == "-" {
		answer.Del("iss")
	} else if s.names != "" {
		answer.Set("iss", s.names)
	}
	if r.PostFormValue("decision") == "allow" {
		code := rand.Text()
		s.codes[code] = q
		answer.Set("code", code)
	} else {
		answer.Set("error", "access_denied")
	}
	http.Redirect(w, r, s.redirect+"?"+answer.Encode(), http.StatusFound)
}
