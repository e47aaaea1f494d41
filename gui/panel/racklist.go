//go:build !nogui

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// keyList is a list that shows when the keyboard is in it, chooses with Enter too, and hands on the keys it does not know.
type keyList struct {
	widget.List
	focus *parts.Shape // a line along the list
}

func newKeyList(length func() int, make func() fyne.CanvasObject, fill func(widget.ListItemID, fyne.CanvasObject)) *keyList {
	l := &keyList{focus: parts.NewShape(parts.Paper, 1.5, fyne.NewSize(3, 3))}
	l.Length, l.CreateItem, l.UpdateItem, l.HideSeparators = length, make, fill, true
	l.ExtendBaseWidget(l)
	return l
}

// AccessibilityLabel implements [fyne.Accessible].
func (l *keyList) AccessibilityLabel() string { return words.T("window.rack.name") }

// AccessibilityRole implements [fyne.Accessible].
func (l *keyList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// FocusGained implements [fyne.Focusable].
func (l *keyList) FocusGained() {
	l.List.FocusGained()
	l.focus.SetColour(parts.BrassInk)
}

// FocusLost implements [fyne.Focusable].
func (l *keyList) FocusLost() {
	l.List.FocusLost()
	l.focus.SetColour(parts.Paper)
}

// TypedKey implements [fyne.Focusable].
func (l *keyList) TypedKey(event *fyne.KeyEvent) { parts.ListKey(&l.List, l, event) }
