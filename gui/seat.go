package gui

import (
	"context"
	"errors"
	"log/slog"

	"valetkey/gui/instance"
)

// ErrShown says that a window was open already, and has come to the front: there is nothing left to do.
var ErrShown = instance.ErrShown

// Seat is the right to be the one window. The zero Seat is that of a window beside which there may be others.
type Seat struct {
	seat *instance.Seat
	deaf bool // another window is open, and did not answer
}

// Claim takes the seat of a state folder before anything else is begun, so that there is one window and one background. It needs
// two seconds at most. Errors: [ErrShown]; that of a display that is not there; otherwise a window can open, with the
// Seat that is given.
func Claim(ctx context.Context, state string) (Seat, error) {
	if err := openable(); err != nil {
		return Seat{}, err
	}
	seat, err := instance.Claim(ctx, state)
	switch {
	case errors.Is(err, instance.ErrShown):
		return Seat{}, err
	case err != nil:
		slog.Warn("the window is not the only one", "error", err)
	}
	return Seat{seat, errors.Is(err, instance.ErrDeaf)}, nil
}
