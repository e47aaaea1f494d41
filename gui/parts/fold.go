//go:build !nogui

package parts

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// folding is a row that puts some of its buttons into a menu where they do not all fit into one line.
type folding struct {
	row
	folded []*Button
	more   *MenuButton
}

// Folding is a [Row] of objects, among them the buttons of folded and behind them more. Where all but more fit into one line they
// are shown; where they do not, as many of folded as it takes, from the first, are lines of the menu of more instead.
func Folding(gap float32, folded []*Button, more *MenuButton, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&folding{row{gap: gap}, folded, more}, objects...)
}

// fold gives the objects that are shown at that width, and how many are lines of the menu.
func (l *folding) fold(objects []fyne.CanvasObject, width float32) (shown []fyne.CanvasObject, inMenu int) {
	for n := 0; ; n++ {
		shown = slices.DeleteFunc(slices.Clone(objects), func(o fyne.CanvasObject) bool {
			b, ok := o.(*Button)
			return o == l.more && n == 0 || ok && slices.Contains(l.folded[:n], b)
		})
		if n == len(l.folded) || len(l.lines(shown, width)) == 1 {
			return shown, n
		}
	}
}

func (l *folding) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	shown, _ := l.fold(objects, width)
	return l.tall(shown, width)
}

func (l *folding) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := widest(objects)
	return fyne.NewSize(width, l.heightFor(objects, reach(l.last, width)))
}

func (l *folding) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown, inMenu := l.fold(objects, size.Width)
	var items []MenuItem
	for _, b := range l.folded[:inMenu] {
		items = append(items, MenuItem{Text: b.text, Press: func() { b.Tapped(nil) }})
	}
	l.more.SetItems(items)
	for _, o := range objects {
		if wanted := slices.Contains(shown, o); wanted && !o.Visible() {
			o.Show()
		} else if !wanted && o.Visible() {
			o.Hide()
		}
	}
	l.lay(shown, size)
}
