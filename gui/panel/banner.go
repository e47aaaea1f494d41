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
	waiting []news // the first is shown
}

// news is what is told, and what looks for its cause; nil: it says all there is to say.
type news struct {
	words.Trouble
	help func()
}

// NewBanner makes a banner with nothing to tell above below.
func NewBanner(below fyne.CanvasObject) *Banner {
	b := &Banner{above: parts.Column(0)}
	b.Container = parts.Rest(b.above, below)
	return b
}

// Tell shows t as soon as what was told before is put away. help looks for its cause; nil: there is nothing to look for.
func (b *Banner) Tell(t words.Trouble, help func()) {
	b.waiting = append(b.waiting, news{t, help})
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
func strip(t news, done func()) fyne.CanvasObject {
	what := kit.Body("")
	what.SetRuns(parts.Run{Text: t.What, Bold: true})
	more := kit.Small("")
	more.SetRuns(parts.Run{Text: kit.Joined(t.Means, t.Next)})
	text := parts.Column(2, what, more)
	if t.help != nil {
		text.Add(parts.Row(0, parts.NewButton(parts.Link, words.T("help.open"), t.help)))
	}
	said := parts.Beside(2*parts.Unit, 1, text,
		parts.Fixed(parts.NewButton(parts.Outline, words.T("window.understood"), done)))
	return parts.Layered(parts.NewShape(parts.Selected, 0, fyne.NewSize(parts.Unit, parts.Unit)),
		parts.Inset(4*parts.Unit, 1.5*parts.Unit, said))
}
