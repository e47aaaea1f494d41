//go:build nogui

package gui

import (
	"context"
	"errors"
)

// ErrNoWindow says that this program was built without a window.
var ErrNoWindow = errors.New("gui: built without a window")

// Run tells that there is no window.
func Run(context.Context, App) error { return ErrNoWindow }
