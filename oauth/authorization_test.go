package oauth

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestChallengeVector(t *testing.T) { // RFC 7636 appendix B
	got := challenge(NewSecret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
	if want := "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; got != want {
		t.Errorf("challenge = %s, want %s", got, want)
	}
}

func TestStateAndVerifierAreFresh(t *testing.T) {
	good := regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)
	seen := map[string]bool{}
	client := &Client{}
	for range 10_000 {
		request := client.NewAuthorizationRequest(nil)
		for _, value := range []Secret{request.state, request.verifier} {
			if text := value.Reveal(); !good.MatchString(text) || seen[text] {
				t.Fatalf("%q is repeated or no 43 characters of base64url", text)
			}
			seen[value.Reveal()] = true
		}
	}
}

func TestAuthorizationURL(t *testing.T) {
	tests := map[string]struct{ endpoint, start string }{
		"plain":                 {"https://id.example/connect", "https://id.example/connect?"},
		"with a query":          {"https://id.example/connect?tenant=1&x=a%2Fb+c", "https://id.example/connect?tenant=1&x=a%2Fb+c&"},
		"with an empty query":   {"https://id.example/connect?", "https://id.example/connect?&"},
		"with a doubled member": {"https://id.example/c?r=1&r=2", "https://id.example/c?r=1&r=2&"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			client := &Client{
				Provider: Provider{AuthorizationEndpoint: test.endpoint, AuthMethod: AuthSecretPost},
				ClientID: "a+b", ClientSecret: NewSecret(testClient), RedirectURI: "http://localhost:3003/oauth/redirect/",
			}
			request := client.NewAuthorizationRequest([]Scope{"shops_r", "listings_r"})
			ours, found := strings.CutPrefix(request.URL(), test.start)
			if !found {
				t.Fatalf("URL = %s, want it to begin with %s", request.URL(), test.start)
			}
			if !strings.Contains(ours, "scope=shops_r%20listings_r") {
				t.Errorf("scopes are not joined by %%20: %s", ours)
			}
			values, err := url.ParseQuery(ours)
			if err != nil || len(values) != 7 {
				t.Fatalf("query %s: %v, %d parameters, want 7", ours, err, len(values))
			}
			want := map[string]string{
				"response_type": "code", "client_id": "a+b", "redirect_uri": "http://localhost:3003/oauth/redirect/",
				"scope": "shops_r listings_r", "state": request.state.Reveal(),
				"code_challenge": challenge(request.verifier), "code_challenge_method": "S256",
			}
			for name, value := range want {
				if got := values[name]; len(got) != 1 || got[0] != value {
					t.Errorf("%s = %q, want %q", name, got, value)
				}
			}
		})
	}
}

func TestNoScopesAsksForNone(t *testing.T) {
	if address := (&Client{}).NewAuthorizationRequest(nil).URL(); strings.Contains(address, "scope") {
		t.Errorf("URL = %s, want no scope parameter", address)
	}
}

// TestOfflineAccessAsksForConsent: OpenID Connect Core 11. An endpoint that has a prompt of its own keeps it.
func TestOfflineAccessAsksForConsent(t *testing.T) {
	for endpoint, prompts := range map[string][]string{
		"https://id.example/c":                      {"consent"},
		"https://id.example/c?prompt=login+consent": {"login consent"},
	} {
		client := &Client{Provider: Provider{AuthorizationEndpoint: endpoint}}
		address, err := url.Parse(client.NewAuthorizationRequest([]Scope{"openid", "offline_access"}).URL())
		if err != nil || !slices.Equal(address.Query()["prompt"], prompts) {
			t.Errorf("%s: %v, %v", endpoint, err, address)
		}
		if other := client.NewAuthorizationRequest([]Scope{"openid"}).URL(); strings.Contains(other, "prompt=consent") {
			t.Errorf("nobody asked for offline_access: %s", other)
		}
	}
}

func TestAuthorizationRequestHidesItself(t *testing.T) {
	request := serve(t, answer(200, "")).request()
	for _, text := range []string{fmt.Sprintf("%v", request), fmt.Sprintf("%+v", request), fmt.Sprintf("%#v", *request)} {
		if strings.Contains(text, testState) || strings.Contains(text, testVerifier) {
			t.Errorf("printed: %s", text)
		}
	}
}

