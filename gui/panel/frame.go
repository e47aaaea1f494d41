//go:build !nogui

package panel

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// Frame is the window's outline: the rack, the screen, and the trademark notice below both.
func Frame(rack, right fyne.CanvasObject) *fyne.Container {
	return parts.Room(rack, right, parts.InsetEach(3*parts.Unit, 5, 3*parts.Unit, 6,
		parts.NewText(parts.Tiny, words.T("window.trademark")).Coloured(parts.Muted)))
}
