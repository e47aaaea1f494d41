package valet

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

const year = 365 * 24 * time.Hour

// TestDueByTheClock: when a key falls due, for clocks that are right, wrong, and were wrong.
func TestDueByTheClock(t *testing.T) {
	now := time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)
	rested := Connection{ID: "a", Status: Connected, Renewable: true, AccessLife: time.Hour}
	won := func(at time.Time) Connection {
		c := rested
		c.Refreshed, c.AccessExpires, c.RefreshExpires = at, at.Add(time.Hour), at.Add(90*24*time.Hour)
		return c
	}
	used := func(c Connection, at time.Time) Connection { c.Used = at; return c }
	hour, month := [2]time.Duration{53 * time.Minute, 55 * time.Minute}, [2]time.Duration{29 * 24 * time.Hour, 30 * 24 * time.Hour}
	rows := []struct {
		name string
		c    Connection
		in   [2]time.Duration // at the earliest and at the latest, from now
	}{
		{"just won, at rest", won(now), month},
		{"just won, in use", used(won(now), now), hour},
		{"in use, as a clock half a minute ahead noted it", used(won(now), now.Add(30*time.Second)), hour},
		{"used in ten years, as a wrong clock noted it", used(won(now), now.Add(10*year)), month},
		{"won in half a minute", won(now.Add(30 * time.Second)), month},
		{"won tomorrow: the clock was set back a day", won(now.Add(24 * time.Hour)), [2]time.Duration{}},
		{"won in fifty years: the clock was set back to 1976", won(now.Add(50 * year)), [2]time.Duration{}},
		{"won ten years ago: the clock was set ahead", won(now.Add(-10 * year)), [2]time.Duration{-20 * year, 0}},
		{"the machine was off for 85 days", won(now.Add(-85 * 24 * time.Hour)), [2]time.Duration{-85 * 24 * time.Hour, 0}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			at, ever := newRefresher(nil, nil).due(row.c, false, now)
			if in := at.Sub(now); !ever || in < row.in[0] || in > row.in[1]+time.Minute {
				t.Errorf("due in %v, ever %v; want between %v and %v", in, ever, row.in[0], row.in[1])
			}
		})
	}
}

// TestNoImmortalToken: a token is stale once less is left than it should have, and also if more is left than it ever had.
func TestNoImmortalToken(t *testing.T) {
	won := time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)
	r := record{Received: won, Expires: won.Add(time.Hour), Life: time.Hour}
	for jump, want := range map[time.Duration]bool{
		0: true, 30 * time.Minute: true, 59*time.Minute + 30*time.Second: false, 8 * time.Hour: false, 10 * year: false,
		-30 * time.Second: true, -2 * time.Minute: false, -24 * time.Hour: false, -50 * year: false,
	} {
		if got := r.fresh(won.Add(jump), time.Minute); got != want {
			t.Errorf("the clock jumps by %v: fresh is %v", jump, got)
		}
	}
}

// TestWaitsEndWhenTheClockIsSetBack: a wait is measured by the clock that noted it, and by no other.
func TestWaitsEndWhenTheClockIsSetBack(t *testing.T) {
	now := time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)
	f := restingRack(3, now)
	for id, s := range f.rack.seats {
		f.tries[id] = try{failures: 3, notBefore: now.Add(15 * time.Minute)}
		f.pauses[callerOf(s.shown)] = now.Add(time.Hour)
	}
	f.round(context.Background(), now.Add(30*time.Second))
	if len(f.tries) != 3 || len(f.pauses) != 1 {
		t.Fatal("a wait was dropped though the clock is right")
	}
	before := now.Add(-10 * year)
	for _, s := range f.rack.seats { // as they would be after the renewal that this makes due
		s.shown.Refreshed, s.shown.AccessExpires, s.shown.RefreshExpires = before, before.Add(time.Hour), before.Add(90*24*time.Hour)
	}
	if nap := f.round(context.Background(), before); nap != napMost {
		t.Errorf("it sleeps for %v", nap)
	}
	if len(f.tries) != 0 || len(f.pauses) != 0 || f.next.After(before.Add(30*24*time.Hour)) {
		t.Errorf("waits of ten years: %v, %v, until %v", f.tries, f.pauses, f.next)
	}
}

// TestClockJumps puts a rack that was filled under one clock under another: every key is renewed once, at once, none is lost,
// and then all is as usual.
func TestClockJumps(t *testing.T) {
	for _, row := range []struct {
		name  string
		ahead time.Duration // how far ahead the clock was when the keys were won
	}{{"a day ahead", 24 * time.Hour}, {"ten years ahead", 10 * year}, {"85 days behind: the machine was off", -85 * 24 * time.Hour}} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStation(t, 1, 20, weather{})
				for _, id := range s.ids {
					s.shift(t, id, row.ahead)
				}
				s.pass(t, time.Minute, time.Minute, 0)
				for n, a := range s.sky.accounts {
					if a.requests != 1 {
						t.Errorf("key %d: %d requests in the first minute, want 1", n, a.requests)
					}
				}
				s.pass(t, 24*time.Hour, 24*time.Hour, 0)
				for n, a := range s.sky.accounts {
					if a.requests != 1 {
						t.Errorf("key %d: %d requests in the first day, want 1", n, a.requests)
					}
				}
				s.judge(t)
			})
		})
	}
}

// shift has a key won at another time, by a clock that was wrong.
func (s *station) shift(t *testing.T, id ID, ahead time.Duration) {
	t.Helper()
	seat, err := s.seat(id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := seat.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	won := time.Now().UTC().Round(0).Add(ahead)
	r.Received, r.Expires, r.RefreshExpires = won, won.Add(time.Hour), won.Add(90*24*time.Hour)
	if err := seat.write(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	seat.publish(r, true)
	s.ledger.list(t.Context(), seat, r)
}
