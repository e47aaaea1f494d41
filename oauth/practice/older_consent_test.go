package practice

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// consentOlder signs in and stands before the two buttons.
func consentOlder(t *testing.T, s *Server, callback, scopes string) (signer, *browser) {
	t.Helper()
	sg, login := newSigner().begin(t, s, callback, scopes)
	b := newBrowser(t, s)
	b.open(login)
	b.press("signin", "name", "Mo")
	return sg, b
}

// What the seller reads: every permission in words, by what it can do, and where the answer goes.
func TestOlderConsent(t *testing.T) {
	s := newPractice(t)
	_, b := consentOlder(t, s, olderCallback, strings.Join(olderScopeNames, " "))
	for _, name := range olderScopeNames {
		if !strings.Contains(b.page, "<span>"+text("scope."+name)+"</span> <code>"+name+"</code>") {
			t.Errorf("%s is not said", name)
		}
	}
	for _, want := range []string{"Blue Fern Pottery", "Signed in as Mo", "http://127.0.0.1:4009", text("risk.change"), `id="allow"`, `id="deny"`, `id="switch"`} {
		if !strings.Contains(b.page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if policy := b.header.Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self' http://127.0.0.1:4009;") {
		t.Error(policy)
	}
	if _, b = consentOlder(t, s, "oob", ""); !strings.Contains(b.page, text("consent.typed")) || !strings.Contains(b.page, text("consent.bare")) || strings.Contains(b.page, text("consent.lead")) {
		t.Errorf("nothing asked, by hand:\n%s", b.page)
	}
	if policy := b.header.Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self';") {
		t.Error(policy)
	}
}

func TestOlderDeny(t *testing.T) {
	s := newPractice(t)
	for _, button := range []string{"deny", "allow"} {
		sg, b := consentOlder(t, s, olderCallback+"?flow=7", "")
		if button == "allow" {
			arm(t, s, "deny")
		}
		b.press(button)
		if want := olderCallback + "?flow=7&oauth_problem=user_refused&oauth_token=" + sg.token; b.at.String() != want {
			t.Errorf("%s: called back at %s, want %s", button, b.at, want)
		}
		sg.but("oauth_verifier", "12345678").ask(t, s, "GET", pathAccessToken, nil).is(t, button, 403, "permission_denied")
	}
	sg, b := consentOlder(t, s, "oob", "")
	b.press("deny")
	if b.status != 200 || !strings.Contains(b.page, text("denied.title")) {
		t.Errorf("by hand: HTTP %d\n%s", b.status, b.page)
	}
	sg.but("oauth_verifier", "12345678").ask(t, s, "GET", pathAccessToken, nil).is(t, "by hand", 403, "permission_denied")
}

func TestOlderDenySilent(t *testing.T) {
	s := newPractice(t)
	for _, button := range []string{"deny", "allow"} {
		sg, b := consentOlder(t, s, olderCallback, "")
		arm(t, s, "deny-silent")
		b.press(button)
		if b.status != 200 || b.header.Get("Location") != "" || !strings.Contains(b.page, text("dead.title")) {
			t.Errorf("%s: HTTP %d to %s", button, b.status, b.at)
		}
		sg.but("oauth_verifier", "12345678").ask(t, s, "GET", pathAccessToken, nil).is(t, button, 403, "permission_unknown")
	}
}

func TestOlderPagesBelieveNobody(t *testing.T) {
	s := newPractice(t)
	sg, b := consentOlder(t, s, olderCallback, "")
	address := b.at.String()
	for name, attack := range map[string]func(){
		"no token":     func() { b.post(address, url.Values{"decision": {"allow"}}) },
		"other origin": func() { b.post(address, url.Values{"decision": {"allow"}}, "Origin", "http://evil.example") },
	} {
		if attack(); b.status != 403 || b.header.Get("Location") != "" {
			t.Errorf("%s: HTTP %d to %s", name, b.status, b.at)
		}
	}
	for _, link := range []string{pathOlderSignIn, pathOlderSignIn + "?oauth_token=", pathOlderSignIn + "?oauth_token=abc"} {
		if b.open(home + link); b.status != 400 || !strings.Contains(b.page, text("refused.over.title")) {
			t.Errorf("%s: HTTP %d", link, b.status)
		}
	}
	b.open(address)
	token := tokenOf(b)
	b.post(home+pathOlderSignIn+"?oauth_token=abc", url.Values{"decision": {"allow"}, "form_token": {token}})
	if b.status != 400 || b.header.Get("Location") != "" {
		t.Errorf("an unknown token: HTTP %d to %s", b.status, b.at)
	}
	b.open(address)
	b.press("switch")
	b.press("signin", "shop", "52284917")
	if !strings.Contains(b.page, "Red Oak Prints") {
		t.Errorf("another shop was chosen\n%s", b.page)
	}
	stolen := tokenOf(b)
	if b.press("allow"); b.at.Query().Get("oauth_token") != sg.token {
		t.Errorf("called back at %s", b.at)
	}
	stranger := newBrowser(t, s)
	stranger.open(home + pathApps)
	stranger.post(address, url.Values{"decision": {"allow"}, "form_token": {stolen}})
	if stranger.status != 403 {
		t.Errorf("another browser's form: HTTP %d", stranger.status)
	}
}

// Signing out in another tab, and then pressing Allow, leads to the sign-in.
func TestAllowWithoutASession(t *testing.T) {
	s := newPractice(t)
	sg, b := consentOlder(t, s, olderCallback, "")
	if err := s.store.update(t.Context(), func(st *state, _ time.Time) { clear(st.Sessions) }); err != nil {
		t.Fatal(err)
	}
	if b.press("allow"); !strings.Contains(b.page, `id="signin"`) {
		t.Errorf("HTTP %d at %s\n%s", b.status, b.at, b.page)
	}
	sg.but("oauth_verifier", "12345678").ask(t, s, "GET", pathAccessToken, nil).is(t, "not allowed", 403, "permission_unknown")
}

// The address of the sign-in is where the pages are: at the socket the request came in by, or where this Server serves them.
func TestLoginURLLeadsToThePages(t *testing.T) {
	s := newPractice(t)
	host := func(login string) string {
		u, err := url.Parse(login)
		if err != nil {
			t.Fatal(err)
		}
		return "http://" + u.Host
	}
	if _, login := newSigner().begin(t, s, "oob", ""); host(login) != "http://"+DefaultAddress {
		t.Errorf("nothing is served: %s", login)
	}
	ctx, cancel := context.WithCancel(t.Context())
	base, done, err := s.ServeAll(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if _, login := newSigner().begin(t, s, "oob", ""); host(login) != base {
		t.Errorf("served at %s: %s", base, login)
	}
	named := strings.Replace(base, "127.0.0.1", "localhost", 1)
	r := newSigner().but("oauth_callback", "oob").request(t, "GET", named+pathRequestToken, nil)
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if login := (olderReply{Text: string(answer)}).form(t).Get("login_url"); resp.StatusCode != 200 || host(login) != named {
		t.Errorf("asked at %s: HTTP %d %s", named, resp.StatusCode, answer)
	}
	cancel()
	<-done
	if _, login := newSigner().begin(t, s, "oob", ""); host(login) != "http://"+DefaultAddress {
		t.Errorf("served no more: %s", login)
	}
}
