//go:build !nogui

package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// Permission is one line of what a key opens, with what differs between asked and granted.
type Permission struct {
	scope   oauth.Scope
	Title   string
	risk    oauth.Risk
	Granted bool
	Asked   bool
	since   string // when it was added, or taken away; nothing where it was so before

	known, reported bool // the provider has said what the key opens now; and says this one
}

// differs says in a few words where what was asked, granted and reported is not the same.
func (p Permission) differs() string {
	if !p.Asked && !p.Granted && !p.reported { // it was taken away
		return ""
	}
	return words.ScopeDifference(valet.Permission{Name: p.scope, Asked: p.Asked, Granted: p.Granted, Reported: p.reported, Known: p.known})
}

// WithReported puts what the provider says now beside list; nil: it has not said.
func WithReported(list []Permission, known []oauth.ScopeInfo, reported []oauth.Scope) []Permission {
	if reported == nil {
		return list
	}
	var names []oauth.Scope
	for i := range list {
		names = append(names, list[i].scope)
		list[i].known, list[i].reported = true, slices.Contains(reported, list[i].scope)
	}
	more, _ := valet.Difference(names, reported)
	for _, scope := range more {
		list = append(list, Permission{scope: scope, Title: TitleOf(known, scope), risk: riskOf(known, scope), known: true, reported: true})
	}
	return list
}

// freshChange is how long it is shown what a key opens since it was connected anew, and did not before.
const freshChange = 7 * 24 * time.Hour

// PermissionsOfKey are those of a key, and those it had until it was connected anew.
func PermissionsOfKey(known []oauth.ScopeInfo, c valet.Connection, now time.Time) []Permission {
	if c.Before == nil || now.Sub(c.Connected) > freshChange {
		return PermissionsOf(known, c.Asked, c.Granted)
	}
	day := words.Day(c.Connected, now)
	list := PermissionsOf(known, slices.Concat(c.Asked, c.Before), c.Granted)
	for i := range list {
		p := &list[i]
		p.Asked = slices.Contains(c.Asked, p.scope)
		switch before := slices.Contains(c.Before, p.scope); {
		case p.Granted && !before:
			p.since = words.T("window.permission.added", "Day", day)
		case !p.Granted && before:
			p.since = words.T("window.permission.gone", "Day", day)
		}
	}
	return list
}

// PermissionsOf lists what was asked or granted, in the provider's order, what it does not list last.
func PermissionsOf(known []oauth.ScopeInfo, asked, granted []oauth.Scope) []Permission {
	var list []Permission
	add := func(scope oauth.Scope) {
		for _, p := range list {
			if p.scope == scope {
				return
			}
		}
		list = append(list, Permission{scope: scope, Title: TitleOf(known, scope), risk: riskOf(known, scope), Granted: slices.Contains(granted, scope), Asked: slices.Contains(asked, scope)})
	}
	for _, info := range known {
		if slices.Contains(asked, info.Name) || slices.Contains(granted, info.Name) {
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

// PermissionLines draws the list in two columns; spent ones are of a key that opens nothing any more.
func PermissionLines(list []Permission, spent bool) *fyne.Container {
	lines := make([]fyne.CanvasObject, 0, len(list))
	for _, p := range list {
		lines = append(lines, p.line(spent))
	}
	return parts.Columns(2, 208, 3*parts.Unit, 4, lines...)
}

func (p Permission) line(spent bool) fyne.CanvasObject {
	title := parts.Run{Text: p.Title}
	said := []parts.Run{title, {Text: "  "}, {Text: string(p.scope), Mono: true, Colour: parts.Muted}}
	if spent || !p.Granted {
		said[0].Colour = parts.Muted
	}
	if note, colour := p.note(); note != "" && !spent {
		said = append(said, parts.Run{Text: "\n" + note, Small: true, Colour: colour})
	}
	text := Body("")
	text.SetRuns(said...)
	return parts.Marker(tooth(p.risk, p.Granted && !spent), text)
}

// note is what has to be said of it, and in which colour: red where the key opens less than it should.
func (p Permission) note() (string, fyne.ThemeColorName) {
	switch differs := p.differs(); {
	case differs == "" && !p.Granted:
		return p.since, parts.Muted
	case differs == "":
		return p.since, parts.BrassInk
	case p.Asked && !p.Granted, p.known && !p.reported:
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

// riskOf is a permission's risk; one the provider does not list changes things, as far as we know.
func riskOf(known []oauth.ScopeInfo, scope oauth.Scope) oauth.Risk {
	for _, info := range known {
		if info.Name == scope {
			return info.Risk
		}
	}
	return oauth.RiskChange
}

// TitleOf is a permission as a sentence: ours, else the provider's own, else its name.
func TitleOf(known []oauth.ScopeInfo, scope oauth.Scope) string {
	title := words.ScopeTitle(scope)
	if title != string(scope) {
		return title
	}
	for _, info := range known {
		if info.Name == scope && info.Title != "" {
			return info.Title
		}
	}
	return title
}

// OpenedLine is a permission that a key has, and nothing besides.
func OpenedLine(known []oauth.ScopeInfo, scope oauth.Scope) fyne.CanvasObject {
	return Permission{scope: scope, Title: TitleOf(known, scope), risk: riskOf(known, scope), Granted: true, Asked: true}.line(false)
}
