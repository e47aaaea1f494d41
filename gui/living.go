//go:build !nogui

package gui

import (
	"context"
	"runtime"
	"sync"

	"fyne.io/fyne/v2"

	"valetkey/gui/notify"
	"valetkey/gui/tray"
	"valetkey/valet/words"
)

// living joins the window to the desktop around it: second starts, notes, the tray, and what closing means. end closes what was
// opened for it.
func living(w *window, a fyne.App, win fyne.Window) (end func()) {
	leave := func() { w.close(); win.Close() }
	rise := func() {
		win.Show()
		win.RequestFocus()
		w.corner.shown()
	}
	win.SetCloseIntercept(func() {
		if w.corner.there && w.study.now.CloseToTray {
			w.corner.hide()
			win.Hide()
			return
		}
		leave()
	})
	desk := notify.New(words.T("window.title"), id)
	w.notes.rise, w.notes.send = rise, onDesktop(a, desk, runtime.GOOS == "linux")
	w.corner.rise, w.corner.quit, w.corner.start = rise, leave, intoTray(w)
	w.app.Seat.hand(w.dispatch, rise)
	return func() { desk.Close(); tray.Stop() }
}

// intoTray puts the icon into the tray, if this desktop has one, and shows the menus that come.
func intoTray(w *window) func(ctx context.Context) bool {
	var once sync.Once
	return func(ctx context.Context) bool {
		if !tray.There(ctx) {
			return false
		}
		begin := func() {
			tray.Start(words.T("window.title"), icon, func() { w.dispatch(w.refresh) })
		}
		if tray.OnMain {
			begun := make(chan struct{})
			w.dispatch(func() { begin(); close(begun) })
			select {
			case <-begun:
			case <-ctx.Done():
				return false
			}
		} else {
			begin()
		}
		once.Do(func() {
			tray.Watch(ctx, func(there bool) {
				w.dispatch(func() { w.corner.moved(there) })
			})
			go showMenus(ctx, w.corner.menus)
		})
		return true
	}
}

func showMenus(ctx context.Context, menus <-chan []tray.Item) {
	for {
		select {
		case menu := <-menus:
			tray.Set(menu)
		case <-ctx.Done():
			return
		}
	}
}

// hand names what brings the window to the front, on the UI goroutine.
func (s Seat) hand(dispatch Dispatch, raise func()) {
	s.seat.Show(func(done func()) {
		defer func() { recover() }() // the window may be closing: Fyne panics where it has gone
		dispatch(func() { raise(); done() })
	})
}

func (s Seat) leave() { s.seat.Leave() }
