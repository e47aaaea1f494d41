//go:build !nogui

package gui

import (
	"valetkey/gui/places"
	"valetkey/valet"
)

// agreed goes on at once where our terms were agreed to, or nothing real is asked for; else once they are. Whoever only tries it
// out with the practice shop is not asked.
func agreed(h *hall, m valet.Market, goOn func()) {
	if m.Practice || h.study.now.Agreed() {
		goOn()
		return
	}
	h.desk.clear()
	h.rack.Select("")
	agree := func() {
		h.study.change(func(s *valet.Settings) { s.Terms = valet.Terms })
		goOn()
	}
	h.show(screen{view: places.NewTerms(agree, h.back), enter: agree, escape: h.back})
}

// readTerms shows them again, from the settings.
func readTerms(s *study) {
	s.show(screen{view: places.NewTerms(nil, s.open), enter: s.open, escape: s.open})
}
