package valet_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/oauth/practice"
	"valetkey/valet"
)

// running has the background work of v going until the test, or stop, ends it.
func running(t *testing.T, v *valet.Valet) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		valet.Tend(ctx, v)
	}()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

// TestShownKeyIsRenewedAhead: the key a person looks at never goes stale, and costs little more than one request an hour.
func TestShownKeyIsRenewedAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		k.valet.Show(c.ID)
		stop := running(t, k.valet)
		before := k.wire.tokens.get()
		for range 24 * 12 {
			time.Sleep(5 * time.Minute)
			if left := time.Until(k.valet.Connections()[0].AccessExpires); left < 3*time.Minute {
				t.Fatalf("only %v left", left)
			}
		}
		if sent := k.wire.tokens.get() - before; sent < 24 || sent > 28 {
			t.Errorf("%d requests in a day, want 24 to 28", sent)
		}
		stop()
	})
}

// TestIdleKeyLivesOn: a key that nobody uses or looks at is renewed about once a month, and is good after four months.
func TestIdleKeyLivesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		stop := running(t, k.valet)
		before := k.wire.tokens.get()
		time.Sleep(120 * 24 * time.Hour)
		if sent := k.wire.tokens.get() - before; sent < 4 || sent > 5 {
			t.Errorf("%d requests in 120 days, want 4 or 5", sent)
		}
		stop()
		k.mustToken(t, c.ID)
	})
}

// TestRecentUseKeepsAwake: a key that a script used is renewed ahead of need for a day, and then rests.
func TestRecentUseKeepsAwake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		k.mustToken(t, c.ID)
		stop := running(t, k.valet)
		time.Sleep(23 * time.Hour)
		awake := k.wire.tokens.get()
		if awake < 22 {
			t.Errorf("%d requests in the first day", awake)
		}
		time.Sleep(10 * 24 * time.Hour)
		if rest := k.wire.tokens.get() - awake; rest > 3 {
			t.Errorf("%d requests in the ten days after", rest)
		}
		stop()
	})
}

// TestBackoff: each failure waits longer, to a quarter of an hour, and the provider's own wish is obeyed.
func TestBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		k.valet.Show(c.ID)
		var at []time.Time
		broken := errors.New("the line is dead")
		k.wire.before = func(*http.Request) error { at = append(at, time.Now()); return broken }
		stop := running(t, k.valet)
		time.Sleep(4 * time.Hour)
		stop()
		if len(at) < 10 || len(at) > 24 {
			t.Fatalf("%d tries in three hours of outage", len(at))
		}
		want := 30 * time.Second
		for n := 1; n < len(at); n++ {
			gap := at[n].Sub(at[n-1])
			if gap < want*9/10-time.Second || gap > want*11/10+31*time.Second {
				t.Errorf("try %d came after %v, want about %v", n, gap, want)
			}
			want = min(2*want, 15*time.Minute)
		}
		if now := k.valet.Connections()[0]; now.Status != valet.Connected {
			t.Errorf("an outage made it %s", now.Status)
		}
	})
}

// TestQuitWhileSending: what was sent when the window closes is allowed to end, and its answer is kept.
func TestQuitWhileSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		old := k.mustToken(t, c.ID)
		k.valet.Show(c.ID)
		sending := make(chan struct{}, 1)
		k.wire.before = func(*http.Request) error {
			sending <- struct{}{}
			time.Sleep(15 * time.Second)
			return nil
		}
		stop := running(t, k.valet)
		<-sending
		stop()
		k.start(t)
		if k.mustToken(t, c.ID) == old {
			t.Error("the answer that was on its way is lost")
		}
	})
}

// TestShortLivesDoNotSpin: a provider whose tokens live for a second, or are dead on arrival, is not asked in a loop.
func TestShortLivesDoNotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		if err := k.practice.Configure(practice.Switches{AccessTTL: time.Second}); err != nil {
			t.Fatal(err)
		}
		c := k.mustConnect(t)
		k.valet.Show(c.ID)
		before := k.wire.tokens.get()
		stop := running(t, k.valet)
		time.Sleep(time.Minute)
		stop()
		if sent := k.wire.tokens.get() - before; sent > 60 {
			t.Errorf("%d requests in a minute", sent)
		}
	})
}

// TestProof: a key that was given back is watched until the seller has taken it back at the provider too.
func TestProof(t *testing.T) {
	rows := []struct {
		name   string
		revoke bool
		proven bool
	}{{"taken back on the page", true, true}, {"left there", false, false}}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newKit(t)
				c := k.mustConnect(t)
				stop := running(t, k.valet)
				synctest.Wait()
				given, err := k.valet.Revoke(t.Context(), c.ID)
				if err != nil || !given.Watched {
					t.Fatalf("got %+v, %v", given, err)
				}
				time.Sleep(time.Minute)
				if now := k.valet.Connections()[0]; !now.Proven.IsZero() {
					t.Fatal("proven before it is true")
				}
				if row.revoke {
					takeBack(t, k.practice.Transport())
				}
				k.valet.Focus()
				synctest.Wait()
				if now := k.valet.Connections()[0]; now.Proven.IsZero() == row.proven {
					t.Errorf("proven %v, want %v", now.Proven, row.proven)
				}
				before := k.wire.tokens.get()
				time.Sleep(time.Hour)
				want := int64(1) // the question at the end of the ten minutes
				if row.revoke {
					want = 0
				}
				if sent := k.wire.tokens.get() - before; sent != want {
					t.Errorf("%d token requests afterwards, want %d", sent, want)
				}
				stop()
				k.gone(t, c)
			})
		})
	}
}
