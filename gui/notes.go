//go:build !nogui

package gui

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/notify"
	"valetkey/valet"
	"valetkey/valet/words"
)

// need is why a key needs its seller.
type need string

// The needs; the empty one is none.
const (
	hasEnded  need = "ended"
	isUnsaved need = "unsaved"
	endsSoon  need = "ends"
)

// notes tells on the desktop what a key needs, while nobody looks at the window. UI goroutine alone.
type notes struct {
	*window
	told map[valet.ID]need                                 // what is known to the seller: each need is told once
	send func(ctx context.Context, note notify.Note) error // nil: there is no desktop to tell it on
	rise func()                                            // brings the window to the front
}

// look tells what is new. What comes while the window is in front is seen there.
func (n *notes) look(keys []valet.Connection, now time.Time) {
	for _, c := range keys {
		now, known := needOf(c, now), n.told[c.ID]
		if underWay(c) || now == known {
			continue
		}
		n.told[c.ID] = now
		if now != "" && n.eye.away && !n.study.now.Silent && n.send != nil {
			n.tell(c)
		}
	}
}

// underWay reports whether a status is about to change: nothing is known before it has.
func underWay(c valet.Connection) bool {
	return c.Status == valet.Authorizing || c.Status == valet.Refreshing || c.Status == valet.Revoking
}

func needOf(c valet.Connection, now time.Time) need {
	switch {
	case c.Status == valet.NeedsAuthorization:
		return hasEnded
	case c.Unsaved:
		return isUnsaved
	case words.Warning(c, now) != "":
		return endsSoon
	}
	return ""
}

// tell puts one note on the desktop. A press on it leads to the key.
func (n *notes) tell(c valet.Connection) {
	now := time.Now()
	text := words.Warning(c, now)
	if text == "" {
		text = words.Status(c, now) + ". " + words.StatusMore(c, now, false)
	}
	note := notify.Note{About: string(c.ID), Title: words.ShopName(c), Body: text, Action: words.T("window.note.open"), Do: func() {
		n.dispatch(func() { n.rise(); n.desk.lay(c.ID) })
	}}
	n.work(func(ctx context.Context) func() {
		if err := n.send(ctx, note); err != nil {
			slog.Info("no note on the desktop", "error", err)
		}
		return func() {}
	})
}

// onDesktop shows notes by D-Bus, and where that is unknown by the window library.
func onDesktop(a fyne.App, desk *notify.Desktop, bus bool) func(context.Context, notify.Note) error {
	return func(ctx context.Context, note notify.Note) error {
		err := desk.Show(ctx, note)
		if !bus && errors.Is(err, notify.ErrNone) {
			a.SendNotification(fyne.NewNotification(note.Title, note.Body))
			return nil
		}
		return err
	}
}
