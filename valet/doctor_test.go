package valet_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// theirBrowser opens addresses where the tests do not say otherwise.
func theirBrowser() (string, error) { return "/usr/bin/firefox", nil }

// found is what a visit found, by check; where a check has several findings, the last of them.
type found map[valet.CheckID]valet.Finding

// examine makes a visit to its end, without the port that every test of this package shares.
func (k *kit) examine(t *testing.T, visit valet.Visit, with valet.Instruments) found {
	t.Helper()
	if with.Browser == nil {
		with.Browser = theirBrowser
	}
	all := found{}
	for f := range valet.NewDoctor(k.valet, with).Examine(t.Context(), visit) {
		all[f.Check] = f
	}
	return all
}

// wants compares state and reason of one check.
func (all found) wants(t *testing.T, check valet.CheckID, state valet.FindingState, reason string) {
	t.Helper()
	if f := all[check]; f.State != state || f.Reason != reason {
		t.Errorf("%s: %q %q (%v), want %q %q", check, f.State, f.Reason, f.Err, state, reason)
	}
}

// tree is every file below the kit's folders: mode, and what is in it.
func (k *kit) tree(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, folder := range []string{k.options.Folders.Config, k.options.Folders.State} {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			files[path] = info.Mode().String()
			if info.Mode().IsRegular() {
				text, err := os.ReadFile(path)
				sum := sha256.Sum256(text)
				files[path] += string(sum[:])
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestDoctorFindsAllFine: each check of a key that works, and nothing is changed by them.
func TestDoctorFindsAllFine(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	before, sets := k.tree(t), k.store.sets
	all := k.examine(t, valet.Visit{Key: c.ID}, valet.Instruments{})
	all.wants(t, valet.CheckKeyring, valet.Fine, "ready")
	all.wants(t, valet.CheckClock, valet.Fine, "steady")
	all.wants(t, valet.CheckNetwork, valet.Fine, "inside")
	all.wants(t, valet.CheckSecret, valet.Fine, "built-in")
	all.wants(t, valet.CheckAppKey, valet.Fine, "accepted")
	all.wants(t, valet.CheckRecord, valet.Fine, "kept")
	all.wants(t, valet.CheckToken, valet.Fine, "works")
	all.wants(t, valet.CheckScopes, valet.Fine, "confirmed")
	brief := k.examine(t, valet.Visit{}, valet.Instruments{})
	brief.wants(t, valet.CheckFolders, valet.Fine, "private")
	brief.wants(t, valet.CheckIndex, valet.Fine, "whole")
	brief.wants(t, valet.CheckProviders, valet.Fine, "read")
	brief.wants(t, valet.CheckToken, valet.Fine, "fresh")
	if _, asked := brief[valet.CheckScopes]; asked {
		t.Error("in brief, and the provider was asked for permissions")
	}
	if diff := cmp.Diff(before, k.tree(t)); diff != "" || k.store.sets != sets {
		t.Errorf("%d items were written, and of the files (-before +after):\n%s", k.store.sets-sets, diff)
	}
	k.examine(t, valet.Visit{Provider: "practice"}, valet.Instruments{}).wants(t, valet.CheckToken, valet.Fine, "works")
}

// TestDoctorOnFaults: what is broken is found where it is, and only there.
func TestDoctorOnFaults(t *testing.T) {
	type want struct {
		check  valet.CheckID
		state  valet.FindingState
		reason string
	}
	faulty := func(fault string) func(*testing.T, *kit, valet.Connection) {
		return func(t *testing.T, k *kit, _ valet.Connection) {
			if err := k.practice.Configure(practice.Switches{Fault: fault}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, row := range []struct {
		name  string
		broke func(*testing.T, *kit, valet.Connection)
		want  []want
	}{
		{"taken back by the seller", func(t *testing.T, k *kit, _ valet.Connection) { takeBack(t, k.practice.Transport()) }, []want{
			{valet.CheckToken, valet.Wrong, "token-revoked"}, {valet.CheckScopes, valet.Untried, "token"}, {valet.CheckAppKey, valet.Fine, "accepted"}}},
		{"the API is down", faulty("api-down:9"), []want{
			{valet.CheckAppKey, valet.Wrong, "server-fault"}, {valet.CheckToken, valet.Wrong, "server-fault"}, {valet.CheckRecord, valet.Fine, "kept"}}},
		{"the day's calls are used up", faulty("day-limit:9"), []want{{valet.CheckToken, valet.Wrong, "rate-day"}}},
		{"the item is gone", func(t *testing.T, k *kit, c valet.Connection) { k.store.Delete(t.Context(), string(c.ID)) }, []want{
			{valet.CheckRecord, valet.Wrong, "item-missing"}, {valet.CheckToken, valet.Untried, "record"}, {valet.CheckScopes, valet.Untried, "record"}}},
		{"the item is not ours", func(t *testing.T, k *kit, c valet.Connection) { k.store.Set(t.Context(), string(c.ID), []byte("{}")) }, []want{
			{valet.CheckRecord, valet.Wrong, "record-unreadable"}, {valet.CheckToken, valet.Untried, "record"}}},
		{"the provider moved", func(t *testing.T, k *kit, _ valet.Connection) {
			k.options.Builtin[0].API = "https://elsewhere.example"
			k.start(t)
		}, []want{{valet.CheckRecord, valet.Wrong, "provider-changed"}, {valet.CheckToken, valet.Untried, "record"}}},
		{"the keyring hangs", func(_ *testing.T, k *kit, _ valet.Connection) { k.store.fail(storeFault{"timeout"}, nil) }, []want{
			{valet.CheckKeyring, valet.Wrong, "timeout"}, {valet.CheckRecord, valet.Untried, "store"}, {valet.CheckAppKey, valet.Fine, "accepted"}}},
		{"given back", func(t *testing.T, k *kit, c valet.Connection) {
			if _, err := k.valet.Revoke(t.Context(), c.ID); err != nil {
				t.Fatal(err)
			}
		}, []want{{valet.CheckRecord, valet.Untried, "returned"}, {valet.CheckToken, valet.Untried, "returned"}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			k := newKit(t)
			c := k.mustConnect(t)
			row.broke(t, k, c)
			all := k.examine(t, valet.Visit{Key: c.ID}, valet.Instruments{})
			for _, w := range row.want {
				all.wants(t, w.check, w.state, w.reason)
			}
		})
	}
}

// TestDoctorLeavesAMissingKeyAsItIs: it is a use that marks a key as missing, and not a look.
func TestDoctorLeavesAMissingKeyAsItIs(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	k.store.Delete(t.Context(), string(c.ID))
	k.examine(t, valet.Visit{Key: c.ID}, valet.Instruments{})
	if now, err := k.valet.Find(c.Name); err != nil || now.Status != valet.Connected {
		t.Errorf("%v, %v", now.Status, err)
	}
}

// TestDoctorRenewsNothing: a token that is over is said to be renewed at the next use; no request goes to the token endpoint, and
// the provider's API is not asked with it.
func TestDoctorRenewsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		sent := k.wire.tokens.get()
		time.Sleep(2 * time.Hour)
		whole := k.examine(t, valet.Visit{Key: c.ID}, valet.Instruments{})
		whole.wants(t, valet.CheckToken, valet.Untried, "stale")
		whole.wants(t, valet.CheckScopes, valet.Fine, "granted")
		k.examine(t, valet.Visit{}, valet.Instruments{}).wants(t, valet.CheckToken, valet.Fine, "renews")
		time.Sleep(85 * 24 * time.Hour)
		k.examine(t, valet.Visit{}, valet.Instruments{}).wants(t, valet.CheckToken, valet.LookAt, "ends-soon")
		time.Sleep(10 * 24 * time.Hour)
		k.examine(t, valet.Visit{Key: c.ID}, valet.Instruments{}).wants(t, valet.CheckToken, valet.LookAt, "lapsed")
		if k.wire.tokens.get() != sent {
			t.Error("a token was asked for")
		}
		if _, err := k.token(t, c.ID, 0); valet.KindOf(err) != valet.NeedsConsent {
			t.Fatal(err)
		}
		k.examine(t, valet.Visit{}, valet.Instruments{}).wants(t, valet.CheckToken, valet.Wrong, "needs-consent")
	})
}

// TestDoctorAsksNobody: a locked keyring is not touched, unless the person wants to be asked.
func TestDoctorAsksNobody(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	for trouble, want := range map[string]valet.FindingState{"locked": valet.LookAt, "absent": valet.Wrong, "no-collection": valet.Wrong} {
		k.store.gone = errors.New("the keyring was asked")
		k.store.fail(errors.New("the keyring was tried"), nil)
		with := valet.Instruments{Keyring: func(context.Context) error { return storeFault{trouble} }}
		all := k.examine(t, valet.Visit{Key: c.ID}, with)
		all.wants(t, valet.CheckKeyring, want, trouble)
		if trouble == "locked" {
			all.wants(t, valet.CheckRecord, valet.Untried, "locked")
			all.wants(t, valet.CheckToken, valet.Untried, "locked")
			k.store.gone = nil
			k.store.fail(nil, nil)
			all = k.examine(t, valet.Visit{Key: c.ID, Ask: true}, with)
			all.wants(t, valet.CheckKeyring, valet.Fine, "ready")
			all.wants(t, valet.CheckToken, valet.Fine, "works")
		}
	}
}

// TestDoctorOnAppKeys: the halves of an app key, and what the provider says of them.
func TestDoctorOnAppKeys(t *testing.T) {
	k := newKit(t)
	set := func(secret string) valet.AppKey {
		key, err := k.valet.Keys.Set(t.Context(), valet.NewAppKey{Provider: "practice", Label: "mine", ClientID: practice.ClientID, Secret: oauth.NewSecret(secret)})
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	key := set(practice.ClientSecret)
	all := k.examine(t, valet.Visit{Provider: "practice"}, valet.Instruments{})
	all.wants(t, valet.CheckSecret, valet.Fine, "kept")
	all.wants(t, valet.CheckAppKey, valet.Fine, "accepted")
	set("not-the-secret")
	all = k.examine(t, valet.Visit{}, valet.Instruments{})
	all.wants(t, valet.CheckSecret, valet.Fine, "kept")
	all.wants(t, valet.CheckAppKey, valet.Wrong, "key-unknown")
	k.store.Delete(t.Context(), key.ID)
	all = k.examine(t, valet.Visit{}, valet.Instruments{})
	all.wants(t, valet.CheckSecret, valet.Wrong, "item-missing")
	all.wants(t, valet.CheckAppKey, valet.Untried, "store")
}

// TestDoctorOnAnAppKeyAtRest: Etsy ends an app key that nobody uses for six months, and says no more than that it does not know it.
func TestDoctorOnAnAppKeyAtRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		k.options.Builtin[0].Practice = false
		k.start(t)
		c := k.mustConnect(t)
		refused := answers{`/openapi-ping`, http.StatusForbidden, `{"error":"API key not found or not active, or incorrect shared secret for API key."}`, k.wire.next}
		with := valet.Instruments{Lookup: knownHost, Transport: far{status: http.StatusNotFound}}
		k.wire.next = refused
		k.examine(t, valet.Visit{Key: c.ID}, with).wants(t, valet.CheckAppKey, valet.Wrong, "key-unknown")
		time.Sleep(200 * 24 * time.Hour)
		all := k.examine(t, valet.Visit{Key: c.ID}, with)
		all.wants(t, valet.CheckAppKey, valet.Wrong, "dormant")
		if when := all[valet.CheckAppKey].When; when.IsZero() || when.After(time.Now().Add(-199*24*time.Hour)) {
			t.Errorf("last used %s", when)
		}
	})
}

// TestDoctorOnWhatAKeyOpens: the permissions that the provider reports, an account without a shop, and a renewal that was lost.
func TestDoctorOnWhatAKeyOpens(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	visit, whole := valet.Visit{Key: c.ID}, k.wire.next
	k.wire.next = answers{"/application/scopes", http.StatusOK, `{"scopes":["shops_r"]}`, whole}
	all := k.examine(t, visit, valet.Instruments{})
	all.wants(t, valet.CheckToken, valet.Fine, "works")
	all.wants(t, valet.CheckScopes, valet.Wrong, "fewer")
	if f := all[valet.CheckScopes]; !strings.Contains(f.Subject, "listings_w") || strings.Contains(f.Subject, "shops_r ") {
		t.Errorf("missing: %q", f.Subject)
	}
	k.wire.next = answers{"/users/me", http.StatusOK, `{"user_id":84120937,"shop_id":null}`, whole}
	k.examine(t, visit, valet.Instruments{}).wants(t, valet.CheckToken, valet.LookAt, "no-shop")
	k.wire.next = answers{"/users/me", http.StatusForbidden, `{"error":"insufficient_scope"}`, whole}
	k.examine(t, visit, valet.Instruments{}).wants(t, valet.CheckToken, valet.Fine, "works")
	k.wire.next = whole
	k.wire.after = func(*http.Request) error { return errors.New("lost") }
	if _, err := k.valet.Refresh(t.Context(), c.ID); err == nil {
		t.Fatal("the answer was to be lost")
	}
	k.examine(t, visit, valet.Instruments{}).wants(t, valet.CheckRecord, valet.LookAt, "pending")
}

// answers is a transport on which one path answers something else.
type answers struct {
	path   string
	status int
	body   string
	next   http.RoundTripper
}

func (a answers) RoundTrip(request *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(request.URL.Path, a.path) {
		return a.next.RoundTrip(request)
	}
	header := http.Header{"Content-Type": {"application/json"}}
	return &http.Response{StatusCode: a.status, Header: header, Body: io.NopCloser(strings.NewReader(a.body)), Request: request}, nil
}

// TestDoctorStops: results come one by one, and nothing comes after the loop or the context has ended.
func TestDoctorStops(t *testing.T) {
	k := newKit(t)
	k.mustConnect(t)
	d := valet.NewDoctor(k.valet, valet.Instruments{Browser: theirBrowser})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	count := 0
	for range d.Examine(ctx, valet.Visit{}) {
		count++
		cancel()
	}
	for range d.Examine(t.Context(), valet.Visit{}) {
		count++
		break
	}
	k.wire.next = lost{func() { t.Error("the provider was asked") }}
	for f := range d.Examine(ctx, valet.Visit{}) {
		t.Errorf("after the end: %v", f)
	}
	if count != 2 {
		t.Errorf("%d results, want 2", count)
	}
}

// lost is a transport that goes nowhere.
type lost struct{ asked func() }

func (l lost) RoundTrip(*http.Request) (*http.Response, error) {
	l.asked()
	return nil, errors.New("nowhere")
}
