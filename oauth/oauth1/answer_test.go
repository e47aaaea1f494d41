package oauth1

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"valetkey/oauth"
)

// Requirement G98: answers.

// bodies are answers to the first request, and the token in them. Empty: refused.
var bodies = map[string]string{
	"oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true":                                  "t",
	"login_url=https%3A%2F%2Fx&oauth_callback_confirmed=true&oauth_token_secret=s&oauth_token=t%2F%2B1": "t/+1",
	"oauth_token=t+1&oauth_token_secret=s%26&oauth_callback_confirmed=true\r\n":                         "t 1",
	"oauth_token=%c3%a9&oauth_token_secret=s&oauth_callback_confirmed=true&x=%zz&%zz=1&&y":              "é",
	"oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true&x=1&x=2":                          "t",
	"oauth_token=" + strings.Repeat("t", longestToken) + "&oauth_token_secret=s":                        strings.Repeat("t", longestToken),

	"":    "",
	" \n": "",
	`{"oauth_token":"t","oauth_token_secret":"s","oauth_callback_confirmed":"true"}`:   "",
	`{"x":"&oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true&"}`:       "",
	"<html>oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true":           "",
	"[oauth_token=t&oauth_token_secret=s":                                              "",
	"oauth_token_secret=s&oauth_callback_confirmed=true":                               "",
	"oauth_token=t&oauth_callback_confirmed=true":                                      "",
	"oauth_token=&oauth_token_secret=s&oauth_callback_confirmed=true":                  "",
	"oauth_token=t&oauth_token_secret=&oauth_callback_confirmed=true":                  "",
	"oauth_token=t&oauth_token_secret&oauth_callback_confirmed=true":                   "",
	"oauth_token=t&oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true":   "",
	"oauth_token=t&oauth%5Ftoken=u&oauth_token_secret=s&oauth_callback_confirmed=true": "",
	"oauth_token=t&oauth_token_secret=s&oauth_token_secret=s":                          "",
	"oauth_token=%zz&oauth_token_secret=s":                                             "",
	"oauth_token=t%0d%0aX: y&oauth_token_secret=s":                                     "",
	"oauth_token=%ff&oauth_token_secret=s":                                             "",
	"oauth_token=" + strings.Repeat("t", longestToken+1) + "&oauth_token_secret=s":     "",
	"OAUTH_TOKEN=t&oauth_token_secret=s":                                               "",
	"SECRET body that is nothing of the kind":                                          "",
}

func TestG98Answers(t *testing.T) {
	for body, want := range bodies {
		checkAnswer(t, body, want)
	}
}

// checkAnswer reads a body and checks what holds for every one.
func checkAnswer(t *testing.T, body, want string) {
	t.Helper()
	answer, err := readForm(&oauth.Received{Status: 200, Body: []byte(body)})
	var won Credentials
	if err == nil {
		won, err = answer.credentials()
	}
	if won.Token.Reveal() != want || (err == nil) != (want != "") || won.Token.IsZero() != won.Secret.IsZero() {
		t.Errorf("%.80q: %q, %v", body, won.Token.Reveal(), err)
	}
	if _, ok := errors.AsType[*oauth.AnswerError](err); err != nil && !ok || err != nil && strings.Contains(err.Error(), "SECRET") {
		t.Errorf("%.80q: %v", body, err)
	}
}

// TestG98ContentType: it is not asked, in success and in refusal.
func TestG98ContentType(t *testing.T) {
	for _, kind := range []string{"application/x-www-form-urlencoded", "text/html; charset=utf-8", "text/plain", "application/json", "image/gif"} {
		s := newShop(t, func(s *shop) {
			s.instead = func(w http.ResponseWriter, r *http.Request) bool {
				w.Header().Set("Content-Type", kind)
				if r.URL.Path == "/oauth/access_token" {
					w.WriteHeader(http.StatusUnauthorized)
					io.WriteString(w, "oauth_problem=token_expired")
					return true
				}
				io.WriteString(w, "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true")
				return true
			}
		})
		client := s.client()
		a := begin(t, client, OutOfBand)
		if _, err := client.TokenCredentials(t.Context(), a, oauth.NewSecret("v")); !isProblem(err, TokenExpired) {
			t.Errorf("%s: %v", kind, err)
		}
		_, seen := s.requests()
		if !strings.Contains(seen[0], "Accept: application/x-www-form-urlencoded") || !strings.Contains(seen[0], "Content-Length: 0\r\n") {
			t.Errorf("asked for %s", seen[0])
		}
	}
}

