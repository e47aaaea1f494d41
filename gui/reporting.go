//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/gui/places"
	"valetkey/valet"
	"valetkey/valet/words"
)

// toCopy shows what can be handed to somebody who helps, and copies it. Nothing of it is written anywhere.
func toCopy(h *helping) {
	var text string
	var view *places.Report
	write := func(names bool) {
		found := make([]valet.Finding, len(h.lines))
		for i, line := range h.lines {
			found[i] = line.Finding
		}
		h.work(func(context.Context) func() {
			said := words.Report{Version: h.app.Version, Chart: h.app.Doctor.Chart(), Found: found, Names: names, Now: time.Now()}.String()
			return func() {
				text = said
				view.Show(said)
			}
		})
	}
	copied := func() {
		if text != "" {
			h.board.put(text)
			view.Notice.Say(words.T("help.report.copied"))
		}
	}
	view = places.NewReport(places.ReportActions{Copy: copied, Back: h.appear, Names: write})
	h.show(screen{view: view.Container, enter: copied, escape: h.appear})
	write(false)
}
