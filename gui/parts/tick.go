//go:build !nogui

package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Tick is the mark before a line of something that happens: a ring while it is to come, a tick once it is true.
type Tick struct {
	widget.BaseWidget
	done bool
	bare bool // only the tick, without a disc
}

// NewTick makes the mark.
func NewTick(done bool) *Tick {
	t := &Tick{done: done}
	t.ExtendBaseWidget(t)
	return t
}

// NewBareTick makes a tick without its disc.
func NewBareTick() *Tick {
	t := &Tick{done: true, bare: true}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows whether it has happened.
func (t *Tick) Set(done bool) {
	if t.done != done {
		t.done = done
		t.Refresh()
	}
}

const tickSize float32 = 20

// CreateRenderer implements [fyne.Widget].
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	r := &tickRenderer{tick: t, disc: canvas.NewCircle(nil), down: canvas.NewLine(nil), up: canvas.NewLine(nil)}
	r.paint()
	return r
}

type tickRenderer struct {
	tick     *Tick
	disc     *canvas.Circle
	down, up *canvas.Line
}

func (r *tickRenderer) paint() {
	r.disc.FillColor, r.disc.StrokeColor, r.disc.StrokeWidth = color.Transparent, colour(Muted), 1.5
	r.down.Hidden, r.up.Hidden = !r.tick.done, !r.tick.done
	if r.tick.done {
		r.disc.FillColor, r.disc.StrokeColor = colour(Green), colour(Green)
	}
	if r.tick.bare {
		r.disc.Hide()
		r.down.StrokeColor, r.up.StrokeColor, r.down.StrokeWidth, r.up.StrokeWidth = colour(BrassInk), colour(BrassInk), 2, 2
		return
	}
	r.down.StrokeColor, r.up.StrokeColor, r.down.StrokeWidth, r.up.StrokeWidth = colour(Paper), colour(Paper), 2, 2
}

func (r *tickRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(tickSize) }
func (r *tickRenderer) Layout(fyne.Size) {
	r.disc.Resize(fyne.NewSquareSize(tickSize))
	r.down.Position1, r.down.Position2 = fyne.NewPos(5.6, 10.4), fyne.NewPos(8.8, 13.6)
	r.up.Position1, r.up.Position2 = fyne.NewPos(8.8, 13.6), fyne.NewPos(14.6, 6.9)
}
func (r *tickRenderer) Refresh() { r.paint(); canvas.Refresh(r.tick) }
func (r *tickRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.disc, r.down, r.up}
}
func (r *tickRenderer) Destroy() {}
