//go:build !nogui

package panel

import (
	"time"

	"valetkey/valet"
	"valetkey/valet/words"
)

// share is how much of a life is left.
func share(expires time.Time, life time.Duration, now time.Time) float32 {
	if expires.IsZero() || life <= 0 {
		return 0
	}
	return min(1, max(0, float32(expires.Sub(now))/float32(life)))
}

// fuel is the line on the rack: the access token while it is fresh, and how long the key can still renew itself after that.
func fuel(c valet.Connection, now time.Time) float32 {
	if c.Status == valet.Connected && !c.AccessExpires.IsZero() && !now.Before(c.AccessExpires) {
		return renewalShare(c, now)
	}
	return accessShare(c, now)
}

// accessShare is how full the access token is. One that never ends is full; a key that cannot be used is empty.
func accessShare(c valet.Connection, now time.Time) float32 {
	switch c.Status {
	case valet.NeedsAuthorization, valet.Returned, valet.Missing:
		return 0
	}
	if c.AccessExpires.IsZero() {
		return 1
	}
	return share(c.AccessExpires, c.AccessLife, now)
}

func renewalShare(c valet.Connection, now time.Time) float32 {
	if c.Status == valet.NeedsAuthorization {
		return 0
	}
	return share(c.RefreshExpires, renewalLife(c), now)
}

// accessName and renewalName call a life by the time it lasts, where that is the usual one.
func accessName(c valet.Connection) string {
	if c.AccessLife.Round(time.Hour) == time.Hour {
		return words.T("window.gauge.access")
	}
	return words.T("window.gauge.access.other")
}

func renewalName(c valet.Connection) string {
	if days := renewalLife(c).Hours() / 24; days > 85 && days < 95 {
		return words.T("window.gauge.renewal")
	}
	return words.T("window.gauge.renewal.other")
}

// renewalLife is how long the key can renew itself when it is left alone; 0: unknown.
func renewalLife(c valet.Connection) time.Duration {
	won := c.Refreshed
	if won.IsZero() {
		won = c.Connected
	}
	if c.RefreshExpires.IsZero() {
		return 0
	}
	return c.RefreshExpires.Sub(won)
}

// left says how long until then in short: "47 min"; a dash where nobody knows.
func left(until, now time.Time) string {
	if until.IsZero() {
		return "–"
	}
	return words.LeftShort(max(0, until.Sub(now)))
}
