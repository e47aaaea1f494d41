package valet_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/oauth/practice"
	"valetkey/valet"
)

// TestRevokeFailsDuringRefresh: a key that could not be given back while it was being renewed is as good as before.
func TestRevokeFailsDuringRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		market := practiceMarket(k.wire)
		market.RevocationEndpoint = "http://" + practice.DefaultAddress + "/nowhere" // answers 404 in JSON
		k.options.Builtin = []valet.Builtin{market}
		k.start(t)
		c := k.mustConnect(t)
		k.wire.before = func(*http.Request) error { time.Sleep(5 * time.Second); return nil }
		refreshed := make(chan error, 1)
		go func() {
			_, err := k.valet.Refresh(t.Context(), c.ID)
			refreshed <- err
		}()
		time.Sleep(time.Second)
		if _, err := k.valet.Revoke(t.Context(), c.ID); err == nil {
			t.Fatal("revoked at an endpoint that is not there")
		}
		<-refreshed
		k.wire.before = nil
		if now := k.valet.Connections()[0]; now.Status != valet.Connected {
			t.Errorf("it shows as %s", now.Status)
		}
		k.start(t)
		if _, err := k.valet.Refresh(t.Context(), c.ID); err != nil {
			t.Errorf("the next refresh: %v", err)
		}
	})
}

// TestUnsavedKeepsTheTurn: while a pair waits to be saved, no other program can spend the token that the store still holds.
func TestUnsavedKeepsTheTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		k.wire.after = func(*http.Request) error { k.store.fail(nil, storeFault{"other"}); return nil }
		if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.Unsaved {
			t.Fatal(err)
		}
		k.wire.after = nil
		k.store.fail(nil, nil)
		other := valet.New(k.options)
		if err := other.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		asked := k.wire.tokens.get()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, err := other.Refresh(ctx, c.ID); err == nil || k.wire.tokens.get() != asked {
			t.Errorf("another program got %v with %d requests", err, k.wire.tokens.get()-asked)
		}
		k.valet.Wait()
		if now := k.valet.Connections()[0]; now.Unsaved {
			t.Error("a program that ends has not saved its pair, though the store is back")
		}
		if _, err := other.Refresh(t.Context(), c.ID); err != nil {
			t.Errorf("afterwards the other program got %v", err)
		}
	})
}

// TestCancelAfterExchange: what was won is kept, though the seller pressed Cancel while the name was looked up.
func TestCancelAfterExchange(t *testing.T) {
	k := newKit(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	pasted := make(chan string, 1)
	request := valet.ConnectRequest{Provider: "practice", NoListen: true}
	request.Host.Pasted = pasted
	request.Host.Open = func(_ context.Context, address string) error {
		pasted <- press(t, k.practice.Transport(), address, 0, "allow")
		return nil
	}
	request.Host.Step = func(_ valet.Step, d valet.Detail) {
		if d.Moment == valet.Exchanged {
			cancel()
		}
	}
	c, err := k.valet.Connect(ctx, request)
	if err != nil || c.Status != valet.Connected || c.Account.UserID == "" {
		t.Fatalf("got %+v, %v", c, err)
	}
	k.mustToken(t, c.ID)
}

// TestGivenUpBeforeItWasSent: a refresh that nobody waits for any more is not begun.
func TestGivenUpBeforeItWasSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		token := k.mustToken(t, c.ID)
		unlock, err := k.store.Lock(t.Context(), string(c.ID)) // another program is busy with it
		if err != nil {
			t.Fatal(err)
		}
		asked := k.wire.tokens.get()
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		if _, err := k.valet.Refresh(ctx, c.ID); valet.KindOf(err) != valet.Cancelled {
			t.Fatalf("got %v", err)
		}
		unlock()
		k.valet.Wait()
		if k.wire.tokens.get() != asked || k.mustToken(t, c.ID) != token {
			t.Error("it was sent after its caller had been told that nothing was changed")
		}
	})
}

// TestHeldNamesTheHolder goes through a real lock of another holder.
func TestHeldNamesTheHolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		unlock, err := k.store.Lock(t.Context(), string(c.ID))
		if err != nil {
			t.Fatal(err)
		}
		defer unlock()
		_, err = k.valet.Refresh(t.Context(), c.ID)
		var told *valet.Error
		if !errors.As(err, &told) || told.Kind != valet.Held || !strings.Contains(told.Subject, "valet.test") {
			t.Errorf("got %v", err)
		}
	})
}

// TestRefusedBySaying429IsNoLostAnswer: a provider that would not listen has rotated nothing.
func TestRefusedBySaying429IsNoLostAnswer(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	if err := k.practice.Configure(practice.Switches{Fault: "rate-limit"}); err != nil {
		t.Fatal(err)
	}
	if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.Unreachable {
		t.Fatal(err)
	}
	takeBack(t, k.practice.Transport())
	if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.NeedsConsent {
		t.Errorf("a key that was taken back is told as %v", err)
	}
}

// TestProofEndsWithAReconnect: the spent pair of a key that hangs here again is not shown to the provider.
func TestProofEndsWithAReconnect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		stop := running(t, k.valet)
		synctest.Wait()
		if given, err := k.valet.Revoke(t.Context(), c.ID); err != nil || !given.Watched {
			t.Fatal(given, err)
		}
		k.mustConnect(t)
		asked := k.wire.tokens.get()
		time.Sleep(20 * time.Minute)
		if sent := k.wire.tokens.get() - asked; sent != 0 {
			t.Errorf("%d requests with the pair that was given back", sent)
		}
		stop()
	})
}
