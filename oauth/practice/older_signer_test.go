package practice

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"hash"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// signer is an app of the older kind. It has its own way of signing, so that the market's is not tried against itself.
type signer struct {
	consumer, secret   string
	token, tokenSecret string
	method             string
	key                func(string) string // how the secrets are written into the key
	place              string              // header, query, body
	set                map[string]string   // oauth_ parameters that are to be otherwise; an empty value leaves one out
}

func newSigner() signer {
	return signer{consumer: OlderClientID, secret: OlderClientSecret, method: "HMAC-SHA1", key: escape, place: "header"}
}

// with is the app with a token in hand.
func (sg signer) with(token, secret string) signer {
	sg.token, sg.tokenSecret = token, secret
	return sg
}

// but is the app with one parameter changed.
func (sg signer) but(name, value string) signer {
	changed := map[string]string{name: value}
	for k, v := range sg.set {
		changed[k] = v
	}
	sg.set = changed
	return sg
}

// escape differs from a query's encoding in the space alone.
func escape(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

func (sg signer) parameters() url.Values {
	q := url.Values{
		"oauth_consumer_key": {sg.consumer}, "oauth_signature_method": {sg.method}, "oauth_version": {"1.0"}, "oauth_nonce": {rand.Text()},
		"oauth_timestamp": {strconv.FormatInt(time.Now().Unix(), 10)},
	}
	if sg.token != "" {
		q.Set("oauth_token", sg.token)
	}
	for name, value := range sg.set {
		if q.Set(name, value); value == "" {
			q.Del(name)
		}
	}
	return q
}

// signature signs a request whose address has no default port and no capitals.
func (sg signer) signature(t *testing.T, method, address string, form, protocol url.Values) string {
	t.Helper()
	place, query, _ := strings.Cut(address, "?")
	var lines []string
	asked, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range []url.Values{asked, form, protocol} {
		for name, values := range group {
			for _, value := range values {
				lines = append(lines, escape(name)+"\x00"+escape(value))
			}
		}
	}
	slices.Sort(lines)
	base := method + "&" + escape(place) + "&" + escape(strings.ReplaceAll(strings.Join(lines, "&"), "\x00", "="))
	function := map[string]func() hash.Hash{"HMAC-SHA256": sha256.New}[sg.method]
	if function == nil {
		function = sha1.New
	}
	mac := hmac.New(function, []byte(sg.key(sg.secret)+"&"+sg.key(sg.tokenSecret)))
	mac.Write([]byte(base))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// request is one signed request.
func (sg signer) request(t *testing.T, method, address string, form url.Values) *http.Request {
	t.Helper()
	protocol := sg.parameters()
	protocol.Set("oauth_signature", sg.signature(t, method, address, form, protocol))
	if value, changed := sg.set["oauth_signature"]; changed {
		if protocol.Set("oauth_signature", value); value == "" {
			protocol.Del("oauth_signature")
		}
	}
	body := url.Values{}
	for name, values := range form {
		body[name] = values
	}
	header := ""
	switch sg.place {
	case "header":
		header = `OAuth realm=""`
		for name := range protocol {
			header += ", " + escape(name) + `="` + escape(protocol.Get(name)) + `"`
		}
	case "query":
		join := "?"
		if strings.Contains(address, "?") {
			join = "&"
		}
		address += join + protocol.Encode()
	case "body":
		for name, values := range protocol {
			body[name] = values
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if header != "" {
		r.Header.Set("Authorization", header)
	}
	if len(body) > 0 {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

// olderReply is what an app of the older kind was told.
type olderReply struct {
	Status int
	Header http.Header
	Text   string
}

func (r olderReply) form(t *testing.T) url.Values {
	t.Helper()
	form, err := url.ParseQuery(r.Text)
	if err != nil {
		t.Fatalf("HTTP %d %q: %v", r.Status, r.Text, err)
	}
	return form
}

func (r olderReply) json(t *testing.T) map[string]any {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal([]byte(r.Text), &body); err != nil || r.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("HTTP %d %q: %v", r.Status, r.Text, err)
	}
	return body
}

// is compares a refusal: its status, its name, and that it is plain text.
func (r olderReply) is(t *testing.T, what string, status int, problem string) {
	t.Helper()
	name, _, _ := strings.Cut(r.Text, "&")
	if r.Status != status || name != "oauth_problem="+problem || r.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%s: HTTP %d %s %q; want %d %s", what, r.Status, r.Header.Get("Content-Type"), r.Text, status, problem)
	}
	if r.Header.Get("X-Error-Detail") == "" {
		t.Errorf("%s: no X-Error-Detail", what)
	}
}

func deliver(t *testing.T, s *Server, r *http.Request) olderReply {
	t.Helper()
	resp, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return olderReply{resp.StatusCode, resp.Header, string(body)}
}

const olderHome = "https://api.practice.example"

// ask sends one signed request.
func (sg signer) ask(t *testing.T, s *Server, method, path string, form url.Values) olderReply {
	t.Helper()
	return deliver(t, s, sg.request(t, method, olderHome+path, form))
}

// begin is the app with temporary credentials, and the address for the seller.
func (sg signer) begin(t *testing.T, s *Server, callback, scopes string) (signer, string) {
	t.Helper()
	got := sg.but("oauth_callback", callback).ask(t, s, "GET", pathRequestToken+"?scope="+escape(scopes), nil)
	form := got.form(t)
	if got.Status != 200 || form.Get("oauth_callback_confirmed") != "true" {
		t.Fatalf("temporary credentials: HTTP %d %s", got.Status, got.Text)
	}
	return sg.with(form.Get("oauth_token"), form.Get("oauth_token_secret")), form.Get("login_url")
}

// allowOlder is a seller who signs in and presses Allow; it gives the browser as it then stands.
func allowOlder(t *testing.T, s *Server, login string, pairs ...string) *browser {
	t.Helper()
	b := newBrowser(t, s)
	b.open(login)
	b.press("signin", pairs...)
	b.press("allow")
	return b
}

// finish is the app with its key.
func (sg signer) finish(t *testing.T, s *Server, verifier string) signer {
	t.Helper()
	got := sg.but("oauth_verifier", verifier).ask(t, s, "POST", pathAccessToken, nil)
	if got.Status != 200 {
		t.Fatalf("token credentials: HTTP %d %s", got.Status, got.Text)
	}
	form := got.form(t)
	return sg.with(form.Get("oauth_token"), form.Get("oauth_token_secret"))
}

const olderCallback = "http://127.0.0.1:4009/oauth/redirect"

// wonOlder is an app with a key, fresh from a whole walk.
func wonOlder(t *testing.T, s *Server, scopes string) signer {
	t.Helper()
	sg, login := newSigner().begin(t, s, olderCallback, scopes)
	return sg.finish(t, s, allowOlder(t, s, login).at.Query().Get("oauth_verifier"))
}
