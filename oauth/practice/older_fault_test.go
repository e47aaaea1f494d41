package practice

import (
	"net/http"
	"strings"
	"testing"
)

func TestFaultsOfTheOlderSignIn(t *testing.T) {
	for fault, check := range map[string]func(t *testing.T, login string, confirmed bool){
		"unconfirmed": func(t *testing.T, login string, confirmed bool) {
			if confirmed || !strings.HasPrefix(login, home) {
				t.Errorf("confirmed %v, %s", confirmed, login)
			}
		},
		"hostile-login-url": func(t *testing.T, login string, confirmed bool) {
			if !confirmed || !strings.HasPrefix(login, "javascript:") {
				t.Errorf("confirmed %v, %s", confirmed, login)
			}
		},
		"foreign-login-url": func(t *testing.T, login string, confirmed bool) {
			if !confirmed || !strings.HasPrefix(login, "https://signin.practice-market.example/oauth/signin?") {
				t.Errorf("confirmed %v, %s", confirmed, login)
			}
		},
	} {
		s := newPractice(t)
		arm(t, s, fault)
		got := newSigner().but("oauth_callback", "oob").ask(t, s, "GET", pathRequestToken, nil)
		form := got.form(t)
		if got.Status != 200 || len(form.Get("oauth_token")) != olderTokenLength {
			t.Errorf("%s: HTTP %d %s", fault, got.Status, got.Text)
		}
		check(t, form.Get("login_url"), form.Get("oauth_callback_confirmed") == "true")
		newSigner().begin(t, s, "oob", "") // once only
	}
}

// The callback brings a token that is not ours; then the seller goes back and presses Allow again.
func TestWrongToken(t *testing.T) {
	s := newPractice(t)
	sg, login := newSigner().begin(t, s, olderCallback, "")
	arm(t, s, "wrong-token")
	b := allowOlder(t, s, login)
	q := b.at.Query()
	if len(q.Get("oauth_token")) != olderTokenLength || q.Get("oauth_token") == sg.token || len(q.Get("oauth_verifier")) != verifierDigits {
		t.Errorf("called back at %s", b.at)
	}
	b.open(login)
	b.press("allow")
	if b.at.Query().Get("oauth_token") != sg.token {
		t.Errorf("called back at %s", b.at)
	}
	sg.finish(t, s, b.at.Query().Get("oauth_verifier"))
}

func TestVerifierExpired(t *testing.T) {
	s := newPractice(t)
	sg, login := newSigner().begin(t, s, "oob", "")
	verifier := shownVerifier(t, allowOlder(t, s, login))
	arm(t, s, "verifier-expired")
	for range 2 {
		sg.but("oauth_verifier", verifier).ask(t, s, "GET", pathAccessToken, nil).is(t, "expired", 403, "token_expired")
	}
}

func TestOlderWrongShop(t *testing.T) {
	s := newPractice(t)
	arm(t, s, "wrong-shop")
	who := wonOlder(t, s, "").ask(t, s, "GET", "/v2/users/__SELF__", nil).json(t)
	if user := who["results"].([]any)[0].(map[string]any); user["user_id"] != 90375518.0 {
		t.Errorf("answered by %v", user)
	}
}

func TestOlderEnded(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "")
	arm(t, s, "older-ended:3")
	for _, got := range []olderReply{
		key.ask(t, s, "GET", "/v2/users/__SELF__", nil),
		newSigner().but("oauth_callback", "oob").ask(t, s, "GET", pathRequestToken, nil),
		deliver(t, s, newSigner().request(t, "GET", olderHome+pathAccessToken, nil)),
	} {
		if body := got.json(t); got.Status != http.StatusForbidden || body["error"] != "API v2 deprecated." || body["message"] != text("older.ended") {
			t.Errorf("HTTP %d %s", got.Status, got.Text)
		}
	}
	if got := key.ask(t, s, "GET", "/v2/users/__SELF__", nil); got.Status != 200 {
		t.Errorf("HTTP %d %s", got.Status, got.Text)
	}
}

// The faults that both APIs have are plain text here.
func TestFaultsInCommon(t *testing.T) {
	for fault, tc := range map[string]struct {
		status     int
		text       string
		retryAfter string
		signsIn    bool // it is met at the sign-in, too
	}{
		"server-error": {500, "Server Error", "", true},
		"lost-answer":  {500, "Server Error", "", true},
		"rate-limit":   {429, "Exceeded per second rate limit", "1", true},
		"day-limit":    {429, "Exceeded daily rate limit", "3600", true},
		"api-down":     {500, "Server Error", "", false},
	} {
		s := newPractice(t)
		key := wonOlder(t, s, "")
		ask := func() olderReply {
			return newSigner().but("oauth_callback", "oob").ask(t, s, "GET", pathRequestToken, nil)
		}
		if !tc.signsIn {
			ask = func() olderReply { return key.ask(t, s, "GET", "/v2/oauth/scopes", nil) }
		}
		arm(t, s, fault)
		got := ask()
		if got.Status != tc.status || got.Text != tc.text || got.Header.Get("Retry-After") != tc.retryAfter || got.Header.Get("Date") == "" {
			t.Errorf("%s: HTTP %d %q %v", fault, got.Status, got.Text, got.Header)
		}
		if got := ask(); got.Status != 200 {
			t.Errorf("then: HTTP %d %s", got.Status, got.Text)
		}
	}
	s := newPractice(t)
	sg, login := newSigner().begin(t, s, "oob", "")
	verifier := shownVerifier(t, allowOlder(t, s, login))
	arm(t, s, "lost-answer")
	sg.but("oauth_verifier", verifier).ask(t, s, "GET", pathAccessToken, nil)
	sg.but("oauth_verifier", verifier).ask(t, s, "GET", pathAccessToken, nil).is(t, "the key was made, and lost", 403, "token_used")
}
