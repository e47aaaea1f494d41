//go:build !nogui

package gui

import (
	"context"
	"image"
	"log/slog"

	"valetkey/valet"
)

// album has the pictures of the shops that are shown fetched, one after the other. Nothing waits for them. UI goroutine alone.
type album struct {
	*window
	asked  map[string]bool // the addresses that are asked, or were in vain
	queue  []valet.Connection
	atWork bool
}

// of is the picture of the shop of c; nil where there is none, or it has not come yet.
func (a *album) of(c valet.Connection) image.Image {
	if c.Account.Picture == "" {
		return nil
	}
	picture := a.app.Pictures.Of(c)
	if picture == nil && !a.asked[c.Account.Picture] && !a.eye.hidden {
		a.asked[c.Account.Picture] = true
		a.queue = append(a.queue, c)
		a.next()
	}
	return picture
}

// next fetches the picture that was asked for last: it is the one that is looked at.
func (a *album) next() {
	if a.atWork || len(a.queue) == 0 {
		return
	}
	last := len(a.queue) - 1
	c := a.queue[last]
	a.queue = a.queue[:last]
	a.atWork = true
	a.work(func(ctx context.Context) func() {
		err := a.app.Pictures.Fetch(ctx, c)
		if err != nil {
			slog.Info("no picture of a shop", "provider", c.Provider, "error", err)
		}
		return func() {
			a.atWork = false
			a.next()
			if err == nil {
				delete(a.asked, c.Account.Picture) // it may be asked for again when it is too old
				a.refresh()
				a.receive()
			}
		}
	})
}

// receive shows the picture of the shop that is just being connected, if it has come.
func (a *album) receive() {
	if k := a.hall.walk; k != nil && k.receive != nil {
		showReceived(k)
	}
}
