//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/valet"
	"valetkey/valet/words"
)

// showKey shows the panel of a key.
func (w *window) showKey(id valet.ID) {
	if _, ok := find(w.app.Service.Connections(), id); !ok {
		w.home()
		return
	}
	if w.desk.panel == nil || w.desk.id != id {
		panel := NewPanel(PanelActions{Connect: w.connect, Copy: w.copyToken, Try: w.try, Refresh: w.renew, Reconnect: w.reconnect,
			Revoke: w.askRevoke, Forget: w.askForget, OpenPage: w.openPage})
		w.desk = desk{panel: panel, id: id}
		w.look(panel.Notice)
		w.show(screen{view: panel.Container, enter: w.obvious})
	}
	w.refresh()
}

// key is the key that is looked at, also from the last step of the walk.
func (w *window) key() (valet.Connection, bool) { return find(w.app.Service.Connections(), w.desk.id) }

// usable is key, if there is a token to use and nothing else is under way.
func (w *window) usable() (valet.Connection, bool) {
	c, ok := w.key()
	return c, ok && w.desk.notice != nil && !w.desk.busy && (c.Status == valet.Connected || c.Status == valet.Refreshing)
}

func (w *window) obvious() {
	if c, ok := w.key(); ok && w.desk.panel != nil && !w.desk.busy {
		w.desk.panel.Obvious(c.Status)()
	}
}

// deed says what is being done, does it elsewhere, and says here what came of it, if the seller still looks at that key.
func (w *window) deed(saying string, do func(ctx context.Context, id valet.ID) (said string, err error)) {
	id, notice := w.desk.id, w.desk.notice
	w.desk.busy = true
	notice.Say(saying)
	w.refresh()
	w.work(func(ctx context.Context) func() {
		said, err := do(ctx, id)
		return func() {
			if w.desk.notice == notice {
				w.desk.busy = false
				if err != nil {
					notice.Trouble(words.Sentence(err))
				} else {
					notice.Say(said)
				}
			}
			w.refresh()
		}
	})
}

// copyToken copies the access token, refreshed first if it is stale. The plain text leaves the callback for the clipboard
// alone: the callback waits until it is there.
func (w *window) copyToken() {
	if _, ok := w.usable(); !ok {
		return
	}
	notice := w.desk.notice
	w.deed(words.T("window.copying"), func(ctx context.Context, id valet.ID) (string, error) {
		return "", w.app.Service.UseAccessToken(ctx, id, 0, func(plain string) error {
			copied := make(chan struct{})
			w.dispatch(func() {
				defer close(copied)
				w.board.hold(plain, time.Now())
				if w.desk.notice == notice {
					w.countdown(heldFor)
				}
				w.second.run(w.ctx, true)
			})
			select {
			case <-copied:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
}

func (w *window) try() {
	c, ok := w.usable()
	if !ok {
		return
	}
	w.deed(words.T("window.trying", "Provider", c.ProviderName), func(ctx context.Context, id valet.ID) (string, error) {
		health, err := w.app.Service.Check(ctx, id)
		if err != nil {
			return "", err
		}
		took := max(health.Took.Round(10*time.Millisecond), 10*time.Millisecond).String()
		said := words.T("window.tried", "Provider", c.ProviderName, "Took", took)
		if health.CallsLeft >= 0 {
			said = joined(said, words.N("window.tried.calls", health.CallsLeft))
		}
		return said, nil
	})
}

func (w *window) renew() {
	c, ok := w.usable()
	if !ok {
		return
	}
	w.deed(words.T("window.refreshing", "Provider", c.ProviderName), func(ctx context.Context, id valet.ID) (string, error) {
		renewed, err := w.app.Service.Refresh(ctx, id)
		if err != nil || renewed.AccessExpires.IsZero() {
			return "", err
		}
		return words.T("window.refreshed", "Left", words.Left(time.Until(renewed.AccessExpires).Round(time.Second))), nil
	})
}

// openPage opens the page where the seller takes the key back at the provider.
func (w *window) openPage() {
	if c, ok := w.key(); ok && c.WithdrawPage != "" {
		w.browse(c.WithdrawPage)
	}
}

// browse opens an address; a browser that cannot be started is said where the seller looks.
func (w *window) browse(address string) {
	notice := w.desk.notice
	w.work(func(ctx context.Context) func() {
		err := w.app.OpenBrowser(ctx, address)
		return func() {
			if err != nil && notice != nil {
				notice.Trouble(words.Sentence(err))
			}
		}
	})
}

// back leads to the key.
func (w *window) back() { w.leave(); w.home() }

func (w *window) askRevoke() {
	c, ok := w.usable()
	if !ok {
		return
	}
	state := w.panelState(c, time.Now())
	w.leave()
	w.show(screen{view: NewGiveBack(c, state.Scopes, func() { w.revoke(c) }, w.back), escape: w.back})
}

func (w *window) revoke(c valet.Connection) {
	w.back()
	w.deed(words.T("window.revoking"), func(ctx context.Context, id valet.ID) (string, error) {
		done, err := w.app.Service.Revoke(ctx, id)
		switch {
		case err != nil:
			return "", err
		case done.AtProvider:
			return words.T("window.returned.confirmed", "Provider", c.ProviderName), nil
		case done.Page == "":
			return words.T("window.returned"), nil
		}
		return words.T("window.returned.page", "Provider", c.ProviderName), w.app.OpenBrowser(ctx, done.Page)
	})
}

func (w *window) askForget() {
	c, ok := w.key()
	if !ok || w.desk.busy {
		return
	}
	state := w.panelState(c, time.Now())
	w.leave()
	w.show(screen{view: NewForget(c, state.Scopes, w.forget, w.back), escape: w.back})
}

func (w *window) forget() {
	w.back()
	w.deed("", func(ctx context.Context, id valet.ID) (string, error) { return "", w.app.Service.Forget(ctx, id) })
}
