package valet

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"
)

// When a key is renewed before anybody asks.
const (
	aheadMost = 5 * time.Minute     // before the access token expires; a fifth of a shorter life
	recentUse = 24 * time.Hour      // a key used since is likely to be used again
	restMost  = 30 * 24 * time.Hour // all others, so that refresh tokens that live for 90 days unused never end
	napMost   = 30 * time.Second    // the wall clock jumps, and a machine that slept does not wake a timer in time
	atOnce    = 4                   // refreshes under way, so that one slow provider does not hold up the rest
	batch     = 16                  // refreshes between two looks
)

// How long to wait after a failure.
const (
	firstRetry   = 30 * time.Second
	lastRetry    = 15 * time.Minute
	refusedRetry = time.Hour // the app key is refused: asking again will not help soon
)

// refresher renews keys ahead of need: those that are shown, or were used lately, before the token expires, all others once
// in thirty days. Between two due times it does nothing but look at the clock.
type refresher struct {
	rack    *Rack
	renewer *renewer
	tries   map[ID]try
	pauses  map[caller]time.Time // until when a provider wants to be left alone

	looked, next time.Time // when the clock was looked at last, and when the next key falls due
}

// caller is who a provider counts the requests of: an app key.
type caller struct{ provider, appKey string }

func callerOf(c Connection) caller { return caller{c.Provider, c.AppKey} }

func newRefresher(rack *Rack, renewer *renewer) *refresher {
	return &refresher{rack: rack, renewer: renewer, tries: make(map[ID]try), pauses: make(map[caller]time.Time)}
}

// try is what came of the last tries of one key.
type try struct {
	failures  int
	notBefore time.Time
}

// run works until ctx ends. A refresh that was sent by then goes on; [Valet.Wait] waits for it.
func (f *refresher) run(ctx context.Context) {
	changes := f.rack.Changes(ctx)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-changes:
			f.next = time.Time{} // something may fall due sooner
		case <-timer.C:
		}
		timer.Reset(f.round(ctx, time.Now().Round(0)))
	}
}

// round renews what is due by now, and says how long to sleep: not long, as the clock may jump. Nothing is looked at but the
// clock until something is due.
func (f *refresher) round(ctx context.Context, now time.Time) time.Duration {
	if now.Before(f.looked.Add(-time.Minute)) { // the clock was set back: no wait counts any more
		f.next = time.Time{}
		clear(f.tries)
		clear(f.pauses)
	}
	f.looked = now
	if now.Before(f.next) {
		return min(napMost, f.next.Sub(now))
	}
	due := f.look(now)
	if len(due) == 0 {
		return min(napMost, f.next.Sub(now))
	}
	f.renew(ctx, due)
	return 0
}

// look gives the keys that are due, the one that is shown first, and notes when the next will be. It gives no more than a few
// at once, so that a key that is shown meanwhile does not wait for a thousand others.
func (f *refresher) look(now time.Time) []Connection {
	var due []Connection
	f.next = now.Add(restMost)
	f.rack.each(func(c Connection, shown bool) {
		at, ever := f.due(c, shown, now)
		switch {
		case !ever:
			delete(f.tries, c.ID)
		case at.After(now):
			if at.Before(f.next) {
				f.next = at
			}
		case shown && len(due) > 0:
			due = append(due, due[0])
			due[0] = c
		case len(due) < batch:
			due = append(due, c)
		}
	})
	if len(due) > 0 {
		f.next = time.Time{}
	}
	return due
}

// due says when a key is to be renewed, if ever.
func (f *refresher) due(c Connection, shown bool, now time.Time) (at time.Time, ever bool) {
	if c.Status != Connected || !c.Renewable {
		return time.Time{}, false
	}
	idle := now.Sub(c.Used)
	awake := shown || idle < recentUse && idle > -time.Minute // a use that is yet to come was noted by a wrong clock
	switch {
	case c.Unsaved, now.Before(c.Refreshed.Add(-time.Minute)): // a pair waits to be saved; the clock was set back
		at = now
	case awake && !c.AccessExpires.IsZero():
		ahead := min(aheadMost, c.AccessLife/5)
		at = c.AccessExpires.Add(-ahead - share(c, ahead/3))
	default:
		rest := restMost
		if !c.RefreshExpires.IsZero() {
			rest = min(rest, c.RefreshExpires.Sub(c.Refreshed)/3)
		}
		at = c.Refreshed.Add(rest - share(c, rest/30))
	}
	if wait := f.tries[c.ID].notBefore; at.Before(wait) {
		at = wait
	}
	if pause := f.pauseFor(c); at.Before(pause) {
		at = pause
	}
	return at, true
}

