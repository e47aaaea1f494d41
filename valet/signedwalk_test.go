package valet_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/oauth"
	"valetkey/valet"
)

const fern, fernID = "blue-fern-pottery", "84120937"

// TestCallbackOfTheOlderKind: three requests, and a key that is kept with its secret; nobody types anything.
func TestCallbackOfTheOlderKind(t *testing.T) {
	o := newOlderKit(t)
	var moments []valet.Moment
	var request valet.ConnectRequest
	request.Scopes = []oauth.Scope{"listings_w", "listings_r"}
	request.Host.Step = func(_ valet.Step, d valet.Detail) {
		moments = append(moments, d.Moment)
		if d.Typed {
			t.Error("nothing is to be typed")
		}
	}
	c, err := o.called(t, request, func(consent string) {
		if page, err := url.Parse(consent); err != nil || len(page.Query().Get("oauth_token")) != 30 || o.store.sets != 0 {
			t.Errorf("%v, %d writes before anything is won", err, o.store.sets)
		}
		o.press(t, consent, 0, "allow")
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []valet.Moment{valet.Listening, valet.Opened, valet.Answered, valet.Exchanged, valet.Identified, valet.Stored}
	if !slices.Equal(moments, want) {
		t.Errorf("told %v, want %v", moments, want)
	}
	if c.Name != fern || c.Account.UserID != fernID || c.Provider != "practice-v2" || c.Status != valet.Connected || c.Renewable ||
		!c.AccessExpires.IsZero() || !slices.Equal(c.Granted, []oauth.Scope{"listings_r", "listings_w"}) {
		t.Errorf("%+v", c)
	}
	if first, second := o.line.count(olderRequestToken), o.line.count(olderAccessToken); first != 1 || second != 1 {
		t.Errorf("asked %d and %d times", first, second)
	}
	reply, err := o.get(t, c.ID, "/v2/oauth/scopes?a=1&a=&b=x+y%2B")
	if err != nil || !strings.Contains(string(reply.Body), `"results":["listings_r","listings_w"]`) {
		t.Errorf("%v: %s", err, reply.Body)
	}
}

// TestTypedVerifiers: what people type is forgiven; what was not shown counts for nothing, and the next may be right.
func TestTypedVerifiers(t *testing.T) {
	wide := func(verifier string) string {
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, verifier)
	}
	rows := map[string]struct {
		texts   func(verifier string) []string
		refused int
	}{
		"as it is shown": {func(v string) []string { return []string{v[:4] + " " + v[4:]} }, 0},
		"full width":     {func(v string) []string { return []string{wide(v) + "\u3000"} }, 0},
		"a sentence":     {func(v string) []string { return []string{"The code is " + v + ". Thank you."} }, 0},
		"an address":     {func(v string) []string { return []string{"https://shop.example/done?oauth_verifier=" + v + "#top"} }, 0},
		"wrong, then right": {func(v string) []string {
			return []string{other(v), "no code here, sorry", v}
		}, 2},
		"of another attempt": {func(v string) []string {
			return []string{"http://127.0.0.1/back?oauth_token=theirs&oauth_verifier=" + v, v}
		}, 1},
		"wrong three times": {func(v string) []string { return []string{other(v), other(v), other(v), v} }, 3},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			o := newOlderKit(t)
			c, refused, err := o.typed(t, 0, valet.ConnectRequest{}, row.texts)
			if err != nil || c.Name != fern {
				t.Fatalf("%+v, %v", c, err)
			}
			if len(refused) != row.refused || slices.ContainsFunc(refused, func(k valet.Kind) bool { return k != valet.WrongVerifier }) {
				t.Errorf("refused %v", refused)
			}
		})
	}
}

// other is a verifier that was not shown.
func other(verifier string) string {
	last := verifier[len(verifier)-1]
	return verifier[:len(verifier)-1] + string('0'+(last-'0'+1)%10)
}

// TestVerifiersThatEndTheWalk: what the market does not wait for any more cannot be typed better.
func TestVerifiersThatEndTheWalk(t *testing.T) {
	right := func(v string) []string { return []string{v} }
	rows := map[string]struct {
		fault   string
		texts   func(string) []string
		refused int
		kind    valet.Kind
	}{
		"too often":           {"", func(v string) []string { return []string{other(v), other(v), other(v), other(v), v} }, 4, valet.ConsentExpired},
		"expired":             {"verifier-expired", right, 0, valet.ConsentExpired},
		"nothing more comes":  {"", func(v string) []string { return []string{other(v)} }, 1, valet.Cancelled},
		"nothing comes":       {"", func(string) []string { return nil }, 0, valet.Cancelled},
		"the API has ended":   {"older-ended", nil, 0, valet.APIEnded},
		"unconfirmed":         {"unconfirmed", nil, 0, valet.BadAnswer},
		"a page by script":    {"hostile-login-url", nil, 0, valet.BadAnswer},
		"a page of another's": {"foreign-login-url", nil, 0, valet.BadAnswer},
		"a market in trouble": {"server-error", nil, 0, valet.Unreachable},
		"a pause":             {"rate-limit", nil, 0, valet.Unreachable},
		"their answer lost":   {"lost-answer", nil, 0, valet.Unreachable},
		"their clock, once":   {"clock-ahead", nil, 0, valet.ClockOff},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			o := newOlderKit(t)
			if row.fault != "" {
				o.fault(t, row.fault)
			}
			texts := row.texts
			if texts == nil {
				texts = func(string) []string {
					t.Error("the page was opened")
					return nil
				}
			}
			_, refused, err := o.typed(t, 0, valet.ConnectRequest{}, texts)
			if valet.KindOf(err) != row.kind || len(refused) != row.refused {
				t.Errorf("refused %v, %v", refused, err)
			}
			if len(o.valet.Connections()) != 0 || o.store.sets != 0 {
				t.Error("something was kept")
			}
		})
	}
}

