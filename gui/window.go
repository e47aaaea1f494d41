//go:build !nogui

package gui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// window joins the views to the services. All of it belongs to the UI goroutine; work goes out by [window.work] and comes
// back by dispatch.
type window struct {
	ctx      context.Context // ends with the window
	app      App
	dispatch Dispatch
	canvas   fyne.Canvas
	board    *clipboard

	rack    *Rack
	right   *fyne.Container // holds the present screen
	present screen
	desk    desk
	walk    *walk // nil: nobody is being asked

	minute, second pulse
}

// desk is the key that is looked at.
type desk struct {
	panel  *Panel // nil: another screen is shown
	id     valet.ID
	notice *Notice // of the screen that copied: shows the ring
	busy   bool
}

func newWindow(ctx context.Context, app App, dispatch Dispatch, board fyne.Clipboard, on fyne.Canvas) *window {
	w := &window{ctx: ctx, app: app, dispatch: dispatch, canvas: on, board: &clipboard{board: board}}
	w.rack = NewRack()
	w.rack.OnSelect = w.showKey
	w.right = parts.Layered()
	w.minute = pulse{every: 30 * time.Second, dispatch: dispatch, beat: w.refresh}
	w.second = pulse{every: time.Second, dispatch: dispatch, beat: w.tick}
	on.SetContent(Frame(w.rack.Container, w.right))
	w.shortcuts()
	return w
}

// Frame is the window's outline: the rack, the screen, and the trademark notice below both.
func Frame(rack, right fyne.CanvasObject) *fyne.Container {
	return parts.Room(rack, right, parts.InsetEach(3*parts.Unit, 5, 3*parts.Unit, 6,
		parts.NewText(parts.Tiny, words.T("window.trademark")).Coloured(parts.Muted)))
}

// open fills the window and begins to watch for changes.
func (w *window) open() {
	w.home()
	w.minute.run(w.ctx, true)
	changes := w.app.Service.Changes(w.ctx)
	go func() {
		for {
			select {
			case <-w.ctx.Done():
				return
			case _, ok := <-changes:
				if !ok {
					return
				}
				w.dispatch(w.refresh)
			}
		}
	}()
}

// close takes our token out of the clipboard.
func (w *window) close() { w.board.clear() }

// work runs task on a goroutine of its own, and what it returns on the UI goroutine.
func (w *window) work(task func(ctx context.Context) (then func())) {
	go func() {
		then := task(w.ctx)
		w.dispatch(func() {
			if w.ctx.Err() == nil {
				then()
			}
		})
	}()
}

// show puts a screen at the right.
func (w *window) show(s screen) {
	w.present = s
	w.canvas.Unfocus()
	w.right.Objects = []fyne.CanvasObject{s.view}
	w.right.Refresh()
}

// leave forgets the panel: another screen comes.
func (w *window) leave() {
	w.desk.panel, w.desk.notice = nil, nil
}

// look puts a notice where what is done to a key is said, with the ring that may still be running.
func (w *window) look(n *Notice) {
	w.desk.notice = n
	if rest := w.board.left(time.Now()); rest > 0 {
		w.countdown(rest)
	}
}

// home shows the key that was looked at last, else the first, else how to begin.
func (w *window) home() {
	keys := w.app.Service.Connections()
	w.rack.Show(keys, time.Now())
	if len(keys) == 0 {
		w.welcome()
		return
	}
	id := w.desk.id
	if _, ok := find(keys, id); !ok {
		id = keys[0].ID
	}
	w.showKey(id)
}

// refresh shows what there is now.
func (w *window) refresh() {
	keys := w.app.Service.Connections()
	now := time.Now()
	w.rack.Show(keys, now)
	if w.desk.panel == nil {
		return
	}
	c, ok := find(keys, w.desk.id)
	if !ok {
		w.home()
		return
	}
	w.rack.Select(c.ID)
	w.desk.panel.Show(w.panelState(c, now))
}

func (w *window) panelState(c valet.Connection, now time.Time) PanelState {
	market, _ := w.app.Providers.Get(c.Provider) // of a provider that was removed, nothing is known
	return PanelState{Key: c, Scopes: market.Scopes, Keyring: w.app.Keyring, Now: now, Busy: w.desk.busy}
}

func find(keys []valet.Connection, id valet.ID) (valet.Connection, bool) {
	for _, c := range keys {
		if c.ID == id {
			return c, true
		}
	}
	return valet.Connection{}, false
}

// tick is the beat of a second, while a countdown is shown.
func (w *window) tick() {
	now := time.Now()
	if w.walk != nil {
		w.walk.approve.Tick(now)
	}
	cleared := w.board.tick(now)
	if w.desk.notice != nil {
		switch rest := w.board.left(now); {
		case cleared:
			w.desk.notice.Count("", 0)
			w.desk.notice.Say(words.T("window.cleared"))
		case rest > 0:
			w.countdown(rest)
		}
	}
	w.second.run(w.ctx, w.walk != nil || w.board.left(now) > 0)
}

func (w *window) countdown(rest time.Duration) {
	seconds := int((rest + time.Second - 1) / time.Second)
	w.desk.notice.Count(words.T("window.copied", "Seconds", seconds), float32(rest)/float32(heldFor))
}
