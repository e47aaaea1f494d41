//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/gui/tray"
	"valetkey/valet"
	"valetkey/valet/words"
)

// corner is the icon in the desktop's tray, where there is one, and the window while it is hidden there. UI goroutine alone.
type corner struct {
	*window
	there bool             // the icon is in the tray
	menus chan []tray.Item // the newest menu, until it is shown
	fade  *time.Timer      // takes our token out of the clipboard while no pulse beats

	start      func(ctx context.Context) bool // puts the icon into the tray; false: there is none
	rise, quit func()                         // brings the window to the front; ends the program
}

func newCorner(w *window) *corner {
	c := &corner{window: w, menus: make(chan []tray.Item, 1), start: func(context.Context) bool { return false }}
	c.rise, c.quit = func() {}, func() {}
	return c
}

// settle looks for a tray, unless the icon is in it already.
func (c *corner) settle() {
	if c.there {
		return
	}
	c.work(func(ctx context.Context) func() {
		found := c.start(ctx)
		return func() {
			if found && !c.there {
				c.moved(true)
			}
		}
	})
}

// look puts what there is now into the menu; an older menu that was not shown yet is left out.
func (c *corner) look(keys []valet.Connection, now time.Time) {
	if !c.there {
		return
	}
	menu := c.menu(keys, now)
	select {
	case <-c.menus:
	default:
	}
	c.menus <- menu
}

// mostInTray is how many keys the menu has: one of forty would not fit on a screen.
const mostInTray = 12

func (c *corner) menu(keys []valet.Connection, now time.Time) []tray.Item {
	onUI := func(do func()) func() { return func() { c.dispatch(do) } }
	menu := []tray.Item{{Text: words.T("window.tray.open"), Press: onUI(func() { c.rise() })}, {}}
	for i, key := range keys {
		if i == mostInTray {
			menu = append(menu, tray.Item{Text: words.T("window.tray.more"), Press: onUI(func() { c.rise() })})
			break
		}
		below := []tray.Item{{Text: trayStatus(key, now)}}
		if key.Status == valet.Connected || key.Status == valet.Refreshing {
			below = append(below, tray.Item{Text: words.T("window.copy"), Press: onUI(func() { c.copy(key.ID) })})
		}
		below = append(below, tray.Item{Text: words.T("window.note.open"), Press: onUI(func() { c.rise(); c.desk.lay(key.ID) })})
		menu = append(menu, tray.Item{Text: words.ShopName(key), Below: below})
	}
	if len(keys) > 0 {
		menu = append(menu, tray.Item{})
	}
	return append(menu, tray.Item{Text: words.T("window.tray.quit"), Press: onUI(func() { c.quit() })})
}

// trayStatus stays true without being written again: no clock of ours runs while the window is hidden.
func trayStatus(key valet.Connection, now time.Time) string {
	if key.Status == valet.Connected && !key.Unsaved && key.AccessExpires.After(now) {
		return words.T("window.tray.until", "When", words.When(key.AccessExpires, now))
	}
	return words.StatusShort(key, now)
}

// copy copies the access token of a key. Where that fails the window shows why.
func (c *corner) copy(id valet.ID) {
	c.work(func(ctx context.Context) func() {
		err := c.app.Service.UseAccessToken(ctx, id, 0, func(plain string) error {
			return c.hold(ctx, plain, "", c.fadeLater)
		})
		return func() {
			if err != nil {
				c.rise()
				c.desk.lay(id)
				c.desk.copyToken()
			}
		}
	})
}

// hold puts a token into the clipboard, in a form called what ("": alone), and returns when it is there. then runs on the UI
// goroutine.
func (c *corner) hold(ctx context.Context, plain, what string, then func()) error {
	held := make(chan struct{})
	c.dispatch(func() {
		defer close(held)
		c.board.hold(plain, what, time.Now())
		c.second.run(c.ctx, true)
		then()
	})
	select {
	case <-held:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// fadeLater clears the clipboard in time while the window is hidden, by one call and not by a beat.
func (c *corner) fadeLater() {
	if c.fade != nil {
		c.fade.Stop()
		c.fade = nil
	}
	if left := c.board.left(time.Now()); c.eye.hidden && left > 0 {
		c.fade = time.AfterFunc(left, func() { c.dispatch(c.tick) })
	}
}

// hide stops all that beats: nothing is drawn until the window is shown again.
func (c *corner) hide() { c.rest(true) }

// shown goes on where hide stopped.
func (c *corner) shown() {
	if c.eye.hidden {
		c.rest(false)
		c.refresh()
		c.desk.diary.look()
	}
}

// moved notes that the tray has come or gone. A window that was hidden in one that is there no more comes back.
func (c *corner) moved(there bool) {
	c.there, c.study.tray = there, there
	if there {
		c.look(c.app.Service.Connections(), time.Now())
	} else if c.eye.hidden {
		c.rise()
	}
}

func (c *corner) rest(hidden bool) {
	c.eye.hidden = hidden
	if h := c.window.help; h != nil && hidden {
		h.stop()
	}
	c.minute.sleep(c.ctx, hidden)
	c.second.sleep(c.ctx, hidden)
	c.fadeLater()
	if hidden {
		c.eye.away = true
		c.desk.glimpse.end()
		c.attend()
	}
}
