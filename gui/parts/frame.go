//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// rest gives its first object the height it wants and the second what is left.
type rest struct{}

// Rest puts head on top and gives body the height that is left.
func Rest(head, body fyne.CanvasObject) *fyne.Container { return container.New(rest{}, head, body) }

func (rest) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), objects[0].MinSize().Height+objects[1].MinSize().Height)
}

func (rest) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top := HeightOf(objects[0], size.Width)
	place(objects[0], 0, 0, size.Width, top)
	place(objects[1], 0, top, size.Width, max(0, size.Height-top))
}

// layered gives every object the whole place.
type layered struct{}

// Layered puts objects on top of each other, all over the same place.
func Layered(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layered{}, objects...)
}

func (layered) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for _, o := range visible(objects) {
		height = max(height, HeightOf(o, width))
	}
	return height
}

func (layered) leastWidth(objects []fyne.CanvasObject) float32 { return widest(objects) }

func (layered) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), tallest(visible(objects)))
}

func (layered) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, size.Width, size.Height)
	}
}

// room is the window: the rack at the left, the screen at the right, the small print below.
type room struct{ side, below *Shape }

// Room lays out the window. The rack takes about three tenths of the width, within limits.
func Room(rack, screen, foot fyne.CanvasObject) *fyne.Container {
	l := room{NewRule(), NewRule()}
	return container.New(l, rack, screen, foot, l.side, l.below)
}

// MinSize is small, so that the window can be: what does not fit scrolls.
func (l room) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(640, 480) }

func (l room) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rack := min(304, max(256, size.Width*0.29))
	foot := HeightOf(objects[2], size.Width)
	height := size.Height - foot - 1
	place(objects[0], 0, 0, rack, height)
	place(l.side, rack, 0, 1, height)
	place(objects[1], rack+1, 0, size.Width-rack-1, height)
	place(l.below, 0, height, size.Width, 1)
	place(objects[2], 0, height+1, size.Width, foot)
}

// framed leaves margins that are narrower where there is little room.
type framed struct{}

// widestView and highestView keep a view together on a large screen: lines stay readable and buttons near what they are for.
const widestView, highestView float32 = 960, 960

// Framed gives a view the margins that every view has, and has it stand in the middle where there is more room than it takes.
func Framed(view fyne.CanvasObject) *fyne.Container { return container.New(framed{}, view) }

func (framed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(5*Unit, 4*Unit)
}

func (framed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.IsZero() { // a screen that is being filled, and not shown yet
		return
	}
	x, y := 4*Unit, 3*Unit
	if size.Width < 560 {
		x = 3 * Unit
	}
	if size.Height < 560 {
		y = 2 * Unit
	}
	width := min(widestView, size.Width-2*x)
	place(objects[0], (size.Width-width)/2, y, width, min(highestView, size.Height-2*y))
}

// scaled gives its object its own size, smaller where that would be more than a share of the width, and in a low window.
type scaled struct {
	share float32
	low   bool
}

// lowScale is how much smaller a picture is in a low window.
const lowScale float32 = 0.6

func (l *scaled) setLow(low bool) { l.low = low }

// Scaled keeps o at its own size while that is at most share of the width, and shrinks it with its proportions below that.
func Scaled(share float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&scaled{share: share}, o)
}

func (l *scaled) fit(objects []fyne.CanvasObject, width float32) fyne.Size {
	own := objects[0].MinSize()
	if l.low {
		own = fyne.NewSize(own.Width*lowScale, own.Height*lowScale)
	}
	w := min(own.Width, width*l.share)
	return fyne.NewSize(w, own.Height*w/own.Width)
}

func (l *scaled) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return l.fit(objects, width).Height
}

func (l *scaled) MinSize(objects []fyne.CanvasObject) fyne.Size { return l.fit(objects, 24*Unit) }

func (l *scaled) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	fit := l.fit(objects, size.Width)
	place(objects[0], 0, 0, fit.Width, fit.Height)
}

// leftEdge keeps its object a thin line along the left.
type leftEdge struct{ width float32 }

// LeftEdge makes o a line along the left edge of the room.
func LeftEdge(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(leftEdge{width}, o)
}

func (l leftEdge) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(l.width, 1) }

func (l leftEdge) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, l.width, size.Height)
}

// shrinking keeps its object at its smallest size, and at about half of it in a low window.
type shrinking struct{ low bool }

// Shrinking keeps o, a picture, at its own size, and smaller in a low window.
func Shrinking(o fyne.CanvasObject) *fyne.Container { return container.New(&shrinking{}, o) }

func (l *shrinking) setLow(low bool) { l.low = low }

func (l *shrinking) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if l.low {
		size = fyne.NewSize(size.Width*lowScale, size.Height*lowScale)
	}
	return size
}

func (l *shrinking) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	size := l.MinSize(objects)
	place(objects[0], 0, 0, size.Width, size.Height)
}
