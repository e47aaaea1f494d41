//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// over lays a card upon what stands there, without a place of its own.
type over struct{}

// Over shows above in the place of below, which is hidden as long as above is visible, and beyond its upper edge where it is
// taller. Nothing moves for it.
func Over(below, above fyne.CanvasObject) *fyne.Container { return container.New(over{}, below, above) }

func (over) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightOf(objects[0], width)
}

func (over) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (over) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if below, covered := objects[0], objects[1].Visible(); covered && below.Visible() {
		below.Hide()
	} else if !covered && !below.Visible() {
		below.Show()
	}
	place(objects[0], 0, 0, size.Width, size.Height)
	height := max(size.Height, HeightOf(objects[1], size.Width))
	place(objects[1], 0, size.Height-height, size.Width, height)
}
