package valet

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// restingRack has keys that nobody uses, and a refresher that has looked at them once.
func restingRack(keys int, now time.Time) *refresher {
	rack := &Rack{seats: make(map[ID]*seat)}
	for n := range keys {
		id := ID(fmt.Sprintf("%032x", n))
		rack.seats[id] = newSeat(nil, Connection{ID: id, Status: Connected, Renewable: true, AccessLife: time.Hour,
			Refreshed: now, AccessExpires: now.Add(time.Hour), RefreshExpires: now.Add(90 * 24 * time.Hour)})
	}
	f := newRefresher(rack, nil)
	f.round(context.Background(), now)
	return f
}

// hour is what the refresher does in an hour in which nothing is due. It is the same hour again and again.
func (f *refresher) hour(now time.Time) {
	f.looked = now
	for end := now.Add(time.Hour); now.Before(end); {
		now = now.Add(f.round(context.Background(), now))
	}
}

// BenchmarkIdleHour: an hour of keys at rest is 120 looks at the clock, however many keys there are.
func BenchmarkIdleHour(b *testing.B) {
	now := time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)
	for _, keys := range []int{1, 1000} {
		b.Run(fmt.Sprint(keys), func(b *testing.B) {
			f := restingRack(keys, now)
			b.ReportAllocs()
			for b.Loop() {
				f.hour(now)
			}
		})
	}
}

// BenchmarkLook is what the refresher does when something has changed.
func BenchmarkLook(b *testing.B) {
	now := time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)
	f := restingRack(1000, now)
	b.ReportAllocs()
	for b.Loop() {
		f.look(now)
	}
}

// TestIdleHourCostsNothing: no key is looked at, and nothing is allocated.
func TestIdleHourCostsNothing(t *testing.T) {
	now := time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)
	f := restingRack(1000, now)
	next := f.next
	f.rack.seats = nil // a look would find nothing, and say so
	if got := testing.AllocsPerRun(10, func() { f.hour(now) }); got != 0 {
		t.Errorf("%v allocations", got)
	}
	if f.next != next || next.Before(now.Add(29*24*time.Hour)) {
		t.Errorf("the next key is due at %v; before the hour it was %v", f.next, next)
	}
}
