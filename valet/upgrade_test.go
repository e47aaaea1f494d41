package valet_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"valetkey/oauth"
	"valetkey/valet"
)

var olderScopes = []oauth.Scope{"shops_rw", "listings_r", "favorites_rw"}

// TestUpgrade: an older key becomes one of today's in the same store; the older one leaves it, and its line stays.
func TestUpgrade(t *testing.T) {
	k := bothAPIs(t)
	older := k.older(t, 0, olderScopes...)
	plan, err := k.valet.Upgrades.Plan(valet.UpgradeRequest{Connection: older.ID})
	if err != nil || plan.Provider.ID != "practice" || plan.AppKey.ID != "builtin-practice" || plan.Older.ID != older.ID {
		t.Fatalf("%v, %+v", err, plan)
	}
	if got := plan.Successions; len(got) != 3 || !slices.Equal(got[0].Today, []oauth.Scope{"shops_r", "shops_w"}) || got[2].Today != nil {
		t.Errorf("%+v", got)
	}
	if !slices.Equal(plan.Today, []oauth.Scope{"shops_r", "shops_w", "listings_r"}) || !slices.Equal(plan.Gone, []oauth.Scope{"favorites_rw"}) {
		t.Errorf("today %v, gone %v", plan.Today, plan.Gone)
	}
	var moments []valet.Moment
	c, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{
		Connection: older.ID, Name: "blue", Host: valet.Host{Step: func(_ valet.Step, d valet.Detail) { moments = append(moments, d.Moment) }},
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Name != "blue" || c.Provider != "practice" || c.Account.ShopName != "Blue Fern Pottery" || !c.Renewable ||
		!slices.Equal(c.Granted, plan.Today) || !slices.Equal(c.Asked, plan.Today) {
		t.Errorf("%+v", c)
	}
	if want := []valet.Moment{valet.Exchanged, valet.Identified, valet.Stored}; !slices.Equal(moments, want) {
		t.Errorf("told %v, want %v", moments, want)
	}
	k.gone(t, older)
	k.start(t) // what another program sees
	left := k.at(t, older.ID)
	if left.Status != valet.Returned || left.Returned.IsZero() || left.Proven.IsZero() || left.Name != older.Name {
		t.Errorf("%+v", left)
	}
	k.mustToken(t, c.ID)
	if _, err := k.valet.Refresh(t.Context(), c.ID); err != nil {
		t.Error(err)
	}
	_, err = k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID})
	if valet.KindOf(err) != valet.GivenBack {
		t.Errorf("again: %v", err)
	}
	if _, err := k.valet.Upgrades.Plan(valet.UpgradeRequest{Connection: c.ID}); valet.KindOf(err) != valet.NotOlder {
		t.Errorf("a key of today: %v", err)
	}
}

// TestUpgradeRenews: the same account's key of today is renewed, as in a walk.
func TestUpgradeRenews(t *testing.T) {
	k := bothAPIs(t)
	today := k.mustConnect(t)
	before := k.mustToken(t, today.ID)
	older := k.older(t, 0, "shops_rw")
	c, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID})
	if err != nil || c.ID != today.ID || c.Name != today.Name || len(k.valet.Connections()) != 2 {
		t.Fatalf("%v, %+v", err, c)
	}
	if k.mustToken(t, c.ID) == before || !slices.Equal(c.Before, today.Granted) {
		t.Error("the key is the one before")
	}
}

// TestUpgradeRefused: the market does not exchange these any more. The older key is as it was, to the octet.
func TestUpgradeRefused(t *testing.T) {
	k := bothAPIs(t)
	older := k.older(t, 0, olderScopes...)
	before, err := k.store.Get(t.Context(), string(older.ID))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // an earlier refusal is not taken for an answer that was lost
		k.arm(t, "exchange-ended")
		_, err = k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID})
		if valet.KindOf(err) != valet.OlderEnded {
			t.Fatal(err)
		}
	}
	after, err := k.store.Get(t.Context(), string(older.ID))
	if err != nil || string(after) != string(before) {
		t.Errorf("the older key was touched: %v", err)
	}
	if now := k.at(t, older.ID); now.Status != valet.Connected {
		t.Errorf("it is %s", now.Status)
	}
	if _, err := k.valet.Check(t.Context(), older.ID); err != nil {
		t.Errorf("it does not work any more: %v", err)
	}
	if c, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID}); err != nil || c.ID == "" {
		t.Errorf("once it is exchanged again: %v", err)
	}
}

