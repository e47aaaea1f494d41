//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// hug lets a tail follow a text closely, wherever the text ends, and shortens the text where both do not fit.
type hug struct{ gap float32 }

// Hug puts tail right behind text, which gives way: it is to be a [Text.Cut].
func Hug(gap float32, text *Text, tail fyne.CanvasObject) *fyne.Container {
	return container.New(hug{gap}, text, tail)
}

func (l hug) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if objects[1].Visible() {
		tail := objects[1].MinSize()
		size = fyne.NewSize(size.Width+l.gap+tail.Width, max(size.Height, tail.Height))
	}
	return size
}

func (l hug) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	text := objects[0].(*Text)
	tail := objects[1].MinSize()
	room := size.Width
	if objects[1].Visible() {
		room -= l.gap + tail.Width
	}
	w := min(room, width(text.runs, theme.Size(text.size))+1)
	height := lineHeight(text.size)
	place(text, 0, (size.Height-height)/2, w, height)
	place(objects[1], w+l.gap, (size.Height-tail.Height)/2, tail.Width, tail.Height)
}

// Marker puts a small mark before the first line of a text.
func Marker(mark fyne.CanvasObject, text *Text) *fyne.Container {
	least := mark.MinSize()
	top := max(0, (lineHeight(text.size)-least.Height)/2)
	return Beside(10, 0, InsetEach(0, top, 0, 0, container.New(&fixed{}, mark)), text)
}

// fixed keeps an object at its smallest size, at the top left.
type fixed struct{}

func (fixed) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
func (fixed) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(objects[0].MinSize())
}

// Fixed keeps o at its smallest size, whatever room it gets.
func Fixed(o fyne.CanvasObject) *fyne.Container { return container.New(fixed{}, o) }
