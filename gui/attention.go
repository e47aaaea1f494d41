//go:build !nogui

package gui

import (
	"time"

	"valetkey/valet"
)

// eye is what is known of the person's attention. UI goroutine alone.
type eye struct {
	away   bool     // another window is in front, or this one is minimised: the window library does not tell them apart
	hidden bool     // it is in the tray, and nothing of it is drawn
	told   valet.ID // the key that was named last as looked at
}

// foreground notes that the window came to the front, or left it.
func (w *window) foreground(here bool) {
	w.eye.away = !here
	if here {
		w.app.Attention.Focus()
	} else {
		w.desk.glimpse.end()
	}
	w.attend()
	w.refresh()
}

// attend tells which key is looked at now.
func (w *window) attend() {
	var id valet.ID
	if w.desk.panel != nil && !w.eye.away {
		id = w.desk.id
	}
	if id != w.eye.told {
		w.eye.told = id
		w.app.Attention.Show(id)
	}
}

// show puts a screen at the right of the rack, and tells whether a key is looked at.
func (w *window) show(next screen) {
	if h := w.help; h != nil && next.view != h.view.Container {
		w.help = nil
		h.stop()
	}
	w.stage.show(next)
	w.attend()
}

// awake reports whether a key is renewed ahead of need.
func awake(c valet.Connection, shown bool, now time.Time) bool {
	return shown || !c.Used.IsZero() && now.Sub(c.Used) < recentUse
}

// recentUse is how long after its last use a key is renewed ahead of need, shown or not.
const recentUse = 24 * time.Hour
