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
