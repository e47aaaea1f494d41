//go:build nogui

package gui

import (
	"context"

	"valetkey/valet/words"
)

// Built reports whether this program was built with a window.
const Built = false

// ErrNoWindow says, in a sentence for people, that this program was built without a window.
var ErrNoWindow error = noWindow{}

// noWindow finds its sentence when somebody reads it: the verbs of this program need none of the window's.
type noWindow struct{}

func (noWindow) Error() string { return words.T("window.none") }

// Run tells that there is no window.
func Run(context.Context, App) error { return ErrNoWindow }

func openable() error { return ErrNoWindow }
