package valet_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// ender plays a provider that can end a token; what it is told goes to told.
type ender struct {
	next     http.RoundTripper
	told     []string
	during   func() // while the provider is told
	status   int    // 0: confirmed
	together bool   // it ends every pair of that account
}

func (e *ender) RoundTrip(request *http.Request) (*http.Response, error) {
	answer := func(status int) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Request: request,
			Body: io.NopCloser(strings.NewReader(`{"error":"invalid_token"}`))}, nil
	}
	switch {
	case strings.HasSuffix(request.URL.Path, "/revoke"):
		if e.during != nil {
			e.during()
		}
		if err := request.ParseForm(); err != nil {
			return nil, err
		}
		if e.status != 0 {
			return answer(e.status)
		}
		e.told = append(e.told, request.PostForm.Get("token"))
		return answer(http.StatusOK)
	case e.together && len(e.told) > 0 && strings.HasSuffix(request.URL.Path, "/me"):
		return answer(http.StatusUnauthorized)
	}
	return e.next.RoundTrip(request)
}

// newEnding is a kit whose provider can end a token.
func newEnding(t *testing.T) (*kit, *ender) {
	t.Helper()
	k := newKit(t)
	e := &ender{next: k.wire}
	market := practiceMarket(e)
	market.RevocationEndpoint = "http://" + practice.DefaultAddress + "/revoke"
	k.options.Builtin = []valet.Builtin{market}
	k.start(t)
	return k, e
}

// fates notes what became of old pairs.
func fates(request *valet.ConnectRequest) *[]valet.Fate {
	var told []valet.Fate
	request.Host.Step = func(_ valet.Step, d valet.Detail) {
		if d.Moment == valet.Replaced {
			told = append(told, d.Old)
		}
	}
	return &told
}

// TestOtherScopesInOneGo: the same key with other permissions; the old pair lives until the new one is in the store, and ends then.
func TestOtherScopesInOneGo(t *testing.T) {
	k, e := newEnding(t)
	first, err := k.connect(t, 0, valet.ConnectRequest{Scopes: []oauth.Scope{"transactions_r", "listings_d"}})
	if err != nil {
		t.Fatal(err)
	}
	old := k.mustToken(t, first.ID)
	e.during = func() {
		if k.mustToken(t, first.ID) == old {
			t.Error("the old pair is ended before the new one is kept")
		}
	}
	request := valet.ConnectRequest{Reconnect: first.ID, Scopes: []oauth.Scope{"transactions_r", "listings_r"}}
	told := fates(&request)
	now, err := k.connect(t, 0, request)
	if err != nil {
		t.Fatal(err)
	}
	if now.ID != first.ID || now.Name != first.Name || now.Store != first.Store || len(k.valet.Connections()) != 1 {
		t.Errorf("%+v took the place of %+v", now, first)
	}
	added, gone := valet.Difference(now.Before, now.Granted)
	if !slices.Equal(added, []oauth.Scope{"listings_r"}) || !slices.Equal(gone, []oauth.Scope{"listings_d"}) {
		t.Errorf("added %v, gone %v", added, gone)
	}
	if len(e.told) != 2 || e.told[1] != old || !slices.Equal(*told, []valet.Fate{valet.FateRevoked}) {
		t.Errorf("%d tokens ended, told %v", len(e.told), *told)
	}
	k.start(t)
	again, err := k.valet.Refresh(t.Context(), now.ID)
	if err != nil || !slices.Equal(again.Before, first.Granted) {
		t.Errorf("later it opened %v before, %v", again.Before, err)
	}
	same, err := k.connect(t, 0, valet.ConnectRequest{Reconnect: now.ID})
	if err != nil || same.Before != nil || !slices.Equal(same.Granted, now.Granted) {
		t.Errorf("the same permissions again: %+v, %v", same, err)
	}
}