// TestUpgradeAnswerLost: the market acted, and nobody heard. The note says so to the next try, also after the program died.
func TestUpgradeAnswerLost(t *testing.T) {
	k := bothAPIs(t)
	older := k.older(t, 0, olderScopes...)
	k.wire.after = func(*http.Request) error { return errors.New("cut") }
	_, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID})
	if valet.KindOf(err) != valet.OlderLost {
		t.Fatal(err)
	}
	if now := k.at(t, older.ID); now.Status != valet.Connected {
		t.Errorf("it is %s", now.Status)
	}
	k.wire.after = nil
	k.start(t)
	_, err = k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID})
	if valet.KindOf(err) != valet.OlderLost {
		t.Errorf("the try after: %v", err)
	}
	if len(k.valet.Connections()) != 1 {
		t.Error("something was kept")
	}
}

// TestUpgradeKilled: whoever is killed between the note and the answer leaves an older key that the next program exchanges.
func TestUpgradeKilled(t *testing.T) {
	k := bothAPIs(t)
	older := k.older(t, 0, olderScopes...)
	var noted []byte
	k.wire.before = func(*http.Request) (err error) {
		noted, err = k.store.Get(context.Background(), string(older.ID))
		if err == nil {
			err = errors.New("killed")
		}
		return err
	}
	if _, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID}); err == nil || noted == nil {
		t.Fatal("not killed")
	}
	if err := k.store.Set(t.Context(), string(older.ID), noted); err != nil { // as it was at that moment
		t.Fatal(err)
	}
	k.wire.before = nil
	k.start(t)
	if _, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID}); err != nil {
		t.Error(err)
	}
	k.gone(t, older)
}

// TestUpgradeNotKept: a store that refuses the new key keeps the older one, which is told to be worth nothing by now.
func TestUpgradeNotKept(t *testing.T) {
	k := bothAPIs(t)
	older := k.older(t, 0, "shops_rw")
	k.wire.after = func(*http.Request) error { k.store.fail(nil, storeFault{"other"}); return nil }
	_, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID})
	if valet.KindOf(err) != valet.NotKept {
		t.Fatal(err)
	}
	k.store.fail(nil, nil)
	k.wire.after = nil
	if now := k.at(t, older.ID); now.Status != valet.Connected {
		t.Errorf("it is %s", now.Status)
	}
	if _, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID}); valet.KindOf(err) != valet.OlderLost {
		t.Errorf("the try after: %v", err)
	}
}

// TestUpgradeUnwritable: nothing is sent while the note cannot be written, and nothing by one who has left.
func TestUpgradeUnwritable(t *testing.T) {
	k := bothAPIs(t)
	older := k.older(t, 0, "shops_rw")
	k.store.fail(nil, storeFault{"locked"})
	_, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: older.ID})
	if valet.KindOf(err) != valet.StoreTrouble || k.wire.tokens.get() != 0 {
		t.Errorf("%v, %d requests", err, k.wire.tokens.get())
	}
	k.store.fail(nil, nil)
	ctx, leave := context.WithCancel(t.Context())
	leave()
	_, err = k.valet.Upgrades.Upgrade(ctx, valet.UpgradeRequest{Connection: older.ID})
	if valet.KindOf(err) != valet.Cancelled || k.wire.tokens.get() != 0 {
		t.Errorf("%v, %d requests", err, k.wire.tokens.get())
	}
}

