//go:build !nogui

package parts

import (
	"cmp"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Weight is how loud a button is. One screen has one Filled button: the obvious one.
type Weight int

// The weights.
const (
	Filled Weight = iota
	Outline
	Quiet
	Link      // small words in a line of text
	RedQuiet  // begins something that ends or deletes
	RedFilled // does it
)

// Button is a button with words. Enter and Space press it.
type Button struct {
	control
	text   string
	name   string // what a screen reader says; "": text
	weight Weight
}

// NewButton makes a button that calls press.
func NewButton(weight Weight, text string, press func()) *Button {
	b := &Button{text: text, weight: weight}
	b.init(b, press)
	return b
}

// Named says what a screen reader calls the button where its words alone are not enough.
func (b *Button) Named(name string) *Button { b.name = name; return b }

// SetText changes the words.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// SetBusy bars the button while what it began is under way.
func (b *Button) SetBusy(busy bool) {
	b.barred = busy
	b.Refresh()
}

// Busy reports whether the button is barred.
func (b *Button) Busy() bool { return b.barred }

// AccessibilityLabel implements [fyne.Accessible].
func (b *Button) AccessibilityLabel() string { return cmp.Or(b.name, b.text) }

// AccessibilityRole implements [fyne.Accessible].
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements [fyne.Widget].
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{button: b, ring: canvas.NewRectangle(nil), face: canvas.NewRectangle(nil), label: canvas.NewText("", nil)}
	r.label.TextStyle.Bold = true
	r.paint()
	return r
}

// size is that of the words.
func (b *Button) size() fyne.ThemeSizeName {
	if b.weight == Link {
		return Small
	}
	return Body
}

type buttonRenderer struct {
	button     *Button
	ring, face *canvas.Rectangle
	label      *canvas.Text
}

// colours gives face, edge and words of a weight.
func (b *Button) colours() (face, edge, words color.Color) {
	none := color.Transparent
	switch b.weight {
	case Filled:
		face, edge, words = colour(Fill), none, colour(OnFill)
	case RedFilled:
		face, edge, words = colour(Red), none, colour(Paper)
	case Outline:
		face, edge, words = colour(Paper), colour(Line), colour(Ink) // a stroke around nothing gets dark edges
	case RedQuiet:
		face, edge, words = none, none, colour(Red)
	default:
		face, edge, words = none, none, colour(BrassInk)
	}
	solid := b.weight == Filled || b.weight == RedFilled
	switch {
	case b.barred && solid:
		face, words = colour(Selected), colour(Muted)
	case b.barred:
		words = colour(Muted)
	case b.hovered && solid:
		face = mix(face, colour(Ink), 0.12)
	case b.hovered:
		face = colour(Selected)
	}
	return face, edge, words
}

func (r *buttonRenderer) paint() {
	face, edge, words := r.button.colours()
	r.face.FillColor, r.face.StrokeColor, r.face.StrokeWidth, r.face.CornerRadius = face, edge, 0, Unit
	if r.button.weight == Outline {
		r.face.StrokeWidth = 1
	}
	r.ring.Hidden = !r.button.focused
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = colour(Paper), colour(BrassInk), 2, Unit+3
	r.label.Color, r.label.TextSize = words, theme.Size(r.button.size())
	inscribe(r.label, r.button.text)
}

func (r *buttonRenderer) side() float32 {
	if r.button.weight == Link {
		return 0
	}
	if r.button.weight == Quiet || r.button.weight == RedQuiet {
		return 1.25 * Unit
	}
	return 2 * Unit
}

func (r *buttonRenderer) MinSize() fyne.Size {
	text := measure(r.button.text, theme.Size(r.button.size()), fyne.TextStyle{Bold: true})
	if r.button.weight == Link {
		return fyne.NewSize(text.Width, lineHeight(Body))
	}
	return fyne.NewSize(text.Width+2*r.side(), 5*Unit)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	out := float32(0) // what has no sides of its own shows its ground, and its ring, around it
	if r.button.weight == Link {
		out = 4
	}
	r.face.Move(fyne.NewPos(-out, 0))
	r.face.Resize(size.AddWidthHeight(2*out, 0))
	r.ring.Move(fyne.NewPos(-out-3, -3))
	r.ring.Resize(size.AddWidthHeight(2*out+6, 6))
	text := r.label.MinSize()
	r.label.Move(fyne.NewPos((size.Width-text.Width)/2, (size.Height-text.Height)/2))
	r.label.Resize(text)
}

func (r *buttonRenderer) Refresh() {
	r.paint()
	r.Layout(r.button.Size())
	canvas.Refresh(r.button)
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.face, r.label}
}
func (r *buttonRenderer) Destroy() {}

// mix blends share of b into a.
func mix(a, b color.Color, share float32) color.Color {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	blend := func(x, y uint32) uint8 { return uint8((float32(x)*(1-share) + float32(y)*share) / 257) }
	return color.NRGBA{R: blend(r1, r2), G: blend(g1, g2), B: blend(b1, b2), A: 255}
}
