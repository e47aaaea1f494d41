//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/gui/kit"
	"valetkey/gui/panel"
	"valetkey/valet"
)

// desk is the key that is looked at, and what can be done with it.
type desk struct {
	*window
	panel  *panel.Panel // nil: another screen is shown
	id     valet.ID
	notice *kit.Notice // where it is said what came of a deed; nil: nothing can be done from this screen
	busy   bool

	outages outages
	reports reports
	awaited valet.ID // a key that was given back, until the provider is seen to refuse it

	glimpse *glimpse
	diary   *diary
}

func newDesk(w *window) *desk {
	d := &desk{window: w, outages: outages{}, reports: reports{}}
	d.glimpse, d.diary = &glimpse{desk: d, longest: longestGlimpse, ends: map[valet.ID]tokenEnd{}}, &diary{desk: d}
	return d
}

// deed is something that is done to the key that is looked at.
type deed struct {
	saying string // while it is under way
	asks   bool   // it succeeds only if the provider was reached
	again  func() // does it once more, after the locked file was opened
	do     func(ctx context.Context, id valet.ID) (said string, err error)
}

// lay shows the panel of a key.
func (d *desk) lay(id valet.ID) {
	if _, ok := find(d.app.Service.Connections(), id); !ok {
		d.home()
		return
	}
	if d.panel == nil || d.id != id {
		d.clear()
		shown := panel.New(actionsOf(d))
		d.panel = shown
		d.look(id, shown.Notice)
		d.diary.look()
		if d.refresh(); d.panel == shown { // filled first: an empty one would be laid out and drawn for nothing
			d.show(screen{view: shown.Container, enter: d.obvious})
		}
		return
	}
	d.refresh()
}

// actionsOf are what the panel's wishes do.
func actionsOf(d *desk) panel.Actions {
	gone := parting{d}
	return panel.Actions{Connect: d.hall.connect, Move: moving{d}.ask, Copy: d.copyToken, CopyAs: handing{d}.copy, Try: func() { tryKey(d) }, Refresh: d.renew, Check: d.check,
		Reconnect: d.reconnect, Change: func() { changeKey(d) }, Upgrade: func() { upgrading{d.hall}.askFor(d.id) }, Revoke: gone.askRevoke, Forget: gone.askForget, OpenPage: gone.openPage,
		Hold: d.glimpse.begin, Release: d.glimpse.end, Past: d.diary.open}
}

// look makes id the key that deeds are done to, and notice the place where their end is said, with the ring that may still
// be running.
func (d *desk) look(id valet.ID, notice *kit.Notice) {
	d.id, d.notice, d.busy = id, notice, false
	if rest := d.board.left(time.Now()); rest > 0 {
		countdown(notice, d.board.what, rest)
	}
}

// clear leaves the panel: another screen comes. The key is remembered.
func (d *desk) clear() {
	d.glimpse.end()
	d.panel, d.notice, d.busy = nil, nil, false
	d.diary.close()
}

// state is what the panel shows of c.
func (d *desk) state(c valet.Connection, now time.Time) panel.State {
	market, _ := d.app.Providers.Get(c.Provider)             // of a provider that was removed, nothing is known
	open := c.Store != valet.InFile || d.app.File.Unlocked() // nothing is renewed behind a passphrase that was not given
	return panel.State{Key: c, Scopes: market.Scopes, Keyring: d.app.Keyring, Now: now, Busy: d.busy,
		Movable: moving{d}.movable(c), Awake: open && awake(c, !d.eye.away, now), Offline: d.outages.now(c, now), Signed: market.OAuth1 != nil,
		Older: market.SucceededBy != "", Reported: d.reports.of(c), End: d.glimpse.endOf(c), Forms: formsOf(market, c, now), Picture: d.album.of(c)}
}

// key is the key that is looked at, also from the last step of the walk.
func (d *desk) key() (valet.Connection, bool) { return find(d.app.Service.Connections(), d.id) }

// usable is key, if there is a token to use and nothing else is under way.
func (d *desk) usable() (valet.Connection, bool) {
	c, ok := d.key()
	return c, ok && d.notice != nil && !d.busy && (c.Status == valet.Connected || c.Status == valet.Refreshing)
}

func (d *desk) obvious() {
	if c, ok := d.key(); ok && d.panel != nil && !d.busy {
		d.panel.Obvious(c.Status)()
	}
}

// perform says what is being done, does it elsewhere, and says here what came of it, if the seller still looks at that key.
func (d *desk) perform(what deed) {
	id, notice := d.id, d.notice
	d.busy = true
	notice.Say(what.saying)
	d.refresh()
	d.work(func(ctx context.Context) func() {
		said, err := what.do(ctx, id)
		return func() {
			d.outages.note(id, what, err)
			if d.notice == notice {
				d.busy = false
				switch {
				case locked(err):
					opened(d.window, func() { d.lay(id); what.again() }, d.back)
					return
				case err != nil:
					d.trouble(notice, err, valet.Visit{Key: id})
				default:
					notice.Say(said)
				}
			}
			d.refresh()
		}
	})
}
