package practice

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestOlderWalkWithACallback(t *testing.T) {
	s := newPractice(t)
	got := newSigner().but("oauth_callback", olderCallback+"?flow=7%2F8").ask(t, s, "GET", pathRequestToken+"?scope=listings_r%20email_r", nil)
	shape := `^login_url=http%3A%2F%2F127\.0\.0\.1%3A3004%2Foauth%2Fsignin%3Foauth_consumer_key%3D` + OlderClientID + `%26oauth_token%3D([0-9a-f]{30})%26service%3Dv2_prod` +
		`&oauth_token=([0-9a-f]{30})&oauth_token_secret=[0-9a-f]{10}&oauth_callback_confirmed=true&oauth_consumer_key=` + OlderClientID +
		`&oauth_callback=http%3A%2F%2F127\.0\.0\.1%3A4009%2Foauth%2Fredirect%3Fflow%3D7%252F8$`
	match := regexp.MustCompile(shape).FindStringSubmatch(got.Text)
	if got.Status != 200 || match == nil || match[1] != match[2] || got.Header.Get("Content-Type") != "application/x-www-form-urlencoded" || got.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("HTTP %d %s", got.Status, got.Text)
	}
	form := got.form(t)
	b := allowOlder(t, s, form.Get("login_url"))
	back := regexp.MustCompile(`^` + regexp.QuoteMeta(olderCallback) + `\?flow=7%2F8&oauth_token=` + match[1] + `&oauth_verifier=([0-9]{8})$`).FindStringSubmatch(b.at.String())
	if back == nil {
		t.Fatalf("called back at %s\n%s", b.at, b.page)
	}
	key := newSigner().with(match[1], form.Get("oauth_token_secret")).but("oauth_verifier", back[1]).ask(t, s, "GET", pathAccessToken, nil)
	if !regexp.MustCompile(`^oauth_token=[0-9a-f]{30}&oauth_token_secret=[0-9a-f]{10}$`).MatchString(key.Text) {
		t.Fatalf("HTTP %d %s", key.Status, key.Text)
	}
	won := newSigner().with(key.form(t).Get("oauth_token"), key.form(t).Get("oauth_token_secret"))
	if who := won.ask(t, s, "GET", "/v2/users/__SELF__", nil); who.Status != 200 {
		t.Errorf("HTTP %d %s", who.Status, who.Text)
	}
}

func TestOlderWalkByHand(t *testing.T) {
	s := newPractice(t)
	sg, login := newSigner().begin(t, s, "oob", "shops_rw")
	b := allowOlder(t, s, login)
	if b.status != 200 || b.header.Get("Location") != "" || !strings.Contains(b.page, text("verifier.title")) {
		t.Fatalf("HTTP %d to %s\n%s", b.status, b.at, b.page)
	}
	if got := sg.finish(t, s, shownVerifier(t, b)).ask(t, s, "GET", "/v2/users/__SELF__", nil); got.Status != 200 {
		t.Errorf("HTTP %d %s", got.Status, got.Text)
	}
}

// shownVerifier reads the number off the page.
func shownVerifier(t *testing.T, b *browser) string {
	t.Helper()
	match := regexp.MustCompile(`id="verifier"[^>]*><span>([0-9]{4})</span><span>([0-9]{4})</span>`).FindStringSubmatch(b.page)
	if match == nil {
		t.Fatalf("no verifier on the page\n%s", b.page)
	}
	return match[1] + match[2]
}

func TestRequestTokenRefusals(t *testing.T) {
	s := newPractice(t)
	if err := s.Configure(Switches{Redirect: "https://app.example/cb"}); err != nil {
		t.Fatal(err)
	}
	for callback, problem := range map[string]string{
		"": "parameter_absent", "OOB": "parameter_rejected", "https://evil.example/": "parameter_rejected", "http://localhost.evil.example/": "parameter_rejected",
		"javascript:alert(1)": "parameter_rejected", "http://a@127.0.0.1/": "parameter_rejected", "http://127.0.0.1/#x": "parameter_rejected", "/cb": "parameter_rejected",
		"https://127.0.0.1/": "parameter_rejected", "http://127.0.0.1:4009/;script-src *": "parameter_rejected",
	} {
		newSigner().but("oauth_callback", callback).ask(t, s, "POST", pathRequestToken, nil).is(t, callback, 400, problem)
	}
	for _, callback := range []string{"oob", "http://localhost:1/", "http://[::1]:4009/x?y=z", "http://127.0.0.1/", defaultRedirect, "https://app.example/cb"} {
		if got := newSigner().but("oauth_callback", callback).ask(t, s, "POST", pathRequestToken, nil); got.Status != 200 {
			t.Errorf("%s: HTTP %d %s", callback, got.Status, got.Text)
		}
	}
	for _, scope := range []string{"shops_r", "listings_r,listings_w", "listings_r LISTINGS_W", "<b>"} {
		got := newSigner().but("oauth_callback", "oob").ask(t, s, "GET", pathRequestToken+"?scope="+escape(scope), nil)
		got.is(t, scope, 400, "parameter_rejected")
		if got.form(t).Get("oauth_parameters_rejected") != "scope" {
			t.Errorf("%s: %s", scope, got.Text)
		}
	}
	newSigner().but("oauth_callback", "oob").with("abc", "").ask(t, s, "GET", pathRequestToken, nil).is(t, "a token", 400, "parameter_rejected")
	all := newSigner().but("oauth_callback", "oob").ask(t, s, "POST", pathRequestToken, url.Values{"scope": {strings.Join(olderScopeNames, " ")}})
	if all.Status != 200 {
		t.Errorf("every permission, in the body: HTTP %d %s", all.Status, all.Text)
	}
}

