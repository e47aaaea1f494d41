package practice

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// Whatever comes in, an answer is only ever sent to a registered redirect, and a refusal never carries a code.
func FuzzRequest(f *testing.F) {
	for _, address := range []string{
		consentURL(), consentURL("state", ""), consentURL("redirect_uri", "http://[::1]:1/oauth/redirect"),
		consentURL("redirect_uri", "http://127.0.0.1:1@evil.example/oauth/redirect"), consentURL() + "&redirect_uri=x",
	} {
		_, query, _ := strings.Cut(address, "?")
		f.Add(query)
	}
	registered := []string{"https://app.example/cb?x=1"}
	f.Fuzz(func(t *testing.T, query string) {
		req, refusal, page := readRequest(query, registered)
		if page != "" {
			if refusal != nil || req.Redirect != "" {
				t.Errorf("%q: refused with a page, and yet %v to %q", query, refusal, req.Redirect)
			}
			return
		}
		if !permitted(req.Redirect, registered) || req.Client != ClientID {
			t.Errorf("%q: accepted for %q", query, req.Redirect)
		}
		if refusal == nil && (strings.TrimSpace(req.State) == "" || len(req.Challenge) != 43 || len(req.Scopes) == 0) {
			t.Errorf("%q: accepted as %+v", query, req)
		}
		back := req.back(url.Values{"error": {"x"}})
		if u, err := url.Parse(back); err != nil || !strings.HasPrefix(back, req.Redirect) || u.Query().Get("state") != req.State {
			t.Errorf("%q: sent back to %q, %v", query, back, err)
		}
	})
}

// A state that is accepted writes itself again, and can be pruned.
func FuzzState(f *testing.F) {
	for _, text := range []string{
		`{"version":1}`, `{"version":2}`, `{"version":1,"faults":{"deny":2},"redirects":["https://a.example/"]}`,
		`{"version":1,"grants":{"a":{"shop":51730426,"access":[{"hash":"x","until":"2026-11-21T00:00:00Z"}]}}}`,
		`{"version":1,"older":{"nonces":{"a":1},"keys":{"a":{"shop":51730426}},"stock":{"1":[{"offerings":[{"price":7.5},{}]}]}}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		st, err := parseState(text)
		if err != nil {
			return
		}
		once, err := json.Marshal(st)
		if err != nil {
			return // a time outside what JSON can say
		}
		again, err := parseState(once)
		if err != nil {
			t.Fatalf("does not read itself: %v\n%s", err, once)
		}
		if twice, err := json.Marshal(again); err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%v\n%s\n%s", err, once, twice)
		}
		again.prune(again.Sessions[""].Until)
	})
}
