//go:build !nogui

package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// Unread is the screen for a rack whose list cannot be read: nothing is lost, and this is no first start.
type Unread struct {
	*fyne.Container
	Notice *kit.Notice
	again  *parts.Button
}

// NewUnread says what keeps the list from being read; again reads it once more.
func NewUnread(t words.Trouble, again func()) *Unread {
	u := &Unread{Notice: kit.NewNotice(), again: parts.NewButton(parts.Filled, words.T("window.again"), again)}
	title := kit.Heading("")
	kit.SetHeading(title, t.What)
	picture := kit.NewKeyPicture(336)
	picture.Set("?", nil, nil, true)
	middle := parts.Column(2*parts.Unit, kit.AtLeft(picture), kit.Plain(parts.Lead, t.Means), kit.Plain(parts.Lead, t.Next))
	u.Container = parts.Framed(parts.Page(title, middle, parts.Column(1.5*parts.Unit, u.Notice.Container, parts.Row(parts.Unit, u.again))))
	return u
}

// unread is shown in the place of the first screen while the list cannot be read.
func (h *hall) unread(err error) {
	h.desk.clear()
	h.desk.id = ""
	var u *Unread
	again := func() { h.readAgain(u) }
	u = NewUnread(words.Sentence(err), again)
	h.show(screen{view: u.Container, enter: again})
}

func (h *hall) readAgain(u *Unread) {
	if u.again.Busy() {
		return
	}
	u.again.SetBusy(true)
	h.work(func(ctx context.Context) func() {
		err := h.app.Load(ctx)
		return func() {
			h.app.Unread = err
			if err == nil {
				h.home()
				return
			}
			u.again.SetBusy(false)
			u.Notice.Say(words.T("window.unread.still"))
		}
	})
}
