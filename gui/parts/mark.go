//go:build !nogui

package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Sign is what a [Mark] says: each has a shape of its own, so that its colour is never all there is.
type Sign int

// The signs.
const (
	Pending Sign = iota // an empty ring: it is not known yet
	Good                // a tick
	Look                // an exclamation mark
	Bad                 // a cross
	Open                // a dash: it was not tried
)

// Mark is the sign before a line of what was looked at.
type Mark struct {
	widget.BaseWidget
	sign Sign
}

// NewMark makes a mark.
func NewMark(sign Sign) *Mark {
	m := &Mark{sign: sign}
	m.ExtendBaseWidget(m)
	return m
}

// strokes are the lines of each sign, on a square of 20.
var strokes = map[Sign][2][4]float32{
	Good: {{5.6, 10.4, 8.8, 13.6}, {8.8, 13.6, 14.6, 6.9}},
	Look: {{10, 5, 10, 11.2}, {10, 14, 10, 15}},
	Bad:  {{6.6, 6.6, 13.4, 13.4}, {13.4, 6.6, 6.6, 13.4}},
	Open: {{6, 10, 14, 10}, {}},
}

// face is the colour of a sign's disc; none is an empty ring.
func (s Sign) face() color.Color {
	switch s {
	case Good:
		return colour(Green)
	case Look:
		return colour(BrassInk)
	case Bad:
		return colour(Red)
	}
	return color.Transparent
}

// CreateRenderer implements [fyne.Widget].
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	r := &markRenderer{mark: m, disc: canvas.NewCircle(nil), lines: [2]*canvas.Line{canvas.NewLine(nil), canvas.NewLine(nil)}}
	r.paint()
	return r
}

type markRenderer struct {
	mark  *Mark
	disc  *canvas.Circle
	lines [2]*canvas.Line
}

func (r *markRenderer) paint() {
	face, edge, stroke := r.mark.sign.face(), r.mark.sign.face(), colour(Paper)
	if face == color.Transparent {
		edge, stroke = colour(Muted), colour(Muted)
	}
	r.disc.FillColor, r.disc.StrokeColor, r.disc.StrokeWidth = face, edge, 1.5
	for i, line := range r.lines {
		line.StrokeColor, line.StrokeWidth = stroke, 2
		line.Hidden = strokes[r.mark.sign][i] == [4]float32{}
	}
}

func (r *markRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(tickSize) }
func (r *markRenderer) Layout(fyne.Size) {
	r.disc.Resize(fyne.NewSquareSize(tickSize))
	for i, line := range r.lines {
		at := strokes[r.mark.sign][i]
		line.Position1, line.Position2 = fyne.NewPos(at[0], at[1]), fyne.NewPos(at[2], at[3])
	}
}
func (r *markRenderer) Refresh() { r.paint(); canvas.Refresh(r.mark) }
func (r *markRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.disc, r.lines[0], r.lines[1]}
}
func (r *markRenderer) Destroy() {}
