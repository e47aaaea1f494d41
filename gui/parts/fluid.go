//go:build !nogui

package parts

import "fyne.io/fyne/v2"

// Fluid is an object whose height depends on its width. Fyne asks for one smallest size only, which text that wraps does
// not have; the layouts of this package ask with the width they are about to give.
type Fluid interface {
	HeightFor(width float32) float32
}

// fluidLayout is a layout that can tell its height before it lays out.
type fluidLayout interface {
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// HeightOf is how tall o wants to be at width.
func HeightOf(o fyne.CanvasObject, width float32) float32 {
	if f, ok := o.(Fluid); ok {
		return f.HeightFor(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(fluidLayout); ok {
			return l.heightFor(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

// place moves and resizes, and makes a container look again even where its size stays: its content may have changed.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	return shown
}

// reach is the width for which a layout tells its smallest height: the last it was given. Before the first, nothing is broken
// into lines for nothing.
func reach(last, least float32) float32 {
	if last == 0 {
		return 1 << 14
	}
	return max(last, least)
}

// narrowLayout is a layout that can tell its smallest width without its height, for which it would go through all its texts.
type narrowLayout interface {
	leastWidth(objects []fyne.CanvasObject) float32
}

// leastWidth is the smallest width of o.
func leastWidth(o fyne.CanvasObject) float32 {
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(narrowLayout); ok {
			return l.leastWidth(c.Objects)
		}
	}
	return o.MinSize().Width
}

func widest(objects []fyne.CanvasObject) float32 {
	var width float32
	for _, o := range visible(objects) {
		width = max(width, leastWidth(o))
	}
	return width
}
