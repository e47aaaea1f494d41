//go:build !nogui

package trial

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/gui/trial/answer"
	"valetkey/valet/words"
)

// deepest is the step from which on rows of a tree stand no further to the right; mostLetters is how much of a value is tried to fit
// into a row.
const (
	deepest     = 12
	stepWidth   = 2 * parts.Unit
	mostLetters = 160
)

// treeRow is one member of an answer: a chevron where something is folded, its name, its value, and what the API wrote there where
// that is something else.
type treeRow struct {
	widget.BaseWidget
	text  *parts.Text
	row   answer.Row
	label string
}

func newTreeRow() *treeRow {
	r := &treeRow{text: kit.Body("").Cut()}
	r.ExtendBaseWidget(r)
	return r
}

// show shows a row as it is said, with what the API wrote there where that is something else.
func (r *treeRow) show(row answer.Row, said, raw string) {
	name := answer.OneLine(row.Name)
	if name == "" && row.Above != nil {
		name = strconv.Itoa(row.Place() + 1)
	}
	value := parts.Run{Text: letters(said)}
	if !row.Scalar() && row.Open {
		value.Colour = parts.Muted
	}
	runs := []parts.Run{value}
	if name != "" {
		runs = []parts.Run{{Text: letters(name) + "   ", Colour: parts.Muted}, value}
	}
	if raw != "" {
		runs = append(runs, parts.Run{Text: "   " + raw, Small: true, Colour: parts.Muted})
	}
	r.row, r.label = row, name+": "+said
	if !row.Scalar() {
		r.label += ", " + words.T(map[bool]string{true: "trial.unfold", false: "trial.fold"}[row.Open])
	}
	r.text.SetRuns(runs...)
	r.Refresh()
}

// letters cuts a text that no row could show, before it is measured.
func letters(text string) string {
	if cut := []rune(text); len(cut) > mostLetters {
		return string(cut[:mostLetters]) + "…"
	}
	return text
}

// AccessibilityLabel implements [fyne.Accessible].
func (r *treeRow) AccessibilityLabel() string { return r.label }

// AccessibilityRole implements [fyne.Accessible].
func (r *treeRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements [fyne.Widget].
func (r *treeRow) CreateRenderer() fyne.WidgetRenderer {
	d := &treeRowRenderer{row: r, down: canvas.NewLine(nil), up: canvas.NewLine(nil)}
	d.down.StrokeWidth, d.up.StrokeWidth = 1.5, 1.5
	return d
}

type treeRowRenderer struct {
	row      *treeRow
	down, up *canvas.Line // the two strokes of the chevron
}

func (d *treeRowRenderer) MinSize() fyne.Size {
	return d.row.text.MinSize().AddWidthHeight(stepWidth, 2)
}

func (d *treeRowRenderer) Layout(size fyne.Size) {
	x := float32(0)
	if d.row.row.Node != nil {
		x = stepWidth * float32(min(d.row.row.Depth, deepest))
	}
	put(d.row.text, x+stepWidth, 1, max(0, size.Width-x-stepWidth), size.Height-2)
	middle := size.Height / 2
	if d.row.row.Open {
		d.down.Position1, d.down.Position2 = fyne.NewPos(x+2, middle-2), fyne.NewPos(x+6, middle+2)
		d.up.Position1, d.up.Position2 = fyne.NewPos(x+6, middle+2), fyne.NewPos(x+10, middle-2)
		return
	}
	d.down.Position1, d.down.Position2 = fyne.NewPos(x+4, middle-4), fyne.NewPos(x+8, middle)
	d.up.Position1, d.up.Position2 = fyne.NewPos(x+8, middle), fyne.NewPos(x+4, middle+4)
}

func (d *treeRowRenderer) Refresh() {
	d.down.StrokeColor, d.up.StrokeColor = theme.Color(parts.Muted), theme.Color(parts.Muted)
	plain := d.row.row.Node == nil || d.row.row.Scalar() || len(d.row.row.Below) == 0
	d.down.Hidden, d.up.Hidden = plain, plain
	d.Layout(d.row.Size())
	canvas.Refresh(d.row)
}

func (d *treeRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.down, d.up, d.row.text}
}
func (d *treeRowRenderer) Destroy() {}

// lineRow is one line of text in letters of one width.
type lineRow struct {
	widget.BaseWidget
	text *parts.Text
}

func newLineRow() *lineRow {
	r := &lineRow{text: parts.NewText(parts.Small, "").Whole()}
	r.text.SetRuns(parts.Run{Text: " ", Mono: true})
	r.ExtendBaseWidget(r)
	return r
}

func (r *lineRow) show(line string) { r.text.SetRuns(parts.Run{Text: line, Mono: true}) }

// AccessibilityLabel implements [fyne.Accessible].
func (r *lineRow) AccessibilityLabel() string { return r.text.String() }

// AccessibilityRole implements [fyne.Accessible].
func (r *lineRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget].
func (r *lineRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(parts.Layered(r.text))
}

// columnsIn is how many letters of one width fit.
func columnsIn(width float32) int {
	letter := fyne.MeasureText("0000000000", theme.Size(parts.Small)*0.95, fyne.TextStyle{Monospace: true}).Width / 10
	return int(width / letter)
}
