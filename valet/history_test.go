package valet_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/keystore"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// by gives the kit's context with somebody who does something.
func by(t *testing.T, place valet.Place, verb string) context.Context {
	t.Helper()
	return valet.Doing(t.Context(), valet.Doer{Place: place, Verb: verb})
}

// told gives the history of a key as words: deed, how, failure and place, the newest first.
func told(t *testing.T, v *valet.Valet, q valet.HistoryQuery) []string {
	t.Helper()
	events, err := v.History.Read(q)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range events {
		words := []string{string(e.Deed), e.How, string(e.Failure), string(e.Place), e.Verb}
		list = append(list, strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " "))
	}
	return list
}

func wantTold(t *testing.T, v *valet.Valet, q valet.HistoryQuery, want ...string) {
	t.Helper()
	if got := told(t, v, q); !slices.Equal(got, want) {
		t.Errorf("the history says\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func historyFile(k *kit, part string) string {
	return filepath.Join(k.options.Folders.State, "history"+part+".jsonl")
}

// TestHistoryOfAKey: what is done with a key is told, newest first, by whom and how.
func TestHistoryOfAKey(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	use := func(string) error { return nil }
	if err := k.valet.UseAccessToken(by(t, valet.PlaceVerb, "token"), c.ID, 0, use); err != nil {
		t.Fatal(err)
	}
	window := by(t, valet.PlaceWindow, "")
	if err := k.valet.UseAccessToken(window, c.ID, 0, use); err != nil {
		t.Fatal(err)
	}
	if err := k.valet.UseHandout(valet.InForm(window, valet.AsCurl), c.ID, 0, func(valet.Handout) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := k.valet.UseAccessToken(valet.InForm(window, valet.AsShown), c.ID, 0, use); err != nil {
		t.Fatal(err)
	}
	if _, err := k.valet.Check(window, c.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := k.valet.Requests.Send(by(t, valet.PlaceVerb, "request"), c.ID, valet.Request{Method: http.MethodGet, Path: "/v3/application/users/me"}); err != nil {
		t.Fatal(err)
	}
	k.valet.Requests.Send(by(t, valet.PlaceVerb, "request"), c.ID, valet.Request{Method: http.MethodDelete, Path: "/v3/application/listings/1"})
	k.valet.Requests.Send(by(t, valet.PlaceVerb, "request"), c.ID, valet.Request{Method: http.MethodGet, Path: "//elsewhere"})
	scopes := valet.Request{Method: http.MethodPost, Path: "/v3/application/scopes", TokenField: "token"} // it only asks
	if _, err := k.valet.Requests.Send(window, c.ID, scopes); err != nil {
		t.Fatal(err)
	}
	if _, err := k.valet.Refresh(window, c.ID); err != nil {
		t.Fatal(err)
	}
	k.wire.before = func(*http.Request) error { return errors.New("no route") }
	if _, err := k.valet.Refresh(window, c.ID); err == nil {
		t.Fatal("no error")
	}
	k.wire.before = nil
	if _, err := k.connect(t, 0, valet.ConnectRequest{Reconnect: c.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := k.valet.Revoke(window, c.ID); err != nil {
		t.Fatal(err)
	}
	wantTold(t, k.valet, valet.HistoryQuery{Key: c.ID},
		"revoked here window", "reconnected", "refreshed unreachable window", "refreshed window", "requested POST window",
		"changed DELETE declined verb request", "requested GET verb request", "checked window",
		"shown window", "copied curl window", "copied token window", "handed-on token verb token", "connected")
	events, err := k.valet.History.Read(valet.HistoryQuery{Key: c.ID, Most: 2})
	if err != nil || len(events) != 2 || events[0].Name != c.Name || events[0].Count != 1 || events[0].At.Location() != time.UTC {
		t.Errorf("%+v, %v", events, err)
	}
	if err := k.valet.Forget(window, c.ID); err != nil {
		t.Fatal(err)
	}
	wantTold(t, k.valet, valet.HistoryQuery{}, "forgotten window")
	wantTold(t, k.valet, valet.HistoryQuery{Name: c.Name}, "forgotten window")
	if text := string(readFile(t, historyFile(k, "-older"))); strings.Contains(text, "connected") {
		t.Errorf("a forgotten key's history stays: %s", text)
	}
}

// TestHistoryHoldsNoSecret: no token that was ever in the store, and nothing of the app key, stands in a file, whatever was done
// and whatever failed.
func TestHistoryHoldsNoSecret(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	long := regexp.MustCompile(`[A-Za-z0-9._~+/=-]{20,}`)
	secrets := map[string]bool{practice.ClientSecret: true}
	verb := by(t, valet.PlaceVerb, "curl")
	for _, fault := range []error{nil, errors.New("no route"), nil} {
		k.wire.before = func(*http.Request) error { return fault }
		k.valet.UseHandout(verb, c.ID, 0, func(valet.Handout) error { return nil })
		k.valet.Refresh(verb, c.ID)
		k.valet.Check(verb, c.ID)
		item, err := k.store.Get(t.Context(), string(c.ID))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range long.FindAllString(string(item), -1) {
			secrets[word] = true
		}
		token := k.mustToken(t, c.ID)
		secrets[token] = true
		k.valet.Requests.Send(verb, c.ID, valet.Request{Method: http.MethodGet, Path: "/v3/application/users/me?access_token=" + token})
		k.valet.Requests.Send(verb, c.ID, valet.Request{Method: http.MethodPost, Path: "/" + token, Body: []byte(token), ContentType: token})
	}
	takeBack(t, k.practice.Transport())
	k.valet.Refresh(verb, c.ID)
	k.valet.Check(verb, c.ID)
	delete(secrets, string(c.ID))
	if len(secrets) < 6 {
		t.Fatalf("%d secrets", len(secrets))
	}
	files := func() (text string) {
		for _, part := range []string{"", "-older"} {
			if one, err := os.ReadFile(historyFile(k, part)); err == nil {
				text += string(one)
			}
		}
		return text
	}
	before := files()
	k.valet.Wait()
	if !strings.Contains(before, `"withdrawn"`) || !strings.Contains(before, `"unreachable"`) {
		t.Fatalf("little was noted: %s", before)
	}
	for secret := range secrets {
		if strings.Contains(before+files(), secret) {
			t.Errorf("%s stands in the history", secret)
		}
	}
}

// TestHistoryCountsWhatIsAlike: the same by the same within an hour is one event, on the disk too once it is put in order; what
// is 90 days old goes.
func TestHistoryCountsWhatIsAlike(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		ctx := by(t, valet.PlaceVerb, "token")
		use := func(n int, every time.Duration) {
			for range n {
				if err := k.valet.UseAccessToken(ctx, c.ID, 0, func(string) error { return nil }); err != nil {
					t.Fatal(err)
				}
				time.Sleep(every)
			}
		}
		use(100, time.Second)
		first := time.Now().UTC().Truncate(time.Second)
		for range 2 {
			events, err := k.valet.History.Read(valet.HistoryQuery{Key: c.ID, Most: 1})
			if err != nil || len(events) != 1 || events[0].Count != 100 || events[0].At.Sub(events[0].Since) != 99*time.Second {
				t.Fatalf("%+v, %v", events, err)
			}
			k.valet.Wait()
			if _, err := os.Stat(historyFile(k, "")); err == nil {
				t.Error("it was not put in order")
			}
		}
		if lines := strings.Count(string(readFile(t, historyFile(k, "-older"))), "\n"); lines != 3 {
			t.Errorf("%d lines, want connected, handed on, and how far it is in order", lines)
		}
		time.Sleep(2 * time.Hour) // the token is stale by now
		use(3, time.Second)
		wantTold(t, k.valet, valet.HistoryQuery{Key: c.ID, Since: first}, "handed-on token verb token", "refreshed verb token")
		time.Sleep(60 * 24 * time.Hour)
		use(1, 0)
		k.valet.Wait()
		wantTold(t, k.valet, valet.HistoryQuery{Key: c.ID},
			"handed-on token verb token", "refreshed verb token", "handed-on token verb token", "refreshed verb token", "handed-on token verb token", "connected")
		time.Sleep(31 * 24 * time.Hour)
		wantTold(t, k.valet, valet.HistoryQuery{Key: c.ID}, "handed-on token verb token", "refreshed verb token")
		use(1, 0)
		k.valet.Wait()
		if text := string(readFile(t, historyFile(k, "-older"))); strings.Count(text, "\n") != 5 || strings.Contains(text, `"connected"`) {
			t.Errorf("the old is still there: %s", text)
		}
	})
}

// TestHistoryOfThisSession stands in no file, and is told all the same.
func TestHistoryOfThisSession(t *testing.T) {
	k := newKit(t)
	k.options.Session = keystore.NewMemory(nil)
	k.start(t)
	c, err := k.connect(t, 0, valet.ConnectRequest{Store: valet.InSession})
	if err != nil {
		t.Fatal(err)
	}
	k.mustToken(t, c.ID)
	wantTold(t, k.valet, valet.HistoryQuery{Key: c.ID}, "handed-on", "connected")
	if _, err := os.Lstat(historyFile(k, "")); err == nil {
		t.Error("a key of this session is in the file")
	}
}

// TestHistoryChanges: a window hears of what it did itself, and with Run of what others did.
func TestHistoryChanges(t *testing.T) {
	k, _, _ := newShared(t)
	c := k.mustConnect(t)
	changes := k.valet.History.Changes(t.Context())
	<-changes
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan error)
	go func() { ran <- k.valet.Run(ctx) }()
	other := k.other(t)
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		for range changes {
			if len(told(t, k.valet, valet.HistoryQuery{Key: c.ID})) == 2 {
				return
			}
		}
	}()
	if err := other.UseAccessToken(t.Context(), c.ID, 0, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	<-heard
	stop()
	if err := <-ran; err != nil {
		t.Error(err)
	}
}
