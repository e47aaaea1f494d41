//go:build !nogui

package places

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// Report shows what would be copied for somebody who helps, before it is.
type Report struct {
	*fyne.Container
	Notice *kit.Notice
	text   *parts.Text
	copy   *parts.Button
}

// ReportActions are the wishes of that page. Copy takes what is shown; Names wants it with the names of shops, or without.
type ReportActions struct {
	Copy, Back func()
	Names      func(shown bool)
}

// NewReport makes the page; its text comes later.
func NewReport(act ReportActions) *Report {
	r := &Report{text: parts.NewText(parts.Body, ""), copy: parts.NewButton(parts.Filled, words.T("help.report.copy"), act.Copy)}
	r.Notice = kit.NewSlip(func() { r.Container.Refresh() })
	r.copy.SetBusy(true)
	head := parts.Column(2, kit.Heading(words.T("help.report.title")), kit.Muted(words.T("help.report.text")))
	names := parts.NewCheck(kit.Body(words.T("help.report.names")), false, act.Names)
	foot := parts.Column(parts.Unit, names,
		parts.Row(parts.Unit, r.copy, parts.NewButton(parts.Quiet, words.T("window.back"), act.Back)))
	r.Container = parts.Framed(parts.PageWithSlip(head, r.text, r.Notice.Container, foot))
	return r
}

// Show shows the report.
func (r *Report) Show(text string) {
	r.text.SetRuns(parts.Run{Text: text, Mono: true})
	r.copy.SetBusy(false)
	r.Container.Refresh()
}
