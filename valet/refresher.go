package valet

import (
	"context"
	"errors"
	"hash/fnv"
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
}

// try is what came of the last tries of one key.
type try struct {
	failures  int
	notBefore time.Time
}

// run works until ctx ends. A refresh that was sent by then goes on; [Valet.Wait] waits for it.
func (f *refresher) run(ctx context.Context) {
	changes := f.rack.Changes(ctx)
	for {
		timer := time.NewTimer(f.round(ctx))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-changes:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// round renews what is due and says how long to sleep.
func (f *refresher) round(ctx context.Context) time.Duration {
	now := time.Now().Round(0)
	nap := napMost
	var due []ID
	for _, c := range f.rack.Connections() {
		at, ever := f.due(c, now)
		switch {
		case !ever:
			delete(f.tries, c.ID)
		case at.After(now):
			nap = min(nap, at.Sub(now))
		default:
			due = append(due, c.ID)
		}
	}
	f.renew(ctx, due)
	if len(due) > 0 {
		return 0
	}
	return nap
}

// due says when a key is to be renewed, if ever.
func (f *refresher) due(c Connection, now time.Time) (at time.Time, ever bool) {
	if c.Status != Connected || !c.Renewable {
		return time.Time{}, false
	}
	awake := f.rack.isShown(c.ID) || now.Sub(c.Used) < recentUse
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
	return at, true
}

// share is a part of span that differs from key to key and from refresh to refresh, so that keys won together are not renewed
// together.
func share(c Connection, span time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(c.ID))
	h.Write([]byte(c.Refreshed.String()))
	return time.Duration(float64(span) * float64(h.Sum32()) / (1 << 32))
}

// renew does the work of one round and notes what came of it.
func (f *refresher) renew(ctx context.Context, due []ID) {
	var mu sync.Mutex // guards tries
	var all sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for _, id := range due {
		select {
		case <-ctx.Done():
			all.Wait()
			return
		case slots <- struct{}{}:
		}
		all.Go(func() {
			defer func() { <-slots }()
			err := f.renewOne(ctx, id)
			mu.Lock()
			defer mu.Unlock()
			f.tries[id] = f.tries[id].after(err, time.Now().Round(0))
		})
	}
	all.Wait()
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
