//go:build !nogui

package main

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// bounds gives where every visible button of a screen stands, and the room it can be seen in.
func bounds(o fyne.CanvasObject, at fyne.Position, room [2]float32, found map[string][3]float32) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *parts.Button:
		found[o.AccessibilityLabel()] = [3]float32{at.Y - room[0], room[1] - at.Y - o.Size().Height, at.X + o.Size().Width}
	case *container.Scroll:
		bounds(o.Content, at, [2]float32{at.Y, at.Y + o.Size().Height}, found)
	case *fyne.Container:
		for _, child := range o.Objects {
			bounds(child, at, room, found)
		}
	}
}

// At the smallest size that is promised, the button that a screen is about is seen whole without scrolling.
func TestTheObviousButtonIsSeenInASmallWindow(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(kit.NewTheme())
	obvious := map[string]string{
		"settings": words.T("window.done"), "settings-tray": words.T("window.done"),
		"welcome": words.T("window.welcome.practice.button"), "ask": words.T("window.ask.start", "Provider", "Etsy"),
		"setup": words.T("window.setup.save"), "approve-phone": words.T("window.approve.again"), "keep": words.T("window.copy"),
		"panel-fresh": words.T("window.copy"), "panel-long": words.T("window.copy"), "panel-trouble": words.T("window.copy"),
		"panel-returned": words.T("window.reconnect"), "passphrase-new": words.T("window.passphrase.new.button"), "receive-wrongshop": words.T("window.wrongshop.again"), "unread": words.T("window.again"),
		"approve-code": words.T("window.code.use"), "approve-code-wrong": words.T("window.code.use"), "add-market": words.T("window.add.look"),
		"review-doubtful": words.T("window.review.leave"), "review-replaces": words.T("window.review.add"), "setup-ended": words.T("window.setup.elsewhere.save"), "panel-signed": words.T("window.copy"),
		"change-everything": words.T("window.change.start", "Provider", "Etsy"), "approve-change": words.T("window.approve.again"), "keep-changed": words.T("window.copy"),
	}
	const width, height = 720, 520
	for _, s := range states() {
		want, ok := obvious[s.name]
		if !ok {
			continue
		}
		c := software.NewCanvas()
		c.SetPadded(false)
		s.on(c, fyne.NewSize(width, height))
		found := map[string][3]float32{}
		bounds(c.Content(), fyne.NewPos(0, 0), [2]float32{0, height}, found)
		if at, ok := found[want]; !ok || at[0] < 0 || at[1] < 0 || at[2] > width {
			t.Errorf("%s: %q stands at %v", s.name, want, at)
		}
	}
}
