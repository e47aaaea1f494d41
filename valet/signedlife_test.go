package valet_test

import (
	"context"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/keystore"
	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
	"valetkey/valet/words"
)

// TestLifeOfAnOlderKey: it is checked, moved, found again by the next process, and signs with the same secret all along.
func TestLifeOfAnOlderKey(t *testing.T) {
	o := newOlderKit(t)
	locks, err := keystore.OpenLocksIn(filepath.Join(t.TempDir(), "locks"))
	if err != nil {
		t.Fatal(err)
	}
	o.options.File = keystore.NewMemory(locks)
	o.start(t)
	c := o.mustType(t, 0, valet.ConnectRequest{})
	works := func(when string) {
		t.Helper()
		if reply, err := o.get(t, c.ID, "/v2/users/__SELF__"); err != nil || !strings.Contains(string(reply.Body), fernID) {
			t.Errorf("%s: %v, %s", when, err, reply.Body)
		}
	}
	works("at first")
	for _, kind := range []valet.StoreKind{valet.InFile, valet.InKeyring} {
		if _, err := o.valet.Stores.Move(t.Context(), c.ID, kind); err != nil {
			t.Fatal(err)
		}
		works("moved to " + string(kind))
	}
	o.start(t)
	works("after a start")
	health, err := o.valet.Check(t.Context(), c.ID)
	if err != nil || health.Account.UserID != fernID || health.Account.ShopName != "Blue Fern Pottery" {
		t.Errorf("check: %+v, %v", health, err)
	}
	if _, err := o.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.NotRenewable {
		t.Errorf("refresh: %v", err)
	}
	if err := o.valet.UseHandout(t.Context(), c.ID, 0, func(valet.Handout) error { return nil }); valet.KindOf(err) != valet.SignedOnly {
		t.Errorf("handing on: %v", err)
	}
	if token := o.mustToken(t, c.ID); len(token) != 30 {
		t.Errorf("a token of %d characters", len(token))
	}
	if err := o.valet.Forget(t.Context(), c.ID); err != nil || len(o.valet.Connections()) != 0 {
		t.Errorf("forget: %v", err)
	}
	if _, err := o.store.Get(t.Context(), string(c.ID)); err == nil {
		t.Error("it is still in the store")
	}
}

// TestReconnectOfTheOlderKind: the same account renews its key, another is not put in its place.
func TestReconnectOfTheOlderKind(t *testing.T) {
	o := newOlderKit(t)
	c := o.mustType(t, 0, valet.ConnectRequest{})
	old := o.mustToken(t, c.ID)
	var request valet.ConnectRequest
	told := fates(&request)
	request.Reconnect, request.Scopes = c.ID, []oauth.Scope{"listings_r"}
	again := o.mustType(t, 0, request)
	if again.ID != c.ID || again.Name != c.Name || o.mustToken(t, c.ID) == old || !slices.Equal(*told, []valet.Fate{valet.FateDropped}) {
		t.Errorf("%+v, %v", again, *told)
	}
	if reply, err := o.get(t, c.ID, "/v2/oauth/scopes"); err != nil || !strings.Contains(string(reply.Body), `["listings_r"]`) {
		t.Errorf("%v, %s", err, reply.Body)
	}
	now := o.mustToken(t, c.ID)
	_, _, err := o.typed(t, 1, valet.ConnectRequest{Reconnect: c.ID}, func(v string) []string { return []string{v} })
	if valet.KindOf(err) != valet.WrongShop || o.mustToken(t, c.ID) != now {
		t.Errorf("another account: %v", err)
	}
	beside := valet.ConnectRequest{Reconnect: c.ID}
	beside.Host.WrongShop = func(context.Context, valet.Account, valet.Account) valet.Decision { return valet.KeepBoth }
	if other := o.mustType(t, 1, beside); other.ID == c.ID || len(o.valet.Connections()) != 2 || o.mustToken(t, c.ID) != now {
		t.Errorf("beside: %+v", other)
	}
	if c := o.mustType(t, 0, valet.ConnectRequest{}); c.ID != again.ID || len(o.valet.Connections()) != 2 {
		t.Errorf("connected anew, the account's key is not renewed: %+v", c)
	}
}

// TestOlderKeysAreNotDue: nothing is ever renewed, so no request goes out by itself.
func TestOlderKeysAreNotDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOlderKit(t)
		c := o.mustType(t, 0, valet.ConnectRequest{})
		stop := running(t, o.valet)
		before := o.line.total()
		time.Sleep(100 * 24 * time.Hour)
		if sent := o.line.total() - before; sent != 0 {
			t.Errorf("%d requests", sent)
		}
		if _, err := o.get(t, c.ID, olderShops); err != nil {
			t.Error(err)
		}
		stop()
	})
}

