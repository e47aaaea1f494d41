package valet_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// TestConnect walks once and looks at everything that has to be true afterwards, here and after a new start.
func TestConnect(t *testing.T) {
	k := newKit(t)
	var moments []valet.Moment
	request := valet.ConnectRequest{Scopes: []oauth.Scope{"transactions_r"}}
	request.Host.Step = func(_ valet.Step, d valet.Detail) { moments = append(moments, d.Moment) }
	c, err := k.connect(t, 0, request)
	if err != nil {
		t.Fatal(err)
	}
	want := []valet.Moment{valet.Listening, valet.Opened, valet.Answered, valet.Exchanged, valet.Identified, valet.Stored}
	if !slices.Equal(moments, want) {
		t.Errorf("moments %v, want %v", moments, want)
	}
	if c.Status != valet.Connected || c.Name != "blue-fern-pottery" || c.Account.ShopName != "Blue Fern Pottery" || c.Account.UserID == "" {
		t.Errorf("connected as %+v", c)
	}
	if !slices.Equal(c.Asked, []oauth.Scope{"shops_r", "transactions_r"}) {
		t.Errorf("asked %v: the shop's own permission is always asked", c.Asked)
	}
	if left := time.Until(c.RefreshExpires); left < 89*24*time.Hour || left > 90*24*time.Hour {
		t.Errorf("the refresh token ends in %v", left)
	}
	token := k.mustToken(t, c.ID)
	k.start(t)
	again, err := k.valet.Find("blue")
	if err != nil || again.ID != c.ID || again.Account != c.Account || !again.AccessExpires.Equal(c.AccessExpires) {
		t.Fatalf("after a start: %+v, %v", again, err)
	}
	if k.mustToken(t, c.ID) != token {
		t.Error("after a start another token is used, though the first is fresh")
	}
}

// TestConnectTwiceRenews: an account that hangs in the rack keeps its id and its NAME.
func TestConnectTwiceRenews(t *testing.T) {
	k := newKit(t)
	first := k.mustConnect(t)
	old := k.mustToken(t, first.ID)
	second := k.mustConnect(t)
	if second.ID != first.ID || second.Name != first.Name || len(k.valet.Connections()) != 1 {
		t.Fatalf("a second key was hung for the same account: %+v", k.valet.Connections())
	}
	if k.mustToken(t, second.ID) == old {
		t.Error("the old token is still used")
	}
	other, err := k.connect(t, 1, valet.ConnectRequest{Name: "prints"})
	if err != nil || other.ID == first.ID || other.Name != "prints" {
		t.Fatalf("another account: %+v, %v", other, err)
	}
}

// TestWrongShop: a reconnect that another shop answers changes nothing unless the seller says so.
func TestWrongShop(t *testing.T) {
	for _, decision := range []valet.Decision{valet.TryAgain, valet.KeepBoth} {
		k := newKit(t)
		first := k.mustConnect(t)
		token := k.mustToken(t, first.ID)
		var want, got valet.Account
		request := valet.ConnectRequest{Reconnect: first.ID}
		request.Host.WrongShop = func(_ context.Context, w, g valet.Account) valet.Decision {
			want, got = w, g
			return decision
		}
		c, err := k.connect(t, 1, request)
		if want.ShopName != "Blue Fern Pottery" || got.ShopName != "Red Oak Prints" {
			t.Errorf("the seller was asked about %q and %q", want.ShopName, got.ShopName)
		}
		if decision == valet.TryAgain && valet.KindOf(err) != valet.WrongShop {
			t.Errorf("try again gave %v", err)
		}
		if decision == valet.KeepBoth && (err != nil || c.ID == first.ID || len(k.valet.Connections()) != 2) {
			t.Errorf("keep both gave %+v, %v", c, err)
		}
		if k.mustToken(t, first.ID) != token {
			t.Error("the old key was touched")
		}
	}
}