// TestTheyAreAhead: a clock that is off costs one request more, and so does one that is set right on the way.
func TestTheyAreAhead(t *testing.T) {
	o := newOlderKit(t)
	o.fault(t, "clock-ahead:2")
	o.mustType(t, 0, valet.ConnectRequest{})
	if first, second := o.line.count(olderRequestToken), o.line.count(olderAccessToken); first != 2 || second != 2 {
		t.Errorf("asked %d and %d times", first, second)
	}
}

// TestAnswersAtTheDoor: none but the seller's own answer counts, a refusal ends the walk, and the browser is told.
func TestAnswersAtTheDoor(t *testing.T) {
	o := newOlderKit(t)
	_, err := o.called(t, valet.ConnectRequest{}, func(consent string) { o.press(t, consent, 0, "deny") })
	if valet.KindOf(err) != valet.Denied || o.line.count(olderAccessToken) != 0 {
		t.Errorf("deny: %v", err)
	}
	o.fault(t, "wrong-token")
	c, err := o.called(t, valet.ConnectRequest{}, func(consent string) {
		strangers, _ := pressed(t, o.practice.Transport(), "/back?", consent, 0, "allow")
		answer, err := url.Parse(strangers)
		if err != nil {
			t.Error(err)
			return
		}
		bare := *answer
		bare.RawQuery = ""
		for what, address := range map[string]string{
			"someone else's token": strangers, "nothing": bare.String(), "a verifier alone": bare.String() + "?oauth_verifier=1",
			"a token alone": bare.String() + "?oauth_token=x", "no state": bare.String() + "?oauth_token=" + answer.Query().Get("oauth_token") + "&oauth_verifier=1",
		} {
			if status := knock(t, address); status != http.StatusBadRequest {
				t.Errorf("%s: %d", what, status)
			}
		}
		if n := o.line.count(olderAccessToken); n != 0 {
			t.Errorf("%d requests for a key of someone else's", n)
		}
		o.press(t, consent, 0, "allow")
	})
	if err != nil || c.Name != fern || o.line.count(olderAccessToken) != 1 {
		t.Errorf("after someone else's answer: %v, %+v", err, c)
	}
}

// TestCancelledWalk: nothing is kept anywhere, and what was asked for is of no use to a later answer.
func TestCancelledWalk(t *testing.T) {
	o := newOlderKit(t)
	ctx, stop := context.WithCancel(t.Context())
	pasted := make(chan string)
	_, err := o.valet.Connect(ctx, valet.ConnectRequest{Provider: "practice-v2", NoListen: true, Host: valet.Host{
		Pasted: pasted, Open: func(context.Context, string) error { stop(); return nil },
	}})
	if valet.KindOf(err) != valet.Cancelled || o.store.sets != 0 || o.line.count(olderAccessToken) != 0 {
		t.Errorf("%v, %d writes", err, o.store.sets)
	}
}

// TestTroubleAtTheEnd: what the market says no with after the seller has agreed.
func TestTroubleAtTheEnd(t *testing.T) {
	for fault, want := range map[string]valet.Kind{
		"server-error": valet.Unreachable, "lost-answer": valet.Unreachable, "rate-limit": valet.Unreachable, "day-limit": valet.Unreachable,
		"older-ended": valet.APIEnded, "clock-ahead": valet.ClockOff, "verifier-expired": valet.ConsentExpired,
	} {
		o := newOlderKit(t)
		_, refused, err := o.typed(t, 0, valet.ConnectRequest{}, func(v string) []string {
			o.fault(t, fault)
			return []string{v}
		})
		if valet.KindOf(err) != want || len(refused) != 0 || o.store.sets != 0 {
			t.Errorf("%s: %v, %v", fault, refused, err)
		}
	}
}

// TestSilence: whichever of the three requests is never answered, the walk ends, in its time.
func TestSilence(t *testing.T) {
	for _, path := range []string{olderRequestToken, olderAccessToken, olderShops} {
		synctest.Test(t, func(t *testing.T) {
			o := newOlderKit(t)
			o.line.before = func(request *http.Request) error {
				if request.URL.Path != path {
					return nil
				}
				<-request.Context().Done()
				return request.Context().Err()
			}
			began := time.Now()
			_, _, err := o.typed(t, 0, valet.ConnectRequest{}, func(v string) []string { return []string{v} })
			if want := valet.Unreachable; path != olderShops && valet.KindOf(err) != want || path == olderShops && err != nil {
				t.Errorf("%s: %v", path, err)
			}
			if took := time.Since(began); took > 20*time.Second || took < 10*time.Second {
				t.Errorf("%s: it took %v", path, took)
			}
		})
	}
}

// TestBrokenLines: whichever of the three requests is cut, before or after the market acts, no half of a key is kept.
func TestBrokenLines(t *testing.T) {
	for _, path := range []string{olderRequestToken, olderAccessToken, olderShops} {
		for _, late := range []bool{false, true} {
			o := newOlderKit(t)
			if cut := only(path, errCut); late {
				o.line.after = cut
			} else {
				o.line.before = cut
			}
			c, _, err := o.typed(t, 0, valet.ConnectRequest{}, func(v string) []string { return []string{v} })
			if path == olderShops { // who it is is a courtesy
				if err != nil || c.Name != "practice-v2" || c.Account.UserID != "" {
					t.Errorf("%s, late %v: %v, %+v", path, late, err, c)
				}
				continue
			}
			if valet.KindOf(err) != valet.Unreachable || o.line.count(path) != 1 || o.store.sets != 0 {
				t.Errorf("%s, late %v: %v; asked %d times", path, late, err, o.line.count(path))
			}
		}
	}
}
