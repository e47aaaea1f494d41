//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// control is what everything that can be pressed has in common: focus, hover, Enter and Space. Fyne gives unmodified keys
// to the focused widget alone, so keys it does not know go on to the window.
type control struct {
	widget.BaseWidget
	press                    func()
	focused, hovered, barred bool
	self                     fyne.Widget
}

func (c *control) init(self fyne.Widget, press func()) {
	c.self, c.press = self, press
	c.ExtendBaseWidget(self)
}

// Tapped implements [fyne.Tappable].
func (c *control) Tapped(*fyne.PointEvent) {
	if !c.barred {
		c.press()
	}
}

// FocusGained implements [fyne.Focusable].
func (c *control) FocusGained() {
	c.focused = true
	c.self.Refresh()
	reveal(c.self)
}

// FocusLost implements [fyne.Focusable].
func (c *control) FocusLost() { c.focused = false; c.self.Refresh() }

// TypedRune implements [fyne.Focusable].
func (c *control) TypedRune(rune) {}

// TypedKey presses on Enter and Space, and passes every other key to the window.
func (c *control) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.Tapped(nil)
	default:
		PassKey(c.self, event)
	}
}

// MouseIn implements [desktop.Hoverable].
func (c *control) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.self.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (c *control) MouseOut() { c.hovered = false; c.self.Refresh() }

// Cursor implements [desktop.Cursorable].
func (c *control) Cursor() desktop.Cursor {
	if c.barred {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// PassKey hands a key that the focused o has no use for to the window.
func PassKey(o fyne.CanvasObject, event *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	if handle := c.OnTypedKey(); handle != nil {
		handle(event)
	}
}

// ListKey gives event to inner, the list that self is made of: arrows go through it, Enter presses as Space does, and what a list does
// not know goes where [PassKey] sends it.
func ListKey(inner *widget.List, self fyne.CanvasObject, event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		inner.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	case fyne.KeyUp, fyne.KeyDown, fyne.KeySpace:
		inner.TypedKey(event)
	default:
		PassKey(self, event)
	}
}
