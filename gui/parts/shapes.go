//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Shape is a plain surface in a colour of the theme: a background, a line, a dot.
type Shape struct {
	widget.BaseWidget
	name   fyne.ThemeColorName
	radius float32
	least  fyne.Size
}

// NewShape makes a surface of at least size, with rounded corners.
func NewShape(name fyne.ThemeColorName, radius float32, least fyne.Size) *Shape {
	s := &Shape{name: name, radius: radius, least: least}
	s.ExtendBaseWidget(s)
	return s
}

// NewRule is a thin line across.
func NewRule() *Shape { return NewShape(Line, 0, fyne.NewSize(1, 1)) }

// SetColour changes the colour.
func (s *Shape) SetColour(name fyne.ThemeColorName) {
	if s.name != name {
		s.name = name
		s.Refresh()
	}
}

// CreateRenderer implements [fyne.Widget].
func (s *Shape) CreateRenderer() fyne.WidgetRenderer {
	rect := canvas.NewRectangle(colour(s.name))
	rect.CornerRadius = s.radius
	return &shapeRenderer{s, rect}
}

type shapeRenderer struct {
	shape *Shape
	rect  *canvas.Rectangle
}

func (r *shapeRenderer) MinSize() fyne.Size           { return r.shape.least }
func (r *shapeRenderer) Layout(size fyne.Size)        { r.rect.Resize(size) }
func (r *shapeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }
func (r *shapeRenderer) Destroy()                     {}
func (r *shapeRenderer) Refresh() {
	r.rect.FillColor = colour(r.shape.name)
	r.rect.Refresh()
}

// Badge is a word on a small ground.
type Badge struct {
	widget.BaseWidget
	text string
}

// NewBadge makes a badge.
func NewBadge(text string) *Badge {
	b := &Badge{text: text}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the word.
func (b *Badge) Set(text string) { b.text = text; b.Refresh() }

// AccessibilityLabel implements [fyne.Accessible].
func (b *Badge) AccessibilityLabel() string { return b.text }

// AccessibilityRole implements [fyne.Accessible].
func (b *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget].
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	label := canvas.NewText(b.text, colour(BrassInk))
	label.TextStyle.Bold, label.Alignment = true, fyne.TextAlignCenter
	r := &stampRenderer{face: canvas.NewRectangle(nil), label: label}
	r.refresh = func() {
		inscribe(r.label, b.text)
		r.label.Color, r.label.TextSize = colour(BrassInk), theme.Size(Small)
		r.face.FillColor, r.face.CornerRadius = colour(Selected), 6
	}
	r.least = func() fyne.Size { return r.label.MinSize().AddWidthHeight(2*Unit, Unit/2) }
	r.refresh()
	return r
}

// stampRenderer centres one word on one surface.
type stampRenderer struct {
	face    *canvas.Rectangle
	label   *canvas.Text
	refresh func()
	least   func() fyne.Size
}

func (r *stampRenderer) MinSize() fyne.Size { return r.least() }
func (r *stampRenderer) Layout(size fyne.Size) {
	r.face.Resize(size)
	height := r.label.MinSize().Height
	r.label.Move(fyne.NewPos(0, (size.Height-height)/2))
	r.label.Resize(fyne.NewSize(size.Width, height))
}
func (r *stampRenderer) Refresh() {
	r.refresh()
	r.face.Refresh()
	r.label.Refresh()
}
func (r *stampRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.face, r.label} }
func (r *stampRenderer) Destroy()                     {}
