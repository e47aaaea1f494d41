package practice

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryPageIsSecured(t *testing.T) {
	s := newPractice(t)
	won(t, s)
	b := consent(t, s)
	check := func(what, reach string) {
		t.Helper()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src " + stylePolicy + "; img-src data:; form-action " + reach +
				"; frame-ancestors 'none'; base-uri 'none'",
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Access-Control-Allow-Origin": "", "Server": "",
		} {
			if got := b.header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", what, name, got, want)
			}
		}
		for _, outside := range regexp.MustCompile(`(?:src|href|action)="([^"]*)"`).FindAllStringSubmatch(b.page, -1) {
			if !strings.HasPrefix(outside[1], "/") && !strings.HasPrefix(outside[1], "data:") {
				t.Errorf("%s loads or links %s", what, outside[1])
			}
		}
		if strings.Contains(b.page, "<script") {
			t.Errorf("%s has a script", what)
		}
	}
	check("consent", "'self' http://localhost:3003")
	for address, reach := range map[string]string{
		consentURL("redirect_uri", "http://[::1]:4000/oauth/redirect"): "'self' http:",
		consentURL("client_id", "x"):                                   "'self'",
		consentURL("state", ""):                                        "'self'",
		home + pathApps:                                                "'self'",
		home + pathSwitches:                                            "'self'",
		home + "/favicon.ico":                                          "'self'",
		home + "/":                                                     "'self'",
	} {
		b.open(address)
		check(address, reach)
	}
	b.post(home+pathApps, url.Values{"revoke": {"51730426"}})
	check("a refused form", "'self'")
	_, login := newSigner().begin(t, s, "oob", "cart_rw")
	b.open(login)
	check("consent of the older API", "'self'")
	b.press("allow")
	check("verifier", "'self'")
	b.open(login + "x")
	check("a sign-in that has ended", "'self'")
	b = newBrowser(t, s)
	b.open(consentURL())
	check("sign in", "'self' http://localhost:3003")
}

func TestCookie(t *testing.T) {
	b := newBrowser(t, newPractice(t))
	b.client.Jar = nil
	b.open(consentURL())
	cookies := (&http.Response{Header: b.header}).Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Path != "/" || len(cookies[0].Value) != tokenLength {
		t.Errorf("cookies: %v", cookies)
	}
}

func TestSignInRenewsTheSession(t *testing.T) {
	b := newBrowser(t, newPractice(t))
	b.open(consentURL())
	planted := b.client.Jar.Cookies(b.at)[0].Value
	b.press("signin")
	if now := b.client.Jar.Cookies(b.at)[0].Value; now == planted {
		t.Error("the cookie from before the sign-in is the session's")
	}
	other := newBrowser(t, newPractice(t))
	other.open(consentURL())
	other.client.Jar.SetCookies(other.at, []*http.Cookie{{Name: cookieName, Value: planted}})
	if other.open(consentURL()); !strings.Contains(other.page, `id="signin"`) {
		t.Error("a planted cookie is signed in")
	}
}

func TestForgedForms(t *testing.T) {
	s := newPractice(t)
	access, _ := won(t, s)
	victim, thief := consent(t, s), consent(t, s)
	for name, attack := range map[string]func(token string){
		"no token": func(string) { victim.post(consentURL(), url.Values{"decision": {"allow"}}) },
		"another's": func(string) {
			victim.post(consentURL(), url.Values{"decision": {"allow"}, "form_token": {tokenOf(thief)}})
		},
		"in the address": func(token string) { victim.post(consentURL()+"&decision=allow&form_token="+token, nil) },
		"other origin": func(token string) {
			victim.post(consentURL(), url.Values{"decision": {"allow"}, "form_token": {token}}, "Origin", "http://evil.example")
		},
		"cross site": func(token string) {
			victim.post(consentURL(), url.Values{"decision": {"allow"}, "form_token": {token}}, "Sec-Fetch-Site", "cross-site")
		},
		"revoke":   func(string) { victim.post(home+pathApps, url.Values{"revoke": {"51730426"}}) },
		"switches": func(string) { victim.post(home+pathSwitches, url.Values{"fault": {"deny"}}) },
		"sign in":  func(string) { victim.post(home+pathSignIn, url.Values{"shop": {"52284917"}}) },
		"sign out": func(string) { victim.post(home+pathSignOut, nil) },
	} {
		attack(tokenOf(victim))
		if victim.status != 403 || victim.header.Get("Location") != "" {
			t.Errorf("%s: HTTP %d, Location %q", name, victim.status, victim.header.Get("Location"))
		}
		if victim.open(consentURL()); !strings.Contains(victim.page, "Blue Fern Pottery") {
			t.Errorf("%s changed the session", name)
		}
	}
	if got := callAPI(t, s, access, "/users/me"); got.Status != 200 {
		t.Errorf("a forged revoke took effect: %v", got.Body)
	}
	if victim.press("allow"); victim.at.Query().Get("code") == "" {
		t.Errorf("the true form no longer works: %d %s", victim.status, victim.at)
	}
}

func tokenOf(b *browser) string {
	return regexp.MustCompile(`name="form_token" value="([^"]+)"`).FindStringSubmatch(b.page)[1]
}