// TestTheOldPairIsUntouched by every walk that does not end with another one for the same shop.
func TestTheOldPairIsUntouched(t *testing.T) {
	for name, shop := range map[string]int{"denied": 0, "wrong shop": 1, "cancelled": 0, "not kept": 0} {
		t.Run(name, func(t *testing.T) {
			k, e := newEnding(t)
			first := k.mustConnect(t)
			old := k.mustToken(t, first.ID)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			pasted := make(chan string, 1)
			request := valet.ConnectRequest{Reconnect: first.ID, NoListen: true, Scopes: []oauth.Scope{"listings_d"}}
			request.Host.Pasted = pasted
			request.Host.Open = func(_ context.Context, address string) error {
				switch name {
				case "cancelled":
					cancel()
				case "denied":
					pasted <- press(t, k.practice.Transport(), address, shop, "deny")
				default:
					pasted <- press(t, k.practice.Transport(), address, shop, "allow")
				}
				return nil
			}
			if name == "not kept" {
				k.store.fail(nil, storeFault{"other"})
			}
			if c, err := k.valet.Connect(ctx, request); err == nil {
				t.Fatalf("connected as %+v", c)
			}
			k.store.fail(nil, nil)
			if k.mustToken(t, first.ID) != old || slices.Contains(e.told, old) {
				t.Error("the old pair was touched")
			}
			if _, err := k.valet.Refresh(t.Context(), first.ID); err != nil {
				t.Errorf("it does not renew itself any more: %v", err)
			}
		})
	}
}

// TestAnOldPairThatCannotBeEndedCostsNothing but a sentence.
func TestAnOldPairThatCannotBeEndedCostsNothing(t *testing.T) {
	k, e := newEnding(t)
	first := k.mustConnect(t)
	for _, status := range []int{http.StatusServiceUnavailable, http.StatusBadRequest} {
		e.status = status
		request := valet.ConnectRequest{Reconnect: first.ID, Scopes: []oauth.Scope{"listings_r"}}
		told := fates(&request)
		if _, err := k.connect(t, 0, request); err != nil || !slices.Equal(*told, []valet.Fate{valet.FateAlive}) {
			t.Errorf("%d: %v, told %v", status, err, *told)
		}
		if _, err := k.valet.Refresh(t.Context(), first.ID); err != nil {
			t.Error(err)
		}
	}
	plain := newKit(t)
	c := plain.mustConnect(t)
	request := valet.ConnectRequest{Reconnect: c.ID}
	told := fates(&request)
	if _, err := plain.connect(t, 0, request); err != nil || !slices.Equal(*told, []valet.Fate{valet.FateDropped}) {
		t.Errorf("where nothing can be ended: %v, told %v", err, *told)
	}
}

// TestAProviderThatEndsBoth is found out at once, and the next walk brings the key back.
func TestAProviderThatEndsBoth(t *testing.T) {
	k, e := newEnding(t)
	market := k.options.Builtin[0]
	market.EtsyAPI, market.Account.ID = false, "/user_id"
	k.options.Builtin = []valet.Builtin{market}
	k.start(t)
	first := k.mustConnect(t)
	e.together = true
	_, err := k.connect(t, 0, valet.ConnectRequest{Reconnect: first.ID, Scopes: []oauth.Scope{"listings_r"}})
	var told *valet.Error
	if !errors.As(err, &told) || told.Kind != valet.EndedTogether || told.Subject != first.Name {
		t.Fatalf("got %v", err)
	}
	if c := k.valet.Connections()[0]; c.Status != valet.NeedsAuthorization {
		t.Errorf("it shows as %s", c.Status)
	}
	e.together, e.told = false, nil
	if c, err := k.connect(t, 0, valet.ConnectRequest{Reconnect: first.ID}); err != nil || c.Status != valet.Connected || len(e.told) > 0 {
		t.Errorf("once more: %+v, %v, %d tokens ended", c, err, len(e.told))
	}
}
