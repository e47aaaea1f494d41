//go:build !nogui

package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"valetkey/gui/parts"
)

// framed is the room of a trial: wider than other views on a large screen, because answers are wide.
type framed struct{}

// The largest that is of use: lines stay near each other.
const widest, highest float32 = 1480, 1400

func (framed) MinSize(objects []fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 320) }

func (framed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, middle, foot := objects[0], objects[1], objects[2]
	x, y, gap := 4*parts.Unit, 3*parts.Unit, 2*parts.Unit
	if size.Width < 560 {
		x = 3 * parts.Unit
	}
	low := size.Height < 560
	if low {
		y, gap = 1.5*parts.Unit, 1.25*parts.Unit
	}
	parts.Lower(head, low)
	parts.Lower(foot, true) // a notice takes from the answer what it needs
	width, height := min(widest, size.Width-2*x), min(highest, size.Height-2*y)
	if width <= 0 || height <= 0 { // it has no place yet
		return
	}
	x = (size.Width - width) / 2
	above, below := parts.HeightOf(head, width), parts.HeightOf(foot, width)
	put(head, x, y, width, above)
	put(middle, x, y+above+gap, width, max(0, height-above-below-2*gap))
	put(foot, x, y+height-below, width, below)
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// split has the questions at the left and the answer at the right; where there is no room for both, one of them.
type split struct {
	*fyne.Container

	front   bool // the answer is in front where there is room for one
	slim    bool // there is
	slimmed func(slim bool)
}

const listWidth, bothFrom float32 = 200, 560

func (l *split) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 120) }

func (l *split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.IsZero() { // it has no place yet
		return
	}
	list, pane := objects[0], objects[1]
	if slim := size.Width < bothFrom; slim != l.slim {
		l.slim = slim
		l.slimmed(slim)
	}
	show(list, !l.slim || !l.front)
	show(pane, !l.slim || l.front)
	if l.slim {
		put(list, 0, 0, size.Width, size.Height)
		put(pane, 0, 0, size.Width, size.Height)
		return
	}
	put(list, 0, 0, listWidth, size.Height)
	put(pane, listWidth+3*parts.Unit, 0, size.Width-listWidth-3*parts.Unit, size.Height)
}

func show(o fyne.CanvasObject, visible bool) {
	if visible != o.Visible() && visible {
		o.Show()
	} else if visible != o.Visible() {
		o.Hide()
	}
}

// newSplit puts both next to each other; slimmed is told when there is room for both again, or no more.
func newSplit(list, pane fyne.CanvasObject, slimmed func(slim bool)) *split {
	l := &split{slimmed: slimmed}
	l.Container = container.New(l, list, pane)
	return l
}

// show has the answer, or the questions, in front where there is no room for both.
func (l *split) show(answer bool) {
	l.front = answer
	l.Container.Refresh()
}

// frame puts the screen together.
func frame(head, middle, foot fyne.CanvasObject) *fyne.Container {
	return container.New(framed{}, head, middle, foot)
}
