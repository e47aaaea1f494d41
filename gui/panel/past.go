//go:build !nogui

package panel

import (
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// PastShown is how many events stand in the panel.
const PastShown = 3

// past is the end of a key's history in its panel.
type past struct {
	*fyne.Container
	lines *fyne.Container
	all   *parts.Button
}

func newPast(all func()) *past {
	p := &past{lines: parts.Column(2), all: parts.NewButton(parts.Link, words.T("window.past.all"), all)}
	title := kit.Small("")
	title.SetRuns(parts.Run{Text: words.T("window.past.title"), Bold: true})
	p.Container = parts.Column(4, parts.Row(1.5*parts.Unit, title.Whole(), p.all), p.lines)
	p.Hide()
	return p
}

// Past shows the newest events, of which there may be more than [PastShown]; none hides the list.
func (p *Panel) Past(events []valet.Event, now time.Time) {
	p.past.lines.Objects = nil
	for _, e := range events[:min(PastShown, len(events))] {
		line := kit.Small("")
		line.SetRuns(parts.Run{Text: words.When(e.At, now), Colour: parts.Ink}, parts.Run{Text: "  " + words.Event(e, now) + by(e)})
		p.past.lines.Objects = append(p.past.lines.Objects, line)
	}
	kit.ShowIf(p.past.Container, len(events) > 0)
	kit.ShowIf(p.past.all, len(events) > PastShown)
	p.Container.Refresh()
}

// History is all that was done with a key, grouped by day.
type History struct {
	*fyne.Container
	days *fyne.Container
}

// NewHistory makes an empty one of the key of shop.
func NewHistory(shop string, back func()) *History {
	h := &History{days: parts.Column(2.5 * parts.Unit)}
	title := kit.Heading("")
	kit.SetHeading(title, words.T("window.past.of", "Shop", shop))
	head := parts.Column(2, title, kit.PlainMuted(words.T("window.past.kept")))
	h.Container = parts.Framed(parts.Page(head, h.days, parts.Row(parts.Unit, parts.NewButton(parts.Filled, words.T("window.done"), back))))
	return h
}

// Show shows events, the newest first.
func (h *History) Show(events []valet.Event, now time.Time) {
	h.days.Objects = nil
	if len(events) == 0 {
		h.days.Objects = []fyne.CanvasObject{kit.Muted(words.T("window.past.none"))}
	}
	var lines *fyne.Container
	day := ""
	for _, e := range events {
		if named := words.Day(e.At, now); named != day {
			day = named
			title := kit.Body("")
			title.SetRuns(parts.Run{Text: day, Bold: true})
			lines = parts.Column(4)
			h.days.Objects = append(h.days.Objects, parts.Column(4, title, lines))
		}
		clock := kit.Muted(words.Clock(e.At, now)).Whole()
		line := kit.Body("")
		line.SetRuns(parts.Run{Text: words.Event(e, now)}, parts.Run{Text: by(e), Colour: parts.Muted})
		lines.Objects = append(lines.Objects, parts.Beside(1.5*parts.Unit, 0, clock, line))
	}
	h.Container.Refresh()
}

// by says by what it was done, behind what was done.
func by(e valet.Event) string {
	if by := words.EventBy(e); by != "" {
		return " · " + by
	}
	return ""
}
