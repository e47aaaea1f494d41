//go:build !nogui

package gui

import (
	"time"

	"valetkey/oauth"
	"valetkey/valet"
)

// reports are what providers said of the keys that were tried while the window is open.
type reports map[valet.ID]report

// report is what a key opens, as it was connected then. nil: the provider does not say.
type report struct {
	scopes []oauth.Scope
	of     time.Time
}

// of is what was reported of c, unless it was connected anew since.
func (r reports) of(c valet.Connection) []oauth.Scope {
	if last := r[c.ID]; last.of.Equal(c.Connected) {
		return last.scopes
	}
	return nil
}

// outages remembers, for each key, when its provider could not be reached by a deed of the seller's.
type outages map[valet.ID]time.Time

// longOutage is how long that counts: after it the provider has been tried again, or nobody cares.
const longOutage = 15 * time.Minute

// note takes over what came of a deed.
func (o outages) note(id valet.ID, what deed, err error) {
	switch {
	case valet.KindOf(err) == valet.Unreachable:
		o[id] = time.Now()
	case err == nil && what.asks:
		delete(o, id)
	}
}

// longSilence is the same for a key that renews itself: it is tried again, and seen to fail again, before that.
const longSilence = 20 * time.Minute

// now reports whether the provider of c could not be reached, by a deed or in the background, as far as we know.
func (o outages) now(c valet.Connection, now time.Time) bool {
	recent := func(since time.Time, long time.Duration) bool {
		return c.Refreshed.Before(since) && now.Sub(since) < long
	}
	return recent(o[c.ID], longOutage) || recent(c.Unreachable, longSilence)
}
