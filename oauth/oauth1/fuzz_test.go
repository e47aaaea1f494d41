package oauth1

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"valetkey/oauth"
)

// FuzzNormalize: whatever net/http makes of an address and a form, the base string is the one that a second construction makes
// of what the standard library reads there; or the request is refused.
func FuzzNormalize(f *testing.F) {
	for _, c := range readCases(f) {
		body := ""
		if c.Body != nil {
			body = *c.Body
		}
		f.Add(c.Method, c.URL, body)
	}
	f.Fuzz(func(t *testing.T, method, address, body string) {
		request, err := http.NewRequest(method, address, strings.NewReader(body))
		if err != nil {
			return
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		client := &Client{Key: exampleKey, Secret: oauth.NewSecret(exampleSecret)}
		if err = client.sign(request, Credentials{}, exampleStamp); err != nil {
			checkRefusal(t, request, body, err)
			return
		}
		header := headerFields(t, request.Header.Get("Authorization"))
		r := wireRequest{
			method: request.Method, scheme: request.URL.Scheme, host: strings.TrimSuffix(request.URL.Host, ":"),
			path: request.URL.EscapedPath(), query: standard(t, request.URL.RawQuery), form: standard(t, body),
		}
		if first, second := baseOf(t, paragraphCase{}, request), r.base(header); first != second {
			t.Fatalf("base strings differ\nsigner %s\nsecond %s", first, second)
		}
	})
}

// standard reads a form as the standard library does, which takes no semicolon as it is.
func standard(t *testing.T, raw string) (all []parameter) {
	t.Helper()
	values, err := url.ParseQuery(strings.ReplaceAll(raw, ";", "%3B"))
	if err != nil {
		t.Fatalf("%q was signed: %v", raw, err)
	}
	for name, list := range values {
		if slices.Contains(reserved, name) {
			t.Fatalf("%q was signed", raw)
		}
		for _, value := range list {
			all = append(all, parameter{name, value})
		}
	}
	return all
}

// checkRefusal: what is refused has a reason, and was not signed.
func checkRefusal(t *testing.T, request *http.Request, body string, err error) {
	t.Helper()
	if request.Header.Get("Authorization") != "" {
		t.Fatal("refused and signed")
	}
	if errors.Is(err, ErrRequest) {
		return
	}
	_, queryErr := url.ParseQuery(strings.ReplaceAll(request.URL.RawQuery, ";", "%3B"))
	_, bodyErr := url.ParseQuery(strings.ReplaceAll(body, ";", "%3B"))
	unreadable := queryErr != nil || bodyErr != nil
	if errors.Is(err, ErrEncoding) != unreadable && !errors.Is(err, ErrReserved) {
		t.Fatalf("%v, query %v, body %v", err, queryErr, bodyErr)
	}
}

// FuzzAnswer: what is accepted is a pair that can be sent, and re-encodes to itself; what is refused gives nothing and quotes
// nothing. A problem that is read is printable and short.
func FuzzAnswer(f *testing.F) {
	for body := range bodies {
		f.Add(body, "")
	}
	for _, c := range problems {
		f.Add(c.body, c.challenge)
	}
	f.Fuzz(func(t *testing.T, body, challenge string) {
		received := &oauth.Received{Status: 400, Header: http.Header{"Www-Authenticate": {challenge}}, Body: []byte(body)}
		problem := (&Client{}).Problem(received, Credentials{})
		said := string(problem.Problem) + problem.Advice
		if oauth.CleanText(said, 1000) != strings.TrimSpace(said) && problem.Problem == "" || len([]rune(said)) > longestProblem+longestAdvice {
			t.Fatalf("said %q", said)
		}
		answer, err := readForm(received)
		if err != nil {
			return
		}
		won, err := answer.credentials()
		if err != nil {
			if _, ok := errors.AsType[*oauth.AnswerError](err); !ok || !won.Token.IsZero() || !won.Secret.IsZero() {
				t.Fatalf("%+v, %v", won, err)
			}
			return
		}
		checkPair(t, won)
	})
}

// checkPair: it can be sent, and read again.
func checkPair(t *testing.T, won Credentials) {
	t.Helper()
	token, secret := won.Token.Reveal(), won.Secret.Reveal()
	if !isToken(token) || !isToken(secret) {
		t.Fatalf("accepted %q and %q", token, secret)
	}
	form := url.Values{"oauth_token": {token}, "oauth_token_secret": {secret}}.Encode()
	answer, err := readForm(&oauth.Received{Status: 200, Body: []byte(form)})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := answer.credentials(); err != nil || !again.Token.Equal(won.Token) || !again.Secret.Equal(won.Secret) {
		t.Fatalf("re-encoded: %v", err)
	}
}