func TestTemporaryCredentialsAreGoodForOneKey(t *testing.T) {
	s := newPractice(t)
	sg, login := newSigner().begin(t, s, "oob", "")
	waiting := sg.but("oauth_verifier", "12345678")
	waiting.ask(t, s, "GET", pathAccessToken, nil).is(t, "nobody has answered", 403, "permission_unknown")
	verifier := shownVerifier(t, allowOlder(t, s, login))
	sg.ask(t, s, "GET", pathAccessToken, nil).is(t, "no verifier", 400, "parameter_absent")
	key := sg.finish(t, s, verifier)
	sg.but("oauth_verifier", verifier).ask(t, s, "GET", pathAccessToken, nil).is(t, "used", 403, "token_used")
	if got := key.ask(t, s, "GET", "/v2/oauth/scopes", nil); got.Status != 200 {
		t.Errorf("a second exchange took the key away: HTTP %d %s", got.Status, got.Text)
	}
	sg.ask(t, s, "GET", "/v2/oauth/scopes", nil).is(t, "temporary credentials as a key", 403, "token_rejected")
	key.but("oauth_verifier", verifier).ask(t, s, "GET", pathAccessToken, nil).is(t, "a key as temporary credentials", 403, "token_rejected")
	b := newBrowser(t, s)
	if b.open(login); b.status != 400 || !strings.Contains(b.page, text("refused.over.title")) {
		t.Errorf("the page of a used sign-in: HTTP %d", b.status)
	}
}

// Three slips are forgiven, the fourth is one too many.
func TestWrongVerifiers(t *testing.T) {
	for wrong, problem := range []string{"", "", "", "", "token_rejected"} {
		s := newPractice(t)
		sg, login := newSigner().begin(t, s, "oob", "")
		verifier := shownVerifier(t, allowOlder(t, s, login))
		for range wrong {
			sg.but("oauth_verifier", "x"+verifier).ask(t, s, "GET", pathAccessToken, nil).is(t, "wrong", 401, "verifier_invalid")
		}
		if problem == "" {
			sg.finish(t, s, verifier)
		} else {
			sg.but("oauth_verifier", verifier).ask(t, s, "GET", pathAccessToken, nil).is(t, "too late", 403, problem)
		}
	}
}

// Allow may be pressed again; the number shown last is the one that counts.
func TestTheLastVerifierCounts(t *testing.T) {
	s := newPractice(t)
	sg, login := newSigner().begin(t, s, "oob", "")
	b := allowOlder(t, s, login)
	first := shownVerifier(t, b)
	b.open(login)
	b.press("allow")
	second := shownVerifier(t, b)
	if first != second {
		sg.but("oauth_verifier", first).ask(t, s, "GET", pathAccessToken, nil).is(t, "the first", 401, "verifier_invalid")
	}
	sg.finish(t, s, second)
}

func TestTemporaryCredentialsExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPractice(t)
		sg, login := newSigner().begin(t, s, "oob", "")
		late, lateLogin := newSigner().begin(t, s, "oob", "")
		later(temporaryTTL - time.Second)
		verifier := shownVerifier(t, allowOlder(t, s, login))
		later(time.Second)
		b := newBrowser(t, s)
		if b.open(lateLogin); b.status != 400 || !strings.Contains(b.page, text("refused.over.title")) {
			t.Errorf("HTTP %d\n%s", b.status, b.page)
		}
		late.but("oauth_verifier", "x").ask(t, s, "GET", pathAccessToken, nil).is(t, "late", 403, "token_expired")
		later(temporaryTTL - 2*time.Second)
		key := sg.finish(t, s, verifier)
		later(10 * 365 * 24 * time.Hour)
		if got := key.ask(t, s, "GET", "/v2/oauth/scopes", nil); got.Status != 200 {
			t.Errorf("keys do not expire: HTTP %d %s", got.Status, got.Text)
		}
		late.but("oauth_verifier", "x").ask(t, s, "GET", pathAccessToken, nil).is(t, "forgotten", 403, "token_rejected")
	})
}
