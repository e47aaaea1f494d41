package valet

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"valetkey/oauth"
)

// issuerProvider is what a certified server is described by: id, name, issuer, client id and scopes alone.
const issuerProvider = `{"id":"acme","name":"Acme Market","protocol":"oauth2","issuer":"https://id.acme.example",
 "client_id":"abc","scopes":[{"name":"openid"},{"name":"orders_r"}]}`

const issuerDocument = `{"issuer":"https://id.acme.example","authorization_endpoint":"https://id.acme.example/authorize",
 "token_endpoint":"https://tokens.acme.example/token","revocation_endpoint":"https://tokens.acme.example/revoke",
 "userinfo_endpoint":"https://api.acme.example/me","token_endpoint_auth_methods_supported":["client_secret_basic","none"],
 "scopes_supported":["openid","orders_r","orders_w"],"authorization_response_iss_parameter_supported":true}`

// issuer is a server that publishes a document and nothing else, on no socket.
type issuer struct {
	document string
	status   int
	err      error
	asked    int
}

// RoundTrip answers where RFC 8414 looks.
func (i *issuer) RoundTrip(r *http.Request) (*http.Response, error) {
	i.asked++
	if i.err != nil {
		return nil, i.err
	}
	answer := &http.Response{StatusCode: http.StatusNotFound, Header: http.Header{}, Body: http.NoBody}
	if r.URL.String() == "https://id.acme.example/.well-known/oauth-authorization-server" {
		answer.StatusCode, answer.Body = i.status, io.NopCloser(strings.NewReader(i.document))
	}
	return answer, nil
}

func issued(t testing.TB) (*Providers, *issuer) {
	p, i := testProviders(t), &issuer{document: issuerDocument, status: http.StatusOK}
	p.network = i
	return p, i
}

// TestIssuerAlone: what the file leaves out is found, is there after a start without the network, and goes with the file.
func TestIssuerAlone(t *testing.T) {
	p, network := issued(t)
	m, added, err := p.AddData(t.Context(), []byte(issuerProvider), nil)
	if err != nil || !added {
		t.Fatal(added, err)
	}
	want := oauth.Provider{
		ID: "acme", Name: "Acme Market", Issuer: "https://id.acme.example", RequiresIssuer: true, AuthMethod: oauth.AuthNone,
		AuthorizationEndpoint: "https://id.acme.example/authorize", TokenEndpoint: "https://tokens.acme.example/token",
		RevocationEndpoint: "https://tokens.acme.example/revoke",
		Account:            oauth.AccountLookup{URL: "https://api.acme.example/me", ID: "/sub", Name: "/name"},
	}
	check := func(when string, m Market) {
		t.Helper()
		if got := m.Provider; endpointsOf(got, AppKey{}) != endpointsOf(want, AppKey{}) || got.AuthMethod != want.AuthMethod ||
			!got.RequiresIssuer || got.Account != want.Account || !m.FromIssuer || m.NeedsSecret() || len(m.Offers) != 0 {
			t.Errorf("%s: %+v", when, m)
		}
		if hosts := m.Hosts(); !slices.Equal(hosts, []string{"id.acme.example", "tokens.acme.example", "api.acme.example"}) {
			t.Errorf("%s: hosts %v", when, hosts)
		}
	}
	check("as added", m)
	if kept, err := os.ReadFile(p.file("acme")); err != nil || string(kept) != issuerProvider {
		t.Errorf("kept %q, %v", kept, err)
	}
	network.err, network.asked = errors.New("no network"), 0
	fresh := &Providers{shelf: shelf{folder: p.folder}, builtin: p.builtin, network: network}
	if err := fresh.load(); err != nil {
		t.Fatal(err)
	}
	m, err = fresh.Complete(t.Context(), "acme")
	if err != nil || network.asked != 0 {
		t.Fatalf("after a start: %v, asked %d times", err, network.asked)
	}
	check("after a start", m)
	if err := fresh.Remove("acme"); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(p.folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestSameContentAgain: it adds nothing, and asks only where keys would go elsewhere than was agreed to.
func TestSameContentAgain(t *testing.T) {
	moved := strings.Replace(issuerDocument, "https://tokens.acme.example/token", "https://evil.example/token", 1)
	rows := map[string]struct {
		change func(*issuer)
		asks   bool
	}{
		"nothing changed":  {func(*issuer) {}, false},
		"no network":       {func(i *issuer) { i.err = errors.New("no network") }, false},
		"out of order":     {func(i *issuer) { i.status = http.StatusServiceUnavailable }, false},
		"another scope":    {func(i *issuer) { i.document = strings.Replace(issuerDocument, "orders_w", "orders_x", 1) }, false},
		"tokens elsewhere": {func(i *issuer) { i.document = moved }, true},
		"iss no longer": {func(i *issuer) {
			i.document = strings.Replace(issuerDocument, "supported\":true", "supported\":false", 1)
		}, true},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			p, network := issued(t)
			if _, _, err := p.AddData(t.Context(), []byte(issuerProvider), nil); err != nil {
				t.Fatal(err)
			}
			row.change(network)
			asked := false
			_, added, err := p.AddData(t.Context(), []byte(issuerProvider), func(old, new Market) bool {
				asked = old.TokenEndpoint == "https://tokens.acme.example/token"
				return false
			})
			if asked != row.asks || added || (KindOf(err) == NameTaken) != row.asks || !row.asks && err != nil {
				t.Fatalf("asked %v, added %v, %v", asked, added, err)
			}
			m, err := p.Complete(t.Context(), "acme")
			if err != nil || m.TokenEndpoint != "https://tokens.acme.example/token" || !m.RequiresIssuer {
				t.Errorf("kept: %+v, %v", m, err)
			}
		})
	}
}

