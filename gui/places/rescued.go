//go:build !nogui

package places

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// RescueResult is what came of one key of a file.
type RescueResult struct {
	Name string           // what it was called before
	Kept valet.Connection // without an ID: it was not kept
	Err  error
}

// RescuedState is what came of a file.
type RescuedState struct {
	File, Keyring string
	Results       []RescueResult
	Stays         error    // why the file cannot be deleted here; nil: it can
	Others        []string // what else stands in it, and would be lost
}

// ok reports whether all is kept and known to work.
func (s RescuedState) ok() bool {
	for _, r := range s.Results {
		if r.Err != nil {
			return false
		}
	}
	return true
}

// Removable reports whether the file may be deleted: nothing that stands in it would be lost.
func (s RescuedState) Removable() bool { return s.ok() && s.Stays == nil }

// Rescued says what came of a file, and offers to delete it.
type Rescued struct {
	*fyne.Container
	Notice *kit.Notice
}

// NewRescued shows s. remove deletes the file; ways lead on.
func NewRescued(s RescuedState, remove func(), ways ...kit.Way) *Rescued {
	r := &Rescued{Notice: kit.NewNotice()}
	title := kit.Heading("")
	kit.SetHeading(title, s.title())
	lines := parts.Column(1.5 * parts.Unit)
	for _, result := range s.Results {
		lines.Add(result.line(s.Keyring))
	}
	middle := parts.Column(3*parts.Unit, lines, s.file())
	buttons := kit.WayButtons(ways)
	if s.Removable() {
		buttons = parts.Row(parts.Unit, parts.NewButton(parts.RedFilled, words.T("window.rescued.delete"), remove))
		for _, way := range ways {
			buttons.Add(parts.NewButton(parts.Outline, way.Text, way.Press))
		}
	}
	r.Container = parts.Framed(parts.Page(title, middle, parts.Column(1.5*parts.Unit, r.Notice.Container, buttons)))
	return r
}

func (s RescuedState) title() string {
	kept := 0
	for _, r := range s.Results {
		if r.Kept.ID != "" {
			kept++
		}
	}
	switch {
	case kept == 0:
		return words.T("window.rescued.none")
	case kept < len(s.Results):
		return words.T("window.rescued.some", "Kept", kept, "All", len(s.Results))
	}
	return words.N("window.rescued.title", kept)
}

// line is one key: where it is now, or why it is not here.
func (r RescueResult) line(keyring string) fyne.CanvasObject {
	name, place := r.Name, words.T("window.rescued.left")
	if r.Kept.ID != "" {
		name, place = words.ShopName(r.Kept), words.StoreName(r.Kept.Store, keyring)
	}
	said := []parts.Run{{Text: name, Bold: true}, {Text: "  " + place, Colour: parts.Muted}}
	if r.Err != nil {
		t := words.Sentence(r.Err)
		more := kit.Joined(t.Means, t.Next)
		if r.Kept.ID != "" {
			more = words.T("window.rescued.untried")
		}
		said = append(said, parts.Run{Text: "\n" + t.What, Small: true, Colour: parts.Red}, parts.Run{Text: "\n" + more, Small: true, Colour: parts.Muted})
	}
	line := parts.NewText(parts.Lead, "")
	line.SetRuns(said...)
	return parts.Marker(parts.NewTick(r.Kept.ID != "" && r.Err == nil), line)
}

// file says what is to be known of the file that the keys came from.
func (s RescuedState) file() fyne.CanvasObject {
	name := kit.Plain(parts.Lead, "")
	said := words.T("window.rescued.file.text")
	switch {
	case !s.ok():
		name.SetRuns(parts.Run{Text: words.T("window.rescued.unchanged", "File", s.File), Bold: true})
		return name
	case s.Stays != nil:
		t := words.Sentence(s.Stays)
		said = kit.Joined(t.What, t.Means, t.Next)
		if len(s.Others) > 0 {
			said = kit.Joined(said, words.T("window.rescued.others", "Names", kit.Several(s.Others)))
		}
	}
	name.SetRuns(parts.Run{Text: words.T("window.rescued.file", "File", s.File), Bold: true})
	return parts.Column(4, name, kit.Plain(parts.Body, said))
}
