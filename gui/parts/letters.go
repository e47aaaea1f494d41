//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Letters shows a secret while it is looked at, in as many lines of equal letters as it needs. Each letter is drawn by itself: what
// Fyne remembers of a text that it has drawn or measured is one letter then, and never the secret. A screen reader is not told it.
type Letters struct {
	widget.BaseWidget
	name string
	text []byte
}

// NewLetters makes an empty one; name is what a screen reader says.
func NewLetters(name string) *Letters {
	l := &Letters{name: name}
	l.ExtendBaseWidget(l)
	return l
}

// Set shows text. What was shown is overwritten; "" leaves nothing behind.
func (l *Letters) Set(text string) {
	clear(l.text)
	l.text = append(l.text[:0], text...)
	l.Refresh()
}

// Empty reports whether nothing is shown.
func (l *Letters) Empty() bool { return len(l.text) == 0 }

// AccessibilityLabel implements [fyne.Accessible].
func (l *Letters) AccessibilityLabel() string { return l.name }

// AccessibilityRole implements [fyne.Accessible].
func (l *Letters) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// cell is the room of one letter.
func (l *Letters) cell() fyne.Size {
	wide := measure("M", theme.Size(Small), fyne.TextStyle{Monospace: true})
	return fyne.NewSize(wide.Width, lineHeight(Body))
}

// columns is how many letters stand in a line of that width.
func (l *Letters) columns(width float32) int { return max(1, int(width/l.cell().Width)) }

// HeightFor implements [Fluid].
func (l *Letters) HeightFor(width float32) float32 {
	columns := l.columns(width)
	return float32((len(l.text)+columns-1)/columns) * l.cell().Height
}

// CreateRenderer implements [fyne.Widget].
func (l *Letters) CreateRenderer() fyne.WidgetRenderer { return &lettersRenderer{letters: l} }

type lettersRenderer struct {
	letters *Letters
	objects []fyne.CanvasObject
}

func (r *lettersRenderer) MinSize() fyne.Size { return r.letters.cell() }

func (r *lettersRenderer) Layout(size fyne.Size) {
	clear(r.objects)
	r.objects = r.objects[:0]
	if size.Width <= 0 {
		return
	}
	columns, cell := r.letters.columns(size.Width), r.letters.cell()
	for i, letter := range r.letters.text {
		c := canvas.NewText("", colour(Ink))
		c.TextSize, c.TextStyle.Monospace = theme.Size(Small), true
		inscribe(c, string(rune(letter)))
		c.Move(fyne.NewPos(float32(i%columns)*cell.Width, float32(i/columns)*cell.Height))
		c.Resize(cell)
		r.objects = append(r.objects, c)
	}
}

func (r *lettersRenderer) Refresh() {
	r.Layout(r.letters.Size())
	canvas.Refresh(r.letters)
}
func (r *lettersRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *lettersRenderer) Destroy()                     {}
