//go:build !nogui

// Bare is a window of Fyne's with one word in it and nothing of ours: what the window of Valet Key is timed beside (make bench).
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	a := app.NewWithID("app.valetkey.bare")
	win := a.NewWindow("Bare")
	win.SetContent(widget.NewLabel("Bare"))
	win.Resize(fyne.NewSize(1040, 680)) // as large as ours
	win.ShowAndRun()
}
