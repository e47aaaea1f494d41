//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Check is a box with a sentence beside it. Space and Enter turn it.
type Check struct {
	control
	On       bool
	OnChange func(on bool)
	label    *Text
	fixed    bool
}

// NewCheck makes a box. A red one begins something that cannot be undone.
func NewCheck(label *Text, on bool, change func(on bool)) *Check {
	c := &Check{label: label, On: on, OnChange: change}
	c.init(c, c.turn)
	return c
}

// Fix keeps the box as it is: it is shown, and cannot be turned.
func (c *Check) Fix() *Check { c.fixed, c.barred = true, true; return c }

// Set turns the box without telling.
func (c *Check) Set(on bool) {
	if c.On != on && !c.fixed {
		c.On = on
		c.Refresh()
	}
}

func (c *Check) turn() {
	c.On = !c.On
	c.Refresh()
	c.OnChange(c.On)
}

// HeightFor implements [Fluid].
func (c *Check) HeightFor(width float32) float32 {
	return c.label.HeightFor(width-boxSize-gapToLabel) + Unit/2
}

// AccessibilityLabel implements [fyne.Accessible].
func (c *Check) AccessibilityLabel() string { return c.label.String() }

// AccessibilityRole implements [fyne.Accessible].
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

const boxSize, gapToLabel float32 = 18, 10

// CreateRenderer implements [fyne.Widget].
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{check: c, box: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil), down: canvas.NewLine(nil), up: canvas.NewLine(nil)}
	r.paint()
	return r
}

type checkRenderer struct {
	check     *Check
	box, ring *canvas.Rectangle
	down, up  *canvas.Line // the two strokes of the tick
}

func (r *checkRenderer) paint() {
	c := r.check
	r.box.CornerRadius, r.ring.CornerRadius = 5, Unit
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = colour(Paper), colour(Muted), 1.5
	r.down.StrokeWidth, r.up.StrokeWidth = 2, 2
	r.down.Hidden, r.up.Hidden = !c.On, !c.On
	r.down.StrokeColor, r.up.StrokeColor = colour(OnFill), colour(OnFill)
	if c.On {
		r.box.FillColor, r.box.StrokeColor = colour(Fill), colour(Fill)
	}
	if c.On && c.fixed {
		r.box.FillColor, r.box.StrokeColor = colour(Muted), colour(Muted)
		r.down.StrokeColor, r.up.StrokeColor = colour(Paper), colour(Paper)
	}
	r.ring.Hidden = !c.focused && (!c.hovered || c.barred) // an unseen stroke around a fill still darkens its edge
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth = colour(Paper), colour(BrassInk), 2
	if c.hovered && !c.barred {
		r.ring.FillColor = colour(Selected)
	}
	if !c.focused {
		r.ring.StrokeWidth = 0
	}
}

func (r *checkRenderer) MinSize() fyne.Size {
	return r.check.label.MinSize().AddWidthHeight(boxSize+gapToLabel, Unit/2)
}

func (r *checkRenderer) Layout(size fyne.Size) {
	r.ring.Move(fyne.NewPos(-6, -1))
	r.ring.Resize(size.AddWidthHeight(8, 2))
	top := Unit/4 + (lineHeight(r.check.label.size)-boxSize)/2
	r.box.Move(fyne.NewPos(0, top))
	r.box.Resize(fyne.NewSquareSize(boxSize))
	r.down.Position1, r.down.Position2 = fyne.NewPos(4.5, top+9.5), fyne.NewPos(7.7, top+12.7)
	r.up.Position1, r.up.Position2 = fyne.NewPos(7.7, top+12.7), fyne.NewPos(13.8, top+5.6)
	place(r.check.label, boxSize+gapToLabel, Unit/4, size.Width-boxSize-gapToLabel, size.Height-Unit/2)
}

func (r *checkRenderer) Refresh() {
	r.paint()
	r.check.label.Refresh()
	canvas.Refresh(r.check)
}

func (r *checkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.box, r.down, r.up, r.check.label}
}
func (r *checkRenderer) Destroy() {}
