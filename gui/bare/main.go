//go:build !nogui

// Bare is a window of Fyne's with one word in it, or with a list of as many rows as its argument says, and nothing of ours: what
// the window of Valet Key is measured beside (make bench). Closed, it is hidden and runs on.
package main

import (
	"fmt"
	"os"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	a := app.NewWithID("app.valetkey.bare")
	win := a.NewWindow("Bare")
	win.SetContent(content())
	win.Resize(fyne.NewSize(1040, 680)) // as large as ours
	win.SetCloseIntercept(win.Hide)
	win.ShowAndRun()
}

func content() fyne.CanvasObject {
	if len(os.Args) < 2 {
		return widget.NewLabel("Bare")
	}
	rows, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "bare [ROWS]:", err)
		os.Exit(2)
	}
	return widget.NewList(
		func() int { return rows },
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(at widget.ListItemID, row fyne.CanvasObject) {
			row.(*widget.Label).SetText(fmt.Sprintf("Row %d", at+1))
		})
}
