//go:build !nogui

package gui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/panel"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// window joins the views to the services. All of it belongs to the UI goroutine; work goes out by [stage.work] and comes back
// by dispatch. What can be done to a key is in desk, how a key is won in hall.
type window struct {
	*stage
	board  *clipboard
	rack   *panel.Rack
	desk   *desk
	hall   *hall
	study  *study
	notes  *notes
	album  *album
	corner *corner
	help   *helping // the page that looks for what is wrong, while it is shown; nil: none was

	minute, second pulse
	eye            eye
}

func newWindow(ctx context.Context, app App, dispatch Dispatch, board fyne.Clipboard, on fyne.Canvas) *window {
	w := &window{
		stage: &stage{ctx: ctx, app: app, dispatch: dispatch, canvas: on, right: parts.Layered()},
		board: &clipboard{board: board}, rack: panel.NewRack(),
	}
	w.banner = panel.NewBanner(w.right)
	w.desk, w.hall = newDesk(w), &hall{window: w}
	w.study = &study{window: w, now: app.Settings.Read()}
	w.notes = &notes{window: w, told: make(map[valet.ID]need)}
	w.corner = newCorner(w)
	w.album = &album{window: w, asked: map[string]bool{}}
	w.rack.Picture = w.album.of
	w.rack.OnSelect, w.rack.OnSettings = w.desk.lay, w.study.open
	w.minute = pulse{every: 30 * time.Second, dispatch: dispatch, beat: w.refresh}
	w.second = pulse{every: time.Second, dispatch: dispatch, beat: w.tick}
	on.SetContent(panel.Frame(w.rack.Container, w.banner.Container))
	w.shortcuts()
	w.look = func(visit valet.Visit) { help(w, visit) }
	return w
}

// open fills the window and begins to watch for changes.
func (w *window) open() {
	w.home()
	w.warn()
	w.notes.look(w.app.Service.Connections(), time.Now())
	if w.app.Seat.deaf {
		w.banner.Tell(words.Trouble{What: words.T("window.second.what"), Means: words.T("window.second.means"), Next: words.T("window.second.next")}, nil)
	}
	w.minute.run(w.ctx, true)
	follow(w, w.app.Service.Changes(w.ctx), w.refresh)
	follow(w, w.app.History.Changes(w.ctx), w.desk.diary.look)
}

// follow calls then on the UI goroutine for each of the changes.
func follow(w *window, changes <-chan struct{}, then func()) {
	go func() {
		for {
			select {
			case <-w.ctx.Done():
				return
			case _, ok := <-changes:
				if !ok {
					return
				}
				w.dispatch(then)
			}
		}
	}()
}

// close takes our token out of the clipboard.
func (w *window) close() { w.board.clear() }

// home shows the key that was looked at last, else the first, else how to begin.
func (w *window) home() {
	keys := w.app.Service.Connections()
	w.rack.Show(keys, time.Now())
	w.rack.Unread(w.app.Unread != nil)
	switch {
	case len(keys) > 0:
	case w.app.Unread != nil:
		w.hall.unread(w.app.Unread)
		return
	default:
		w.hall.welcome()
		return
	}
	id := w.desk.id
	if _, ok := find(keys, id); !ok {
		id = keys[0].ID
	}
	w.desk.lay(id)
}

// back leaves whatever is shown for the key.
func (w *window) back() {
	w.desk.clear()
	w.home()
}

// warn tells what a person has to know though nobody asked.
func (w *window) warn() {
	for _, err := range w.app.Warnings.Take() {
		w.banner.Tell(words.Sentence(err), w.helpFor(err, valet.Visit{}))
	}
}

// refresh shows what there is now.
func (w *window) refresh() {
	w.warn()
	keys := w.app.Service.Connections()
	now := time.Now()
	w.notes.look(keys, now)
	w.corner.look(keys, now)
	if w.eye.hidden {
		return
	}
	w.rack.Show(keys, now)
	if w.app.Unread != nil && len(keys) > 0 && w.hall.walk == nil && w.desk.panel == nil { // another program mended the list
		w.app.Unread = nil
		w.home()
		return
	}
	if w.desk.panel == nil {
		return
	}
	c, ok := find(keys, w.desk.id)
	if !ok {
		w.home()
		return
	}
	w.rack.Select(c.ID)
	w.desk.panel.Show(w.desk.state(c, now))
	parting{w.desk}.proven(c)
}

// tick is the beat of a second, while a countdown is shown.
func (w *window) tick() {
	now := time.Now()
	if k := w.hall.walk; k != nil && k.approve != nil {
		k.approve.Tick(now)
	}
	cleared := w.board.tick(now)
	if notice := w.desk.notice; notice != nil {
		switch rest := w.board.left(now); {
		case cleared:
			notice.Count("", 0)
			notice.Say(words.T("window.cleared"))
		case rest > 0:
			countdown(notice, w.board.what, rest)
		}
	}
	w.second.run(w.ctx, w.hall.walk != nil || w.board.left(now) > 0)
}

// countdown says what is in the clipboard, "" for the access token, and for how long.
func countdown(notice *kit.Notice, what string, rest time.Duration) {
	seconds := int((rest + time.Second - 1) / time.Second)
	said := words.T("window.copied", "Seconds", seconds)
	if what != "" {
		said = words.T("window.copied.form", "Form", what, "Seconds", seconds)
	}
	notice.Count(said, float32(rest)/float32(heldFor))
}

func find(keys []valet.Connection, id valet.ID) (valet.Connection, bool) {
	for _, c := range keys {
		if c.ID == id {
			return c, true
		}
	}
	return valet.Connection{}, false
}
