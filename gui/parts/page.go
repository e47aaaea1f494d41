//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// viewport scrolls one fluid object down, at exactly the width it has.
type viewport struct {
	scroll *container.Scroll
	inner  *column
}

// spill is how far a scroller reaches over the margins of its view: room for the rings of what has the focus, and for the bar.
const spill = 2 * Unit

// Scrolled shows o at the full width and scrolls it where it is too tall.
func Scrolled(o fyne.CanvasObject) *fyne.Container {
	inner := &column{}
	scroll := container.NewVScroll(container.New(inner, InsetEach(spill, Unit/2, spill, Unit/2, o)))
	return container.New(&viewport{scroll, inner}, scroll)
}

func (l *viewport) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(64, 64) }

// Layout tells the content its width before the scroller asks how tall it is.
func (l *viewport) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.inner.last = size.Width
	place(l.scroll, 0, 0, size.Width, size.Height)
	content := l.scroll.Content
	content.Resize(fyne.NewSize(size.Width, max(size.Height, HeightOf(content, size.Width))))
	l.scroll.Refresh()
}

// page is a head and a foot that stay, and a body that scrolls between them.
type page struct{ gap float32 }

// Page keeps head and foot in place and scrolls body between them.
func Page(head, body, foot fyne.CanvasObject) *fyne.Container {
	return container.New(page{2 * Unit}, head, Scrolled(body), foot)
}

func (l page) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), 200)
}

func (l page) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, body, foot := objects[0], objects[1], objects[2]
	top, bottom := HeightOf(head, size.Width), HeightOf(foot, size.Width)
	place(head, 0, 0, size.Width, top)
	place(foot, 0, size.Height-bottom, size.Width, bottom)
	place(body, -spill, top+l.gap-Unit/2, size.Width+2*spill, max(0, size.Height-top-bottom-2*l.gap+Unit))
}

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
	rack := min(304, max(208, size.Width*0.29))
	foot := HeightOf(objects[2], size.Width)
	height := size.Height - foot - 1
	place(objects[0], 0, 0, rack, height)
	place(l.side, rack, 0, 1, height)
	place(objects[1], rack+1, 0, size.Width-rack-1, height)
	place(l.below, 0, height, size.Width, 1)
	place(objects[2], 0, height+1, size.Width, foot)
}
