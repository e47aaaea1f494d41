//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// spring takes what room is left in a Row.
type spring struct{ *canvas.Rectangle }

// Spring is an invisible object that pushes what follows it in a [Row] to the right end.
func Spring() fyne.CanvasObject { return spring{canvas.NewRectangle(nil)} }

// row puts objects side by side and breaks into further lines where they do not fit.
type row struct {
	gap    float32
	centre bool // one line only; a fluid object takes what is left, all are centred on the line
	last   float32
}

// Row puts objects side by side at their own size, gap apart, in further lines where the width does not suffice.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap}, objects...)
}

// line is a run of objects that share one line; springs count, without width.
func (l *row) lines(objects []fyne.CanvasObject, width float32) [][]fyne.CanvasObject {
	var lines [][]fyne.CanvasObject
	var current []fyne.CanvasObject
	var x float32
	for _, o := range visible(objects) {
		need := o.MinSize().Width
		_, isSpring := o.(spring)
		if len(current) > 0 && !isSpring && x+need > width+0.5 {
			lines, current, x = append(lines, current), nil, 0
		}
		current = append(current, o)
		if !isSpring {
			x += need + l.gap
		}
	}
	return append(lines, current)
}

func tallest(objects []fyne.CanvasObject) float32 {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return height
}

func (l *row) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for i, line := range l.lines(objects, width) {
		if i > 0 {
			height += l.gap
		}
		height += tallest(line)
	}
	return height
}

func (l *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := widest(objects)
	return fyne.NewSize(width, l.heightFor(objects, max(l.last, width)))
}

func (l *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	var y float32
	for _, line := range l.lines(objects, size.Width) {
		height := tallest(line)
		l.layLine(line, y, size.Width, height)
		y += height + l.gap
	}
}

func (l *row) layLine(line []fyne.CanvasObject, y, width, height float32) {
	left := width
	for _, o := range line {
		if _, isSpring := o.(spring); !isSpring {
			left -= o.MinSize().Width + l.gap
		}
	}
	left = max(0, left+l.gap)
	var x float32
	for _, o := range line {
		if _, isSpring := o.(spring); isSpring {
			x += left
			continue
		}
		least := o.MinSize()
		place(o, x, y+(height-least.Height)/2, least.Width, least.Height)
		x += least.Width + l.gap
	}
}

// beside puts a fixed object next to one that takes the rest.
type beside struct {
	gap   float32
	fixed int // which of the two keeps its own width
	last  float32
}

// Beside puts left and right next to each other, tops aligned: one keeps its smallest width, the other takes the rest.
// Where the rest would be narrower than its own smallest width, they stand below each other.
func Beside(gap float32, fixed int, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&beside{gap: gap, fixed: fixed}, left, right)
}

func (l *beside) widths(objects []fyne.CanvasObject, width float32) [2]float32 {
	w := objects[l.fixed].MinSize().Width
	var widths [2]float32
	widths[l.fixed], widths[1-l.fixed] = w, max(0, width-w-l.gap)
	return widths
}

func (l *beside) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if !objects[l.fixed].Visible() {
		return HeightOf(objects[1-l.fixed], width)
	}
	widths := l.widths(objects, width)
	return max(HeightOf(objects[0], widths[0]), HeightOf(objects[1], widths[1]))
}

func (l *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := objects[l.fixed].MinSize().Width + objects[1-l.fixed].MinSize().Width + l.gap
	return fyne.NewSize(width, l.heightFor(objects, max(l.last, width)))
}

func (l *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	if !objects[l.fixed].Visible() {
		place(objects[1-l.fixed], 0, 0, size.Width, size.Height)
		return
	}
	widths := l.widths(objects, size.Width)
	place(objects[0], 0, 0, widths[0], HeightOf(objects[0], widths[0]))
	place(objects[1], widths[0]+l.gap, 0, widths[1], HeightOf(objects[1], widths[1]))
}
