// Package gui is the window: the rack of keys, the panel of one key, and the walk that wins a new one.
//
// [Run] opens it. What is seen stands in rooms of its own, one file a view: panel (the outline, the rack, and the key that is
// looked at), walk (from "Connect a shop" until the key hangs in the rack), trial (what a key opens, tried) and places (every
// other page). All are made with kit and parts. A view shows a value and reports wishes by functions; it knows no service and no other room of views.
//
// Here is what joins views to the services of [App]. It hangs on four things: the window itself, the desk (the key that is
// looked at, and what can be done with it), the hall (where keys are won, by connecting, or by an errand that needs no
// browser), and the ladder (where a key is kept).
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