// problems are refusals as servers write them.
var problems = map[string]struct {
	status          int
	challenge, body string
	retry           string
	problem         Problem
	advice          string
	wait            time.Duration
}{
	"in the header": {status: 401, challenge: `OAuth realm="x", oauth_problem="token_rejected", oauth_problem_advice="Ask%20again"`,
		problem: TokenRejected, advice: "Ask again"},
	"in the header, unquoted":   {status: 401, challenge: `oauth oauth_problem=token%5Fused , x=y`, problem: TokenUsed},
	"a comma in quotes":         {status: 401, challenge: `OAuth oauth_problem_advice="a, oauth_problem=b",oauth_problem="token_used"`, problem: TokenUsed, advice: "a, oauth_problem=b"},
	"another scheme":            {status: 401, challenge: `Basic oauth_problem="token_used"`},
	"in the body":               {status: 403, body: "oauth_problem=token_revoked&oauth_problem_advice=Gone+now\n", problem: TokenRevoked, advice: "Gone now"},
	"in the body, and broken":   {status: 403, body: "%zz=1&oauth_problem=token_revoked", problem: TokenRevoked},
	"the header before body":    {status: 403, challenge: `OAuth oauth_problem="a"`, body: "oauth_problem=b", problem: "a"},
	"with 200":                  {status: 200, body: "oauth_problem=permission_unknown", problem: PermissionUnknown},
	"none":                      {status: 400, body: "Bad request: SECRETS"},
	"a page":                    {status: 500, body: "<html>oauth_problem=x&y</html>"},
	"JSON of today":             {status: 403, body: `{"error":"API v2 deprecated.","message":"x"}`, advice: "API v2 deprecated."},
	"JSON, with a description":  {status: 400, body: `{"error":"invalid","error_description":"Not\u001b[2J so"}`, advice: "invalid: Not [2J so"},
	"busy":                      {status: 503, retry: "120", wait: 2 * time.Minute},
	"too many":                  {status: 429, retry: "99999", body: "oauth_problem=x", problem: "x", wait: time.Hour},
	"hostile":                   {status: 401, body: "oauth_problem=a%1b%5b2Jb%e2%80%aec&oauth_problem_advice=%0d%0aX:+y", problem: "a [2Jb c", advice: "X: y"},
	"long":                      {status: 401, body: "oauth_problem=" + strings.Repeat("p", 99), problem: Problem(strings.Repeat("p", 63) + "…")},
	"what it was sent":          {status: 401, body: "oauth_problem=x&oauth_problem_advice=clientSECRET+%2B/is+tokenSECRET%26+or+tokenSECRET%2526+of+token-1", problem: "x", advice: "[redacted]is [redacted] or [redacted] of [redacted]"},
	"a base string is not kept": {status: 401, body: "oauth_problem=signature_invalid&oauth_problem_advice=GET%26http%253A", problem: SignatureInvalid},
}

func TestG98Problems(t *testing.T) {
	client := &Client{Secret: oauth.NewSecret("clientSECRET +/")}
	credentials := Credentials{Token: oauth.NewSecret("token-1"), Secret: oauth.NewSecret("tokenSECRET&")}
	for name, c := range problems {
		header := http.Header{}
		for field, value := range map[string]string{"Www-Authenticate": c.challenge, "Retry-After": c.retry} {
			if value != "" {
				header.Set(field, value)
			}
		}
		got := client.Problem(&oauth.Received{Status: c.status, Header: header, Body: []byte(c.body)}, credentials)
		want := ProblemError{Problem: c.problem, Advice: c.advice, Status: c.status, RetryAfter: c.wait}
		if got == nil || *got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
			continue
		}
		if got.Transient() != (c.status == 429 || c.status >= 500) || strings.Contains(got.Error(), "SECRET") {
			t.Errorf("%s: transient %v, %v", name, got.Transient(), got)
		}
	}
	if client.Problem(&oauth.Received{Status: 200, Header: http.Header{}, Body: []byte(`{"oauth_problem":"x"}`)}, credentials) != nil {
		t.Error("a success is a problem")
	}
}

// TestNoSecretInErrors: whatever goes wrong, no secret of ours and nothing of the answer is in the error.
func TestNoSecretInErrors(t *testing.T) {
	for _, body := range []string{
		"bodySECRET", `{"error":"x","bodySECRET":1}`, "oauth_token=bodySECRET", "oauth_token=bodySECRET%00&oauth_token_secret=x",
	} {
		for _, status := range []int{200, 302, 400, 401, 500} {
			s := newShop(t, func(s *shop) {
				s.instead = func(w http.ResponseWriter, r *http.Request) bool {
					w.WriteHeader(status)
					io.WriteString(w, body+r.Header.Get("Authorization"))
					return true
				}
			})
			_, err := s.client().TemporaryCredentials(t.Context(), shopCallback, nil)
			if err == nil || strings.Contains(err.Error(), "SECRET") || strings.Contains(err.Error(), "oauth_signature=") {
				t.Errorf("%d %q: %v", status, body, err)
			}
		}
	}
}

// TestCleanLongestFirst: of two secrets of which one begins like the other, nothing is left.
func TestCleanLongestFirst(t *testing.T) {
	sent := []oauth.Secret{oauth.NewSecret("abc"), oauth.NewSecret("abcdef"), {}}
	if got := clean("x abcdef abc y", 100, sent); got != "x [redacted] [redacted] y" {
		t.Errorf("%q", got)
	}
}

// TestClockOff: within a minute a clock is right.
func TestClockOff(t *testing.T) {
	for ahead, want := range map[time.Duration]time.Duration{30 * time.Second: 0, -50 * time.Second: 0, 0: 0, -time.Hour: -time.Hour} {
		header := http.Header{"Date": {time.Now().Add(ahead).UTC().Format(http.TimeFormat)}}
		got := (&Client{}).Problem(&oauth.Received{Status: 401, Header: header}, Credentials{})
		if (got.ClockOff - want).Abs() > 3*time.Second {
			t.Errorf("%v ahead: %v", ahead, got.ClockOff)
		}
	}
}
