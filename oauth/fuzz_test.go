package oauth

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// FuzzTokenAnswer: what is accepted is a token that can be sent, and re-encodes to itself; what is refused gives nothing and
// quotes nothing.
func FuzzTokenAnswer(f *testing.F) {
	for _, body := range unusable {
		f.Add(body, true)
	}
	for _, life := range lives {
		f.Add(goodAnswer("expires_in", life.raw), false)
	}
	for _, refusal := range refusals {
		f.Add(refusal.body, true)
	}
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, body string, refreshable bool) {
		token, err := readBody(body, now, refreshable)
		if err != nil {
			checkRefused(t, token, err)
			return
		}
		if !isText(token.Access.Reveal(), '!') || token.Life < 0 || token.Life > longestLife || token.Received != now {
			t.Fatalf("accepted %q, life %v", token.Access.Reveal(), token.Life)
		}
		if !token.Expires.IsZero() && token.Expires != now.Add(token.Life) || token.Expires.IsZero() && token.Life != 0 {
			t.Fatalf("life %v and expiry %v disagree", token.Life, token.Expires)
		}
		if token.Expires.IsZero() && (refreshable || !token.Refresh.IsZero()) {
			t.Fatal("a token that can be refreshed never expires")
		}
		again, err := readBody(encode(t, token), now, refreshable)
		if err != nil || !sameToken(token, again) {
			t.Fatalf("re-encoded: %v, %+v, want %+v", err, again, token)
		}
	})
}

func readBody(body string, now time.Time, refreshable bool) (Token, error) {
	return readToken(&Answer{Status: 200, Header: http.Header{}, body: NewSecret(body)}, now, refreshable)
}

func checkRefused(t *testing.T, token Token, err error) {
	t.Helper()
	if !token.Access.IsZero() || !token.Refresh.IsZero() {
		t.Fatal("a refused answer left a token")
	}
	_, unusable := errors.AsType[*AnswerError](err)
	_, refused := errors.AsType[*ErrorResponse](err)
	if unusable == refused {
		t.Fatalf("error = %#v", err)
	}
	if text := err.Error(); len([]rune(text)) > 2*longestDescription+100 || strings.ContainsFunc(text, unprintable) {
		t.Fatalf("error text: %q", text)
	}
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

func sameToken(a, b Token) bool {
	return a.Access.Equal(b.Access) && a.Refresh.Equal(b.Refresh) && a.Expires.Equal(b.Expires) && a.Life == b.Life &&
		slices.Equal(a.Scopes, b.Scopes)
}

// encode writes a token as a provider would.
func encode(t *testing.T, token Token) string {
	t.Helper()
	members := map[string]any{"access_token": token.Access.Reveal(), "token_type": "Bearer"}
	if !token.Expires.IsZero() {
		members["expires_in"] = int64(token.Life / time.Second)
	}
	if !token.Refresh.IsZero() {
		members["refresh_token"] = token.Refresh.Reveal()
	}
	if token.Scopes != nil {
		members["scope"] = joinScopes(token.Scopes)
	}
	text, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// FuzzRedirectionQuery: a code is taken only from a query with exactly our state, one code and no error; any other query
// gives an error and nothing else.
func FuzzRedirectionQuery(f *testing.F) {
	for _, redirection := range redirections {
		f.Add(redirection.query, redirection.noIssuer, redirection.always)
	}
	f.Fuzz(func(t *testing.T, query string, noIssuer, always bool) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return // the loopback refuses it before anybody looks
		}
		request := &AuthorizationRequest{state: NewSecret(testState), issuer: "https://id.example", requiresIssuer: always}
		if noIssuer {
			request.issuer = ""
		}
		ours := slices.Equal(values["state"], []string{testState})
		if request.Accepts(values) != ours {
			t.Fatalf("Accepts = %v", !ours)
		}
		code, err := request.Code(values)
		if (err == nil) == code.IsZero() || !ours && !errors.Is(err, ErrWrongState) {
			t.Fatalf("code %v, error %v", !code.IsZero(), err)
		}
		if err != nil {
			if strings.ContainsFunc(err.Error(), unprintable) {
				t.Fatalf("error text: %q", err)
			}
			return
		}
		issuer := !noIssuer && values.Has("iss") && !slices.Equal(values["iss"], []string{"https://id.example"})
		issuer = issuer || always && !values.Has("iss")
		if !slices.Equal(values["code"], []string{code.Reveal()}) || values.Has("error") || issuer {
			t.Fatalf("a code was taken from %q", query)
		}
		again, err := request.Code(url.Values{"state": {testState}, "code": {code.Reveal()}, "iss": {"https://id.example"}})
		if err != nil || !again.Equal(code) {
			t.Fatalf("re-encoded: %v", err)
		}
	})
}

// FuzzMetadata: what is accepted names the issuer that was asked for and addresses that secrets may go to, and its own JSON
// reads back as itself; what is refused gives nothing.
func FuzzMetadata(f *testing.F) {
	for _, document := range documents {
		f.Add(document.text())
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMetadata([]byte(text), testIssuer)
		if err != nil {
			if m.Issuer != "" || m.TokenEndpoint != "" || strings.ContainsFunc(err.Error(), unprintable) {
				t.Fatalf("refused with %q, and gave %+v", err, m)
			}
			return
		}
		if m.Issuer != testIssuer || CheckEndpoint(m.TokenEndpoint) != nil || CheckEndpoint(m.AuthorizationEndpoint) != nil {
			t.Fatalf("accepted %+v", m)
		}
		encoded, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseMetadata(encoded, testIssuer)
		if err != nil || !reflect.DeepEqual(again, m) {
			t.Fatalf("re-encoded: %v, %+v, want %+v", err, again, m)
		}
	})
}
