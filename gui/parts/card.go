//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Card is a choice that shows what it stands for. The chosen one has a brass edge, and says so to a screen reader.
type Card struct {
	control
	name    string
	content fyne.CanvasObject
	chosen  bool
}

// NewCard makes a card that calls press. name is what a screen reader says.
func NewCard(name string, content fyne.CanvasObject, press func()) *Card {
	c := &Card{name: name, content: Inset(1.5*Unit, 1.25*Unit, content)}
	c.init(c, press)
	return c
}

// NewChip makes a small card with a word on it.
func NewChip(word string, press func()) *Card {
	c := &Card{name: word, content: Inset(1.25*Unit, Unit/2, NewText(Small, word).Whole())}
	c.init(c, press)
	return c
}

// SetChosen marks the card or takes the mark away.
func (c *Card) SetChosen(chosen bool) {
	if c.chosen != chosen {
		c.chosen = chosen
		c.Refresh()
	}
}

// HeightFor implements [Fluid].
func (c *Card) HeightFor(width float32) float32 { return HeightOf(c.content, width) }

// AccessibilityLabel implements [fyne.Accessible].
func (c *Card) AccessibilityLabel() string { return c.name }

// AccessibilityRole implements [fyne.Accessible].
func (c *Card) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements [fyne.Widget].
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{card: c, face: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type cardRenderer struct {
	card       *Card
	face, ring *canvas.Rectangle
}

func (r *cardRenderer) paint() {
	r.face.FillColor, r.face.CornerRadius = colour(CardFill), 1.25*Unit
	r.face.StrokeColor, r.face.StrokeWidth = colour(Line), 1
	if r.card.hovered {
		r.face.StrokeColor = colour(Muted)
	}
	if r.card.chosen {
		r.face.StrokeColor, r.face.StrokeWidth = colour(Brass), 2
	}
	r.ring.Hidden = !r.card.focused
	r.ring.FillColor, r.ring.StrokeColor, r.ring.CornerRadius, r.ring.StrokeWidth = colour(Paper), colour(BrassInk), 1.25*Unit+3, 2
}

func (r *cardRenderer) MinSize() fyne.Size { return r.card.content.MinSize() }

func (r *cardRenderer) Layout(size fyne.Size) {
	r.face.Resize(size)
	r.ring.Move(fyne.NewPos(-3, -3))
	r.ring.Resize(size.AddWidthHeight(6, 6))
	r.card.content.Resize(size)
}

func (r *cardRenderer) Refresh() {
	r.paint()
	r.card.content.Refresh()
	canvas.Refresh(r.card)
}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.face, r.card.content}
}
func (r *cardRenderer) Destroy() {}
