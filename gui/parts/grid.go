//go:build !nogui

package parts

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// grid lays objects out in columns of one width.
type grid struct {
	columns    int
	narrowest  float32
	gapX, gapY float32
	down       bool // fills a column before the next
	last       float32
}

// Grid lays objects out row by row in up to columns columns, fewer where a column would be narrower than narrowest.
func Grid(columns int, narrowest, gapX, gapY float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{columns: columns, narrowest: narrowest, gapX: gapX, gapY: gapY}, objects...)
}

// Columns is [Grid] read down each column: what belongs together stays together, and what is tall in one column leaves no gap in
// another.
func Columns(columns int, narrowest, gapX, gapY float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{columns: columns, narrowest: narrowest, gapX: gapX, gapY: gapY, down: true}, objects...)
}

func (l *grid) fit(width float32) (columns int, each float32) {
	columns = l.columns
	for columns > 1 && (width-float32(columns-1)*l.gapX)/float32(columns) < l.narrowest {
		columns--
	}
	return columns, (width - float32(columns-1)*l.gapX) / float32(columns)
}

// rows gives the objects row by row.
func (*grid) rows(objects []fyne.CanvasObject, columns int) [][]fyne.CanvasObject {
	var rows [][]fyne.CanvasObject
	count := (len(objects) + columns - 1) / columns
	for r := range count {
		var row []fyne.CanvasObject
		for c := range columns {
			if at := r*columns + c; at < len(objects) {
				row = append(row, objects[at])
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// walk gives every object its place and returns the height of all.
func (l *grid) walk(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	columns, each := l.fit(width)
	if l.down {
		return l.walkDown(visible(objects), columns, each, put)
	}
	var y float32
	for _, row := range l.rows(visible(objects), columns) {
		var height float32
		for _, o := range row {
			height = max(height, HeightOf(o, each))
		}
		for i, o := range row {
			put(o, float32(i)*(each+l.gapX), y, each, height)
		}
		y += height + l.gapY
	}
	return max(0, y-l.gapY)
}

// walkDown is walk where each column is filled before the next.
func (l *grid) walkDown(objects []fyne.CanvasObject, columns int, each float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	count := (len(objects) + columns - 1) / columns
	var x, tallest float32
	for column := range slices.Chunk(objects, max(1, count)) {
		var y float32
		for _, o := range column {
			height := HeightOf(o, each)
			put(o, x, y, each, height)
			y += height + l.gapY
		}
		x, tallest = x+each+l.gapX, max(tallest, y-l.gapY)
	}
	return tallest
}

func (l *grid) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return l.walk(objects, width, func(fyne.CanvasObject, float32, float32, float32, float32) {})
}

func (l *grid) leastWidth([]fyne.CanvasObject) float32 { return l.narrowest }

func (l *grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.narrowest, l.heightFor(objects, reach(l.last, l.narrowest)))
}

func (l *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	l.walk(objects, size.Width, place)
}
