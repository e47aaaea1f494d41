//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// beside puts a fixed object next to one that takes the rest.
type beside struct {
	gap   float32
	fixed int     // which of the two keeps its own width
	least float32 // of the other's width; below it the two stand under each other
	last  float32
}

// Beside puts left and right next to each other, tops aligned: the one named by fixed (0 or 1) keeps its smallest width, the
// other takes the rest.
func Beside(gap float32, fixed int, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&beside{gap: gap, fixed: fixed}, left, right)
}

// Aside is [Beside] with right fixed; where left would be narrower than least, right stands below it.
func Aside(gap, least float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&beside{gap: gap, fixed: 1, least: least}, left, right)
}

// split gives the widths of both, and whether they stand under each other.
func (l *beside) split(objects []fyne.CanvasObject, width float32) (widths [2]float32, stacked bool) {
	own := objects[l.fixed].MinSize().Width
	widths[l.fixed], widths[1-l.fixed] = own, max(0, width-own-l.gap)
	if widths[1-l.fixed] < l.least {
		widths[1-l.fixed] = width
		return widths, true
	}
	return widths, false
}

func (l *beside) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if !objects[l.fixed].Visible() {
		return HeightOf(objects[1-l.fixed], width)
	}
	widths, stacked := l.split(objects, width)
	left, right := HeightOf(objects[0], widths[0]), HeightOf(objects[1], widths[1])
	if stacked {
		return left + l.gap + right
	}
	return max(left, right)
}

func (l *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := objects[l.fixed].MinSize().Width
	if other := objects[1-l.fixed].MinSize().Width; l.least > 0 {
		width = max(width, other)
	} else {
		width += other + l.gap
	}
	return fyne.NewSize(width, l.heightFor(objects, reach(l.last, width)))
}

func (l *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	if !objects[l.fixed].Visible() {
		place(objects[1-l.fixed], 0, 0, size.Width, size.Height)
		return
	}
	widths, stacked := l.split(objects, size.Width)
	left, right := HeightOf(objects[0], widths[0]), HeightOf(objects[1], widths[1])
	place(objects[0], 0, 0, widths[0], left)
	if stacked {
		place(objects[1], 0, left+l.gap, widths[1], right)
		return
	}
	place(objects[1], widths[0]+l.gap, 0, widths[1], right)
}