// TestReconnectAfterTheProviderEndedIt: the one press that brings a dead key back, under the same NAME.
func TestReconnectAfterTheProviderEndedIt(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	if err := k.practice.Configure(practice.Switches{Fault: "revoked"}); err != nil {
		t.Fatal(err)
	}
	if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.NeedsConsent {
		t.Fatalf("refresh gave %v", err)
	}
	if now := k.valet.Connections()[0]; now.Status != valet.NeedsAuthorization || now.Reason != "invalid_grant" {
		t.Fatalf("status %s, reason %s", now.Status, now.Reason)
	}
	k.start(t)
	if _, err := k.token(t, c.ID, 0); valet.KindOf(err) != valet.NeedsConsent {
		t.Fatalf("after a start the token gave %v", err)
	}
	renewed, err := k.connect(t, 0, valet.ConnectRequest{Reconnect: c.ID})
	if err != nil || renewed.ID != c.ID || renewed.Name != c.Name || renewed.Status != valet.Connected || renewed.Reason != "" {
		t.Fatalf("reconnect gave %+v, %v", renewed, err)
	}
	k.mustToken(t, c.ID)
}

// TestConnectEndings: what ends a walk, and that the store is then as it was.
func TestConnectEndings(t *testing.T) {
	locked := storeFault{"locked"}
	rows := []struct {
		name    string
		fault   string
		request valet.ConnectRequest
		prepare func(*kit)
		want    valet.Kind
	}{
		{name: "denied", fault: "deny", want: valet.Denied},
		{name: "unknown permission", request: valet.ConnectRequest{Scopes: []oauth.Scope{"billing_r"}}, want: valet.UnknownScope},
		{name: "bad name", request: valet.ConnectRequest{Name: "Not A Name"}, want: valet.BadName},
		{name: "unknown app key", request: valet.ConnectRequest{AppKey: "other"}, want: valet.UnknownAppKey},
		{name: "keyring locked before", prepare: func(k *kit) { k.store.fail(locked, nil) }, want: valet.StoreTrouble},
		{name: "keyring refuses the write", prepare: func(k *kit) { k.store.fail(nil, locked) }, want: valet.NotKept},
		{name: "provider down", fault: "server-error", want: valet.Unreachable},
		{name: "too many requests", fault: "rate-limit:2", want: valet.Unreachable},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			k := newKit(t)
			if row.fault != "" {
				if err := k.practice.Configure(practice.Switches{Fault: row.fault}); err != nil {
					t.Fatal(err)
				}
			}
			if row.prepare != nil {
				row.prepare(k)
			}
			_, err := k.connect(t, 0, row.request)
			if valet.KindOf(err) != row.want {
				t.Fatalf("got %v, want %s", err, row.want)
			}
			if list := k.valet.Connections(); len(list) != 0 {
				t.Errorf("something was kept: %+v", list)
			}
			k.start(t)
			if list := k.valet.Connections(); len(list) != 0 {
				t.Errorf("after a start something was kept: %+v", list)
			}
		})
	}
}

// TestNameLookUpFails: who it is comes from the token itself; the name is filled in when the key is tried.
func TestNameLookUpFails(t *testing.T) {
	k := newKit(t)
	if err := k.practice.Configure(practice.Switches{Fault: "api-down:2"}); err != nil {
		t.Fatal(err)
	}
	c := k.mustConnect(t)
	if c.Account.ShopName != "" || c.Account.UserID == "" || c.Name != "practice-"+c.Account.UserID {
		t.Fatalf("kept as %+v", c)
	}
	if err := k.practice.Configure(practice.Switches{Fault: "none"}); err != nil {
		t.Fatal(err)
	}
	health, err := k.valet.Check(t.Context(), c.ID)
	if err != nil || health.Account.ShopName != "Blue Fern Pottery" || len(health.Reported) != len(c.Asked) {
		t.Fatalf("check gave %+v, %v", health, err)
	}
	if now := k.valet.Connections()[0]; now.Account.ShopName != "Blue Fern Pottery" || now.Name != c.Name {
		t.Errorf("after the check: %+v", now)
	}
}

