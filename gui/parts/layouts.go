//go:build !nogui

package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// column stacks its objects over the whole width.
type column struct {
	gap  float32
	last float32 // the width it was last given
}

// Column stacks objects from the top, gap apart, each as tall as it wants to be at that width.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&column{gap: gap}, objects...)
}

func (l *column) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for i, o := range visible(objects) {
		if i > 0 {
			height += l.gap
		}
		height += HeightOf(o, width)
	}
	return height
}

func (l *column) leastWidth(objects []fyne.CanvasObject) float32 { return widest(objects) }

func (l *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := widest(objects)
	return fyne.NewSize(width, l.heightFor(objects, reach(l.last, width)))
}

func (l *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	var y float32
	for _, o := range visible(objects) {
		height := HeightOf(o, size.Width)
		place(o, 0, y, size.Width, height)
		y += height + l.gap
	}
}

// inset leaves room around its one object.
type inset struct{ left, top, right, bottom float32 }

// Inset leaves room around o: horizontally x, vertically y.
func Inset(x, y float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(inset{x, y, x, y}, o)
}

// InsetEach leaves room around o, a different one at each side.
func InsetEach(left, top, right, bottom float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(inset{left, top, right, bottom}, o)
}

func (l inset) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightOf(objects[0], width-l.left-l.right) + l.top + l.bottom
}

func (l inset) leastWidth(objects []fyne.CanvasObject) float32 {
	return leastWidth(objects[0]) + l.left + l.right
}

func (l inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(l.left+l.right, l.top+l.bottom)
}

func (l inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], l.left, l.top, size.Width-l.left-l.right, size.Height-l.top-l.bottom)
}

// Space is an invisible object of a fixed size: room kept for something that may come.
func Space(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

// atLeast keeps room: its one object is at least that tall, but in a low window.
type atLeast struct {
	height float32
	low    bool
}

// AtLeast keeps room of that height for o, which stands at the bottom of it.
func AtLeast(height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&atLeast{height: height}, o)
}

func (l *atLeast) setLow(low bool) { l.low = low }

func (l *atLeast) room() float32 {
	if l.low {
		return 0
	}
	return l.height
}

func (l *atLeast) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return max(l.room(), HeightOf(objects[0], width))
}

func (l *atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	return fyne.NewSize(size.Width, max(l.room(), size.Height))
}

func (l *atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := HeightOf(objects[0], size.Width)
	place(objects[0], 0, max(0, size.Height-height), size.Width, height)
}

// atLeastTop is atLeast with its object at the top of the room.
type atLeastTop struct{ atLeast }

// AtLeastTop keeps room of that height for o, which stands at the top of it.
func AtLeastTop(height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&atLeastTop{atLeast{height: height}}, o)
}

func (l *atLeastTop) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, size.Width, HeightOf(objects[0], size.Width))
}
