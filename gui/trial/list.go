//go:build !nogui

package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// list is rows of which only those in sight exist, however many there are. A line along it shows that the keyboard is in it; arrows
// go through it, Enter and Space press, and keys it does not know go to the window.
type list struct {
	widget.List
	along *parts.Shape
	name  string // what a screen reader says
}

// newList makes a list of length rows. press may be nil; the same row can be pressed again and again.
func newList(length func() int, create func() fyne.CanvasObject, fill func(at int, row fyne.CanvasObject), press func(at int)) *list {
	l := &list{along: parts.NewShape(parts.BrassInk, 1.5, fyne.NewSize(3, 3)), name: words.T("trial.answer")}
	l.along.Hide()
	l.Length, l.CreateItem, l.HideSeparators = length, create, true
	l.UpdateItem = func(at widget.ListItemID, row fyne.CanvasObject) {
		if at < length() { // Fyne may still ask for what was there before
			fill(at, row)
		}
	}
	l.OnSelected = func(at widget.ListItemID) {
		l.UnselectAll()
		if press != nil && at < length() {
			press(at)
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// held is the list with its line.
func (l *list) held() *fyne.Container {
	return container.New(along{}, l, l.along)
}

// along puts the line at the left, outside of the rows.
type along struct{}

func (along) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(64, 48) }

func (along) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	put(objects[0], 0, 0, size.Width, size.Height)
	put(objects[1], -parts.Unit, 0, 3, size.Height)
}

// AccessibilityLabel implements [fyne.Accessible].
func (l *list) AccessibilityLabel() string { return l.name }

// AccessibilityRole implements [fyne.Accessible].
func (l *list) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// FocusGained implements [fyne.Focusable].
func (l *list) FocusGained() {
	l.List.FocusGained()
	l.along.Show()
}

// FocusLost implements [fyne.Focusable].
func (l *list) FocusLost() {
	l.List.FocusLost()
	l.along.Hide()
}

// TypedKey implements [fyne.Focusable].
func (l *list) TypedKey(event *fyne.KeyEvent) { parts.ListKey(&l.List, l, event) }
