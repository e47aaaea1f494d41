package valet_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/valet"
)

func contextWithTimeout(t *testing.T, d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), d)
}

// gone checks that the store holds nothing of c.
func (k *kit) gone(t *testing.T, c valet.Connection) {
	t.Helper()
	if _, err := k.store.Get(t.Context(), string(c.ID)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the store still holds the tokens: %v", err)
	}
}

// TestRevokeWithoutEndpoint is Etsy's case: the tokens go, a line stays, and the page to do the rest on is named.
func TestRevokeWithoutEndpoint(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	given, err := k.valet.Revoke(t.Context(), c.ID)
	if err != nil || given.AtProvider || given.Page == "" {
		t.Fatalf("got %+v, %v", given, err)
	}
	k.gone(t, c)
	k.start(t)
	now := k.valet.Connections()[0]
	if now.Status != valet.Returned || now.Returned.IsZero() || now.ID != c.ID {
		t.Errorf("the line says %+v", now)
	}
	if _, err := k.token(t, c.ID, 0); valet.KindOf(err) != valet.GivenBack {
		t.Errorf("its token gave %v", err)
	}
	again := k.mustConnect(t)
	if again.ID != c.ID || again.Status != valet.Connected {
		t.Errorf("connected again as %+v", again)
	}
}

func TestForget(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	if err := k.store.Delete(t.Context(), string(c.ID)); err != nil {
		t.Fatal(err)
	}
	if _, err := k.token(t, c.ID, 0); valet.KindOf(err) != valet.ItemMissing {
		t.Errorf("a missing item gave %v", err)
	}
	if now := k.valet.Connections()[0]; now.Status != valet.Missing {
		t.Errorf("it shows as %s", now.Status)
	}
	if err := k.valet.Forget(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	k.start(t)
	if list := k.valet.Connections(); len(list) != 0 {
		t.Errorf("still listed: %+v", list)
	}
}

// TestRevokeAtAnyMoment gives the key back at every half second of a slow refresh: whatever comes first, nothing stays in the
// store, and the refresh hands nothing on.
func TestRevokeAtAnyMoment(t *testing.T) {
	for moment := time.Duration(0); moment <= 7*time.Second; moment += 500 * time.Millisecond {
		t.Run(fmt.Sprint(moment), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newKit(t)
				c := k.mustConnect(t)
				k.wire.before = func(*http.Request) error { time.Sleep(3 * time.Second); return nil }
				k.wire.after = func(*http.Request) error { time.Sleep(3 * time.Second); return nil }
				refreshed := make(chan error, 1)
				go func() {
					_, err := k.valet.Refresh(t.Context(), c.ID)
					refreshed <- err
				}()
				time.Sleep(moment)
				if _, err := k.valet.Revoke(t.Context(), c.ID); err != nil {
					t.Fatal(err)
				}
				if err := <-refreshed; moment < 6*time.Second && moment > 0 && valet.KindOf(err) != valet.GivenBack {
					t.Errorf("the refresh ended with %v", err)
				}
				k.gone(t, c)
				if now := k.valet.Connections()[0]; now.Status != valet.Returned {
					t.Errorf("it shows as %s", now.Status)
				}
			})
		})
	}
}
