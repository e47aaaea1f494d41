//go:build !nogui

package gui

import "fyne.io/fyne/v2"

// screen is what stands at the right of the rack: a view, what Enter does where nothing has the focus (the obvious button),
// and where Esc leads.
type screen struct {
	view   fyne.CanvasObject
	enter  func()
	escape func()
}
