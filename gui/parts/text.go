//go:build !nogui

package parts

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Run is a stretch of text in one style. An empty colour is that of the whole text.
type Run struct {
	Text       string
	Bold, Mono bool
	Small      bool // as the small text size, within a larger one
	Colour     fyne.ThemeColorName
}

type fitting int

const (
	wrapped fitting = iota // as many lines as needed
	whole                  // one line, never cut
	cut                    // one line, shortened with an ellipsis
)

// Text is read-only text: wrapped, in one line, or shortened.
type Text struct {
	widget.BaseWidget
	runs   []Run
	size   fyne.ThemeSizeName
	colour fyne.ThemeColorName
	fit    fitting
	centre bool
	last   float32
	broken []broken // into lines, for the widths it was last asked for
}

// NewText shows text, wrapped; **stars** make a stretch bold.
func NewText(size fyne.ThemeSizeName, text string) *Text {
	t := &Text{runs: Marked(text), size: size, colour: Ink}
	t.ExtendBaseWidget(t)
	return t
}

// setLow has a heading say the same in a smaller size where the page is low.
func (t *Text) setLow(low bool) {
	switch {
	case low && t.size == Heading:
		t.size = LowHeading
	case !low && t.size == LowHeading:
		t.size = Heading
	default:
		return
	}
	t.broken = nil
	t.Refresh()
}

// Coloured sets the colour.
func (t *Text) Coloured(name fyne.ThemeColorName) *Text {
	if t.colour != name {
		t.colour = name
		t.Refresh()
	}
	return t
}

// Whole keeps the text in one line that is never cut.
func (t *Text) Whole() *Text { t.fit = whole; return t }

// Cut keeps the text in one line and shortens it with an ellipsis where it does not fit.
func (t *Text) Cut() *Text { t.fit = cut; return t }

// Centred centres every line.
func (t *Text) Centred() *Text { t.centre = true; return t }

// Set changes the text; **stars** make a stretch bold.
func (t *Text) Set(text string) { t.SetRuns(Marked(text)...) }

// SetRuns changes the text to runs.
func (t *Text) SetRuns(runs ...Run) {
	if !slices.Equal(t.runs, runs) {
		t.runs, t.broken = runs, nil
		t.Refresh()
	}
}

// String gives the plain text.
func (t *Text) String() string {
	var b strings.Builder
	for _, r := range t.runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// AccessibilityLabel implements [fyne.Accessible].
func (t *Text) AccessibilityLabel() string { return t.String() }

// AccessibilityRole implements [fyne.Accessible].
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// HeightFor implements [Fluid].
func (t *Text) HeightFor(width float32) float32 {
	return float32(len(rows(t, width))) * lineHeight(t.size)
}

// Marked reads **bold** stretches.
func Marked(text string) []Run {
	var runs []Run
	for i, part := range strings.Split(text, "**") {
		if part != "" {
			runs = append(runs, Run{Text: part, Bold: i%2 == 1})
		}
	}
	return runs
}

// CreateRenderer implements [fyne.Widget].
func (t *Text) CreateRenderer() fyne.WidgetRenderer { return &textRenderer{text: t} }

type textRenderer struct {
	text    *Text
	objects []fyne.CanvasObject
}

func (r *textRenderer) MinSize() fyne.Size {
	t := r.text
	switch t.fit {
	case whole:
		return fyne.NewSize(width(t.runs, theme.Size(t.size)), lineHeight(t.size))
	case cut:
		return fyne.NewSize(3*Unit, lineHeight(t.size))
	}
	reach := t.last
	if reach == 0 {
		reach = 1 << 14
	}
	return fyne.NewSize(3*Unit, t.HeightFor(reach))
}

func (r *textRenderer) Layout(size fyne.Size) {
	t := r.text
	t.last = size.Width
	textSize := theme.Size(t.size)
	r.objects = r.objects[:0]
	if size.Width <= 0 { // it has no place yet, and to break it into lines of one letter takes long
		return
	}
	for i, line := range rows(t, size.Width) {
		var x float32
		if t.centre {
			x = (size.Width - width(line, textSize)) / 2
		}
		for _, run := range line {
			w := width([]Run{run}, textSize)
			c := canvas.NewText("", colour(pick(run.Colour, t.colour)))
			c.TextSize, c.TextStyle = sized(run, textSize), style(run)
			inscribe(c, run.Text)
			lift := baseline(textSize, fyne.TextStyle{}) - baseline(c.TextSize, c.TextStyle) // all stand on one line
			c.Move(fyne.NewPos(x, float32(i)*lineHeight(t.size)+lift))
			c.Resize(fyne.NewSize(w, c.MinSize().Height)) // Fyne centres a text in a taller place
			r.objects = append(r.objects, c)
			x += w
		}
	}
}

func (r *textRenderer) Refresh()                     { r.Layout(r.text.Size()); canvas.Refresh(r.text) }
func (r *textRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *textRenderer) Destroy()                     {}

func pick(name, otherwise fyne.ThemeColorName) fyne.ThemeColorName {
	if name == "" {
		return otherwise
	}
	return name
}
