//go:build !nogui

package gui

import (
	"context"
	"slices"
	"time"

	"valetkey/gui/places"
	"valetkey/valet"
	"valetkey/valet/words"
)

// helping looks for what is wrong, and shows it. One at a time; it ends when another screen comes or the window is hidden. UI
// goroutine alone, but for look.
type helping struct {
	*window
	visit  valet.Visit
	view   *places.Help
	lines  []places.HelpLine
	over   bool
	cut    bool
	cancel context.CancelFunc // ends the look that is under way
	leave  func()             // back to where it was asked for
}

// help shows the page for a visit, and begins to look.
func help(w *window, visit valet.Visit) {
	h := &helping{window: w, visit: visit, leave: returning(w), cancel: func() {}}
	h.open()
	h.look()
}

// everything is the visit of F1: this computer, and the key that is looked at.
func everything(w *window) {
	if w.help != nil && w.help.seen() {
		return
	}
	visit := valet.Visit{}
	if _, ok := w.desk.key(); ok && w.desk.notice != nil {
		visit = valet.Visit{Key: w.desk.id, Only: valet.Checks()} // with all of the computer's
	}
	help(w, visit)
}

// returning gives the way back to what is shown now, as it is.
func returning(w *window) func() {
	before, panel, notice, busy := w.present, w.desk.panel, w.desk.notice, w.desk.busy
	walk := w.hall.walk
	return func() {
		if w.hall.walk != nil || walk != nil { // it went on meanwhile, and may be over
			w.study.leave()
			return
		}
		if panel != nil && busy { // what was under way has ended without this panel
			w.back()
			return
		}
		w.desk.panel, w.desk.notice = panel, notice
		w.show(before)
		w.refresh()
	}
}

// open shows the page.
func (h *helping) open() {
	about := "" // this computer
	if c, ok := find(h.app.Service.Connections(), h.visit.Key); ok {
		about = words.ShopName(c)
	}
	h.view = places.NewHelp(about, places.HelpActions{
		Stop: func() { h.stop() }, Again: func() { h.again(false) }, Report: func() { toCopy(h) }, Back: h.back,
	})
	h.desk.clear()
	h.tell()
	h.appear()
}

// appear puts the page on the screen. Enter leads back once all is looked at.
func (h *helping) appear() {
	h.show(screen{view: h.view.Container, escape: h.back, enter: func() {
		if h.over {
			h.back()
		}
	}})
	h.window.help = h
}

// seen reports whether the person looks at this page.
func (h *helping) seen() bool { return h.present.view == h.view.Container }

func (h *helping) back() {
	h.stop()
	h.leave()
}

// again looks once more; ask lets the system ask for the keyring's password.
func (h *helping) again(ask bool) {
	h.visit.Ask = ask
	h.open()
	h.look()
}

// stop ends what is under way; what was found stays.
func (h *helping) stop() {
	if !h.over {
		h.over, h.cut = true, true
		h.cancel()
		h.lines = slices.DeleteFunc(h.lines, func(l places.HelpLine) bool { return l.State == "" })
		h.tell()
	}
}

// look makes the visit on a goroutine of its own, and brings each step of it here.
func (h *helping) look() {
	ctx, cancel := context.WithCancel(h.ctx)
	h.cancel, h.lines, h.over, h.cut = cancel, nil, false, false
	h.tell()
	here := func(do func()) {
		h.dispatch(func() {
			if ctx.Err() == nil {
				do()
			}
		})
	}
	visit := h.visit
	visit.Begin = func(f valet.Finding) { here(func() { h.began(f) }) }
	go func() {
		defer cancel()
		for f := range h.app.Doctor.Examine(ctx, visit) {
			here(func() { h.found(f) })
		}
		done := make(chan struct{})
		h.dispatch(func() { // in the order of what was found
			defer close(done)
			if ctx.Err() == nil {
				h.ended()
			}
		})
		select {
		case <-done:
		case <-ctx.Done():
		}
	}()
}

// began shows a line for a check that is being made.
func (h *helping) began(f valet.Finding) {
	h.settle()
	h.lines = append(h.lines, places.HelpLine{Finding: f})
	h.tell()
}

// settle takes the line away of a check that found nothing to tell.
func (h *helping) settle() {
	h.lines = slices.DeleteFunc(h.lines, func(l places.HelpLine) bool { return l.State == "" })
}

// found gives the line its mark; a check may find several things.
func (h *helping) found(f valet.Finding) {
	h.settle()
	h.lines = append(h.lines, places.HelpLine{Finding: f, Way: remedy{h}.way(f)})
	h.tell()
}

func (h *helping) ended() {
	h.settle()
	h.over = true
	h.tell()
}

// tell shows what is known.
func (h *helping) tell() {
	h.view.Show(places.HelpState{Lines: h.lines, Over: h.over, Cut: h.cut, Now: time.Now()})
}
