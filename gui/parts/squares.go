//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// squares keeps a picture of squares at a whole number of units for each, so that it is as sharp as the screen.
type squares struct {
	count      int     // in a row
	usual, few float32 // about how wide it is, and in a low window
	low        bool
}

// Squares keeps o, a picture with count squares in a row, about usual wide, and about few wide in a low window.
func Squares(count int, usual, few float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&squares{count: count, usual: usual, few: few}, o)
}

func (l *squares) setLow(low bool) { l.low = low }

func (l *squares) MinSize([]fyne.CanvasObject) fyne.Size {
	about := l.usual
	if l.low {
		about = l.few
	}
	return fyne.NewSquareSize(float32(l.count * max(2, int(about)/l.count)))
}

func (l *squares) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	side := l.MinSize(objects).Width
	place(objects[0], 0, 0, side, side)
}
