//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/gui/panel"
	"valetkey/valet"
	"valetkey/valet/words"
)

// longestGlimpse is how long a token is shown, however long its button is held.
const longestGlimpse = 20 * time.Second

// glimpse is a look at the token while a button is held. The plain text is in the callback of UseAccessToken and in the letters on
// the screen, which are overwritten before the callback ends; the callback waits as long as they are there.
//
// Of each token that was read here for a copy or a look, the last characters are remembered while the window is open, and shown;
// no token is read only for them. UI goroutine alone.
type glimpse struct {
	*desk
	longest time.Duration
	ended   chan struct{} // is closed when the button is let go; nil: nothing is held
	on      *panel.Panel  // where it is shown
	ends    map[valet.ID]tokenEnd
}

// tokenEnd is the end of the token that was won at a time.
type tokenEnd struct {
	text string
	won  time.Time
}

// endLetters is how many letters of a token are shown, and endOfAtLeast how many it must have: four of a short one say too much.
const (
	endLetters   = 4
	endOfAtLeast = 20
)

// note remembers the end of the token of a key.
func (g *glimpse) note(id valet.ID, plain string) {
	if c, ok := find(g.app.Service.Connections(), id); ok && len(plain) >= endOfAtLeast {
		g.ends[id] = tokenEnd{string([]byte(plain[len(plain)-endLetters:])), won(c)} // a part of plain would keep all of it
	}
}

// endOf is the end of the present token of c; "" if it was not read since it was won.
func (g *glimpse) endOf(c valet.Connection) string {
	if end := g.ends[c.ID]; end.won.Equal(won(c)) {
		return end.text
	}
	return ""
}

// won is when the present token was won.
func won(c valet.Connection) time.Time {
	if c.Refreshed.IsZero() {
		return c.Connected
	}
	return c.Refreshed
}

// begin shows the token until end is called, refreshed first if it is stale.
func (g *glimpse) begin() {
	c, ok := g.usable()
	if !ok || g.panel == nil || g.ended != nil {
		return
	}
	ended, on, notice := make(chan struct{}), g.panel, g.notice
	g.ended, g.on = ended, on
	g.work(func(ctx context.Context) func() {
		err := g.app.Service.UseAccessToken(valet.InForm(ctx, valet.AsShown), c.ID, 0, func(plain string) error {
			g.hold(ctx, ended, func() {
				g.note(c.ID, plain)
				on.ShowToken(plain)
			})
			return nil
		})
		return func() {
			switch {
			case g.notice != notice:
			case locked(err):
				g.end()
				opened(g.window, func() { g.lay(c.ID) }, g.back)
				return
			case err != nil:
				g.end()
				notice.Trouble(words.Sentence(err))
			}
			g.refresh()
		}
	})
}

// hold shows the token and returns when it is shown no more: when ended is closed, after the longest time, or with the window.
// It runs elsewhere, show on the UI goroutine.
func (g *glimpse) hold(ctx context.Context, ended chan struct{}, show func()) {
	shown := make(chan bool, 1)
	g.dispatch(func() {
		held := g.ended == ended
		if held {
			show()
		}
		shown <- held
	})
	select {
	case held := <-shown:
		if !held { // it was let go before the token came
			return
		}
	case <-ctx.Done():
		return
	}
	enough := time.NewTimer(g.longest)
	defer enough.Stop()
	select {
	case <-ended:
	case <-ctx.Done():
	case <-enough.C:
		g.dispatch(func() {
			if g.ended == ended {
				g.end()
			}
		})
		select {
		case <-ended:
		case <-ctx.Done():
		}
	}
}

// end takes the token off the screen, at once.
func (g *glimpse) end() {
	if g.ended == nil {
		return
	}
	ended, on := g.ended, g.on
	g.ended, g.on = nil, nil
	on.HideToken()
	close(ended)
}