// redirections has a row for every way a redirection can be read; the request's state is stateSECRET-4, its issuer
// https://id.example unless noIssuer.
var redirections = map[string]struct {
	query    string
	noIssuer bool
	always   bool // the issuer always names itself
	accepts  bool
	code     string
	err      error
	refused  ErrorCode
}{
	"a code":                     {query: "state=stateSECRET-4&code=c1", accepts: true, code: "c1"},
	"a code and its issuer":      {query: "state=stateSECRET-4&code=c1&iss=https://id.example", accepts: true, code: "c1"},
	"a code and an extra":        {query: "state=stateSECRET-4&code=c1&session=9", accepts: true, code: "c1"},
	"no state":                   {query: "code=c1", err: ErrWrongState},
	"an empty state":             {query: "state=&code=c1", err: ErrWrongState},
	"a wrong state":              {query: "state=x&code=c1", err: ErrWrongState},
	"a part of the state":        {query: "state=stateSECRET&code=c1", err: ErrWrongState},
	"more than the state":        {query: "state=stateSECRET-4x&code=c1", err: ErrWrongState},
	"the state in another case":  {query: "state=STATESECRET-4&code=c1", err: ErrWrongState},
	"a state twice, wrong first": {query: "state=x&state=stateSECRET-4&code=c1", err: ErrWrongState},
	"the state twice":            {query: "state=stateSECRET-4&state=stateSECRET-4&code=c1", err: ErrWrongState},
	"an error, no state":         {query: "error=access_denied", err: ErrWrongState},
	"an error, wrong state":      {query: "error=access_denied&state=x", err: ErrWrongState},
	"another issuer":             {query: "state=stateSECRET-4&code=c1&iss=https://evil.example", accepts: true, err: ErrWrongIssuer},
	"an issuer with a slash":     {query: "state=stateSECRET-4&code=c1&iss=https://id.example/", accepts: true, err: ErrWrongIssuer},
	"an empty issuer":            {query: "state=stateSECRET-4&code=c1&iss=", accepts: true, err: ErrWrongIssuer},
	"an issuer, none known":      {query: "state=stateSECRET-4&code=c1&iss=https://evil.example", noIssuer: true, accepts: true, code: "c1"},
	"another issuer's error":     {query: "state=stateSECRET-4&error=access_denied&iss=x", accepts: true, err: ErrWrongIssuer},
	"no issuer, always sent":     {query: "state=stateSECRET-4&code=c1", always: true, accepts: true, err: ErrWrongIssuer},
	"its issuer, always sent":    {query: "state=stateSECRET-4&code=c1&iss=https://id.example", always: true, accepts: true, code: "c1"},
	"a refusal, always sent":     {query: "state=stateSECRET-4&error=access_denied", always: true, accepts: true, err: ErrWrongIssuer},
	"another, always sent":       {query: "state=stateSECRET-4&code=c1&iss=https://ID.example", always: true, accepts: true, err: ErrWrongIssuer},
	"an issuer twice":            {query: "state=stateSECRET-4&code=c1&iss=https://id.example&iss=x", accepts: true, err: ErrBadRedirection},
	"a refusal":                  {query: "state=stateSECRET-4&error=access_denied", accepts: true, refused: AccessDenied},
	"a refusal nobody knows":     {query: "state=stateSECRET-4&error=zzz", accepts: true, refused: "zzz"},
	"an empty error":             {query: "state=stateSECRET-4&error=", accepts: true, err: ErrBadRedirection},
	"error and code":             {query: "state=stateSECRET-4&error=access_denied&code=c1", accepts: true, err: ErrBadRedirection},
	"an error twice":             {query: "state=stateSECRET-4&error=a&error=b", accepts: true, err: ErrBadRedirection},
	"a code twice":               {query: "state=stateSECRET-4&code=c1&code=c2", accepts: true, err: ErrBadRedirection},
	"a description twice":        {query: "state=stateSECRET-4&error=a&error_description=1&error_description=2", accepts: true, err: ErrBadRedirection},
	"an empty code":              {query: "state=stateSECRET-4&code=", accepts: true, err: ErrBadRedirection},
	"no code":                    {query: "state=stateSECRET-4", accepts: true, err: ErrBadRedirection},
	"a code with a line end":     {query: "state=stateSECRET-4&code=c1%0d%0a", accepts: true, err: ErrBadRedirection},
	"a code beyond ASCII":        {query: "state=stateSECRET-4&code=%C3%A9", accepts: true, err: ErrBadRedirection},
	"a code beyond measure":      {query: "state=stateSECRET-4&code=" + strings.Repeat("c", longestCode+1), accepts: true, err: ErrBadRedirection},
	"a token":                    {query: "state=stateSECRET-4&access_token=t", accepts: true, err: ErrBadRedirection},
	"a token beside the code":    {query: "state=stateSECRET-4&code=c1&access_token=t", accepts: true, err: ErrBadRedirection},
}

