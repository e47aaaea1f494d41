//go:build !nogui

package places

import (
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

// NewUnread says what keeps the list from being read; again reads it once more, help looks for the cause; nil: nothing more can be found.
func NewUnread(t words.Trouble, again, help func()) *Unread {
	u := &Unread{Notice: kit.NewNotice(), again: parts.NewButton(parts.Filled, words.T("window.again"), again)}
	title := kit.Heading("")
	kit.SetHeading(title, t.What)
	picture := kit.NewKeyPicture(336)
	picture.Set("?", nil, nil, true)
	middle := parts.Column(2*parts.Unit, kit.AtLeft(picture), kit.Plain(parts.Lead, t.Means), kit.Plain(parts.Lead, t.Next))
	ways := parts.Row(parts.Unit, u.again)
	if help != nil {
		ways.Add(parts.NewButton(parts.Outline, words.T("help.open"), help))
	}
	u.Container = parts.Framed(parts.Page(title, middle, parts.Column(1.5*parts.Unit, u.Notice.Container, ways)))
	return u
}

// Busy reports whether the list is being read.
func (u *Unread) Busy() bool { return u.again.Busy() }

// SetBusy bars the button while the list is read.
func (u *Unread) SetBusy(busy bool) { u.again.SetBusy(busy) }
