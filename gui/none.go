//go:build nogui

package gui

import (
	"context"
	"errors"

	"valetkey/valet/words"
)

// ErrNoWindow says, in a sentence for people, that this program was built without a window.
var ErrNoWindow = errors.New(words.T("window.none"))

// Run tells that there is no window.
func Run(context.Context, App) error { return ErrNoWindow }
