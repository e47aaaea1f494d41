//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Hold is a button that does something for as long as it is held: by the mouse, or by Space or Enter.
type Hold struct {
	Button
	begin, end func()
	held       bool
}

// NewHold makes a button of words in a line of text. Each begin is followed by one end: when it is let go, when the mouse or the
// focus leaves it, when it is barred or hidden.
func NewHold(text string, begin, end func()) *Hold {
	h := &Hold{begin: begin, end: end}
	h.text, h.weight = text, Link
	h.init(h, func() {})
	return h
}

func (h *Hold) press() {
	if !h.barred && !h.held {
		h.held = true
		h.begin()
	}
}

// Release ends what is held, if anything is.
func (h *Hold) Release() {
	if h.held {
		h.held = false
		h.end()
	}
}

// MouseDown implements [desktop.Mouseable].
func (h *Hold) MouseDown(event *desktop.MouseEvent) {
	if event.Button == desktop.MouseButtonPrimary {
		h.press()
	}
}

// MouseUp implements [desktop.Mouseable].
func (h *Hold) MouseUp(*desktop.MouseEvent) { h.Release() }

// MouseOut implements [desktop.Hoverable].
func (h *Hold) MouseOut() { h.Release(); h.Button.MouseOut() }

// KeyDown implements [desktop.Keyable].
func (h *Hold) KeyDown(event *fyne.KeyEvent) {
	if holds := event.Name; holds == fyne.KeySpace || holds == fyne.KeyReturn || holds == fyne.KeyEnter {
		h.press()
	}
}

// KeyUp implements [desktop.Keyable].
func (h *Hold) KeyUp(*fyne.KeyEvent) { h.Release() }

// TypedKey implements [fyne.Focusable]: what holds it does nothing besides.
func (h *Hold) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
	default:
		PassKey(h, event)
	}
}

// FocusLost implements [fyne.Focusable].
func (h *Hold) FocusLost() { h.Release(); h.Button.FocusLost() }

// SetBusy bars the button.
func (h *Hold) SetBusy(busy bool) {
	if busy {
		h.Release()
	}
	h.Button.SetBusy(busy)
}

// Hide implements [fyne.CanvasObject].
func (h *Hold) Hide() { h.Release(); h.Button.Hide() }