// pauseFor says until when the provider of c is not to be asked. A pair that waits to be saved asks it nothing.
func (f *refresher) pauseFor(c Connection) time.Time {
	if c.Unsaved {
		return time.Time{}
	}
	return f.pauses[callerOf(c)]
}

// share is a part of span that differs from key to key and from refresh to refresh, so that keys won together are not renewed
// together.
func share(c Connection, span time.Duration) time.Duration {
	hash := uint32(2166136261) // FNV-1a
	for n := range len(c.ID) {
		hash = (hash ^ uint32(c.ID[n])) * 16777619
	}
	for moment := uint64(c.Refreshed.UnixNano()); moment != 0; moment >>= 8 {
		hash = (hash ^ uint32(moment&0xff)) * 16777619
	}
	return time.Duration(float64(span) * float64(hash) / (1 << 32))
}

// renew does the work of one round and notes what came of it. Nothing is sent to a provider that asked for a pause meanwhile.
func (f *refresher) renew(ctx context.Context, due []Connection) {
	var mu sync.Mutex // guards tries and pauses
	var all sync.WaitGroup
	defer all.Wait()
	slots := make(chan struct{}, atOnce)
	for _, c := range due {
		select {
		case <-ctx.Done():
			return
		case slots <- struct{}{}:
		}
		mu.Lock()
		paused := time.Now().Before(f.pauseFor(c))
		mu.Unlock()
		if paused {
			<-slots
			continue
		}
		all.Go(func() {
			defer func() { <-slots }()
			err := f.renewOne(ctx, c.ID)
			now := time.Now().Round(0)
			mu.Lock()
			defer mu.Unlock()
			f.tries[c.ID] = f.tries[c.ID].after(err, now)
			if pause := pauseOf(err); pause > 0 {
				f.pauses[callerOf(c)] = now.Add(pause)
			}
		})
	}
}

// pauseOf is how long a provider wants to be left alone by an app key.
func pauseOf(err error) time.Duration {
	var told *Error
	if errors.As(err, &told) && told.Kind == Unreachable {
		return told.RetryAfter
	}
	return 0
}

// renewOne refreshes a key, unless the store holds a newer pair than the one that fell due.
func (f *refresher) renewOne(ctx context.Context, id ID) error {
	s, err := f.rack.seat(id)
	if err != nil {
		return nil // taken out of the rack meanwhile
	}
	known := s.snapshot()
	r, err := s.read(ctx)
	if err != nil {
		return err
	}
	if r.Received.After(known.Refreshed) && !known.Unsaved {
		s.publish(r, true)
		f.rack.changed.signal()
		return nil
	}
	_, err = f.renewer.refresh(ctx, s, r)
	noteRefused(ctx, f.rack, id, err)
	return err
}

// after says when to try again.
func (t try) after(err error, now time.Time) try {
	var told *Error
	if err == nil || !errors.As(err, &told) {
		return try{notBefore: now.Add(time.Second)} // never in a tight loop, whatever lives a provider gives
	}
	wait := min(firstRetry<<min(t.failures, 10), lastRetry)
	wait = time.Duration(float64(wait) * (0.9 + 0.2*rand.Float64()))
	switch told.Kind {
	case ClientRefused, AppKeyRefused, UnknownAppKey, UnknownProvider, ProviderChanged, RecordUnreadable:
		wait = refusedRetry
	case StoreTrouble:
		wait = lastRetry // each try may raise the system's unlock prompt
	}
	return try{failures: t.failures + 1, notBefore: now.Add(max(wait, told.RetryAfter))}
}
