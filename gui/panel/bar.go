//go:build !nogui

package panel

import (
	"strconv"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// bar is the row of buttons below a key.
type bar struct {
	*fyne.Container // around the row
	actions         Actions
	forms           *parts.MenuButton // of the token; nil: there is none to copy
	seen            string            // what it was built for
}

func newBar(actions Actions) *bar { return &bar{Container: parts.Layered(), actions: actions} }

// barred is what cannot be pressed while something is under way.
type barred interface {
	fyne.CanvasObject
	SetBusy(busy bool)
}

// offer shows the buttons that fit the key's state. It leaves them alone while the state stays: a button that has the focus
// keeps it.
func (b *bar) offer(s State) {
	built := string(s.Key.ID) + string(s.Key.Status) + strconv.FormatBool(s.Key.Renewable) + pageToGo(s.Key)
	if built != b.seen {
		b.seen = built
		b.Objects = []fyne.CanvasObject{b.buttons(s.Key)}
	}
	if b.forms != nil {
		b.forms.SetItems(formItems(s.Forms, b.actions.CopyAs))
	}
	for _, o := range b.Objects[0].(*fyne.Container).Objects {
		if o, ok := o.(barred); ok {
			o.SetBusy(s.Busy || s.Key.Status == valet.Revoking)
		}
	}
}

func (b *bar) buttons(c valet.Connection) *fyne.Container {
	button := func(weight parts.Weight, id string, press func()) *parts.Button {
		return parts.NewButton(weight, words.T(id), press)
	}
	a := b.actions
	b.forms = nil
	forget := button(parts.RedQuiet, "window.forget", a.Forget)
	switch c.Status {
	case valet.NeedsAuthorization, valet.Missing:
		return parts.Row(parts.Unit, button(parts.Filled, "window.reconnect", a.Reconnect), parts.Spring(), forget)
	case valet.Returned:
		row := parts.Row(parts.Unit, button(parts.Filled, "window.reconnect", a.Reconnect))
		if pageToGo(c) != "" {
			row.Objects = append(row.Objects, parts.NewButton(parts.Outline, words.T("window.withdraw.open", "Provider", c.ProviderName), a.OpenPage))
		}
		row.Objects = append(row.Objects, parts.Spring(), forget)
		return row
	}
	b.forms = parts.NewMenuButton("", words.T("window.copy.forms"))
	more := parts.NewMenuButton(words.T("window.more"), words.T("window.more.name"))
	var folded []*parts.Button // as they go into the menu where there is no room
	if c.Renewable {
		folded = append(folded, button(parts.Outline, "window.refresh", a.Refresh))
	}
	folded = append(folded, button(parts.Outline, "window.check", a.Check), button(parts.Outline, "window.reconnect", a.Reconnect))
	objects := []fyne.CanvasObject{button(parts.Filled, "window.copy", a.Copy), b.forms, button(parts.Outline, "window.try", a.Try)}
	for _, f := range folded {
		objects = append(objects, f)
	}
	return parts.Folding(parts.Unit, folded, more, append(objects, more, parts.Spring(), button(parts.RedQuiet, "window.revoke", a.Revoke))...)
}

// pageToGo is where the seller has to go yet to end a key that was given back here; "" where there is nothing to do any more.
func pageToGo(c valet.Connection) string {
	if !c.Proven.IsZero() {
		return ""
	}
	return c.WithdrawPage
}

// Obvious is what Enter does: the first button of the bar.
func (p *Panel) Obvious(status valet.Status) func() {
	switch status {
	case valet.NeedsAuthorization, valet.Missing, valet.Returned:
		return p.bar.actions.Reconnect
	}
	return p.bar.actions.Copy
}

// tally counts what was asked, granted and reported, side by side.
func (s State) tally() string {
	if s.Reported == nil {
		return ""
	}
	c := s.Key
	said := words.T("window.permission.tally", "Asked", len(c.Asked), "Granted", len(c.Granted), "Reported", len(s.Reported), "Provider", c.ProviderName)
	for _, p := range valet.SideBySide(c.Asked, c.Granted, s.Reported) {
		if words.ScopeDifference(p) != "" {
			return said
		}
	}
	return kit.Joined(said, words.T("window.permission.same"))
}
