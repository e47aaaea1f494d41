//go:build !nogui

package places

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// RemovalState is what would be taken off this computer.
type RemovalState struct {
	Keys, AppKeys int
	Listed        []string // what the markets are called that go on listing a key
	File          bool     // a locked file is there
}

// RemoveAll asks whether everything shall go, and says afterwards what could not.
type RemoveAll struct {
	*fyne.Container
	Notice *kit.Notice
	do     *parts.Button
	stays  *fyne.Container
}

// NewRemoveAll says what goes and what stays elsewhere. remove does it; it is not what Enter does.
func NewRemoveAll(s RemovalState, remove, keep func()) *RemoveAll {
	r := &RemoveAll{Notice: kit.NewNotice(), do: parts.NewButton(parts.RedFilled, words.T("help.remove.do"), remove), stays: parts.Column(parts.Unit)}
	gone := parts.Column(0.5*parts.Unit, kit.Body("**"+words.T("help.remove.goes")+"**"))
	for _, what := range s.goes() {
		gone.Add(parts.Marker(parts.NewShape(parts.Red, 3, fyne.NewSize(6, 6)), kit.Body(what)))
	}
	there := words.T("help.remove.nowhere")
	if len(s.Listed) > 0 {
		there = words.T("help.remove.listed", "Providers", kit.Several(s.Listed))
	}
	middle := parts.Column(2*parts.Unit, gone, parts.Column(2, kit.Body("**"+words.T("help.remove.there")+"**"), kit.PlainMuted(there)), r.stays)
	foot := parts.Column(parts.Unit, r.Notice.Container, parts.Row(parts.Unit, r.do, parts.NewButton(parts.Outline, words.T("help.remove.keep"), keep)))
	r.Container = parts.Framed(parts.Page(kit.Heading(words.T("help.remove.title")), middle, foot))
	return r
}

// goes lists what goes, a line each.
func (s RemovalState) goes() []string {
	var all []string
	if s.Keys > 0 {
		all = append(all, words.N("help.remove.keys", s.Keys))
	}
	if s.AppKeys > 0 {
		all = append(all, words.N("help.remove.appkeys", s.AppKeys))
	}
	if s.File {
		all = append(all, words.T("help.remove.file"))
	}
	return append(all, words.T("help.remove.rest"))
}

// SetBusy bars the button while things go.
func (r *RemoveAll) SetBusy(busy bool) {
	r.do.SetBusy(busy)
	if busy {
		r.Notice.Say(words.T("help.remove.doing"))
	}
}

// Stays says what could not be removed, and why; the button tries again.
func (r *RemoveAll) Stays(left valet.Left) {
	r.stays.Objects = []fyne.CanvasObject{kit.Body("**" + words.T("help.remove.stays") + "**")}
	for _, items := range [][]valet.LeftItem{left.Keys, left.AppKeys, left.Files} {
		for _, item := range items {
			line := kit.Body("")
			line.SetRuns(parts.Run{Text: item.Name, Bold: true}, parts.Run{Text: "\n" + words.Sentence(item.Cause).What, Colour: parts.Muted})
			r.stays.Add(line)
		}
	}
	r.do.SetText(words.T("window.again"))
	r.Notice.Say("")
	r.Container.Refresh()
}
