package practice

import (
	"net/url"
	"reflect"
	"testing"
)

func upgradeForm(token string, pairs ...string) url.Values {
	return with(url.Values{"grant_type": {"token_exchange"}, "client_id": {ClientID}, "legacy_token": {token}}, pairs)
}

// An older key becomes a pair of today's, which is refreshed like any other, and opens nothing any more itself.
func TestUpgrade(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "shops_rw listings_r favorites_rw treasury_w")
	got := send(t, s, "POST", tokenPath, upgradeForm(key.token))
	if got.Status != 200 || got.text("token_type") != "Bearer" || got.Body["expires_in"] != 3600.0 {
		t.Fatalf("HTTP %d %v", got.Status, got.Body)
	}
	access := got.text("access_token")
	scopes := send(t, s, "POST", "/v3/application/scopes", url.Values{"token": {access}}, "x-api-key", ClientID+":"+ClientSecret)
	if want := []any{"listings_r", "shops_r", "shops_w"}; !reflect.DeepEqual(scopes.Body["scopes"], want) {
		t.Errorf("%v, want %v", scopes.Body, want)
	}
	if who := callAPI(t, s, access, "/users/me"); who.Body["shop_id"] != 51730426.0 {
		t.Errorf("%v", who.Body)
	}
	if next := send(t, s, "POST", tokenPath, refreshForm(got.text("refresh_token"))); next.Status != 200 {
		t.Errorf("refresh: %v", next.Body)
	}
	key.ask(t, s, "GET", "/v2/oauth/scopes", nil).is(t, "the older key", 403, "token_revoked")
	send(t, s, "POST", tokenPath, upgradeForm(key.token)).is(t, 400, "invalid_grant", "legacy_token is invalid (no such token)")
}

func TestUpgradeRefusals(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "")
	const unknown = "legacy_token is invalid (no such token)"
	send(t, s, "POST", tokenPath, upgradeForm("")).is(t, 400, "invalid_request", "legacy_token is required")
	send(t, s, "POST", tokenPath, upgradeForm("0123456789abcdef0123456789abcd")).is(t, 400, "invalid_grant", unknown)
	send(t, s, "POST", tokenPath, upgradeForm(key.tokenSecret)).is(t, 400, "invalid_grant", unknown)
	send(t, s, "POST", tokenPath, upgradeForm(key.token, "client_id", "abc")).is(t, 403, "Invalid API key", "")
	arm(t, s, "exchange-ended")
	send(t, s, "POST", tokenPath, upgradeForm(key.token)).is(t, 400, "invalid_grant", unknown)
	if got := key.ask(t, s, "GET", "/v2/oauth/scopes", nil); got.Status != 200 {
		t.Errorf("a refused exchange ended the key: HTTP %d %s", got.Status, got.Text)
	}
	got := send(t, s, "POST", tokenPath, upgradeForm(key.token))
	scopes := send(t, s, "POST", "/v3/application/scopes", url.Values{"token": {got.text("access_token")}}, "x-api-key", ClientID+":"+ClientSecret)
	if !reflect.DeepEqual(scopes.Body["scopes"], []any{}) {
		t.Errorf("a key to nothing became %v", scopes.Body)
	}
}

// Every permission of the older API has its place in today's, or is known to have none.
func TestToday(t *testing.T) {
	want := []string{
		"address_r", "address_w", "email_r", "listings_d", "listings_r", "listings_w", "profile_r", "profile_w",
		"shops_r", "shops_w", "transactions_r", "transactions_w",
	}
	if got := today(olderScopeNames); !reflect.DeepEqual(got, want) || len(olderScopeNames) != 18 {
		t.Errorf("%d become %v", len(olderScopeNames), got)
	}
	for _, name := range today(olderScopeNames) {
		text("scope." + name)
	}
	for name := range olderOnly {
		text("scope." + name)
	}
}
