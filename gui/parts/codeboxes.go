//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// boxes are the places of the characters: in groups of four, which is how such codes are printed, and in further lines where
// one does not hold them.
type boxes struct {
	count, each int // boxes, and how many of them a line has
	size        fyne.Size
}

// The measures of the boxes.
const (
	fewestBoxes                   = 8
	boxGroup                      = 4
	narrowestBox, widestBox       = float32(26), float32(44)
	boxGap, groupGap, boxLift     = Unit / 2, 2 * Unit, Unit
	boxSlender, narrowestCodeLine = float32(1.2), 5 * boxGroup * Unit
)

// boxesFor gives the boxes for that many characters at width.
func boxesFor(chars int, width float32) boxes {
	b := boxes{count: max(fewestBoxes, chars)}
	for b.each = b.count; b.each > boxGroup && b.fit(width) < narrowestBox; {
		b.each = (b.each - 1) / boxGroup * boxGroup
	}
	side := min(widestBox, b.fit(width))
	b.size = fyne.NewSize(side, side*boxSlender)
	return b
}

// fit is how wide a box can be for a line to fit into width.
func (b boxes) fit(width float32) float32 {
	return (width - b.left(b.each-1, 0)) / float32(b.each)
}

// left is where the box with that number stands in its line, if boxes have that side.
func (b boxes) left(column int, side float32) float32 {
	return float32(column)*(side+boxGap) + float32(column/boxGroup)*(groupGap-boxGap)
}

// place is where the box with that number stands.
func (b boxes) place(n int) fyne.Position {
	return fyne.NewPos(b.left(n%b.each, b.size.Width), float32(n/b.each)*(b.size.Height+boxLift))
}

func (b boxes) height() float32 { return b.place(b.count-1).Y + b.size.Height }

// at gives the box below a point, or the one to its right.
func (b boxes) at(p fyne.Position) int {
	for n := range b.count {
		if at := b.place(n); p.Y < at.Y+b.size.Height+boxLift && p.X < at.X+b.size.Width {
			return n
		}
	}
	return b.count
}

// HeightFor implements [Fluid].
func (c *Code) HeightFor(width float32) float32 {
	return boxesFor(len(c.line.chars), width).height()
}

// CreateRenderer implements [fyne.Widget].
func (c *Code) CreateRenderer() fyne.WidgetRenderer {
	return &codeRenderer{code: c, loose: NewText(Body, "").Cut(), caret: canvas.NewRectangle(nil)}
}

type codeRenderer struct {
	code    *Code
	loose   *Text // what was pasted and is no code by itself
	caret   *canvas.Rectangle
	objects []fyne.CanvasObject
}

func (r *codeRenderer) MinSize() fyne.Size {
	width := r.code.last
	if width == 0 {
		width = narrowestCodeLine
	}
	return fyne.NewSize(narrowestCodeLine, r.code.HeightFor(width))
}

func (r *codeRenderer) Layout(size fyne.Size) {
	c := r.code
	c.last, r.objects = size.Width, r.objects[:0]
	if size.Width <= 0 {
		return
	}
	b := boxesFor(len(c.line.chars), size.Width)
	if c.line.loose {
		r.layLoose(b, size.Width)
		return
	}
	for n := range b.count {
		box := r.box(n == min(c.line.caret, b.count-1))
		box.Move(b.place(n))
		box.Resize(b.size)
		r.objects = append(r.objects, box)
		if n < len(c.line.chars) {
			r.objects = append(r.objects, r.letter(c.line.chars[n], b.place(n), b.size))
		}
	}
	r.layCaret(b)
}

// layLoose shows the beginning of a pasted text in one long box.
func (r *codeRenderer) layLoose(b boxes, width float32) {
	box := r.box(true)
	all := fyne.NewSize(min(width, b.left(b.each-1, b.size.Width)+b.size.Width), b.size.Height)
	box.Resize(all)
	r.loose.SetRuns(Run{Text: r.code.Text()})
	place(r.loose, 1.5*Unit, (all.Height-lineHeight(Body))/2, all.Width-3*Unit, lineHeight(Body))
	r.objects = append(r.objects, box, r.loose)
}

func (r *codeRenderer) box(present bool) *canvas.Rectangle {
	box := canvas.NewRectangle(colour(CardFill))
	box.CornerRadius, box.StrokeColor, box.StrokeWidth = Unit, colour(Muted), 1
	if r.code.line.all {
		box.FillColor = colour(Selected)
	}
	switch {
	case present && r.code.focused:
		box.StrokeColor, box.StrokeWidth = colour(BrassInk), 2
	case r.code.barred:
		box.StrokeColor = colour(Line)
	}
	return box
}

func (r *codeRenderer) letter(char rune, at fyne.Position, size fyne.Size) *canvas.Text {
	letter := canvas.NewText("", colour(Ink))
	if r.code.barred {
		letter.Color = colour(Muted)
	}
	letter.TextStyle.Bold, letter.TextSize, letter.Alignment = true, min(theme.Size(Heading), size.Width*0.66), fyne.TextAlignCenter
	inscribe(letter, string(char))
	height := letter.MinSize().Height
	letter.Move(at.AddXY(0, (size.Height-height)/2))
	letter.Resize(fyne.NewSize(size.Width, height))
	return letter
}

// layCaret shows where the next character goes: in the middle of an empty box, before a character, or behind the last one.
func (r *codeRenderer) layCaret(b boxes) {
	l := r.code.line
	if !r.code.focused || r.code.barred || l.all {
		return
	}
	n := min(l.caret, b.count-1)
	at := b.place(n)
	switch {
	case l.caret >= b.count:
		at.X += b.size.Width - 6
	case l.caret < len(l.chars):
		at.X += 4
	default:
		at.X += b.size.Width/2 - 1
	}
	r.caret.FillColor = colour(BrassInk)
	r.caret.Move(at.AddXY(0, b.size.Height/4))
	r.caret.Resize(fyne.NewSize(2, b.size.Height/2))
	r.objects = append(r.objects, r.caret)
}

func (r *codeRenderer) Refresh() {
	r.Layout(r.code.Size())
	canvas.Refresh(r.code)
}

func (r *codeRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *codeRenderer) Destroy()                     {}
