//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Bar is a fuel line: how much of something is left.
type Bar struct {
	widget.BaseWidget
	share  float32
	height float32
}

// NewBar makes an empty bar of that height.
func NewBar(height float32) *Bar {
	b := &Bar{height: height}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows share, from 0 to 1.
func (b *Bar) Set(share float32) {
	share = min(1, max(0, share))
	if b.share != share {
		b.share = share
		b.Refresh()
	}
}

// CreateRenderer implements [fyne.Widget].
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{bar: b, track: canvas.NewRectangle(nil), fuel: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type barRenderer struct {
	bar         *Bar
	track, fuel *canvas.Rectangle
}

func (r *barRenderer) paint() {
	r.track.FillColor, r.fuel.FillColor = colour(Line), colour(Brass)
	r.track.CornerRadius, r.fuel.CornerRadius = r.bar.height/2, r.bar.height/2
	r.fuel.Hidden = r.bar.share == 0
}

func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(4*Unit, r.bar.height) }
func (r *barRenderer) Layout(size fyne.Size) {
	r.track.Resize(size)
	r.fuel.Resize(fyne.NewSize(max(size.Height, size.Width*r.bar.share), size.Height))
}
func (r *barRenderer) Refresh() {
	r.paint()
	r.Layout(r.bar.Size())
	canvas.Refresh(r.bar)
}
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.fuel} }
func (r *barRenderer) Destroy()                     {}

// Gauge is a bar with a name and a reading above it.
type Gauge struct {
	*fyne.Container
	name, reading *Text
	bar           *Bar
}

// NewGauge makes a gauge.
func NewGauge() *Gauge {
	quiet := func() *Text { return NewText(Small, "").Coloured(Muted) }
	g := &Gauge{name: quiet(), reading: quiet().Whole(), bar: NewBar(Unit)}
	g.Container = Foot(6, Beside(Unit, 1, g.name, g.reading), g.bar) // bars side by side are level, though one name needs two lines
	return g
}

// Set shows what is measured, a reading, and the share that is left, from 0 to 1.
func (g *Gauge) Set(name, reading string, share float32) {
	g.name.Set(name)
	g.reading.Set(reading)
	g.bar.Set(share)
	g.Container.Refresh()
}

// Ring is a circle that empties.
type Ring struct {
	widget.BaseWidget
	share float32
}

// NewRing makes a full ring.
func NewRing() *Ring {
	r := &Ring{share: 1}
	r.ExtendBaseWidget(r)
	return r
}

// Set shows share, from 0 to 1.
func (r *Ring) Set(share float32) { r.share = min(1, max(0, share)); r.Refresh() }

// CreateRenderer implements [fyne.Widget].
func (r *Ring) CreateRenderer() fyne.WidgetRenderer {
	track, arc := canvas.NewArc(0, 360, 0.7, nil), canvas.NewArc(0, 360, 0.7, nil)
	n := &ringRenderer{r, track, arc}
	n.paint()
	return n
}

type ringRenderer struct {
	ring       *Ring
	track, arc *canvas.Arc
}

func (n *ringRenderer) paint() {
	n.track.FillColor, n.arc.FillColor = colour(Line), colour(Brass)
	n.arc.EndAngle = 360 * n.ring.share
	n.arc.Hidden = n.ring.share == 0
}

func (n *ringRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(2.5 * Unit) }
func (n *ringRenderer) Layout(size fyne.Size) {
	n.track.Resize(size)
	n.arc.Resize(size)
}
func (n *ringRenderer) Refresh()                     { n.paint(); canvas.Refresh(n.ring) }
func (n *ringRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{n.track, n.arc} }
func (n *ringRenderer) Destroy()                     {}
