package practice

import (
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestExchangeRefusals(t *testing.T) {
	other := strings.Repeat("x", 43)
	const keyShape = "Invalid API key: should be in the format 'keystring:shared_secret'."
	for name, tc := range map[string]struct {
		pairs             []string
		status            int
		code, description string
	}{
		"no grant type":       {[]string{"grant_type", ""}, 400, "invalid_request", "grant_type is required"},
		"other grant type":    {[]string{"grant_type", "password"}, 400, "unsupported_grant_type", "grant_type is not supported"},
		"no client":           {[]string{"client_id", ""}, 400, "invalid_request", "client_id is required"},
		"client with secret":  {[]string{"client_id", ClientID + ":" + ClientSecret}, 403, keyShape, ""},
		"unknown client":      {[]string{"client_id", "abc"}, 403, "Invalid API key", ""},
		"no code":             {[]string{"code", ""}, 400, "invalid_request", "code is required"},
		"no redirect":         {[]string{"redirect_uri", ""}, 400, "invalid_request", "redirect_uri is required"},
		"no verifier":         {[]string{"code_verifier", ""}, 400, "invalid_request", "code_verifier is required"},
		"unknown code":        {[]string{"code", "abc"}, 400, "invalid_grant", "code is invalid (no such code)"},
		"other redirect":      {[]string{"redirect_uri", "http://127.0.0.1:9/oauth/redirect"}, 400, "invalid_grant", "redirect_uri is not the one of the authorization request"},
		"other verifier":      {[]string{"code_verifier", other}, 400, "invalid_grant", "code_verifier does not match the code_challenge"},
		"challenge, verifier": {[]string{"code_verifier", challengeOf(verifier)}, 400, "invalid_grant", "code_verifier does not match the code_challenge"},
		"short verifier":      {[]string{"code_verifier", "abc"}, 400, "invalid_request", "code_verifier is not 43 to 128 characters of A-Z a-z 0-9 . _ ~ -"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newPractice(t)
			form := exchangeForm(allow(t, s), tc.pairs...)
			send(t, s, "POST", tokenPath, form).is(t, tc.status, tc.code, tc.description)
		})
	}
}

// A wrong guess spends the code, so that a verifier cannot be searched for.
func TestWrongVerifierSpendsTheCode(t *testing.T) {
	s := newPractice(t)
	code := allow(t, s)
	send(t, s, "POST", tokenPath, exchangeForm(code, "code_verifier", strings.Repeat("x", 43)))
	send(t, s, "POST", tokenPath, exchangeForm(code)).is(t, 400, "invalid_grant", "code has been used previously")
}

func TestBodies(t *testing.T) {
	s := newPractice(t)
	form := exchangeForm(allow(t, s))
	send(t, s, "POST", tokenPath+"?"+form.Encode(), nil).is(t, 400, "invalid_request", "grant_type is required")
	send(t, s, "POST", tokenPath, form.Encode(), "Content-Type", "text/plain").is(t, 400, "invalid_request", "grant_type is required")
	send(t, s, "POST", tokenPath, form.Encode()+"&code=x", "Content-Type", "application/x-www-form-urlencoded").
		is(t, 400, "invalid_request", "code is given more than once")
	send(t, s, "POST", tokenPath, strings.Repeat("x", maxBody+1), "Content-Type", "application/json").
		is(t, 400, "invalid_request", "the body cannot be read")
	send(t, s, "POST", tokenPath, `{"grant_type":1}`, "Content-Type", "application/json").
		is(t, 400, "invalid_request", "the body is not a JSON object of strings")
	send(t, s, "GET", tokenPath, nil).is(t, 405, "Method not allowed", "")

	members := map[string]string{}
	for name := range form {
		members[name] = form.Get(name)
	}
	got := send(t, s, "POST", tokenPath, members, "Content-Type", "application/json; charset=utf-8")
	if got.Status != 200 || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("JSON exchange: %d %v %v", got.Status, got.Header, got.Body)
	}
}

func TestReusedCodeEndsWhatItWon(t *testing.T) {
	s := newPractice(t)
	code := allow(t, s)
	first := send(t, s, "POST", tokenPath, exchangeForm(code))
	send(t, s, "POST", tokenPath, exchangeForm(code)).is(t, 400, "invalid_grant", "code has been used previously")
	callAPI(t, s, first.text("access_token"), "/users/me").is(t, 403, "invalid_token", "access token has been revoked")
	send(t, s, "POST", tokenPath, refreshForm(first.text("refresh_token"))).is(t, 400, "invalid_grant", "refresh_token is revoked")
}

