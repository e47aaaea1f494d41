//go:build !nogui

package gui

import (
	"testing"
	"time"

	"valetkey/valet"
	"valetkey/valet/words"
)

// change alters the first key of the service and tells that something has changed.
func (r *rig) change(do func(*valet.Connection)) {
	r.service.mu.Lock()
	do(&r.service.keys[0])
	r.service.mu.Unlock()
	r.service.changes <- struct{}{}
}

func TestAReturnedKeyIsWatchedUntilTheProviderRefusesIt(t *testing.T) {
	page := words.T("window.withdraw.open", "Provider", "Practice")
	r := newRig(t, blueFern())
	r.press(words.T("window.revoke"))
	r.press(words.T("window.giveback.do"))
	r.untilText(words.T("window.returned.page", "Provider", "Practice"))
	r.press(page) // it is still listed there
	r.change(func(c *valet.Connection) { c.Proven = time.Now() })
	r.untilText(words.T("window.returned.proven", "Provider", "Practice"))
	r.untilText("Practice refuses it since")
	for _, o := range tree(r.present.view) {
		if b, ok := o.(interface{ AccessibilityLabel() string }); ok && b.AccessibilityLabel() == page {
			t.Error("there is nothing to do on that page any more")
		}
	}
}

func TestAnOutageIsForgotten(t *testing.T) {
	now := time.Now()
	down := &valet.Error{Kind: valet.Unreachable}
	for name, c := range map[string]struct {
		then      func(outages)
		refreshed time.Time
		after     time.Duration
		want      bool
	}{
		"soon after":             {refreshed: now.Add(-time.Hour), want: true},
		"a copy needs no answer": {then: func(o outages) { o.note("1", deed{}, nil) }, refreshed: now.Add(-time.Hour), want: true},
		"it answered":            {then: func(o outages) { o.note("1", deed{asks: true}, nil) }, refreshed: now.Add(-time.Hour)},
		"it was renewed since":   {refreshed: now.Add(time.Minute)},
		"much later":             {refreshed: now.Add(-time.Hour), after: longOutage + time.Minute},
	} {
		o := outages{}
		o.note("1", deed{asks: true}, down)
		if c.then != nil {
			c.then(o)
		}
		if got := o.now(valet.Connection{ID: "1", Refreshed: c.refreshed}, now.Add(c.after)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
