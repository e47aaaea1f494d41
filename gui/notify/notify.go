// Package notify puts a note on the person's desktop, over D-Bus by org.freedesktop.Notifications (Desktop Notifications
// Specification 1.2). A press on the note does something here. Systems without D-Bus have no notes by this package.
package notify

import (
	"context"
	"errors"
)

// ErrNone says that this desktop shows no notes.
var ErrNone = errors.New("this desktop shows no notes")

// Note is a note. Title and Body are plain text.
type Note struct {
	About       string // a newer note about the same takes the place of the older
	Title, Body string
	Action      string // what a press on the note does, in words
	Do          func() // is called when it is pressed, once at most, on a goroutine that waits for it; it returns at once
}

// Desktop is where notes are shown. Its methods are safe for many goroutines.
type Desktop struct {
	name, icon string
	desktop
}

// New makes a Desktop for an app of that name and that icon of the system's icon theme. Nothing is asked of the desktop before the
// first note.
func New(name, icon string) *Desktop { return &Desktop{name: name, icon: icon} }

// Show shows a note. It takes seconds where the desktop is slow, and ctx ends it. Errors: [ErrNone]; what the desktop says.
func (d *Desktop) Show(ctx context.Context, n Note) error { return d.show(ctx, d.name, d.icon, n) }

// Close hears of no more presses. Notes that are shown stay.
func (d *Desktop) Close() { d.close() }