func TestSpentRefreshTokenEndsTheFamily(t *testing.T) {
	s := newPractice(t)
	_, first := won(t, s)
	other, _ := won(t, s)
	second := send(t, s, "POST", tokenPath, refreshForm(first))
	third := send(t, s, "POST", tokenPath, refreshForm(second.text("refresh_token")))
	if third.Status != 200 {
		t.Fatalf("third: %v", third.Body)
	}
	for _, token := range []string{first, third.text("refresh_token"), second.text("refresh_token")} {
		send(t, s, "POST", tokenPath, refreshForm(token)).is(t, 400, "invalid_grant", "refresh_token is revoked")
	}
	callAPI(t, s, third.text("access_token"), "/users/me").is(t, 403, "invalid_token", "access token has been revoked")
	if got := callAPI(t, s, other, "/users/me"); got.Status != 200 {
		t.Errorf("another grant of the same shop ended too: %v", got.Body)
	}
}

func TestRefreshRefusals(t *testing.T) {
	s := newPractice(t)
	access, refresh := won(t, s)
	foreign := "90375518" + refresh[8:]
	for name, token := range map[string]string{
		"rubbish": "abc", "no dot": "84120937", "access token": access, "another user's prefix": foreign,
		"never ours": "84120937." + randomText(tokenLength),
	} {
		t.Run(name, func(t *testing.T) {
			send(t, s, "POST", tokenPath, refreshForm(token)).is(t, 400, "invalid_grant", "refresh_token is invalid (no such token)")
		})
	}
	send(t, s, "POST", tokenPath, refreshForm("")).is(t, 400, "invalid_request", "refresh_token is required")
	send(t, s, "POST", tokenPath, refreshForm(refresh, "client_id", "abc")).is(t, 403, "Invalid API key", "")
	if got := send(t, s, "POST", tokenPath, refreshForm(refresh)); got.Status != 200 {
		t.Errorf("a refusal spent the good token: %v", got.Body)
	}
}

func TestLifetimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPractice(t)
		code := allow(t, s)
		later(codeTTL)
		send(t, s, "POST", tokenPath, exchangeForm(code)).is(t, 400, "invalid_grant", "code is expired")
		code = allow(t, s)
		later(codeTTL - time.Millisecond)
		got := send(t, s, "POST", tokenPath, exchangeForm(code))

		later(time.Hour - time.Millisecond)
		if who := callAPI(t, s, got.text("access_token"), "/users/me"); who.Status != 200 {
			t.Errorf("a moment before its hour is over: %v", who.Body)
		}
		later(time.Millisecond)
		callAPI(t, s, got.text("access_token"), "/users/me").is(t, 401, "invalid_token", "access token is expired")

		later(90*24*time.Hour - time.Hour - time.Millisecond)
		next := send(t, s, "POST", tokenPath, refreshForm(got.text("refresh_token")))
		if next.Status != 200 {
			t.Fatalf("a moment before the 90 days are over: %v", next.Body)
		}
		callAPI(t, s, got.text("access_token"), "/users/me").is(t, 401, "invalid_token", "access token is expired")
		later(90 * 24 * time.Hour)
		send(t, s, "POST", tokenPath, refreshForm(next.text("refresh_token"))).is(t, 400, "invalid_grant", "refresh_token is expired")
	})
}

func TestLifetimesCanBeSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPractice(t)
		if err := s.Configure(Switches{AccessTTL: 90 * time.Second, RefreshTTL: 5 * time.Minute}); err != nil {
			t.Fatal(err)
		}
		got := send(t, s, "POST", tokenPath, exchangeForm(allow(t, s)))
		if got.Body["expires_in"] != 90.0 {
			t.Errorf("expires_in %v", got.Body["expires_in"])
		}
		later(90 * time.Second)
		callAPI(t, s, got.text("access_token"), "/users/me").is(t, 401, "invalid_token", "access token is expired")
		later(210 * time.Second)
		send(t, s, "POST", tokenPath, refreshForm(got.text("refresh_token"))).is(t, 400, "invalid_grant", "refresh_token is expired")
	})
}

func TestScopesSurviveRefresh(t *testing.T) {
	s := newPractice(t)
	_, refresh := won(t, s, "scope", "transactions_r shops_r")
	next := send(t, s, "POST", tokenPath, refreshForm(refresh, "scope", "listings_d"))
	got := send(t, s, "POST", "/v3/application/scopes", url.Values{"token": {next.text("access_token")}}, "x-api-key", ClientID+":"+ClientSecret)
	scopes, _ := got.Body["scopes"].([]any)
	if len(scopes) != 2 || scopes[0] != "shops_r" || scopes[1] != "transactions_r" {
		t.Errorf("scopes after a refresh: %v", got.Body)
	}
}
