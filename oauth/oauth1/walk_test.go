package oauth1

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"valetkey/oauth"
)

const shopCallback = "http://localhost:3003/oauth/redirect"

// begin asks for temporary credentials.
func begin(t testing.TB, client *Client, callback string, scopes ...oauth.Scope) *Authorization {
	t.Helper()
	authorization, err := client.TemporaryCredentials(t.Context(), callback, scopes)
	if err != nil {
		t.Fatal(err)
	}
	return authorization
}

// walkThrough takes all three steps.
func walkThrough(t testing.TB, s *shop, client *Client) Credentials {
	t.Helper()
	authorization := begin(t, client, shopCallback)
	verifier, err := authorization.Verifier(s.approve(t, authorization))
	if err != nil {
		t.Fatal(err)
	}
	credentials, err := client.TokenCredentials(t.Context(), authorization, verifier)
	if err != nil {
		t.Fatal(err)
	}
	return credentials
}

// TestWalk is RFC 5849 1.2 against a server, with every method and both kinds of callback.
func TestWalk(t *testing.T) {
	for _, method := range []SignatureMethod{"", HMACSHA1, HMACSHA256} {
		for _, callback := range []string{shopCallback, shopCallback + "?shop=1", OutOfBand} {
			t.Run(string(method)+" "+callback, func(t *testing.T) {
				s := newShop(t, func(s *shop) {
					s.tokenExtra = url.Values{
						"user_id": {"123"}, "screen_name": {"Mira\u202e\n's"}, "session_handle": {"extraSECRET"}, "username": {"a", "b"},
					}
				})
				client := s.client()
				client.Provider.SignatureMethod = method
				authorization := begin(t, client, callback, "listings_r", "transactions_r")
				if paths, _ := s.requests(); !slices.Equal(paths, []string{"POST /oauth/request_token?scope=listings_r%20transactions_r"}) {
					t.Errorf("asked %q", paths)
				}
				if authorization.OutOfBand() != (callback == OutOfBand) {
					t.Errorf("out of band: %v", authorization.OutOfBand())
				}
				answer := s.approve(t, authorization)
				if callback != OutOfBand && (answer.Get("state") == "" || !authorization.Accepts(answer)) {
					t.Errorf("the callback %v is not ours", answer)
				}
				verifier, err := authorization.TypedVerifier(" " + answer.Get("oauth_verifier") + "\n")
				if err != nil {
					t.Fatal(err)
				}
				before := time.Now().Add(-time.Second)
				credentials, err := client.TokenCredentials(t.Context(), authorization, verifier)
				if err != nil {
					t.Fatal(err)
				}
				want := map[string]string{"user_id": "123", "screen_name": "Mira 's"}
				if fmt.Sprint(credentials.Extra) != fmt.Sprint(want) || credentials.Received.Before(before) {
					t.Errorf("extra %v at %v, want %v", credentials.Extra, credentials.Received, want)
				}
				request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/v2/users/__SELF__", nil)
				received, err := client.Fetch(request, credentials)
				if err != nil || received.Status != 200 || client.Problem(received, credentials) != nil {
					t.Errorf("signed request: %+v, %v", received, err)
				}
			})
		}
	}
}

// TestG96MemoryAlone: temporary credentials cannot be printed or written down, are dropped after use and on request, and are gone
// then.
func TestG96MemoryAlone(t *testing.T) {
	s := newShop(t, nil)
	client := s.client()
	authorization := begin(t, client, shopCallback)
	answer := s.approve(t, authorization)
	shown := fmt.Sprintf("%v %+v %#v", authorization, authorization, *authorization.held.Load())
	for _, value := range []any{authorization, authorization.held.Load(), authorization.state} {
		encoded, _ := json.Marshal(value)
		shown += string(encoded)
	}
	for _, secret := range []string{"SECRET", "temp/", "temp%2F", answer.Get("state")} {
		if strings.Contains(shown, secret) {
			t.Errorf("shown: %s", shown)
		}
	}
	authorization.Forget()
	_, typed := authorization.TypedVerifier("12345678")
	_, spent := client.TokenCredentials(t.Context(), authorization, oauth.NewSecret("v"))
	if authorization.Accepts(answer) || authorization.URL() != "" || !errors.Is(typed, ErrForgotten) || !errors.Is(spent, ErrForgotten) {
		t.Errorf("after Forget: %q, %v, %v", authorization.URL(), typed, spent)
	}

	authorization = begin(t, client, shopCallback)
	verifier, err := authorization.Verifier(s.approve(t, authorization))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = client.TokenCredentials(t.Context(), authorization, oauth.NewSecret("wrong")); !isProblem(err, VerifierInvalid) {
		t.Errorf("a wrong verifier: %v", err)
	}
	if _, err = client.TokenCredentials(t.Context(), authorization, verifier); err != nil {
		t.Errorf("another try: %v", err)
	}
	if _, err = client.TokenCredentials(t.Context(), authorization, verifier); !errors.Is(err, ErrForgotten) {
		t.Errorf("a third: %v", err)
	}
}

func isProblem(err error, want Problem) bool {
	problem, ok := errors.AsType[*ProblemError](err)
	return ok && problem.Problem == want
}

// TestG97SecretsStay: no secret reaches the server in any form, in the whole walk and in signed requests.
func TestG97SecretsStay(t *testing.T) {
	s := newShop(t, nil)
	client := s.client()
	credentials := walkThrough(t, s, client)
	form := strings.NewReader("a=1")
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodPut, s.URL+"/v2/listings/1/inventory", form)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if received, err := client.Fetch(request, credentials); err != nil || received.Status != 200 {
		t.Fatalf("%+v, %v", received, err)
	}
	_, seen := s.requests()
	for _, text := range seen {
		for _, secret := range []string{"clientSECRET", "tempSECRET", "tokenSECRET", credentials.Secret.Reveal()} {
			if strings.Contains(text, secret) {
				t.Errorf("%s was sent:\n%s", secret, text)
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d requests", len(seen))
	}
}

// TestG97PlaintextProvider: PLAINTEXT is refused on http before anything is sent, and goes over https.
func TestG97PlaintextProvider(t *testing.T) {
	s := newShop(t, nil)
	client := s.client()
	client.Provider.SignatureMethod = Plaintext
	if _, err := client.TemporaryCredentials(t.Context(), OutOfBand, nil); !errors.Is(err, ErrPlaintext) {
		t.Errorf("over http: %v", err)
	}
	if paths, _ := s.requests(); len(paths) != 0 {
		t.Errorf("sent: %q", paths)
	}
	secure := newSecureShop(t)
	client = secure.client()
	client.Provider.SignatureMethod = Plaintext
	credentials := walkThrough(t, secure, client)
	if credentials.Token.IsZero() || credentials.Secret.IsZero() {
		t.Error("no credentials")
	}
}
