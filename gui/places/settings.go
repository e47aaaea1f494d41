//go:build !nogui

package places

import (
	"slices"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// SettingsState is what the settings show.
type SettingsState struct {
	valet.Settings
	Tray    bool // this desktop has one
	Folders valet.Folders
	Version string
}

// Settings is what can be chosen, and what there is to know about the program. Each choice takes effect at once.
type Settings struct {
	*fyne.Container
	Notice *kit.Notice

	change func(func(*valet.Settings))
}

// SettingsActions are the wishes of the settings. Change gets what a press changes.
type SettingsActions struct {
	Change                    func(func(*valet.Settings))
	Terms, Help, Remove, Done func()
}

// NewSettings shows s.
func NewSettings(s SettingsState, act SettingsActions) *Settings {
	v := &Settings{change: act.Change}
	v.Notice = kit.NewSlip(func() { v.Container.Refresh() })
	body := parts.Column(2.5*parts.Unit, v.looks(s.Look), v.languages(s.Language), v.habits(s), folders(s.Folders), about(s.Version, act), leaving(act))
	foot := parts.Row(parts.Unit, parts.NewButton(parts.Filled, words.T("window.done"), act.Done))
	v.Container = parts.Framed(parts.PageWithSlip(kit.Heading(words.T("window.settings.title")), body, v.Notice.Container, foot))
	return v
}

// option is one of several that exclude each other.
type option struct{ value, name string }

func (v *Settings) looks(now valet.Look) fyne.CanvasObject {
	options := []option{
		{string(valet.LookOfSystem), words.T("window.settings.system")},
		{string(valet.LookLight), words.T("window.settings.light")},
		{string(valet.LookDark), words.T("window.settings.dark")},
	}
	return oneOf(words.T("window.settings.look"), options, string(now), func(value string) {
		v.change(func(s *valet.Settings) { s.Look = valet.Look(value) })
	})
}

// languages offers those that there are. One that a newer program knows is as that of the system here.
func (v *Settings) languages(now string) fyne.CanvasObject {
	options := []option{{"", words.T("window.settings.system")}}
	for _, tag := range words.Languages() {
		options = append(options, option{tag, words.LanguageName(tag)})
	}
	if !slices.ContainsFunc(options, func(o option) bool { return o.value == now }) {
		now = ""
	}
	return oneOf(words.T("window.settings.language"), options, now, func(value string) {
		v.change(func(s *valet.Settings) { s.Language = value })
		v.Notice.Say(words.T("window.settings.next"))
	})
}

// oneOf is a row of cards of which one is chosen.
func oneOf(title string, options []option, now string, take func(value string)) fyne.CanvasObject {
	cards := make([]*parts.Card, len(options))
	objects := make([]fyne.CanvasObject, len(options))
	for i, o := range options {
		name := kit.Body(o.name)
		cards[i] = parts.NewCard(title+": "+o.name, name, func() {
			for j, card := range cards {
				card.SetChosen(i == j)
			}
			take(o.value)
		})
		cards[i].SetChosen(o.value == now)
		objects[i] = cards[i]
	}
	return section(title, parts.Grid(3, 112, parts.Unit, parts.Unit, objects...))
}

// habits are what it does by itself.
func (v *Settings) habits(s SettingsState) fyne.CanvasObject {
	boxes := parts.Column(parts.Unit, v.habit("window.settings.notify", !s.Silent, func(s *valet.Settings, on bool) { s.Silent = !on }))
	if s.Tray {
		boxes.Add(v.habit("window.settings.tray", s.CloseToTray, func(s *valet.Settings, on bool) { s.CloseToTray = on }))
	}
	return section(words.T("window.settings.habits"), boxes)
}

func (v *Settings) habit(id string, on bool, set func(s *valet.Settings, on bool)) fyne.CanvasObject {
	label := kit.Body("")
	label.SetRuns(parts.Run{Text: words.T(id)}, parts.Run{Text: "\n"}, parts.Run{Text: words.T(id + ".text"), Small: true, Colour: parts.Muted})
	return parts.NewCheck(label, on, func(on bool) { v.change(func(s *valet.Settings) { set(s, on) }) })
}

// folders says where the files are that hold no secret.
func folders(f valet.Folders) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, place := range [][2]string{{words.T("window.settings.state"), f.State}, {words.T("window.settings.config"), f.Config}} {
		line := kit.Body("")
		line.SetRuns(parts.Run{Text: place[0]}, parts.Run{Text: "\n"}, parts.Run{Text: place[1], Mono: true, Small: true, Colour: parts.Muted})
		lines = append(lines, line)
	}
	return section(words.T("window.settings.folders"), parts.Grid(2, 280, 3*parts.Unit, parts.Unit, lines...))
}

func about(version string, act SettingsActions) fyne.CanvasObject {
	return section(words.T("window.settings.about", "Version", version),
		parts.Column(parts.Unit, kit.PlainMuted(words.T("window.settings.licence")), kit.PlainMuted(words.T("window.trademark")),
			parts.Row(2*parts.Unit, parts.NewButton(parts.Link, words.T("help.terms.again"), act.Terms), parts.NewButton(parts.Link, words.T("help.whole"), act.Help))))
}

// leaving is for whoever stops using the program.
func leaving(act SettingsActions) fyne.CanvasObject {
	return section(words.T("help.remove.section"), parts.Row(0, parts.NewButton(parts.RedQuiet, words.T("help.remove.open"), act.Remove)))
}

// section is a part of the settings under its name.
func section(title string, content fyne.CanvasObject) fyne.CanvasObject {
	name := kit.Plain(parts.Body, "")
	name.SetRuns(parts.Run{Text: title, Bold: true})
	return parts.Column(parts.Unit, name, content)
}
