package oauth

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// Secrets of these tests. None of them may ever be seen in an error.
const (
	testCode     = "codeSECRET-1"
	testRefresh  = "12345678.refreshSECRET-2"
	testVerifier = "verifierSECRET-3-0123456789012345678901234567"
	testState    = "stateSECRET-4"
	testClient   = "clientSECRET-5"
	testBody     = "bodySECRET-6"
)

// goodAnswer is the body of a token answer in which one member is replaced or added; "" as text leaves the member out.
func goodAnswer(name, text string) string {
	members := map[string]string{
		"access_token": `"12345678.access"`, "token_type": `"Bearer"`, "expires_in": "3600", "refresh_token": `"12345678.refresh"`,
	}
	members[name] = text
	var parts []string
	for _, name := range []string{"access_token", "token_type", "expires_in", "refresh_token", "scope", "error"} {
		if members[name] != "" {
			parts = append(parts, fmt.Sprintf("%q:%s", name, members[name]))
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// answering is a provider on loopback that answers every request alike and notes what it saw.
type answering struct {
	*httptest.Server
	mu   sync.Mutex
	seen []seenRequest
}

type seenRequest struct {
	method, query, body string
	header              http.Header
}

// serve starts a provider; respond writes the answer.
func serve(t testing.TB, respond http.HandlerFunc) *answering {
	t.Helper()
	provider := &answering{}
	provider.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		provider.mu.Lock()
		provider.seen = append(provider.seen, seenRequest{r.Method, r.URL.RawQuery, string(body), r.Header.Clone()})
		provider.mu.Unlock()
		respond(w, r)
	}))
	t.Cleanup(func() {
		DefaultTransport().CloseIdleConnections()
		provider.Close()
	})
	return provider
}

// answer is a handler that sends status, body and a header or none.
func answer(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// requests gives what the provider has seen so far.
func (p *answering) requests() []seenRequest {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

// client is a public client of the provider.
func (p *answering) client() *Client {
	return &Client{
		Provider: Provider{
			AuthorizationEndpoint: p.URL + "/authorize", TokenEndpoint: p.URL + "/token", RevocationEndpoint: p.URL + "/revoke",
		},
		ClientID: "app", ClientSecret: NewSecret(testClient), RedirectURI: "http://localhost:3003/oauth/redirect",
	}
}

// request is an authorization request whose state and verifier are known.
func (p *answering) request() *AuthorizationRequest {
	request := p.client().NewAuthorizationRequest([]Scope{"shops_r"})
	request.state, request.verifier = NewSecret(testState), NewSecret(testVerifier)
	return request
}

// checkClean fails if err shows a secret or anything of a body, however it is printed.
func checkClean(t testing.TB, err error) {
	t.Helper()
	for _, text := range []string{fmt.Sprint(err), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
		for _, secret := range []string{testCode, testRefresh, testVerifier, testState, testClient, testBody} {
			if strings.Contains(text, secret) || strings.Contains(text, url.QueryEscape(secret)) {
				t.Errorf("the error shows %s: %s", secret, text)
			}
		}
	}
}
