//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// reveal scrolls so far that o, which has just got the focus, can be seen: the keyboard leads to places out of sight.
func reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(o)
	if c == nil {
		return
	}
	scroll := scrollAround(c.Content(), o)
	if scroll == nil {
		return
	}
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(scroll).Y
	bottom := top + o.Size().Height
	offset := scroll.Offset
	switch {
	case top < Unit:
		offset.Y += top - 2*Unit
	case bottom > scroll.Size().Height-Unit:
		offset.Y += bottom - scroll.Size().Height + 2*Unit
	default:
		return
	}
	scroll.ScrollToOffset(offset)
}

// scrollAround finds the scroller below root that o stands in. Fyne's objects do not know their parents.
func scrollAround(root, o fyne.CanvasObject) *container.Scroll {
	switch at := root.(type) {
	case *fyne.Container:
		for _, child := range at.Objects {
			if found := scrollAround(child, o); found != nil {
				return found
			}
		}
	case *container.Scroll:
		if holds(at.Content, o) {
			return at
		}
	}
	return nil
}

func holds(root, o fyne.CanvasObject) bool {
	if root == o {
		return true
	}
	c, ok := root.(*fyne.Container)
	if !ok {
		return false
	}
	for _, child := range c.Objects {
		if holds(child, o) {
			return true
		}
	}
	return false
}
