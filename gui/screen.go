//go:build !nogui

package gui

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
)

// screen is what stands at the right of the rack: a view, what Enter does where nothing has the focus (the obvious button),
// and where Esc leads.
type screen struct {
	view   fyne.CanvasObject
	enter  func()
	escape func()
}

// framed gives a view the margins every view has.
func framed(view fyne.CanvasObject) *fyne.Container { return parts.Framed(view) }

// atLeft shows a key picture at the left, smaller where there is little room.
func atLeft(picture *KeyPicture) *fyne.Container { return parts.Scaled(0.72, picture) }

// muted and small are the two quiet voices.
func muted(text string) *parts.Text {
	return parts.NewText(parts.Body, text).Coloured(parts.Muted)
}

func small(text string) *parts.Text {
	return parts.NewText(parts.Small, text).Coloured(parts.Muted)
}

func body(text string) *parts.Text    { return parts.NewText(parts.Body, text) }
func heading(text string) *parts.Text { return parts.NewText(parts.Heading, "**"+text+"**") }

// setHeading changes a heading; stars in a shop's name stay stars.
func setHeading(t *parts.Text, text string) { t.SetRuns(parts.Run{Text: text, Bold: true}) }
