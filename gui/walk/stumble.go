//go:build !nogui

package walk

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// NewStumble shows a walk that ended early: what happened, what it means, the one thing to do next, and the ways on, the
// obvious one first.
func NewStumble(step valet.Step, t words.Trouble, key *kit.KeyPicture, ways ...kit.Way) *fyne.Container {
	title := kit.Heading("")
	kit.SetHeading(title, t.What)
	head := parts.Column(1.5*parts.Unit, Stepper(step), title)
	middle := parts.Column(2*parts.Unit, kit.AtLeft(key), kit.Plain(parts.Lead, t.Means), kit.Plain(parts.Lead, t.Next))
	return parts.Framed(parts.Page(head, middle, kit.WayButtons(ways)))
}

// NewHalt says why an errand won nothing: what happened, what it means, the one thing to do next, and the ways on, the obvious
// one first.
func NewHalt(t words.Trouble, key *kit.KeyPicture, ways ...kit.Way) *fyne.Container {
	title := kit.Heading("")
	kit.SetHeading(title, t.What)
	middle := parts.Column(2*parts.Unit, kit.AtLeft(key), kit.Plain(parts.Lead, t.Means), kit.Plain(parts.Lead, t.Next))
	return parts.Framed(parts.Page(title, middle, kit.WayButtons(ways)))
}
