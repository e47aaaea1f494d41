package valet_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// scribble writes what a script of shop number n would have in its tokens.json: the pair of a connection that is forgotten here.
func (k *kit) scribble(t *testing.T, n int, change func(map[string]any)) string {
	t.Helper()
	c, err := k.connect(t, n, valet.ConnectRequest{Scopes: []oauth.Scope{"shops_r", "listings_r"}})
	if err != nil {
		t.Fatal(err)
	}
	record, err := k.store.Get(t.Context(), string(c.ID))
	if err != nil {
		t.Fatal(err)
	}
	var kept map[string]any
	if err := json.Unmarshal(record, &kept); err != nil {
		t.Fatal(err)
	}
	if err := k.valet.Forget(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	tokens := map[string]any{
		"access_token": kept["access_token"], "refresh_token": kept["refresh_token"], "expires_in": 3600, "token_type": "Bearer",
		"keystring": practice.ClientID, "shared_secret": practice.ClientSecret,
	}
	if change != nil {
		change(tokens)
	}
	data, err := json.Marshal(tokens)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tokens.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (k *kit) rescue(t *testing.T, path string) *valet.Rescue {
	t.Helper()
	f, err := k.valet.Rescues.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestRescueFresh: a pair that the market takes is kept as it is, without spending the refresh token.
func TestRescueFresh(t *testing.T) {
	k := newKit(t)
	path := k.scribble(t, 0, nil)
	before := k.wire.tokens.get()
	f := k.rescue(t, path)
	plan, err := f.Plan(valet.RescueRequest{})
	if err != nil || plan.Provider.ID != "practice" || plan.AppKey.ID != "builtin-practice" {
		t.Fatalf("%v, %+v", err, plan)
	}
	c, err := f.Keep(t.Context(), valet.RescueRequest{Name: "old-script"})
	if err != nil || k.wire.tokens.get() != before {
		t.Fatalf("%v, %d token requests", err, k.wire.tokens.get()-before)
	}
	if c.Name != "old-script" || c.Account.ShopName != "Blue Fern Pottery" || !c.Renewable || !slices.Equal(c.Granted, []oauth.Scope{"shops_r", "listings_r"}) {
		t.Errorf("%+v", c)
	}
	k.start(t)
	k.mustToken(t, c.ID) // the file did not say how long it lives: it is renewed at its first use
	if k.wire.tokens.get() != before+1 {
		t.Errorf("%d token requests", k.wire.tokens.get()-before)
	}
	if err := f.Remove(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("the file is still there")
	}
}

// TestRescueStale: both are in the store before the refresh token is spent, also where the file has no access token at all.
func TestRescueStale(t *testing.T) {
	for name, change := range map[string]func(map[string]any){
		"said to be over": func(m map[string]any) { m["expires_at"] = 1760000000 },
		"not known to be": func(m map[string]any) { m["access_token"] = m["access_token"].(string)[:12] + "00000000000000000000" },
		"no access token": func(m map[string]any) { delete(m, "access_token") },
		"a placeholder":   func(m map[string]any) { m["access_token"] = "your_access_token" },
		"a moment that is none": func(m map[string]any) {
			m["expires_at"], m["keystring"] = 1, practice.ClientID+":"+practice.ClientSecret
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			f := k.rescue(t, k.scribble(t, 1, change))
			if name == "a moment that is none" && len(f.Unusable) != 1 {
				t.Errorf("unusable %q", f.Unusable)
			}
			var kept []valet.Connection
			k.wire.before = func(*http.Request) error { kept = k.valet.Connections(); return nil }
			c, err := f.Keep(t.Context(), valet.RescueRequest{})
			if err != nil {
				t.Fatal(err)
			}
			if name != "a moment that is none" && (len(kept) != 1 || kept[0].ID != c.ID) {
				t.Errorf("in the rack when the token was sent: %+v", kept)
			}
			if c.Account.ShopName == "" || len(c.Granted) != 2 || c.Status != valet.Connected {
				t.Errorf("%+v", c)
			}
			k.wire.before = nil
			k.start(t)
			k.mustToken(t, c.ID)
		})
	}
}

// TestRescueAnswerLost: the refresh token was sent and nobody heard. The key stays, with its note, and so does the file.
func TestRescueAnswerLost(t *testing.T) {
	k := newKit(t)
	path := k.scribble(t, 0, func(m map[string]any) { delete(m, "access_token") })
	k.wire.after = func(*http.Request) error { return errors.New("cut") }
	c, err := k.rescue(t, path).Keep(t.Context(), valet.RescueRequest{})
	if valet.KindOf(err) != valet.Unreachable || c.ID == "" {
		t.Fatalf("%v, %+v", err, c)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	k.wire.after = nil
	k.start(t)
	if now := k.at(t, c.ID); now.Status != valet.Connected {
		t.Errorf("%+v", now)
	}
}

// TestRescueEnded: a key that the market does not take is not kept, nor is its app key.
func TestRescueEnded(t *testing.T) {
	k := newKit(t)
	path := k.scribble(t, 0, nil)
	takeBack(t, k.practice.Transport())
	_, err := k.rescue(t, path).Keep(t.Context(), valet.RescueRequest{})
	var told *valet.Error
	if !errors.As(err, &told) || told.Kind != valet.RescueFile || told.Subject != "ended" || len(k.valet.Connections()) != 0 {
		t.Errorf("%v, %+v", err, k.valet.Connections())
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

// TestRescueKnown: a key that works is not put aside for what stands in a file.
func TestRescueKnown(t *testing.T) {
	k := newKit(t)
	path := k.scribble(t, 0, nil)
	c := k.mustConnect(t)
	before := k.mustToken(t, c.ID)
	_, err := k.rescue(t, path).Keep(t.Context(), valet.RescueRequest{})
	if valet.KindOf(err) != valet.AlreadyKept || !strings.Contains(err.Error(), c.Name) || k.mustToken(t, c.ID) != before {
		t.Errorf("%v", err)
	}
}

// TestRescueAppKey: what the file lacks is asked for, another app's key is kept beside those that are there, and goes again if the key is
// not kept.
func TestRescueAppKey(t *testing.T) {
	k := newKit(t)
	path := k.scribble(t, 0, func(m map[string]any) { m["keystring"] = "another"; delete(m, "shared_secret") })
	f := k.rescue(t, path)
	_, err := f.Plan(valet.RescueRequest{})
	var told *valet.Error
	if !errors.As(err, &told) || told.Kind != valet.BadAppKey || told.Subject != "client_secret" {
		t.Errorf("%v", err)
	}
	request := valet.RescueRequest{Secret: oauth.NewSecret("wrong")}
	if plan, err := f.Plan(request); err != nil || plan.AppKey.ID != "" || plan.AppKey.Label != "practice-2" {
		t.Errorf("%v, %+v", err, plan.AppKey)
	}
	keys := len(k.valet.Keys.List())
	if _, err = f.Keep(t.Context(), request); valet.KindOf(err) != valet.AppKeyRefused {
		t.Errorf("%v", err)
	}
	if len(k.valet.Keys.List()) != keys || len(k.valet.Connections()) != 0 {
		t.Error("something was left behind")
	}
	f = k.rescue(t, k.scribble(t, 2, func(m map[string]any) { delete(m, "keystring"); delete(m, "shared_secret") }))
	if c, err := f.Keep(t.Context(), valet.RescueRequest{}); err != nil || c.AppKey != "builtin-practice" {
		t.Errorf("the only app key: %v, %+v", err, c)
	}
}

// TestRescueUnwritable: nothing is sent while it cannot be kept.
func TestRescueUnwritable(t *testing.T) {
	k := newKit(t)
	f := k.rescue(t, k.scribble(t, 0, nil))
	sent := k.wire.tokens.get()
	k.store.fail(storeFault{"locked"}, nil)
	if _, err := f.Keep(t.Context(), valet.RescueRequest{}); valet.KindOf(err) != valet.StoreTrouble || k.wire.tokens.get() != sent {
		t.Errorf("%v", err)
	}
}

// TestRescueOlder: a pair of the older API is tried there and kept as one.
func TestRescueOlder(t *testing.T) {
	k := bothAPIs(t)
	pair := k.onPaper(t, 0, "shops_rw", "email_r")
	path := filepath.Join(t.TempDir(), ".env")
	text := "ETSY_CONSUMER_KEY=" + practice.OlderClientID + "\nETSY_OAUTH_TOKEN=" + pair.Token + "\nETSY_OAUTH_TOKEN_SECRET='" + pair.Secret + "'\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := k.rescue(t, path).Keep(t.Context(), valet.RescueRequest{})
	if err != nil || c.Provider != "practice-v2" || c.Account.ShopName == "" || !slices.Contains(c.Granted, "shops_rw") {
		t.Fatalf("%v, %+v", err, c)
	}
	if _, err := k.valet.Upgrades.Upgrade(t.Context(), valet.UpgradeRequest{Connection: c.ID}); err != nil {
		t.Error(err)
	}
	if _, err := k.rescue(t, path).Keep(t.Context(), valet.RescueRequest{}); valet.KindOf(err) != valet.TokenRefused {
		t.Errorf("once it was exchanged: %v", err)
	}
}
