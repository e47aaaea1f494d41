//go:build !nogui

package trial

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/gui/trial/answer"
)

// widths of columns: what each would like, and what each gets.
const (
	columnGap   = 2 * parts.Unit
	slimmest    = 48  // below this a column says nothing
	broadest    = 320 // more is read in the tree
	measureRows = 60
)

// fitting is how many columns can be read side by side: the last give way first, two always stay.
func fitting(total float32, likes []float32) int {
	const narrowest = 144 // of the first, which says what a row is
	room := total - min(narrowest, likes[0])
	for i, like := range likes[1:] {
		if room -= like + columnGap; room < 0 {
			return max(min(2, len(likes)), i+1)
		}
	}
	return len(likes)
}

// share gives each column what it would like, as long as there is room. Where there is not, the broadest give way first; what is left
// over goes to the first.
func share(total float32, likes []float32) []float32 {
	got := slices.Clone(likes)
	room := total - columnGap*float32(len(likes)-1)
	for sum := add(got); sum > room; sum = add(got) {
		at := slices.Index(got, slices.Max(got))
		if got[at] <= slimmest {
			break
		}
		got[at] = max(slimmest, got[at]-min(8, sum-room))
	}
	if left := room - add(got); left > 0 && len(got) > 0 {
		got[0] += left
	}
	return got
}

func add(list []float32) (sum float32) {
	for _, one := range list {
		sum += one
	}
	return sum
}

// grid is an answer's table as it is shown.
type grid struct {
	table *answer.Table
	now   time.Time
	likes []float32
	got   []float32
	wide  float32 // the width that got is for
}

// newGrid measures the names and the first rows.
func newGrid(table *answer.Table, now time.Time) *grid {
	g := &grid{table: table, now: now}
	for i, c := range table.Columns {
		like := fyne.MeasureText(letters(answer.Label(c.Name)), theme.Size(parts.Small), fyne.TextStyle{}).Width
		for row := range min(len(table.Rows), measureRows) {
			like = max(like, fyne.MeasureText(letters(table.Cell(row, i, now)), theme.Size(parts.Body), fyne.TextStyle{}).Width)
		}
		g.likes = append(g.likes, min(broadest, max(slimmest, like+2)))
	}
	return g
}

func (g *grid) widths(total float32) []float32 {
	if g.wide != total {
		g.wide, g.got = total, share(total, g.likes[:fitting(total, g.likes)])
	}
	return g.got
}

// tableRow is one object of a list, or the names above all.
type tableRow struct {
	widget.BaseWidget
	grid  *grid
	cells []*parts.Text
	label string
}

// newTableRow makes a row of g; size is that of its letters.
func newTableRow(g *grid, size fyne.ThemeSizeName) *tableRow {
	r := &tableRow{grid: g}
	for _, c := range g.table.Columns {
		cell := kit.Plain(size, " ")
		if c.Right {
			cell.Whole()
		} else {
			cell.Cut()
		}
		r.cells = append(r.cells, cell)
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *tableRow) show(row int) {
	r.label = ""
	for i, cell := range r.cells {
		said := r.grid.table.Cell(row, i, r.grid.now)
		cell.SetRuns(parts.Run{Text: letters(said)})
		r.label = kit.Joined(r.label, said)
	}
	r.Refresh()
}

// names makes it the row above all.
func (r *tableRow) names() *tableRow {
	for i, c := range r.grid.table.Columns {
		name := letters(answer.Label(c.Name))
		r.cells[i].SetRuns(parts.Run{Text: name, Colour: parts.Muted})
		r.label = kit.Joined(r.label, name)
	}
	return r
}

// AccessibilityLabel implements [fyne.Accessible].
func (r *tableRow) AccessibilityLabel() string { return r.label }

// AccessibilityRole implements [fyne.Accessible].
func (r *tableRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements [fyne.Widget].
func (r *tableRow) CreateRenderer() fyne.WidgetRenderer { return &tableRowRenderer{r} }

type tableRowRenderer struct{ row *tableRow }

func (d *tableRowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(slimmest, d.row.cells[0].MinSize().Height+6)
}

func (d *tableRowRenderer) Layout(size fyne.Size) {
	x, widths := parts.Unit, d.row.grid.widths(size.Width-2*parts.Unit)
	for i, cell := range d.row.cells {
		if show(cell, i < len(widths)); i >= len(widths) {
			continue
		}
		width, at := widths[i], x
		if d.row.grid.table.Columns[i].Right {
			own := cell.MinSize().Width
			at, width = x+max(0, width-own), max(own, 1)
		}
		put(cell, at, 3, width, size.Height-6)
		x += widths[i] + columnGap
	}
}

func (d *tableRowRenderer) Refresh() {
	d.Layout(d.row.Size())
	for _, cell := range d.row.cells {
		cell.Refresh()
	}
}

func (d *tableRowRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(d.row.cells))
	for i, cell := range d.row.cells {
		objects[i] = cell
	}
	return objects
}
func (d *tableRowRenderer) Destroy() {}
