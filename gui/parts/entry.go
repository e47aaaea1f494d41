//go:build !nogui

package parts

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is a field to type in. Enter calls Done; Esc and the function keys, which a field has no use for, go to the window.
type Entry struct {
	widget.Entry
	Done func()
	name string
}

// NewEntry makes a field; a secret one shows dots.
func NewEntry(hint string, secret bool) *Entry {
	e := &Entry{}
	e.Password = secret
	e.PlaceHolder = hint
	e.ExtendBaseWidget(e)
	if secret {
		e.ActionItem = nil
	}
	return e
}

// Named says what a screen reader calls the field; without, it reads the hint.
func (e *Entry) Named(name string) *Entry { e.name = name; return e }

// AccessibilityLabel implements [fyne.Accessible].
func (e *Entry) AccessibilityLabel() string { return cmp.Or(e.name, e.PlaceHolder) }

// AccessibilityRole implements [fyne.Accessible].
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// NewTallEntry makes a field of several lines that wraps anywhere: for an address.
func NewTallEntry(hint string, lines int) *Entry {
	e := NewEntry(hint, false)
	e.Wrapping = fyne.TextWrapBreak
	e.MultiLine = true
	e.SetMinRowsVisible(lines)
	return e
}

// AcceptsTab implements [fyne.Tabbable]: Tab leads on, from a field of several lines too.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained implements [fyne.Focusable].
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	reveal(e)
}

// TypedShortcut keeps what edits text, and hands the window its own: a field would swallow them.
func (e *Entry) TypedShortcut(shortcut fyne.Shortcut) {
	if own, ok := shortcut.(*desktop.CustomShortcut); ok && len(own.KeyName) == 1 {
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(fyne.Shortcutable); ok {
			c.TypedShortcut(shortcut)
		}
		return
	}
	e.Entry.TypedShortcut(shortcut)
}

// TypedKey implements [fyne.Focusable].
func (e *Entry) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.Done != nil {
			e.Done()
		}
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF5:
		PassKey(e, event)
	default:
		e.Entry.TypedKey(event)
	}
}
