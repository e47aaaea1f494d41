//go:build !nogui

package gui

import (
	"context"

	"valetkey/gui/kit"
	"valetkey/valet"
	"valetkey/valet/words"
)

// remedy gives the next step of a finding where the window can take it.
type remedy struct{ *helping }

// way is the button beside a finding; without a text where words have to do.
func (r remedy) way(f valet.Finding) kit.Way {
	if f.State == valet.Fine {
		return kit.Way{}
	}
	switch f.Check {
	case valet.CheckKeyring:
		return r.keyring(f)
	case valet.CheckLockedFile:
		if f.Reason == "locked" {
			return kit.Way{Text: words.T("help.way.passphrase"), Press: func() { opened(r.window, r.here, r.here) }}
		}
	case valet.CheckIndex:
		return kit.Way{Text: words.T("help.way.read"), Press: r.read}
	case valet.CheckProviders:
		return kit.Way{Text: words.T("help.way.markets"), Press: fair{r.hall}.reopen}
	case valet.CheckSecret, valet.CheckAppKey, valet.CheckPort:
		return r.appKey(f)
	case valet.CheckRecord, valet.CheckToken, valet.CheckScopes:
		return r.key(f)
	}
	return kit.Way{}
}

// here shows the page again, and looks once more.
func (r remedy) here() { r.again(r.visit.Ask) }

// keyring is what helps where the system's keyring does not keep what it is given.
func (r remedy) keyring(f valet.Finding) kit.Way {
	switch {
	case f.Reason == "locked":
		return kit.Way{Text: words.T("help.way.unlock"), Press: func() { r.again(true) }}
	case creatable(r.app, f.Err):
		return kit.Way{Text: words.T("window.rung.make"), Press: func() {
			r.work(func(ctx context.Context) func() {
				err := r.app.CreateKeyring(ctx)
				return func() {
					if err == nil && r.seen() {
						r.again(false)
					}
				}
			})
		}}
	}
	return kit.Way{}
}

// read reads the list of keys again.
func (r remedy) read() {
	r.work(func(ctx context.Context) func() {
		err := r.app.Load(ctx)
		return func() {
			r.app.Unread = err
			if r.seen() {
				r.refresh()
				r.again(false)
			}
		}
	})
}

// appKey leads to the page where the two values are set, and where another callback address can be chosen.
func (r remedy) appKey(f valet.Finding) kit.Way {
	if f.State == valet.Untried {
		return kit.Way{} // nothing is known against it, and what keeps it from being looked at has a line of its own
	}
	for _, key := range r.app.Keys.List() {
		if key.BuiltIn || key.Label != f.About && key.ID != f.About {
			continue
		}
		if m, err := r.app.Providers.Get(key.Provider); err == nil {
			return kit.Way{Text: words.T("help.way.appkey"), Press: func() { r.hall.setup(m) }}
		}
	}
	return kit.Way{}
}

// renewals are what one use of the key puts right, or shows to be past.
var renewals = map[string]bool{"stale": true, "lapsed": true, "ends-soon": true, "pending": true}

// key is what can be done for a key: renew it, connect it again, or keep it elsewhere.
func (r remedy) key(f valet.Finding) kit.Way {
	var c valet.Connection
	for _, known := range r.app.Service.Connections() {
		if known.Name == f.About {
			c = known
		}
	}
	there := func(do func()) func() { return func() { r.desk.lay(c.ID); do() } }
	switch kind := valet.KindOf(f.Err); {
	case c.ID == "", f.Reason == "locked", f.Reason == "store", f.Reason == "record", f.Reason == "no-shop":
		return kit.Way{}
	case renewals[f.Reason]:
		return kit.Way{Text: words.T("help.way.use"), Press: there(r.desk.renew)}
	case kind == valet.Unreachable, kind == valet.Busy, kind == valet.StoreTrouble:
		return kit.Way{}
	case kind == valet.Unsaved:
		if (moving{r.desk}).movable(c) {
			return kit.Way{Text: words.T("window.move"), Press: there(moving{r.desk}.ask)}
		}
		return kit.Way{}
	case f.State == valet.Untried && f.Check != valet.CheckRecord:
		return kit.Way{}
	}
	return kit.Way{Text: words.T("window.reconnect"), Press: there(r.desk.reconnect)}
}
