package practice

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const goodKey = ClientID + ":" + ClientSecret

func TestThreeRefusalsOfTheAppKey(t *testing.T) {
	const (
		shape   = "Invalid API key: should be in the format 'keystring:shared_secret'."
		secret  = "Shared secret is required in x-api-key header."
		unknown = "API key not found or not active, or incorrect shared secret for API key."
	)
	s := newPractice(t)
	for name, tc := range map[string]struct{ key, says string }{
		"missing":               {"", shape},
		"no colon":              {"abcdefghijklmnopqrstuvwx", shape},
		"the secret alone":      {ClientSecret, shape},
		"keystring alone":       {ClientID, secret},
		"keystring, colon":      {ClientID + ":", secret},
		"colon alone":           {":", unknown},
		"unknown keystring":     {"abc:" + ClientSecret, unknown},
		"wrong secret":          {ClientID + ":abc", unknown},
		"halves swapped":        {ClientSecret + ":" + ClientID, unknown},
		"keystring in capitals": {strings.ToUpper(ClientID) + ":" + ClientSecret, unknown},
		"space in the middle":   {ClientID + ": " + ClientSecret, unknown},
	} {
		t.Run(name, func(t *testing.T) {
			send(t, s, "GET", "/v3/application/openapi-ping", nil, "x-api-key", tc.key).is(t, 403, tc.says, "")
			// The key comes before everything else, as at the real place.
			send(t, s, "POST", "/v3/application/scopes", "%zz", "x-api-key", tc.key, "Content-Type", "application/x-www-form-urlencoded").is(t, 403, tc.says, "")
			send(t, s, "GET", "/v3/application/nothing", nil, "x-api-key", tc.key).is(t, 403, tc.says, "")
		})
	}
	if got := send(t, s, "GET", "/v3/application/openapi-ping", nil, "x-api-key", goodKey); got.Status != 200 || got.Body["application_id"] == nil {
		t.Errorf("ping: %d %v", got.Status, got.Body)
	}
}

func TestBearerTokens(t *testing.T) {
	s := newPractice(t)
	access, refresh := won(t, s, "scope", "listings_r")
	for name, tc := range map[string]struct {
		header string
		status int
		code   string
		says   string
	}{
		"none":             {"", 401, "invalid_token", "access token is required"},
		"basic":            {"Basic " + access, 401, "invalid_token", "access token is required"},
		"empty":            {"Bearer ", 401, "invalid_token", "access token is required"},
		"rubbish":          {"Bearer abc", 401, "invalid_token", "access token is invalid"},
		"refresh token":    {"Bearer " + refresh, 401, "invalid_token", "access token is invalid"},
		"without its user": {"Bearer " + access[9:], 401, "invalid_token", "access token is invalid"},
		"another user":     {"Bearer 90375518" + access[8:], 401, "invalid_token", "access token is invalid"},
		"scope missing":    {"bearer " + access, 403, "insufficient_scope", "Insufficient scope"},
	} {
		t.Run(name, func(t *testing.T) {
			send(t, s, "GET", "/v3/application/users/me", nil, "x-api-key", goodKey, "Authorization", tc.header).is(t, tc.status, tc.code, tc.says)
		})
	}
}

func TestAPIAnswers(t *testing.T) {
	s := newPractice(t)
	b := newBrowser(t, s)
	b.open(consentURL("scope", "email_r shops_r"))
	b.press("signin", "name", "  Jo\u202e ", "shop", "52284917")
	b.press("allow")
	got := send(t, s, "POST", tokenPath, exchangeForm(b.at.Query().Get("code")))
	access := got.text("access_token")

	if me := callAPI(t, s, access, "/users/90375518"); me.text("first_name") != "Jo" || me.Body["user_id"] != 90375518.0 {
		t.Errorf("user: %v", me.Body)
	}
	callAPI(t, s, access, "/users/84120937").is(t, 404, "Could not find a user with user_id = 84120937", "")
	if shop := callAPI(t, s, access, "/users/90375518/shops"); shop.text("shop_name") != "Red Oak Prints" || shop.Body["listing_active_count"] != 5.0 {
		t.Errorf("shop of user: %v", shop.Body)
	}
	callAPI(t, s, access, "/users/7/shops").is(t, 404, "Could not find a shop for user with user_id = 7", "")
	callAPI(t, s, "", "/shops/90375518").is(t, 404, "Could not find a shop with shop_id = 90375518", "")
	callAPI(t, s, "", "/shops/abc").is(t, 404, "Could not find a shop with shop_id = 0", "")
	callAPI(t, s, access, "/shops/52284917/listings").is(t, 403, "insufficient_scope", "Insufficient scope")
	callAPI(t, s, access, "/nothing/here").is(t, 404, "Resource not found", "")
	send(t, s, "GET", "/v3/elsewhere", nil).is(t, 404, "Resource not found", "")
	send(t, s, "POST", "/v3/application/scopes", nil, "x-api-key", goodKey).is(t, 400, "token is required", "")
	send(t, s, "POST", "/v3/application/scopes", url.Values{"token": {"x"}}, "x-api-key", goodKey).is(t, 401, "invalid_token", "access token is invalid")

	lister, _ := won(t, s, "scope", "listings_r")
	if list := callAPI(t, s, lister, "/shops/51730426/listings"); list.Body["count"] != 12.0 {
		t.Errorf("listings: %v", list.Body)
	}
	callAPI(t, s, lister, "/shops/84120937/listings").is(t, 403, "User does not own Shop 84120937", "")
}

func TestRateLimitHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPractice(t)
		for i := range 7 {
			got := callAPI(t, s, "", "/openapi-ping")
			second, day := got.Header.Get("x-remaining-this-second"), got.Header.Get("x-remaining-today")
			if got.Status != 200 || second != strconv.Itoa(max(0, 4-i)) || day != strconv.Itoa(4999-i) {
				t.Errorf("call %d: HTTP %d, %s left this second, %s today", i+1, got.Status, second, day)
			}
			if got.Header.Get("x-limit-per-second") != "5" || got.Header.Get("x-limit-per-day") != "5000" {
				t.Errorf("limits: %v", got.Header)
			}
		}
		later(time.Second)
		if got := callAPI(t, s, "", "/openapi-ping"); got.Header.Get("x-remaining-this-second") != "4" {
			t.Errorf("after a second: %v", got.Header)
		}
		later(24 * time.Hour)
		if got := callAPI(t, s, "", "/openapi-ping"); got.Header.Get("x-remaining-today") != "4999" {
			t.Errorf("after a day: %v", got.Header)
		}
	})
}
