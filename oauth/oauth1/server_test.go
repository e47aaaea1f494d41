package oauth1

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"valetkey/oauth"
)

// Awkward on purpose: everything here has to be encoded somewhere.
const (
	shopKey    = "key/ä+1"
	shopSecret = "clientSECRET +/%=&~é"
)

// shop is a server of OAuth 1.0a that checks every signature with its own code. Its fields are set before the first request.
type shop struct {
	*httptest.Server
	ahead  time.Duration // of its clock
	window time.Duration // how far a timestamp may be off
	mute   bool          // names no problem when it refuses

	// Extra fields of the two answers, and what to answer instead of anything else.
	temporaryExtra, tokenExtra url.Values
	instead                    func(w http.ResponseWriter, r *http.Request) bool

	mu       sync.Mutex
	secrets  map[string]string // of tokens, temporary ones too
	verifier map[string]string
	callback map[string]string
	nonces   map[string]bool
	seen     []string // every request as it came
	paths    []string
	form     url.Values // of the last request to the API
}

func newShop(t *testing.T, with func(*shop)) *shop {
	t.Helper()
	s := openShop(with)
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// newSecureShop is one behind TLS.
func newSecureShop(t *testing.T) *shop {
	t.Helper()
	s := openShop(nil)
	s.Server = httptest.NewTLSServer(s)
	t.Cleanup(s.Close)
	return s
}

func openShop(with func(*shop)) *shop {
	s := &shop{
		window:  5 * time.Minute,
		secrets: map[string]string{"": ""}, verifier: map[string]string{}, callback: map[string]string{}, nonces: map[string]bool{},
	}
	if with != nil {
		with(s)
	}
	return s
}

func (s *shop) provider() Provider {
	return Provider{
		TemporaryCredentialsEndpoint: s.URL + "/oauth/request_token",
		AuthorizationEndpoint:        s.URL + "/oauth/signin",
		TokenEndpoint:                s.URL + "/oauth/access_token",
		ScopeParameter:               "scope",
	}
}

func (s *shop) client() *Client {
	return &Client{Provider: s.provider(), Key: shopKey, Secret: oauth.NewSecret(shopSecret), Transport: s.Client().Transport}
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	dump, _ := httputil.DumpRequest(r, true)
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, string(dump))
	s.paths = append(s.paths, r.Method+" "+r.RequestURI)
	w.Header().Set("Date", time.Now().Add(s.ahead).UTC().Format(http.TimeFormat))
	if s.instead != nil && s.instead(w, r) {
		return
	}
	header, problem := s.check(r, string(body))
	if problem != "" {
		s.refuse(w, problem)
		return
	}
	switch r.URL.Path {
	case "/oauth/request_token":
		s.issueTemporary(w, header)
	case "/oauth/access_token":
		s.issueToken(w, header)
	default:
		s.form, _ = url.ParseQuery(string(body))
		for name, values := range r.URL.Query() {
			s.form[name] = append(s.form[name], values...)
		}
		io.WriteString(w, `{"count":1}`)
	}
}

func (s *shop) refuse(w http.ResponseWriter, problem string) {
	if s.mute {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.Header().Set("WWW-Authenticate", `OAuth realm="shop", oauth_problem="`+problem+`"`)
	w.WriteHeader(http.StatusForbidden)
}

// check is RFC 5849 3.2 in code of its own: what is wrong with the request, in the words of a problem report.
func (s *shop) check(r *http.Request, body string) (header url.Values, problem string) {
	header = url.Values{}
	rest, _ := strings.CutPrefix(r.Header.Get("Authorization"), "OAuth ")
	for field := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		decoded, err := url.PathUnescape(strings.Trim(value, `"`))
		if err != nil || header.Has(name) {
			return nil, "parameter_rejected"
		}
		header.Set(name, decoded)
	}
	seconds, err := strconv.ParseInt(header.Get("oauth_timestamp"), 10, 64)
	secret, known := s.secrets[header.Get("oauth_token")]
	used := header.Get("oauth_nonce") + " " + header.Get("oauth_timestamp")
	switch {
	case header.Get("oauth_consumer_key") != shopKey:
		return nil, "consumer_key_unknown"
	case err != nil || len(header.Get("oauth_timestamp")) != 10:
		return nil, "parameter_rejected"
	case time.Now().Add(s.ahead).Sub(time.Unix(seconds, 0)).Abs() > s.window:
		return nil, "timestamp_refused"
	case !known:
		return nil, "token_rejected"
	case s.nonces[used]:
		return nil, "nonce_used"
	}
	s.nonces[used] = true
	if header.Get("oauth_signature") != s.sign(r, header, body, shopSecret, secret) {
		return nil, "signature_invalid"
	}
	return header, ""
}

