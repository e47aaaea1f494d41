//go:build !nogui

package gui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/panel"
	"valetkey/valet"
	"valetkey/valet/words"
)

// stage is where screens are shown, and the way out to the services and back.
type stage struct {
	ctx      context.Context // ends with the window
	app      App
	dispatch Dispatch
	canvas   fyne.Canvas
	banner   *panel.Banner
	right    *fyne.Container // holds the present screen
	present  screen
	pick     func(chosen func(path string))              // has the seller choose a file; chosen is not called if none is
	pickAny  func(chosen func(path string))              // the same, for a file of any name
	saveAs   func(name string, chosen func(path string)) // has the seller choose where to save; asks before a file is replaced
	dismiss  func()                                      // closes what stands over the screen
	look     func(valet.Visit)                           // shows the page that looks for what is wrong
}

// show puts a screen at the right of the rack.
func (s *stage) show(next screen) {
	s.present = next
	s.canvas.Unfocus()
	s.right.Objects = []fyne.CanvasObject{next.view}
	s.right.Refresh()
}

// work runs task on a goroutine of its own, and what it returns on the UI goroutine, unless the window has gone.
func (s *stage) work(task func(ctx context.Context) (then func())) {
	go func() {
		then := task(s.ctx)
		s.dispatch(func() {
			if s.ctx.Err() == nil {
				then()
			}
		})
	}()
}

// covered reports whether something stands over the screen, which has the keyboard to itself.
func (s *stage) covered() bool { return s.canvas.Overlays().Top() != nil }

// browse opens an address; a browser that cannot be started is said in notice, where there is one.
func (s *stage) browse(address string, notice *kit.Notice) {
	s.work(func(ctx context.Context) func() {
		err := s.app.OpenBrowser(ctx, address)
		return func() {
			if err != nil && notice != nil {
				s.trouble(notice, err, valet.Visit{})
			}
		}
	})
}

// trouble says an error in notice, with the way to look for its cause where the checks that fit can find more. about is what it
// was done to.
func (s *stage) trouble(notice *kit.Notice, err error, about valet.Visit) {
	notice.Trouble(words.Sentence(err))
	notice.Help(s.helpFor(err, about))
}

// helpFor looks for the cause of err; nil where the error says all there is to say.
func (s *stage) helpFor(err error, about valet.Visit) func() {
	about.Only = s.app.Doctor.Fitting(err)
	if about.Only == nil {
		return nil
	}
	return func() { s.look(about) }
}

// helpWays puts that way before the last of the ways on from err.
func (s *stage) helpWays(err error, about valet.Visit, ways []kit.Way) []kit.Way {
	if look := s.helpFor(err, about); look != nil {
		return slices.Insert(ways, len(ways)-1, kit.Way{Text: words.T("help.open"), Press: look})
	}
	return ways
}

// screen is what stands at the right of the rack: a view, what Enter does where nothing has the focus (the obvious button),
// and where Esc leads.
type screen struct {
	view   fyne.CanvasObject
	enter  func()
	escape func()
}
