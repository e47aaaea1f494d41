//go:build !nogui

package places

import (
	"cmp"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// HelpActions are the wishes of the page that looks for what is wrong.
type HelpActions struct{ Stop, Again, Report, Back func() }

// HelpLine is one check: what it found, and the next step where the window can take it. Without a state it is being made.
type HelpLine struct {
	valet.Finding
	Way kit.Way // without a text: there is none
}

// HelpState is how far the page has come.
type HelpState struct {
	About string // the shop that is looked at; "": this computer
	Lines []HelpLine
	Over  bool // nothing more is looked at
	Cut   bool // it ended before all was looked at
	Now   time.Time
}

// Help shows each check as it is made and what it found. What is wrong moves to the top.
type Help struct {
	*fyne.Container
	Notice *kit.Notice
	said   *parts.Text
	lines  *fyne.Container
	ways   *fyne.Container
	act    HelpActions
}

// NewHelp makes the page, which shows nothing yet.
func NewHelp(about string, act HelpActions) *Help {
	h := &Help{Notice: kit.NewNotice(), said: kit.Muted(""), lines: parts.Column(1.5 * parts.Unit), ways: parts.Row(parts.Unit), act: act}
	title := kit.Heading(words.T("help.title"))
	if about != "" {
		kit.SetHeading(title, words.T("help.title.shop", "Shop", about))
	}
	foot := parts.Column(parts.Unit, parts.Roomy(kit.Small(words.T("help.changes"))), h.ways)
	h.Container = parts.Framed(parts.Page(parts.Column(2, title, h.said), h.lines, foot))
	return h
}

// Show takes over what is known now.
func (h *Help) Show(s HelpState) {
	h.said.Set(s.sentence())
	shown := slices.Clone(s.Lines)
	slices.SortStableFunc(shown, func(a, b HelpLine) int { return cmp.Compare(gravity(a.State), gravity(b.State)) })
	h.lines.Objects = nil
	for _, line := range shown {
		h.lines.Add(line.draw(s.Now))
	}
	h.ways.Objects = nil
	if s.Over {
		h.ways.Add(parts.NewButton(parts.Filled, words.T("window.back"), h.act.Back))
		h.ways.Add(parts.NewButton(parts.Outline, words.T("help.again"), h.act.Again))
		h.ways.Add(parts.NewButton(parts.Outline, words.T("help.report"), h.act.Report))
	} else {
		h.ways.Add(parts.NewButton(parts.Outline, words.T("help.stop"), h.act.Stop))
		h.ways.Add(parts.NewButton(parts.Quiet, words.T("window.back"), h.act.Back))
	}
	h.Container.Refresh()
}

// sentence says how it stands.
func (s HelpState) sentence() string {
	var found []valet.Finding
	for _, line := range s.Lines {
		found = append(found, line.Finding)
	}
	switch {
	case s.Cut:
		return words.T("help.cut")
	case !s.Over:
		return words.T("help.looking")
	}
	return words.Summary(found)
}

// gravity puts what is wrong first, and what is being looked at last.
func gravity(s valet.FindingState) int {
	switch s {
	case valet.Wrong:
		return 0
	case valet.LookAt:
		return 1
	case "":
		return 3
	}
	return 2
}

// signs are the marks of the states, and in which colour their word stands.
var signs = map[valet.FindingState]struct {
	sign   parts.Sign
	colour fyne.ThemeColorName
}{
	"":            {parts.Pending, parts.Muted},
	valet.Fine:    {parts.Good, parts.Green},
	valet.LookAt:  {parts.Look, parts.BrassInk},
	valet.Wrong:   {parts.Bad, parts.Red},
	valet.Untried: {parts.Open, parts.Muted},
}

// draw is the line: the mark, what was looked at, how it is in a word, what that means, and what to do.
func (l HelpLine) draw(now time.Time) fyne.CanvasObject {
	mark := signs[l.State]
	state := words.T("help.line.looking")
	runs := []parts.Run{{Text: words.CheckName(l.Finding), Bold: true}}
	if l.State != "" {
		state = words.FindingState(l.State)
	}
	runs = append(runs, parts.Run{Text: "  " + state, Small: true, Colour: mark.colour})
	if l.State != "" {
		told := words.Finding(l.Finding, now)
		if gravity(l.State) < gravity(valet.Fine) {
			runs = append(runs, parts.Run{Text: "\n" + told.What}, parts.Run{Text: "\n" + kit.Joined(told.Means, told.Next), Colour: parts.Muted})
		} else {
			runs = append(runs, parts.Run{Text: "\n" + kit.Joined(told.What, nextOf(l.State, told)), Small: true, Colour: parts.Muted})
		}
	}
	text := kit.Body("")
	text.SetRuns(runs...)
	if l.Way.Text == "" {
		return parts.Marker(parts.NewMark(mark.sign), text)
	}
	said := parts.Aside(1.5*parts.Unit, 240, text, parts.Fixed(parts.NewButton(parts.Outline, l.Way.Text, l.Way.Press)))
	return parts.Beside(10, 0, parts.InsetEach(0, 1, 0, 0, parts.Fixed(parts.NewMark(mark.sign))), said)
}

// nextOf is the next step where there is one to take: nothing has to be done where all is fine.
func nextOf(s valet.FindingState, t words.Trouble) string {
	if s == valet.Fine {
		return ""
	}
	return t.Next
}
