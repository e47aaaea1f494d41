//go:build !nogui

package gui

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet/words"
)

// permission is one line of what a key opens, with what differs between asked and granted.
type permission struct {
	scope   oauth.Scope
	title   string
	risk    oauth.Risk
	granted bool
	asked   bool
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
		list = append(list, permission{scope, titleOf(known, scope), riskOf(known, scope), has(granted, scope), has(asked, scope)})
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
	case !p.granted:
		said[0].Colour = parts.Muted
		said = append(said, parts.Run{Text: "\n" + words.T("window.permission.refused"), Small: true, Colour: parts.Red})
	case !p.asked:
		said = append(said, parts.Run{Text: "\n" + words.T("window.permission.extra"), Small: true, Colour: parts.BrassInk})
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
