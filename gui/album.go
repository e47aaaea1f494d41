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
	asked  map[valet.ID]string // the address that was asked for each key, with success or without
	queue  []valet.Connection
	atWork bool
}

// of is the picture of the shop of c; nil where there is none, or it has not come yet.
func (a *album) of(c valet.Connection) image.Image {
	if a.app.Pictures == nil || c.Account.Picture == "" {
		return nil
	}
	picture := a.app.Pictures.Of(c)
	if picture == nil && a.asked[c.ID] != c.Account.Picture && !a.eye.hidden {
		a.asked[c.ID] = c.Account.Picture
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
				a.refresh()
			}
		}
	})
}