func TestRedirections(t *testing.T) {
	for name, test := range redirections {
		t.Run(name, func(t *testing.T) {
			request := &AuthorizationRequest{state: NewSecret(testState), issuer: "https://id.example", requiresIssuer: test.always}
			if test.noIssuer {
				request.issuer = ""
			}
			values, err := url.ParseQuery(test.query)
			if err != nil {
				t.Fatal(err)
			}
			if got := request.Accepts(values); got != test.accepts {
				t.Errorf("Accepts = %v, want %v", got, test.accepts)
			}
			code, err := request.Code(values)
			checkClean(t, err)
			if code.Reveal() != test.code {
				t.Errorf("code = %q, want %q", code.Reveal(), test.code)
			}
			if test.refused != "" {
				refusal, ok := errors.AsType[*ErrorResponse](err)
				if !ok || refusal.Code != test.refused || refusal.Status != 0 {
					t.Errorf("error = %v, want the refusal %s with status 0", err, test.refused)
				}
			} else if !errors.Is(err, test.err) {
				t.Errorf("error = %v, want %v", err, test.err)
			}
		})
	}
}

// TestTheRequestKnowsItsIssuer: what the provider's record says of iss holds for each request made of it.
func TestTheRequestKnowsItsIssuer(t *testing.T) {
	client := &Client{Provider: Provider{Issuer: "https://id.example", RequiresIssuer: true}}
	request := client.NewAuthorizationRequest(nil)
	answer := url.Values{"state": {request.state.Reveal()}, "code": {"c1"}}
	if _, err := request.Code(answer); !errors.Is(err, ErrWrongIssuer) {
		t.Errorf("without iss: %v", err)
	}
	answer.Set("iss", "https://id.example")
	if _, err := request.Code(answer); err != nil {
		t.Errorf("with its iss: %v", err)
	}
}

func TestRequestWithoutStateAcceptsNothing(t *testing.T) {
	if (&AuthorizationRequest{}).Accepts(url.Values{"state": {""}}) {
		t.Error("the zero request accepts an empty state")
	}
}

func TestRedirectedDescriptionIsCleaned(t *testing.T) {
	request := &AuthorizationRequest{state: NewSecret(testState)}
	_, err := request.Code(url.Values{
		"state": {testState}, "error": {"access_denied"}, "error_uri": {"javascript:alert(1)"},
		"error_description": {"no\x1b[2K\r\n\u202e<b>" + strings.Repeat("x", 1<<20)},
	})
	refusal, ok := errors.AsType[*ErrorResponse](err)
	if !ok || !strings.HasPrefix(refusal.Description, "no [2K <b>x") || len([]rune(refusal.Description)) != 200 {
		t.Errorf("error = %v", err)
	}
}

func TestCheckAuthorizationQuery(t *testing.T) {
	for endpoint, good := range map[string]bool{
		"https://id.example/c":                     true,
		"https://id.example/c?tenant=1":            true,
		"https://id.example/c?state=x":             false,
		"https://id.example/c?a=1&code_challenge=": false,
		"https://id.example/c?client_id=x":         false,
		"https://id.example/c?redirect%5Furi=x":    false,
		"https://id.example/c?a=%zz":               false,
	} {
		if err := CheckAuthorizationQuery(endpoint); (err == nil) != good {
			t.Errorf("%s: %v, want good = %v", endpoint, err, good)
		}
	}
}
