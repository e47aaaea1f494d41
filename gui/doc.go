// Package gui is the window: the rack of keys, the panel of one key, and the walk that wins a new one.
//
// [Run] opens it. A view (one file each: rack.go, panel.go, ask.go ...) shows a value and reports wishes by functions; it
// knows no service. What joins views to the services of [App] hangs on four things: the window itself, the desk (the key that
// is looked at, and what can be done with it), the hall (where keys are won, by a walk, or by an errand that needs no browser), and the ladder (where a key is kept).
//
// The rules of the threads:
//
//   - What touches a view runs on the UI goroutine; everything else gets there by Dispatch, whose only door is dispatch.go.
//   - The UI goroutine never waits: keyring, network and files are asked on other goroutines.
//   - No lock is held across a dispatch.
//   - Changes are a level, not a queue: the window is told that something changed and asks what there is now.
//
// Built with the tag nogui the package has no window and needs neither Fyne nor C.
package gui
