//go:build !nogui

package gui

import (
	"time"

	"valetkey/valet"
)

// outages remembers, for each key, when its provider could not be reached.
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

// now reports whether the provider of c could not be reached, as far as we know.
func (o outages) now(c valet.Connection, now time.Time) bool {
	since, was := o[c.ID]
	return was && c.Refreshed.Before(since) && now.Sub(since) < longOutage
}
