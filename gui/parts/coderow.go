//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// codeRow puts a button right behind the boxes of a code, however wide they are.
type codeRow struct{ last float32 }

// CodeRow puts button behind code.
func CodeRow(code *Code, button fyne.CanvasObject) *fyne.Container {
	return container.New(&codeRow{}, code, button)
}

// codeButtonGap is the room before the button.
const codeButtonGap = 1.5 * Unit

func (l *codeRow) room(objects []fyne.CanvasObject, width float32) (float32, boxes) {
	width -= objects[1].MinSize().Width + codeButtonGap
	return width, boxesFor(len(objects[0].(*Code).line.chars), width)
}

func (l *codeRow) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	_, b := l.room(objects, width)
	return max(b.height(), objects[1].MinSize().Height)
}

func (l *codeRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := objects[0].MinSize().Width + codeButtonGap + objects[1].MinSize().Width
	return fyne.NewSize(width, l.heightFor(objects, max(l.last, width)))
}

func (l *codeRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	width, b := l.room(objects, size.Width)
	used := min(width, b.left(b.each-1, b.size.Width)+b.size.Width+0.5) // as many boxes fit in as into all of it
	place(objects[0], 0, 0, used, b.height())
	least := objects[1].MinSize()
	place(objects[1], used+codeButtonGap, max(0, (b.size.Height-least.Height)/2), least.Width, least.Height)
}
