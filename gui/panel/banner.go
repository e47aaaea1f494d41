//go:build !nogui

package panel

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// Banner tells, above whatever is shown, what happened though nobody asked. It takes no room while there is nothing to tell.
type Banner struct {
	*fyne.Container
	above   *fyne.Container
	waiting []words.Trouble // the first is shown
}

// NewBanner makes a banner with nothing to tell above below.
func NewBanner(below fyne.CanvasObject) *Banner {
	b := &Banner{above: parts.Column(0)}
	b.Container = parts.Rest(b.above, below)
	return b
}

// Tell shows t as soon as what was told before is put away.
func (b *Banner) Tell(t words.Trouble) {
	b.waiting = append(b.waiting, t)
	b.show()
}

// next puts away what is shown.
func (b *Banner) next() {
	b.waiting = b.waiting[1:]
	b.show()
}

func (b *Banner) show() {
	b.above.Objects = nil
	if len(b.waiting) > 0 {
		b.above.Objects = []fyne.CanvasObject{strip(b.waiting[0], b.next)}
	}
	b.Refresh()
}

// strip is one piece of news with the button that puts it away.
func strip(t words.Trouble, done func()) fyne.CanvasObject {
	what := kit.Body("")
	what.SetRuns(parts.Run{Text: t.What, Bold: true})
	more := kit.Small("")
	more.SetRuns(parts.Run{Text: kit.Joined(t.Means, t.Next)})
	said := parts.Beside(2*parts.Unit, 1, parts.Column(2, what, more),
		parts.Fixed(parts.NewButton(parts.Outline, words.T("window.understood"), done)))
	return parts.Layered(parts.NewShape(parts.Selected, 0, fyne.NewSize(parts.Unit, parts.Unit)),
		parts.Inset(4*parts.Unit, 1.5*parts.Unit, said))
}