// TestIssuerRefusals: nothing is added that could send a key astray, or that cannot be used.
func TestIssuerRefusals(t *testing.T) {
	with := func(field string) string {
		return strings.Replace(issuerProvider, `"client_id"`, field+`,"client_id"`, 1)
	}
	says := func(old, new string) issuer {
		document := strings.Replace(issuerDocument, old, new, 1)
		if document == issuerDocument {
			panic("the row changes nothing: " + old)
		}
		return issuer{document: document, status: http.StatusOK}
	}
	good := issuer{document: issuerDocument, status: http.StatusOK}
	rows := map[string]struct {
		network issuer
		file    string
		kind    Kind
		subject string
	}{
		"another issuer":      {says("https://id.acme.example", "https://evil.example"), issuerProvider, BadMetadata, "issuer"},
		"a slash more":        {says(`"https://id.acme.example"`, `"https://id.acme.example/"`), issuerProvider, BadMetadata, "issuer"},
		"a plain endpoint":    {says("https://tokens.acme.example/token", "http://evil.example/"), issuerProvider, BadMetadata, "token_endpoint"},
		"this machine":        {says("https://tokens.acme.example/token", "http://127.0.0.1:631/"), issuerProvider, BadMetadata, "token_endpoint"},
		"no S256":             {says(`"scopes_supported"`, `"code_challenge_methods_supported":["plain"],"scopes_supported"`), issuerProvider, BadMetadata, "code_challenge_methods_supported"},
		"no method of ours":   {says(`["client_secret_basic","none"]`, `["private_key_jwt"]`), issuerProvider, BadMetadata, "token_endpoint_auth_methods_supported"},
		"not JSON":            {issuer{document: "{", status: 200}, issuerProvider, BadMetadata, "JSON"},
		"nothing there":       {issuer{status: 404}, issuerProvider, NoMetadata, ""},
		"a redirect":          {issuer{document: issuerDocument, status: 302}, issuerProvider, NoMetadata, ""},
		"out of order":        {issuer{status: 503}, issuerProvider, Unreachable, ""},
		"no network":          {issuer{err: errors.New("no network")}, issuerProvider, Unreachable, ""},
		"the code elsewhere":  {good, with(`"token_endpoint":"https://evil.example/token"`), EndpointsDiffer, "token_endpoint"},
		"consent elsewhere":   {good, with(`"authorization_endpoint":"https://id.acme.example.evil.example/"`), EndpointsDiffer, "authorization_endpoint"},
		"consent, a path on":  {good, with(`"authorization_endpoint":"https://id.acme.example/authorize/x"`), EndpointsDiffer, "authorization_endpoint"},
		"tokens back to evil": {good, with(`"revocation_endpoint":"https://evil.example/revoke"`), EndpointsDiffer, "revocation_endpoint"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			p, _ := issued(t)
			p.network = &row.network
			_, added, err := p.AddData(t.Context(), []byte(row.file), func(_, _ Market) bool { return true })
			var told *Error
			if !errors.As(err, &told) || told.Kind != row.kind || told.Subject != row.subject || added || told.Provider != "Acme Market" {
				t.Fatalf("%v, added %v, want %s %s", err, added, row.kind, row.subject)
			}
			if left, _ := filepath.Glob(filepath.Join(p.folder, "*")); len(left) != 0 || len(p.List()) != len(p.builtin) {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// TestWhatTheFileSaysBesideItsIssuer: the file's own word holds where it is not about endpoints that the issuer names.
func TestWhatTheFileSaysBesideItsIssuer(t *testing.T) {
	with := func(field string) string {
		return strings.Replace(issuerProvider, `"client_id"`, field+`,"client_id"`, 1)
	}
	rows := map[string]struct {
		file, document string
		holds          func(Market) bool
	}{
		"the method": {with(`"token_endpoint_auth_method":"client_secret_post"`), issuerDocument,
			func(m Market) bool { return m.AuthMethod == oauth.AuthSecretPost }},
		"a parameter for the page": {with(`"authorization_endpoint":"https://id.acme.example/authorize?prompt=consent"`), issuerDocument,
			func(m Market) bool {
				return m.AuthorizationEndpoint == "https://id.acme.example/authorize?prompt=consent" && m.FromIssuer
			}},
		"the same endpoint": {with(`"token_endpoint":"https://tokens.acme.example/token"`), issuerDocument,
			func(m Market) bool { return m.AuthorizationEndpoint == "https://id.acme.example/authorize" }},
		"a revocation that the issuer leaves out": {with(`"revocation_endpoint":"https://id.acme.example/out"`),
			strings.Replace(issuerDocument, `"revocation_endpoint"`, `"x"`, 1), func(m Market) bool { return m.RevocationEndpoint == "https://id.acme.example/out" }},
		"the account": {with(`"account":{"url":"https://api.acme.example/shop","id":"/id"}`), issuerDocument,
			func(m Market) bool { return m.Account.URL == "https://api.acme.example/shop" && m.Account.Name == "" }},
		"nobody to ask without openid": {strings.Replace(issuerProvider, `{"name":"openid"},`, ``, 1), issuerDocument,
			func(m Market) bool { return m.Account.URL == "" }},
		"no scopes: offered, and none asked": {strings.Replace(issuerProvider, `,"scopes":[{"name":"openid"},{"name":"orders_r"}]`, ``, 1), issuerDocument,
			func(m Market) bool {
				all, err := m.scopes(nil)
				one, other := m.scopes([]oauth.Scope{"unlisted"})
				return slices.Equal(m.Offers, []oauth.Scope{"openid", "orders_r", "orders_w"}) && len(all) == 0 && err == nil && len(one) == 1 && other == nil
			}},
		"no methods said: Basic": {issuerProvider, strings.Replace(issuerDocument, `"token_endpoint_auth_methods_supported":["client_secret_basic","none"],`, ``, 1),
			func(m Market) bool { return m.AuthMethod == oauth.AuthSecretBasic && m.NeedsSecret() }},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			p, network := issued(t)
			network.document = row.document
			m, added, err := p.AddData(t.Context(), []byte(row.file), nil)
			if err != nil || !added || !row.holds(m) {
				t.Errorf("%+v, %v", m, err)
			}
		})
	}
}

// TestLostAnswer: what was found and is gone, damaged or another issuer's is asked for again before a walk, and not before.
func TestLostAnswer(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"gone":    os.Remove,
		"damaged": func(path string) error { return os.WriteFile(path, []byte(`{"issuer":`), 0o600) },
		"another issuer's": func(path string) error {
			return os.WriteFile(path, []byte(strings.ReplaceAll(issuerDocument, "acme", "evil")), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, network := issued(t)
			if _, _, err := p.AddData(t.Context(), []byte(issuerProvider), nil); err != nil {
				t.Fatal(err)
			}
			if err := spoil(p.found("acme")); err != nil {
				t.Fatal(err)
			}
			network.asked = 0
			if err := p.load(); err != nil {
				t.Fatal(err)
			}
			if m, err := p.Get("acme"); err != nil || m.complete() || network.asked != 0 {
				t.Fatalf("after a start: %+v, %v, asked %d times", m, err, network.asked)
			}
			m, err := p.Complete(t.Context(), "acme")
			if err != nil || m.TokenEndpoint != "https://tokens.acme.example/token" || network.asked != 1 {
				t.Fatalf("completed: %+v, %v, asked %d times", m, err, network.asked)
			}
			if m, err := p.Complete(t.Context(), "acme"); err != nil || !m.complete() || network.asked != 1 {
				t.Errorf("once more: %v, asked %d times", err, network.asked)
			}
		})
	}
}

// TestFileWithItsOwnEndpoints: it is never asked about, and what was found for its forerunner goes.
func TestFileWithItsOwnEndpoints(t *testing.T) {
	p, network := issued(t)
	if _, _, err := p.AddData(t.Context(), []byte(issuerProvider), nil); err != nil {
		t.Fatal(err)
	}
	network.asked = 0
	m, added, err := p.AddData(t.Context(), []byte(goodProvider), func(old, _ Market) bool { return old.FromIssuer })
	if err != nil || !added || m.FromIssuer || network.asked != 0 {
		t.Fatalf("%+v, %v, asked %d times", m, err, network.asked)
	}
	if _, err := os.Stat(p.found("acme")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what was found is still there: %v", err)
	}
}

// TestDraftKeepsNothing: reading and asking leave no trace; what was shown is what is kept.
func TestDraftKeepsNothing(t *testing.T) {
	p, network := issued(t)
	d, err := p.Draft(t.Context(), []byte(issuerProvider))
	if err != nil || d.Old != nil || d.Same || d.Market.TokenEndpoint == "" {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := p.Get("acme"); KindOf(err) != UnknownProvider {
		t.Errorf("before Keep: %v", err)
	}
	network.document = strings.ReplaceAll(issuerDocument, "tokens.acme.example", "evil.example")
	if err := d.Keep(); err != nil {
		t.Fatal(err)
	}
	if m, err := p.Get("acme"); err != nil || m.TokenEndpoint != "https://tokens.acme.example/token" {
		t.Errorf("kept: %+v, %v", m, err)
	}
}

// TestCancelledQuestion: a cancel is told apart from an issuer that cannot be reached.
func TestCancelledQuestion(t *testing.T) {
	p, network := issued(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	network.err = context.Canceled
	if _, err := p.Draft(ctx, []byte(issuerProvider)); KindOf(err) != Cancelled {
		t.Errorf("%v", err)
	}
}

// TestProviderLimit: what would not be read at the next start is not added.
func TestProviderLimit(t *testing.T) {
	p := testProviders(t)
	for n := range providerLimit {
		p.remember(Market{Provider: oauth.Provider{ID: "m" + string(rune('0'+n%10)) + strings.Repeat("x", n/10)}})
	}
	if _, added, err := p.AddData(t.Context(), []byte(goodProvider), nil); KindOf(err) != ProviderLimit || added {
		t.Errorf("added %v, %v", added, err)
	}
}
