package practice

import (
	"strings"
	"testing"
)

func TestRefusedWithoutRedirect(t *testing.T) {
	const redirect, client = "The requested redirect URL is not permitted.", "application not recognized"
	for name, tc := range map[string]struct{ address, says string }{
		"unknown client":        {consentURL("client_id", "abcdefghijklmnopqrstuvwx"), client},
		"no client":             {consentURL("client_id", ""), client},
		"client with secret":    {consentURL("client_id", ClientID+":"+ClientSecret), client},
		"no redirect":           {consentURL("redirect_uri", ""), redirect},
		"slash at the end":      {consentURL("redirect_uri", defaultRedirect+"/"), redirect},
		"question mark":         {consentURL("redirect_uri", defaultRedirect+"?"), redirect},
		"upper case":            {consentURL("redirect_uri", "http://Localhost:3003/oauth/redirect"), redirect},
		"other port":            {consentURL("redirect_uri", "http://localhost:3005/oauth/redirect"), redirect},
		"https":                 {consentURL("redirect_uri", "https://localhost:3003/oauth/redirect"), redirect},
		"elsewhere":             {consentURL("redirect_uri", "http://evil.example/oauth/redirect"), redirect},
		"looks like loopback":   {consentURL("redirect_uri", "http://127.0.0.1.evil.example/oauth/redirect"), redirect},
		"user before the host":  {consentURL("redirect_uri", "http://127.0.0.1:1@evil.example/oauth/redirect"), redirect},
		"other loopback":        {consentURL("redirect_uri", "http://127.0.0.2:4000/oauth/redirect"), redirect},
		"port out of range":     {consentURL("redirect_uri", "http://127.0.0.1:65536/oauth/redirect"), redirect},
		"other path":            {consentURL("redirect_uri", "http://127.0.0.1:4000/oauth/redirect2"), redirect},
		"script":                {consentURL("redirect_uri", "javascript:alert(1)"), redirect},
		"redirect twice":        {consentURL() + "&redirect_uri=http://evil.example/", text("refused.link.title")},
		"client twice":          {consentURL() + "&client_id=x", text("refused.link.title")},
		"a query out of shape":  {consentURL() + "&x=%zz", text("refused.link.title")},
		"semicolon in the link": {consentURL() + ";x=1", text("refused.link.title")},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBrowser(t, newPractice(t))
			b.open(tc.address)
			if b.status != 400 || !strings.Contains(b.page, tc.says) || b.header.Get("Location") != "" {
				t.Errorf("HTTP %d, Location %q; want 400, no redirect, and %q in\n%s", b.status, b.header.Get("Location"), tc.says, b.page)
			}
		})
	}
}

func TestRefusedByRedirect(t *testing.T) {
	for name, tc := range map[string]struct{ address, code, description string }{
		"no state":           {consentURL("state", ""), "invalid_request", "state is required"},
		"blank state":        {consentURL("state", "  "), "invalid_request", "state is required"},
		"state twice":        {consentURL() + "&state=b", "invalid_request", "state is given more than once"},
		"no response type":   {consentURL("response_type", ""), "invalid_request", "response_type is required"},
		"implicit":           {consentURL("response_type", "token"), "unsupported_response_type", "response_type must be code"},
		"no scope":           {consentURL("scope", " "), "invalid_scope", "scope is required"},
		"unknown scope":      {consentURL("scope", "shops_r billing_r"), "invalid_scope", "scope billing_r is not known"},
		"no challenge":       {consentURL("code_challenge", ""), "invalid_request", "code_challenge is required"},
		"no method":          {consentURL("code_challenge_method", ""), "invalid_request", "code_challenge_method must be S256"},
		"plain":              {consentURL("code_challenge_method", "plain"), "invalid_request", "code_challenge_method must be S256"},
		"short challenge":    {consentURL("code_challenge", "abc"), "invalid_request", "code_challenge must be 43 characters of base64url"},
		"padded challenge":   {consentURL("code_challenge", challengeOf(verifier)[:42]+"="), "invalid_request", "code_challenge must be 43 characters of base64url"},
		"state of odd bytes": {consentURL("state", "a&b=c#d", "scope", "x"), "invalid_scope", "scope x is not known"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBrowser(t, newPractice(t))
			b.open(tc.address)
			q := b.at.Query()
			if b.status != 303 || !strings.HasPrefix(b.at.String(), defaultRedirect+"?") || q.Get("error") != tc.code || q.Get("error_description") != tc.description {
				t.Errorf("HTTP %d to %s; want error %q, %q", b.status, b.at, tc.code, tc.description)
			}
			if name == "state of odd bytes" && q.Get("state") != "a&b=c#d" {
				t.Errorf("state came back as %q", q.Get("state"))
			}
			if q.Get("code") != "" {
				t.Error("a refusal carries a code")
			}
		})
	}
}

func TestPermittedRedirects(t *testing.T) {
	s := newPractice(t)
	const own = "https://app.example/cb?tenant=1"
	if err := s.Configure(Switches{Redirect: own}); err != nil {
		t.Fatal(err)
	}
	for _, redirect := range []string{
		defaultRedirect, own, "http://127.0.0.1/oauth/redirect",
		"http://127.0.0.1:45678/oauth/redirect", "http://[::1]:1/oauth/redirect", "http://[::1]:65535/oauth/redirect",
	} {
		code := allow(t, s, "redirect_uri", redirect)
		got := send(t, s, "POST", tokenPath, exchangeForm(code, "redirect_uri", redirect))
		if got.Status != 200 {
			t.Errorf("%s: %d %v", redirect, got.Status, got.Body)
		}
	}
	b := newBrowser(t, s)
	b.open(consentURL("redirect_uri", own))
	b.press("signin")
	b.press("deny")
	if !strings.HasPrefix(b.at.String(), own+"&") || b.at.Query().Get("tenant") != "1" {
		t.Errorf("the redirect's own query is not kept: %s", b.at)
	}
}

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"  Jo  ": "Jo", "a\r\nb": "ab", "x\u202ey": "xy", "\x1b[2K": "[2K", "Zoë 陶": "Zoë 陶", "\xff": "", "abcdefghijkl": "abcdefghij",
	} {
		if got := cleanName(in, 10); got != want {
			t.Errorf("cleanName(%q) = %q, want %q", in, got, want)
		}
	}
}
