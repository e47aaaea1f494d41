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
	scroll, covered := scrollAround(c.Content(), o)
	if scroll == nil {
		return
	}
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(scroll).Y
	bottom := top + o.Size().Height + covered
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

// scrollAround finds the scroller below root that o stands in, and how much of its end lies under a slip. Fyne's objects do not
// know their parents.
func scrollAround(root, o fyne.CanvasObject) (scroll *container.Scroll, covered float32) {
	switch at := root.(type) {
	case *fyne.Container:
		for _, child := range at.Objects {
			if scroll, covered = scrollAround(child, o); scroll == nil {
				continue
			}
			if page, ok := at.Layout.(*pageLayout); ok {
				covered += page.covered()
			}
			return scroll, covered
		}
	case *container.Scroll:
		if holds(at.Content, o) {
			return at, 0
		}
	}
	return nil, 0
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
