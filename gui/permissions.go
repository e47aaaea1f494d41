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
		list = append(list, permission{scope, titleOf(known, scope), riskOf(known, scope), has(granted, scope), has(asked, scope), ""})
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
	switch {
	case spent:
		said[0].Colour = parts.Muted
	case !p.granted && p.asked:
		said[0].Colour = parts.Muted
		said = append(said, parts.Run{Text: "\n" + words.T("window.permission.refused"), Small: true, Colour: parts.Red})
	case !p.granted:
		said[0].Colour = parts.Muted
		said = append(said, parts.Run{Text: "\n" + p.since, Small: true, Colour: parts.Muted})
	case !p.asked:
		said = append(said, parts.Run{Text: "\n" + words.T("window.permission.extra"), Small: true, Colour: parts.BrassInk})
	case p.since != "":
		said = append(said, parts.Run{Text: "\n" + p.since, Small: true, Colour: parts.BrassInk})
	}
	text := body("")
	text.SetRuns(said...)
	return parts.Marker(tooth(p.risk, p.granted && !spent), text)
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