// TestProofOfTheOlderKind: a key that was given back is watched until the seller takes it back at the market.
func TestProofOfTheOlderKind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOlderKit(t)
		c := o.mustType(t, 0, valet.ConnectRequest{})
		stop := running(t, o.valet)
		synctest.Wait()
		given, err := o.valet.Revoke(t.Context(), c.ID)
		if err != nil || given.AtProvider || !given.Watched || given.Page != "http://127.0.0.1:3004/your/apps" {
			t.Fatalf("%+v, %v", given, err)
		}
		time.Sleep(time.Minute)
		if now := o.valet.Connections()[0]; now.Status != valet.Returned || !now.Proven.IsZero() {
			t.Errorf("before it is taken back: %+v", now)
		}
		takeBack(t, o.practice.Transport())
		time.Sleep(time.Minute)
		asked := o.line.total()
		if now := o.valet.Connections()[0]; now.Proven.IsZero() {
			t.Errorf("after: %+v", now)
		}
		time.Sleep(time.Hour)
		if sent := o.line.total() - asked; sent != 0 {
			t.Errorf("%d requests after the proof", sent)
		}
		stop()
	})
}

// TestRefusalsOfTheOlderAPI: what the API says no with is told for what it is, at a request and at a check.
func TestRefusalsOfTheOlderAPI(t *testing.T) {
	const put = "/v2/listings/1/inventory"
	rows := map[string]struct {
		path, fault    string
		before         func(*testing.T, *olderKit)
		request, check valet.Kind // "": none
		says           string
	}{
		"taken back": {olderShops, "", func(t *testing.T, o *olderKit) { takeBack(t, o.practice.Transport()) },
			valet.TokenRefused, valet.TokenRefused, "This key was revoked at Practice."},
		"a scope that it lacks": {put, "", nil, valet.TokenRefused, "", "This key lacks the permission for that."},
		"not there":             {"/v2/shops/1", "", nil, valet.Declined, "", ""},
		"their clock":           {olderShops, "clock-ahead", nil, valet.ClockOff, valet.ClockOff, "This computer's clock and that of Practice differ too much."},
		"ended":                 {olderShops, "older-ended", nil, valet.APIEnded, valet.APIEnded, "This older API has ended."},
		"down":                  {olderShops, "api-down", nil, valet.Busy, valet.Unreachable, ""},
		"a limit":               {olderShops, "day-limit", nil, valet.Busy, valet.Unreachable, ""},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			o := newOlderKit(t)
			c := o.mustType(t, 0, valet.ConnectRequest{Scopes: []oauth.Scope{"profile_r"}})
			if row.before != nil {
				row.before(t, o)
			}
			arm := func() {
				if row.fault != "" {
					o.fault(t, row.fault)
				}
			}
			arm()
			_, err := o.get(t, c.ID, row.path)
			if valet.KindOf(err) != row.request {
				t.Errorf("request: %v", err)
			}
			if said := words.Sentence(err).What; row.says != "" && said != row.says {
				t.Errorf("it says %q", said)
			}
			o.fault(t, "none")
			arm()
			if _, err := o.valet.Check(t.Context(), c.ID); valet.KindOf(err) != row.check {
				t.Errorf("check: %v", err)
			}
			if status := o.valet.Connections()[0].Status; status != valet.Connected {
				t.Errorf("the key is %s", status)
			}
		})
	}
}

// TestTheirClockIsAhead: a request is sent once more with the market's time, and a form with it.
func TestTheirClockIsAhead(t *testing.T) {
	o := newOlderKit(t)
	c := o.mustType(t, 0, valet.ConnectRequest{})
	if err := o.practice.Configure(practice.Switches{TimestampWindow: time.Second, Fault: "clock-ahead:2"}); err != nil {
		t.Fatal(err)
	}
	body, kind := valet.Form([]valet.Field{{Name: "products", Value: "[]"}, {Name: "products", Value: "+ &=é"}})
	reply, err := o.valet.Requests.Send(t.Context(), c.ID, valet.Request{
		Method: http.MethodPut, Path: "/v2/listings/1/inventory?a=%2B&a=", Body: body, ContentType: kind,
	})
	if valet.KindOf(err) != valet.Declined || reply.Status != http.StatusNotFound {
		t.Errorf("%d, %v: %s", reply.Status, err, reply.Body)
	}
	if sent := o.line.count("/v2/listings/1/inventory"); sent != 2 {
		t.Errorf("sent %d times", sent)
	}
}
