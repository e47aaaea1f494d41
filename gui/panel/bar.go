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

// offer puts the buttons that fit the key's state into the bar. It leaves them alone while the state stays: a button that has
// the focus keeps it.
func (p *Panel) offer(s State) {
	built := string(s.Key.ID) + string(s.Key.Status) + strconv.FormatBool(s.Key.Renewable) + pageToGo(s.Key)
	if built != p.seen {
		p.seen = built
		p.bar.Objects = p.buttons(s.Key)
	}
	for _, o := range p.bar.Objects {
		if b, ok := o.(*parts.Button); ok {
			b.SetBusy(s.Busy || s.Key.Status == valet.Revoking)
		}
	}
}

func (p *Panel) buttons(c valet.Connection) []fyne.CanvasObject {
	button := func(weight parts.Weight, id string, press func()) fyne.CanvasObject {
		return parts.NewButton(weight, words.T(id), press)
	}
	a := p.actions
	forget := button(parts.RedQuiet, "window.forget", a.Forget)
	switch c.Status {
	case valet.NeedsAuthorization, valet.Missing:
		return []fyne.CanvasObject{button(parts.Filled, "window.reconnect", a.Reconnect), parts.Spring(), forget}
	case valet.Returned:
		objects := []fyne.CanvasObject{button(parts.Filled, "window.reconnect", a.Reconnect)}
		if pageToGo(c) != "" {
			page := parts.NewButton(parts.Outline, words.T("window.withdraw.open", "Provider", c.ProviderName), a.OpenPage)
			objects = append(objects, page)
		}
		return append(objects, parts.Spring(), forget)
	}
	objects := []fyne.CanvasObject{button(parts.Filled, "window.copy", a.Copy), button(parts.Outline, "window.try", a.Try)}
	if c.Renewable {
		objects = append(objects, button(parts.Outline, "window.refresh", a.Refresh))
	}
	return append(objects, button(parts.Outline, "window.reconnect", a.Reconnect), parts.Spring(),
		button(parts.RedQuiet, "window.revoke", a.Revoke))
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
		return p.actions.Reconnect
	}
	return p.actions.Copy
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
