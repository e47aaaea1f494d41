//go:build !nogui

package gui

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// Way is a button that leads on from a trouble.
type Way struct {
	Text  string
	Press func()
}

// NewStumble shows a walk that ended early: what happened, what it means, the one thing to do next, and the ways on, the
// obvious one first.
func NewStumble(step valet.Step, t words.Trouble, key *KeyPicture, ways ...Way) *fyne.Container {
	title := heading("")
	setHeading(title, t.What)
	head := parts.Column(1.5*parts.Unit, Stepper(step), title)
	middle := parts.Column(2*parts.Unit, atLeft(key), plain(parts.Lead, t.Means), plain(parts.Lead, t.Next))
	return framed(parts.Page(head, middle, wayButtons(ways)))
}

// plain shows a text in which stars are only stars.
func plain(size fyne.ThemeSizeName, text string) *parts.Text {
	t := parts.NewText(size, "")
	t.SetRuns(parts.Run{Text: text})
	return t
}

// wayButtons are the ways on in a row, the obvious one first.
func wayButtons(ways []Way) *fyne.Container {
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