// The request is checked again when the form comes back: its address is the browser's to change.
func TestDecisionChecksTheRequestAgain(t *testing.T) {
	s := newPractice(t)
	b := consent(t, s)
	token := tokenOf(b)
	b.post(consentURL("redirect_uri", "http://evil.example/"), url.Values{"decision": {"allow"}, "form_token": {token}})
	if b.status != 400 || b.header.Get("Location") != "" {
		t.Errorf("other redirect: HTTP %d to %s", b.status, b.at)
	}
	b.post(consentURL("code_challenge_method", "plain"), url.Values{"decision": {"allow"}, "form_token": {token}})
	if b.at.Query().Get("error") != "invalid_request" || b.at.Query().Get("code") != "" {
		t.Errorf("plain: %s", b.at)
	}
	b.post(home+pathSignIn, url.Values{"form_token": {token}, "next": {"https://evil.example/"}})
	if b.at.Host != "127.0.0.1:3004" {
		t.Errorf("sign-in leads to %s", b.at)
	}
}

func TestHostileTextIsEscaped(t *testing.T) {
	b := newBrowser(t, newPractice(t))
	b.open(consentURL("state", `"><script>alert(1)</script>`))
	b.press("signin", "name", `<img src=x onerror=1>"'`)
	if b.status != 200 || strings.Contains(b.page, "<img") || strings.Contains(b.page, "<script") {
		t.Errorf("HTTP %d\n%s", b.status, b.page)
	}
	if b.press("allow"); b.at.Query().Get("state") != `"><script>alert(1)</script>` {
		t.Errorf("the state came back as %q", b.at.Query().Get("state"))
	}
}

func TestSecondTimeIsOnePress(t *testing.T) {
	s := newPractice(t)
	b := consent(t, s)
	b.press("allow")
	b.open(consentURL())
	if b.press("allow"); b.at.Query().Get("code") == "" {
		t.Errorf("sent to %s", b.at)
	}
	b.open(consentURL())
	b.press("switch")
	b.press("signin", "shop", "53961840")
	if !strings.Contains(b.page, "Maple &amp; Thread Handmade Gifts") {
		t.Errorf("another shop was chosen\n%s", b.page)
	}
}

func TestRevoke(t *testing.T) {
	s := newPractice(t)
	access, refresh := won(t, s)
	second, _ := won(t, s)
	b := newBrowser(t, s)
	b.open(home + pathApps)
	b.press("revoke")
	if b.status != 200 || !strings.Contains(b.page, "Valet Key no longer opens Blue Fern Pottery.") || strings.Contains(b.page, `id="revoke"`) {
		t.Errorf("HTTP %d\n%s", b.status, b.page)
	}
	send(t, s, "POST", tokenPath, refreshForm(refresh)).is(t, 400, "invalid_grant", "refresh_token is revoked")
	for _, token := range []string{access, second} {
		callAPI(t, s, token, "/users/me").is(t, 403, "invalid_token", "access token has been revoked")
	}
}

func TestSwitchesPage(t *testing.T) {
	s := newPractice(t)
	b := newBrowser(t, s)
	b.open(home + "/")
	b.open(home + pathSwitches)
	b.press("arm", "fault", "deny", "times", "2")
	if !strings.Contains(b.page, "2 to come") || !strings.Contains(b.page, "Saved.") {
		t.Errorf("armed: HTTP %d\n%s", b.status, b.page)
	}
	b.press("save-lifetimes", "access_ttl", "90s", "refresh_ttl", "7d")
	b.press("save-redirect", "redirect", "https://app.example/cb")
	b.press("save-window", "timestamp_window", "2m")
	for _, want := range []string{`value="90s"`, `value="7d"`, `value="2m"`, "https://app.example/cb"} {
		if !strings.Contains(b.page, want) {
			t.Errorf("%s is not on the page", want)
		}
	}
	for _, wrong := range [][]string{{"access_ttl", "soon"}, {"access_ttl", "-5m"}, {"refresh_ttl", "0d"}, {"access_ttl", "1ms"}} {
		if b.press("save-lifetimes", wrong...); b.status != 400 || !strings.Contains(b.page, `id="problem"`) {
			t.Errorf("%v: HTTP %d", wrong, b.status)
		}
	}
	if b.press("save-window", "timestamp_window", "2d"); b.status != 400 || !strings.Contains(b.page, `id="problem"`) {
		t.Errorf("a window of two days: HTTP %d", b.status)
	}
	b.press("arm")
	if strings.Contains(b.page, "to come") {
		t.Error("none clears nothing")
	}
}

func TestTextsAreAllThereAndUsed(t *testing.T) {
	sources := pagesHTML
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file.Name(), ".go") && !strings.HasPrefix(file.Name(), "texts") && !strings.HasSuffix(file.Name(), "_test.go") {
			source, err := os.ReadFile(file.Name())
			if err != nil {
				t.Fatal(err)
			}
			sources += string(source)
		}
	}
	built := []string{"refused", "risk", "scope", "fault"} // their ids are put together
	for id := range english {
		stem, _, _ := strings.Cut(id, ".")
		of := strings.TrimSuffix(strings.TrimSuffix(id, ".title"), ".text") // of a notice
		if !strings.Contains(sources, `"`+id+`"`) && !strings.Contains(sources, `, "`+of+`")`) && !slices.Contains(built, stem) {
			t.Errorf("text %q is not used", id)
		}
	}
	for _, used := range regexp.MustCompile(`(?:text\(|\bt )"([a-z.-]+)"`).FindAllStringSubmatch(sources, -1) {
		if _, known := english[used[1]]; !known && !strings.HasSuffix(used[1], ".") {
			t.Errorf("text %q is missing", used[1])
		}
	}
	for _, used := range regexp.MustCompile(`\.notice\(http\.\w+, "([a-z.]+)"\)`).FindAllStringSubmatch(sources, -1) {
		text(used[1] + ".title")
		text(used[1] + ".text")
	}
	for _, name := range scopeNames {
		text("scope." + name)
	}
}
