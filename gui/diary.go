//go:build !nogui

package gui

import (
	"context"
	"log/slog"
	"time"

	"valetkey/gui/panel"
	"valetkey/valet"
	"valetkey/valet/words"
)

// diary shows what was done with the key that is looked at: the last of it in the panel, or all of it. Nothing is read while
// neither is shown. UI goroutine alone.
type diary struct {
	*desk
	whole   *panel.History // all of it is shown; nil: it is not
	reading bool
	again   bool // something happened while it was read
}

// open shows all that was done with the key.
func (d *diary) open() {
	c, ok := d.key()
	if !ok {
		return
	}
	d.clear()
	d.whole = panel.NewHistory(words.ShopName(c), d.back)
	d.show(screen{view: d.whole.Container, enter: d.back, escape: d.back})
	d.look()
}

// close forgets what was shown: another screen comes.
func (d *diary) close() { d.whole = nil }

// look reads what there is now, if it is shown.
func (d *diary) look() {
	on, whole := d.panel, d.whole
	if d.eye.hidden || on == nil && whole == nil {
		return
	}
	if d.reading {
		d.again = true
		return
	}
	d.reading = true
	query := valet.HistoryQuery{Key: d.id}
	if whole == nil {
		query.Most = panel.PastShown + 1
	}
	d.work(func(context.Context) func() {
		events, err := d.app.History.Read(query)
		if err != nil {
			slog.Warn("the history is not read", "error", err)
		}
		return func() {
			d.reading = false
			switch now := time.Now(); {
			case whole != nil && d.whole == whole:
				whole.Show(events, now)
			case on != nil && d.panel == on:
				on.Past(events, now)
			default:
				d.again = true
			}
			if d.again {
				d.again = false
				d.look()
			}
		}
	})
}
