//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// lowPage is the height below which a page gives up what it can do without: rooms that are only kept, large pictures, second
// sentences. It depends on the window alone, so nothing changes its place because a sentence grew.
const lowPage float32 = 520

// yielding is a layout that needs less room in a low window.
type yielding interface{ setLow(low bool) }

// roomy holds what is left out in a low window.
type roomy struct{ layered }

// Roomy shows o only where a page has room for more than the necessary.
func Roomy(o fyne.CanvasObject) *fyne.Container { return container.New(roomy{}, o) }

// Lower tells everything in o that gives way whether the page is low.
func Lower(o fyne.CanvasObject, low bool) {
	switch o := o.(type) {
	case *Text:
		o.setLow(low)
	case *Card:
		Lower(o.content, low)
	case *fyne.Container:
		switch l := o.Layout.(type) {
		case roomy:
			o.Hidden = low
		case yielding:
			l.setLow(low)
		}
		for _, child := range o.Objects {
			Lower(child, low)
		}
	}
}