// TestUpgradePasted: an older token from a piece of paper. What it opened is not known before, and told by the market after.
func TestUpgradePasted(t *testing.T) {
	k := bothAPIs(t)
	token := oauth.NewSecret(k.onPaper(t, 1, "transactions_r", "cart_rw").Token)
	for _, provider := range []string{"practice", "practice-v2"} {
		plan, err := k.valet.Upgrades.Plan(valet.UpgradeRequest{Token: token, Provider: provider})
		if err != nil || plan.Provider.ID != "practice" || plan.Opened != nil || plan.Older.ID != "" {
			t.Errorf("%s: %v, %+v", provider, err, plan)
		}
	}
	c, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Token: token, Provider: "practice"})
	if err != nil || !slices.Equal(c.Granted, []oauth.Scope{"transactions_r"}) || !slices.Equal(c.Asked, c.Granted) {
		t.Fatalf("%v, %+v", err, c)
	}
	_, err = k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Token: token, Provider: "practice"})
	if valet.KindOf(err) != valet.OlderEnded {
		t.Errorf("again: %v", err)
	}
	if strings.Contains(err.Error(), token.Reveal()) {
		t.Errorf("the token is in the error")
	}
	k.wire.after = func(*http.Request) error { return errors.New("cut") }
	_, err = k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Token: oauth.NewSecret(k.onPaper(t, 2).Token), Provider: "practice"})
	if valet.KindOf(err) != valet.OlderLost {
		t.Errorf("lost: %v", err)
	}
}

// TestUpgradeAppKey: an app has one client id in both APIs, and another app's key is not guessed at.
func TestUpgradeAppKey(t *testing.T) {
	k := bothAPIs(t)
	older := k.older(t, 0, "shops_rw")
	for _, label := range []string{"one", "two"} {
		client := map[string]string{"one": "practice0key0not0secret0", "two": "another"}[label]
		_, err := k.valet.Keys.Set(t.Context(), valet.NewAppKey{Provider: "practice", Label: label, ClientID: client, Secret: oauth.NewSecret("s")})
		if err != nil {
			t.Fatal(err)
		}
	}
	plan, err := k.valet.Upgrades.Plan(valet.UpgradeRequest{Connection: older.ID})
	if err != nil || plan.AppKey.Label != "one" {
		t.Errorf("%v, %+v", err, plan.AppKey)
	}
	plan, err = k.valet.Upgrades.Plan(valet.UpgradeRequest{Connection: older.ID, AppKey: "two"})
	if err != nil || plan.AppKey.Label != "two" {
		t.Errorf("%v, %+v", err, plan.AppKey)
	}
	if _, err = k.valet.Upgrades.Plan(valet.UpgradeRequest{Token: oauth.NewSecret("a"), Provider: "practice"}); valet.KindOf(err) != valet.SeveralAppKeys {
		t.Errorf("%v", err)
	}
	if _, err = k.valet.Upgrades.Plan(valet.UpgradeRequest{Token: oauth.NewSecret("a"), Provider: "nowhere"}); valet.KindOf(err) != valet.UnknownProvider {
		t.Errorf("%v", err)
	}
}

// TestCheckOlder: the older API says what a key opens, too.
func TestCheckOlder(t *testing.T) {
	k := bothAPIs(t)
	older := k.older(t, 0, "email_r", "listings_w")
	health, err := k.valet.Check(t.Context(), older.ID)
	slices.Sort(health.Reported)
	if err != nil || !slices.Equal(health.Reported, []oauth.Scope{"email_r", "listings_w"}) || health.Account.ShopName != "Blue Fern Pottery" {
		t.Errorf("%v, %+v", err, health)
	}
	k.line.before = func(r *http.Request) error {
		if r.URL.Path == "/v2/oauth/scopes" {
			r.URL.Path = "/v2/nowhere"
		}
		return nil
	}
	if health, err = k.valet.Check(t.Context(), older.ID); err != nil || health.Reported != nil || health.Account.ShopName == "" {
		t.Errorf("an API that does not say: %v, %+v", err, health)
	}
}
