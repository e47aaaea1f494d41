//go:build !nogui

package gui

import (
	"context"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/places"
	"valetkey/valet"
)

// study is where the settings are chosen. UI goroutine alone.
type study struct {
	*window
	now    valet.Settings
	view   *places.Settings
	unkept []func(*valet.Settings) // the first is being written
	wear   func(valet.Look)        // shows a look; nil before there is a window
	tray   bool                    // this desktop has one
	bare   bool                    // everything was removed, and nothing chosen since: nothing is written
}

// open shows the settings.
func (s *study) open() {
	s.corner.settle() // a tray may have come since
	s.desk.clear()
	s.rack.Select("")
	s.view = places.NewSettings(places.SettingsState{Settings: s.now, Tray: s.tray, Folders: s.app.Folders, Version: s.app.Version},
		places.SettingsActions{Change: s.change, Terms: func() { readTerms(s) }, Help: func() { everything(s.window) }, Remove: removing{s}.ask, Done: s.leave})
	s.show(screen{view: s.view.Container, enter: s.leave, escape: s.leave})
}

// leave goes back to what was done before: a walk that waits, or the key.
func (s *study) leave() {
	if s.hall.walk != nil {
		s.hall.resume()
		return
	}
	s.back()
}

// change takes effect here, and is written elsewhere.
func (s *study) change(change func(*valet.Settings)) {
	before := s.now
	s.bare = false
	change(&s.now)
	if s.now.Look != before.Look && s.wear != nil {
		s.wear(s.now.Look)
	}
	s.unkept = append(s.unkept, change)
	if len(s.unkept) == 1 {
		s.keep()
	}
}

// keep writes what has changed, in the order of the presses.
func (s *study) keep() {
	change := s.unkept[0]
	s.work(func(ctx context.Context) func() {
		err := s.app.Settings.Change(ctx, change)
		return func() {
			if err != nil && s.view != nil && s.present.view == s.view.Container {
				s.trouble(s.view.Notice, err, valet.Visit{})
			}
			if s.unkept = s.unkept[1:]; len(s.unkept) > 0 {
				s.keep()
			}
		}
	})
}

// What a window is like at the first start, and the least and the most that a later one begins with: whoever left a large
// screen finds a window that fits, and the system's window manager does the rest.
var (
	usualSize = fyne.NewSize(1040, 680)
	leastSize = fyne.NewSize(720, 520)
	mostSize  = fyne.NewSize(3840, 2160)
)

// sizeOf is how large the window opens.
func sizeOf(s valet.Settings) fyne.Size {
	if s.WindowWidth == 0 || s.WindowHeight == 0 {
		return usualSize
	}
	return fyne.NewSize(s.WindowWidth, s.WindowHeight).Max(leastSize).Min(mostSize)
}

// sizeLimit is how long the end of the program waits for the size to be written.
const sizeLimit = 2 * time.Second

// leaveSize keeps how large the window was, after it has closed.
func (s *study) leaveSize(size fyne.Size) {
	if s.bare {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), sizeLimit)
	defer cancel()
	err := s.app.Settings.Change(ctx, func(s *valet.Settings) { s.WindowWidth, s.WindowHeight = size.Width, size.Height })
	if err != nil {
		slog.Warn("settings not kept", "error", err)
	}
}
