//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// hug lets a tail follow a text closely, wherever the text ends, and puts it below where both do not fit into one line.
type hug struct{ gap, last float32 }

// Hug puts tail right behind text, or below it where the text needs the width for itself.
func Hug(gap float32, text *Text, tail fyne.CanvasObject) *fyne.Container {
	return container.New(&hug{gap: gap}, text, tail)
}

// room gives the width of the text and the smallest size of the tail; a tail that does not fit beside it stands below.
func (l *hug) room(objects []fyne.CanvasObject, all float32) (w float32, tail fyne.Size, below bool) {
	text := objects[0].(*Text)
	w = width(text.runs, theme.Size(text.size)) + 1
	if objects[1].Visible() {
		tail = objects[1].MinSize()
	}
	if tail.Width == 0 {
		return all, fyne.Size{}, false
	}
	if w+l.gap+tail.Width > all {
		return all, tail, true
	}
	return w, tail, false
}

func (l *hug) heightFor(objects []fyne.CanvasObject, all float32) float32 {
	w, tail, below := l.room(objects, all)
	height := HeightOf(objects[0], w)
	if below {
		return height + hugBelow + tail.Height
	}
	return max(height, tail.Height)
}

// hugBelow is the room above a tail that stands below.
const hugBelow = Unit / 2

func (l *hug) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := max(objects[0].MinSize().Width, objects[1].MinSize().Width)
	return fyne.NewSize(least, l.heightFor(objects, reach(l.last, least)))
}

func (l *hug) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	w, tail, below := l.room(objects, size.Width)
	height := HeightOf(objects[0], w)
	if below {
		place(objects[0], 0, 0, w, height)
		place(objects[1], 0, height+hugBelow, tail.Width, tail.Height)
		return
	}
	line := max(height, tail.Height)
	place(objects[0], 0, (line-height)/2, w, height)
	place(objects[1], w+l.gap, (line-tail.Height)/2, tail.Width, tail.Height)
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