// TestNobodyAnswers: Deny on a page that never calls back ends after five minutes, as does a closed tab.
func TestNobodyAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		began := time.Now()
		var deadline time.Time
		request := valet.ConnectRequest{Provider: "practice", NoListen: true}
		request.Host.Pasted = make(chan string)
		request.Host.Step = func(_ valet.Step, d valet.Detail) { deadline = d.Deadline }
		_, err := k.valet.Connect(t.Context(), request)
		if valet.KindOf(err) != valet.TimedOut || time.Since(began) != 5*time.Minute {
			t.Fatalf("got %v after %v", err, time.Since(began))
		}
		if !deadline.Equal(began.Add(5 * time.Minute)) {
			t.Errorf("the countdown went to %v", deadline.Sub(began))
		}
		if _, err := k.connect(t, 0, valet.ConnectRequest{}); err != nil {
			t.Errorf("the next walk gave %v", err)
		}
	})
}

// TestPastedRubbishGoesOnWaiting: each wrong paste is told, none ends the walk, and the right one after them counts.
func TestPastedRubbishGoesOnWaiting(t *testing.T) {
	k := newKit(t)
	var told []error
	pasted := make(chan string, 8)
	request := valet.ConnectRequest{Provider: "practice", NoListen: true}
	request.Host.Pasted = pasted
	request.Host.PasteRefused = func(err error) { told = append(told, err) }
	request.Host.Open = func(_ context.Context, address string) error {
		right := press(t, k.practice.Transport(), address, 0, "allow")
		for _, text := range []string{"", "hello", "https://evil.example/?code=x&state=y", redirect + "?code=x&state=wrong", right + "&code=again"} {
			pasted <- text
		}
		pasted <- " \n\"" + right + "\"\n"
		return errors.New("no browser")
	}
	c, err := k.valet.Connect(t.Context(), request)
	if err != nil || c.Status != valet.Connected {
		t.Fatalf("got %+v, %v", c, err)
	}
	if len(told) != 5 {
		t.Errorf("told of %d wrong pastes, want 5: %v", len(told), told)
	}
}

func TestOneWalkAtATime(t *testing.T) {
	k := newKit(t)
	waiting := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	request := valet.ConnectRequest{Provider: "practice", NoListen: true}
	request.Host.Pasted = make(chan string)
	request.Host.Step = func(valet.Step, valet.Detail) { close(waiting) }
	go func() {
		_, err := k.valet.Connect(ctx, request)
		ended <- err
	}()
	<-waiting
	if _, err := k.connect(t, 0, valet.ConnectRequest{}); valet.KindOf(err) != valet.FlowWaiting {
		t.Errorf("a second walk gave %v", err)
	}
	cancel()
	if err := <-ended; valet.KindOf(err) != valet.Cancelled {
		t.Errorf("the cancelled walk gave %v", err)
	}
	if _, err := k.connect(t, 0, valet.ConnectRequest{}); err != nil {
		t.Errorf("after the cancel: %v", err)
	}
}

// TestPracticeWithoutKeyring: the window goes on in memory and says so; nothing of it reaches the index.
func TestPracticeWithoutKeyring(t *testing.T) {
	k := newKit(t)
	session := &faultyStore{Store: k.store.Store}
	k.options.Session = session
	k.start(t)
	k.store.fail(storeFault{"absent"}, storeFault{"absent"})
	c := k.mustConnect(t)
	if c.Store != valet.InSession {
		t.Fatalf("kept in %s", c.Store)
	}
	if _, err := k.valet.Refresh(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	k.mustToken(t, c.ID)
	k.start(t)
	if list := k.valet.Connections(); len(list) != 0 {
		t.Errorf("a key of the last session is listed: %+v", list)
	}
}

// TestNoSecretInFiles looks for what was won in every file the walk left.
func TestNoSecretInFiles(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	token := k.mustToken(t, c.ID)
	root := filepath.Dir(k.options.Folders.State)
	seen := 0
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		seen++
		if err == nil && (contains(data, token) || contains(data, token[len(token)-20:])) {
			t.Errorf("%s holds the access token", d.Name())
		}
		return err
	})
	if err != nil || seen < 2 {
		t.Fatalf("looked at %d files, %v", seen, err)
	}
	if data, err := json.Marshal(c); err != nil || contains(data, token) {
		t.Errorf("a snapshot shows the token: %v", err)
	}
}