// sign makes the signature that a request should have, from what arrived.
func (s *shop) sign(r *http.Request, header url.Values, body, clientSecret, tokenSecret string) string {
	key := slowEncode(clientSecret) + "&" + slowEncode(tokenSecret)
	var sum func() hash.Hash
	switch header.Get("oauth_signature_method") {
	case "HMAC-SHA1":
		sum = sha1.New
	case "HMAC-SHA256":
		sum = sha256.New
	case "PLAINTEXT":
		return key
	}
	var all []string
	gather := func(values url.Values) {
		for name, list := range values {
			for _, value := range list {
				all = append(all, slowEncode(name)+"\x00"+slowEncode(value))
			}
		}
	}
	own := url.Values{}
	for name := range header {
		if name != "realm" && name != "oauth_signature" {
			own.Set(name, header.Get(name))
		}
	}
	gather(own)
	gather(r.URL.Query())
	if r.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
		form, _ := url.ParseQuery(body)
		gather(form)
	}
	slices.Sort(all)
	path, _, _ := strings.Cut(r.RequestURI, "?")
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	base := r.Method + "&" + slowEncode(scheme+"://"+strings.ToLower(r.Host)+path) + "&" +
		slowEncode(strings.ReplaceAll(strings.Join(all, "&"), "\x00", "="))
	mac := hmac.New(sum, []byte(key))
	mac.Write([]byte(base))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func (s *shop) issueTemporary(w http.ResponseWriter, header url.Values) {
	token := "temp/" + rand.Text()
	s.secrets[token] = "tempSECRET &+é" + rand.Text()
	s.verifier[token] = "verifierSECRET" + rand.Text()
	s.callback[token] = header.Get("oauth_callback")
	s.answer(w, s.temporaryExtra, url.Values{
		"oauth_token": {token}, "oauth_token_secret": {s.secrets[token]}, "oauth_callback_confirmed": {"true"},
	})
}

func (s *shop) issueToken(w http.ResponseWriter, header url.Values) {
	temporary := header.Get("oauth_token")
	if want := s.verifier[temporary]; want == "" || header.Get("oauth_verifier") != want {
		s.refuse(w, "verifier_invalid")
		return
	}
	delete(s.secrets, temporary)
	token := "token+" + rand.Text()
	s.secrets[token] = "tokenSECRET %/=" + rand.Text()
	s.answer(w, s.tokenExtra, url.Values{"oauth_token": {token}, "oauth_token_secret": {s.secrets[token]}})
}

// answer writes fields as a form; extra replaces a field, and an extra of no values removes it.
func (s *shop) answer(w http.ResponseWriter, extra, fields url.Values) {
	for name, values := range extra {
		fields[name] = values
	}
	w.Header().Set("Content-Type", "text/plain")
	io.WriteString(w, fields.Encode()+"\n")
}

// approve is what the seller does in the browser: it gives the query of the callback.
func (s *shop) approve(t testing.TB, a *Authorization) url.Values {
	t.Helper()
	u, err := url.Parse(a.URL())
	if err != nil {
		t.Fatal(err)
	}
	token := u.Query().Get("oauth_token")
	s.mu.Lock()
	defer s.mu.Unlock()
	callback, err := url.Parse(s.callback[token])
	if err != nil || token == "" {
		t.Fatalf("%q: %v", a.URL(), err)
	}
	query := callback.Query()
	query.Set("oauth_token", token)
	query.Set("oauth_verifier", s.verifier[token])
	return query
}

// requests gives what came so far.
func (s *shop) requests() (paths, seen []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.paths), slices.Clone(s.seen)
}
