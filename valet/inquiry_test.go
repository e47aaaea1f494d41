package valet

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/oauth/oauth1"
)

func inquiry(t *testing.T, all []Inquiry, id string) Inquiry {
	t.Helper()
	at := slices.IndexFunc(all, func(i Inquiry) bool { return i.ID == id })
	if at < 0 {
		t.Fatalf("no %s among %v", id, all)
	}
	return all[at]
}

func TestInquiriesFollowThePermissions(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	market := Market{Provider: etsy.Provider(), EtsyAPI: true}
	c := Connection{Account: Account{UserID: "7", ShopID: "42"}, Granted: []oauth.Scope{"shops_r", "transactions_r"}}
	all := Inquiries(market, c, now)
	for id, opens := range map[string]bool{"who": true, "shop": true, "listings": false, "receipts": true, "user": false, "scopes": true, "rename": false} {
		if got := inquiry(t, all, id); got.Opens != opens {
			t.Errorf("%s: opens %v", id, got.Opens)
		}
	}
	if got := inquiry(t, all, "receipts").Path; got != "/v3/application/shops/42/receipts?limit=25" {
		t.Error(got)
	}
	if got := inquiry(t, all, "ledger").Path; !strings.Contains(got, "min_created=1797408000&max_created=1800000000") {
		t.Error(got)
	}
	one := inquiry(t, all, "listing")
	if one.Lacks() != "listing_id" || one.With(map[string]string{"listing_id": "5", "shop_id": "9"}).Path != "/v3/application/listings/5" {
		t.Errorf("%+v", one)
	}
	c.Account = Account{UserID: "7"}
	if got := inquiry(t, Inquiries(market, c, now), "shop"); got.Lacks() != "shop_id" {
		t.Errorf("a shop nobody knows: %+v", got)
	}
	if scopes, rename := inquiry(t, all, "scopes").Request(), inquiry(t, all, "rename").Request(); scopes.Changes() || !rename.Changes() {
		t.Error("what only asks is taken for a change, or a change for none")
	}
	for _, i := range all { // each of them can be asked
		complete := i.With(map[string]string{"listing_id": "5"})
		if address, err := targetOf(market.API, complete.Path); err != nil || !strings.HasPrefix(address, market.API+"/v3/application/") {
			t.Errorf("%s: %s, %v", i.ID, address, err)
		}
	}
}

func TestInquiriesOfOtherMarkets(t *testing.T) {
	older := Market{Provider: etsy.OlderProvider(), BuiltIn: true, OAuth1: &oauth1.Provider{}}
	c := Connection{Account: Account{ShopName: "Blue & Fern / Co"}, Granted: []oauth.Scope{"listings_r"}}
	all := Inquiries(older, c, time.Unix(0, 0))
	if got := inquiry(t, all, "drafts"); got.Path != "/v2/shops/Blue%20&%20Fern%20%2F%20Co/listings/draft?limit=25" || !got.Opens {
		t.Errorf("%+v", got)
	}
	for _, row := range []struct{ api, account, want string }{
		{"https://api.acme.example/v1/", "https://API.acme.example/v1/me?x=1", "/me?x=1"},
		{"https://api.acme.example", "https://id.acme.example/me", ""},
		{"https://api.acme.example", "", ""}, {"", "https://id.acme.example/me", ""},
	} {
		all := Inquiries(Market{Provider: oauth.Provider{API: row.api, Account: oauth.AccountLookup{URL: row.account}}}, c, time.Now())
		switch {
		case row.want == "" && len(all) != 0:
			t.Errorf("%+v: %v", row, all)
		case row.want != "" && (len(all) != 1 || all[0].Path != row.want || all[0].ID != "who" || !all[0].Opens):
			t.Errorf("%+v: %v", row, all)
		}
	}
}

// A request can carry the token in its form, a newer one when it is sent again; what it echoes is not shown.
func TestTheTokenInAForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, v, id := newCounter(t, "", turn{status: 401}, turn{body: `{"old":"7.old","token":"7.new1","next":"7.next","key":"station","all":"7.new1,7.new1"}`})
		reply, err := v.Requests.Send(t.Context(), id, Request{Method: http.MethodPost, Path: "/scopes", TokenField: "token"})
		if err != nil || !slices.Equal(c.bodies, []string{"token=7.old", "token=7.new1"}) || c.asked[1].Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
			t.Fatalf("%v, %q", err, c.bodies)
		}
		if got := reply.Without("*")(string(reply.Body)); got != `{"old":"7.old","token":"*","next":"*","key":"station","all":"*,*"}` {
			t.Error(got)
		}
		if address, err := v.Requests.Address(id, "/a?b"); err != nil || address != "https://api.sky.example/base/a?b" {
			t.Errorf("%s, %v", address, err)
		}
		if _, err := v.Requests.Address(id, "https://evil.example/"); KindOf(err) != BadTarget {
			t.Error(err)
		}
		v.Wait()
	})
}

func TestCurlOfAWholeRequest(t *testing.T) {
	_, v, id := newCounter(t, "")
	body, kind := Form([]Field{{"title", `@"ä`}})
	const auth = "header = \"x-api-key: station\"\nheader = \"Authorization: Bearer 7.old\"\ngloboff"
	head := auth + "\npath-as-is\nurl = \"https://api.sky.example/base/x\"\n"
	for _, row := range []struct {
		request Request
		want    string
	}{
		{Request{Method: "GET", Path: "/x"}, ""},
		{Request{Method: "HEAD", Path: "/x"}, "head\n"},
		{Request{Method: "DELETE", Path: "/x"}, "request = \"DELETE\"\n"},
		{Request{Method: "PATCH", Path: "/x", Body: body, ContentType: kind},
			"request = \"PATCH\"\nheader = \"Content-Type: application/x-www-form-urlencoded\"\ndata-raw = \"title=%40%22%C3%A4\"\n"},
		{Request{Method: "PUT", Path: "/x", Body: []byte("{\n\"a\":1}"), ContentType: ContentTypeJSON},
			"request = \"PUT\"\nheader = \"Content-Type: application/json; charset=utf-8\"\ndata-raw = \"{\\n\\\"a\\\":1}\"\n"},
		{Request{Method: "POST", Path: "/x", TokenField: "token"},
			"request = \"POST\"\nheader = \"Content-Type: application/x-www-form-urlencoded\"\ndata-raw = \"token=7.old\"\n"},
	} {
		err := v.UseHandout(t.Context(), id, 0, func(h Handout) error {
			got, err := h.CurlOf(row.request)
			if got != head+row.want {
				t.Errorf("%s:\n%s\nwant\n%s", row.request.Method, got, head+row.want)
			}
			_, bad := h.CurlOf(Request{Method: "GET", Path: "//evil.example"})
			if KindOf(bad) != BadTarget {
				t.Error(bad)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
