//go:build !nogui

package gui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// permission is one line of what a key opens, with what differs between asked and granted.
type permission struct {
	scope   oauth.Scope
	title   string
	risk    oauth.Risk
	granted bool
	asked   bool
	since   string // when it was added, or taken away; nothing where it was so before

	known, reported bool // the provider has said what the key opens now; and says this one
}

// differs says in a few words where what was asked, granted and reported is not the same.
func (p permission) differs() string {
	if !p.asked && !p.granted && !p.reported { // it was taken away
		return ""
	}
	return words.ScopeDifference(valet.Permission{Name: p.scope, Asked: p.asked, Granted: p.granted, Reported: p.reported, Known: p.known})
}

// reportedBeside puts what the provider says now beside list; nil: it has not said.
func reportedBeside(list []permission, known []oauth.ScopeInfo, reported []oauth.Scope) []permission {
	if reported == nil {
		return list
	}
	var names []oauth.Scope
	for i := range list {
		names = append(names, list[i].scope)
		list[i].known, list[i].reported = true, has(reported, list[i].scope)
	}
	more, _ := valet.Difference(names, reported)
	for _, scope := range more {
		list = append(list, permission{scope: scope, title: titleOf(known, scope), risk: riskOf(known, scope), known: true, reported: true})
	}
	return list
}

// freshChange is how long it is shown what a key opens since it was connected anew, and did not before.
const freshChange = 7 * 24 * time.Hour

// permissionsOfKey are those of a key, and those it had until it was connected anew.
func permissionsOfKey(known []oauth.ScopeInfo, c valet.Connection, now time.Time) []permission {
	if c.Before == nil || now.Sub(c.Connected) > freshChange {
		return permissionsOf(known, c.Asked, c.Granted)
	}
	day := words.Day(c.Connected, now)
	list := permissionsOf(known, slices.Concat(c.Asked, c.Before), c.Granted)
	for i := range list {
		p := &list[i]
		p.asked = has(c.Asked, p.scope)
		switch before := has(c.Before, p.scope); {
		case p.granted && !before:
			p.since = words.T("window.permission.added", "Day", day)
		case !p.granted && before:
			p.since = words.T("window.permission.gone", "Day", day)
		}
	}
	return list
}

// permissionsOf lists what was asked or granted, in the provider's order, what it does not list last.
func permissionsOf(known []oauth.ScopeInfo, asked, granted []oauth.Scope) []permission {
	var list []permission
	add := func(scope oauth.Scope) {
		for _, p := range list {
			if p.scope == scope {
				return
			}
		}
		list = append(list, permission{scope: scope, title: titleOf(known, scope), risk: riskOf(known, scope), granted: has(granted, scope), asked: has(asked, scope)})
	}
	for _, info := range known {
		if has(asked, info.Name) || has(granted, info.Name) {
			add(info.Name)
		}
	}
	for _, scope := range asked {
		add(scope)
	}
	for _, scope := range granted {
		add(scope)
	}
	return list
}

// permissionLines draws the list in two columns; spent ones are of a key that opens nothing any more.
func permissionLines(list []permission, spent bool) *fyne.Container {
	lines := make([]fyne.CanvasObject, 0, len(list))
	for _, p := range list {
		lines = append(lines, p.line(spent))
	}
	return parts.Columns(2, 208, 3*parts.Unit, 4, lines...)
}

func (p permission) line(spent bool) fyne.CanvasObject {
	title := parts.Run{Text: p.title}
	said := []parts.Run{title, {Text: "  "}, {Text: string(p.scope), Mono: true, Colour: parts.Muted}}
	if spent || !p.granted {
		said[0].Colour = parts.Muted
	}
	if note, colour := p.note(); note != "" && !spent {
		said = append(said, parts.Run{Text: "\n" + note, Small: true, Colour: colour})
	}
	text := body("")
	text.SetRuns(said...)
	return parts.Marker(tooth(p.risk, p.granted && !spent), text)
}

// note is what has to be said of it, and in which colour: red where the key opens less than it should.
func (p permission) note() (string, fyne.ThemeColorName) {
	switch differs := p.differs(); {
	case differs == "" && !p.granted:
		return p.since, parts.Muted
	case differs == "":
		return p.since, parts.BrassInk
	case p.asked && !p.granted, p.known && !p.reported:
		return differs, parts.Red
	default:
		return differs, parts.BrassInk
	}
}

// tooth is the mark of a risk: a dot that reads, a longer tooth that changes, a long red one that deletes.
func tooth(risk oauth.Risk, cut bool) *parts.Shape {
	colour, height := parts.Brass, parts.Unit
	switch risk {
	case oauth.RiskChange:
		height = 14
	case oauth.RiskDelete:
		colour, height = parts.Red, 18
	}
	if !cut {
		colour = parts.Line
	}
	return parts.NewShape(colour, 4, fyne.NewSize(parts.Unit, height))
}

// tally counts what was asked, granted and reported, side by side.
func (s PanelState) tally() string {
	if s.Reported == nil {
		return ""
	}
	c := s.Key
	said := words.T("window.permission.tally", "Asked", len(c.Asked), "Granted", len(c.Granted), "Reported", len(s.Reported), "Provider", c.ProviderName)
	for _, p := range valet.SideBySide(c.Asked, c.Granted, s.Reported) {
		if words.ScopeDifference(p) != "" {
			return said
		}
	}
	return joined(said, words.T("window.permission.same"))
}
