package practice

import (
	"regexp"
	"testing"
)

func TestWholeWalk(t *testing.T) {
	s := newPractice(t)
	got := send(t, s, "POST", tokenPath, exchangeForm(allow(t, s)))
	if got.Status != 200 || got.text("token_type") != "Bearer" || got.Body["expires_in"] != 3600.0 {
		t.Fatalf("exchange: %d %v", got.Status, got.Body)
	}
	if len(got.Body) != 4 {
		t.Errorf("the answer has other keys than the four: %v", got.Body)
	}
	shape := regexp.MustCompile(`^84120937\.[A-Za-z0-9_-]{91}$`)
	access, refresh := got.text("access_token"), got.text("refresh_token")
	if !shape.MatchString(access) || !shape.MatchString(refresh) || access == refresh {
		t.Errorf("tokens are not USER.91 characters: %q %q", access, refresh)
	}

	who := callAPI(t, s, access, "/users/me")
	if who.Status != 200 || who.Body["user_id"] != 84120937.0 || who.Body["shop_id"] != 51730426.0 {
		t.Errorf("users/me: %d %v", who.Status, who.Body)
	}
	shop := callAPI(t, s, "", "/shops/51730426")
	if shop.Status != 200 || shop.text("shop_name") != "Blue Fern Pottery" {
		t.Errorf("shop: %d %v", shop.Status, shop.Body)
	}
	again := send(t, s, "POST", tokenPath, refreshForm(refresh))
	if again.Status != 200 || again.text("refresh_token") == refresh || again.text("access_token") == access {
		t.Errorf("refresh: %d %v", again.Status, again.Body)
	}
	if next := callAPI(t, s, again.text("access_token"), "/users/me"); next.Status != 200 {
		t.Errorf("users/me after a refresh: %d %v", next.Status, next.Body)
	}
	if next := callAPI(t, s, access, "/users/me"); next.Status != 200 {
		t.Errorf("the access token before lives out its hour: %d %v", next.Status, next.Body)
	}
}
