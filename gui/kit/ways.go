//go:build !nogui

package kit

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
)

// Way is a button that leads on from a trouble.
type Way struct {
	Text  string
	Press func()
}

// WayButtons are the ways on in a row, the obvious one first.
func WayButtons(ways []Way) *fyne.Container {
	buttons := parts.Row(parts.Unit)
	for i, way := range ways {
		weight := parts.Outline
		if i == 0 {
			weight = parts.Filled
		}
		buttons.Objects = append(buttons.Objects, parts.NewButton(weight, way.Text, way.Press))
	}
	return buttons
}
