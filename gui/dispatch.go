//go:build !nogui

package gui

import "fyne.io/fyne/v2"

// Dispatch runs a function on the UI goroutine, some time later, in the order of the calls. In the app it is onUI; tests
// give a queue that they empty themselves, because Fyne's test driver runs such functions on the caller's goroutine.
type Dispatch func(func())

// onUI is the one door to the UI goroutine.
func onUI(f func()) { fyne.Do(f) }
