//go:build !nogui

package walk

import (
	"strconv"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// Stepper shows where in the walk the seller is.
func Stepper(now valet.Step) *fyne.Container {
	steps := make([]fyne.CanvasObject, 0, valet.Keep+1)
	for step := valet.Ask; step <= valet.Keep; step++ {
		steps = append(steps, stepMark(step, now))
	}
	return parts.Row(3.5*parts.Unit, steps...)
}

// stepMark is one name over its line: done has a tick, the present one a brass line. Colour is never the only sign.
func stepMark(step, now valet.Step) fyne.CanvasObject {
	label := parts.NewText(parts.Body, "").Whole()
	name, under := words.Steps()[step], parts.Paper
	numbered := strconv.Itoa(int(step)+1) + "  " + name
	var line fyne.CanvasObject = label
	switch {
	case step < now:
		label.SetRuns(parts.Run{Text: name, Colour: parts.BrassInk})
		line = parts.Beside(2, 0, parts.Fixed(parts.NewBareTick()), label)
	case step == now:
		label.SetRuns(parts.Run{Text: numbered, Bold: true})
		under = parts.Brass
	default:
		label.SetRuns(parts.Run{Text: numbered, Colour: parts.Muted})
	}
	return parts.Column(6, line, parts.NewShape(under, 1.5, fyne.NewSize(8, 3)))
}

// walkHead is the head of every step: the stepper, what the step is, and one sentence.
func walkHead(step valet.Step, title, sentence *parts.Text) *fyne.Container {
	return parts.Column(1.5*parts.Unit, Stepper(step), parts.Column(2, title, sentence))
}
