//go:build !nogui

package parts

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// spring takes what room is left in a Row.
type spring struct{}

func (spring) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
func (spring) Layout([]fyne.CanvasObject, fyne.Size) {}

// Spring is an invisible object that pushes what follows it in a [Row] to the right end.
func Spring() fyne.CanvasObject { return container.New(spring{}) }

func isSpring(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(spring)
	return ok
}

// row puts objects side by side and breaks into further lines where they do not fit.
type row struct {
	gap  float32
	last float32
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
	for _, o := range objects {
		need := o.MinSize().Width
		if len(current) > 0 && !isSpring(o) && x+need > width+0.5 {
			next := current[len(current):]
			if last := len(current) - 1; isSpring(current[last]) && last > 0 { // it goes with what it pushes
				current, next = current[:last], current[last:]
			}
			lines, current, x = append(lines, current), slices.Clone(next), 0
		}
		current = append(current, o)
		if !isSpring(o) {
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
	return l.tall(visible(objects), width)
}

// tall is the height of objects, which are all shown.
func (l *row) tall(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for i, line := range l.lines(objects, width) {
		if i > 0 {
			height += l.gap
		}
		height += tallest(line)
	}
	return height
}

func (l *row) leastWidth(objects []fyne.CanvasObject) float32 { return widest(objects) }

func (l *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := widest(objects)
	return fyne.NewSize(width, l.heightFor(objects, reach(l.last, width)))
}

func (l *row) Layout(objects []fyne.CanvasObject, size fyne.Size) { l.lay(visible(objects), size) }

// lay lays out objects, which are all shown.
func (l *row) lay(objects []fyne.CanvasObject, size fyne.Size) {
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
		if !isSpring(o) {
			left -= o.MinSize().Width + l.gap
		}
	}
	left = max(0, left+l.gap)
	var x float32
	for _, o := range line {
		if isSpring(o) {
			x += left
			continue
		}
		least := o.MinSize()
		place(o, x, y+(height-least.Height)/2, least.Width, least.Height)
		x += least.Width + l.gap
	}
}

// teeth hangs marks side by side from one line, closer and thinner where there is less room than they want.
type teeth struct{ gap, height float32 }

// Teeth hangs marks from one line, gap apart, in a strip of that height.
func Teeth(gap, height float32, marks ...fyne.CanvasObject) *fyne.Container {
	return container.New(teeth{gap, height}, marks...)
}

// own is how wide the marks want to be.
func (l teeth) own(objects []fyne.CanvasObject) float32 {
	var width float32
	for _, o := range objects {
		width += o.MinSize().Width + l.gap
	}
	return max(0, width-l.gap)
}

func (l teeth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.own(objects)/2, l.height)
}

func (l teeth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	share := min(1, size.Width/max(1, l.own(objects)))
	var x float32
	for _, o := range objects {
		least := o.MinSize()
		place(o, x, 0, least.Width*share, least.Height)
		x += (least.Width + l.gap) * share
	}
}

// footed has its second object at the bottom of the room, whatever the first leaves.
type footed struct{ gap float32 }

// Foot puts top at the top and bottom at the bottom of the room, at least gap apart.
func Foot(gap float32, top, bottom fyne.CanvasObject) *fyne.Container {
	return container.New(footed{gap}, top, bottom)
}

func (l footed) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightOf(objects[0], width) + l.gap + HeightOf(objects[1], width)
}

func (l footed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := widest(objects)
	return fyne.NewSize(width, l.heightFor(objects, max(120, width)))
}

func (l footed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	below := HeightOf(objects[1], size.Width)
	place(objects[0], 0, 0, size.Width, HeightOf(objects[0], size.Width))
	place(objects[1], 0, size.Height-below, size.Width, below)
}
