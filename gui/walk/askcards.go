//go:build !nogui

package walk

import (
	"slices"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// purposeCards are the wishes a key is made for, each with its teeth.
func (a *Ask) purposeCards() *fyne.Container {
	var cards []fyne.CanvasObject
	for _, p := range a.market.Purposes {
		cards = append(cards, a.purposeCard(p.ID, kit.Small(words.PurposeText(p.ID)), teethOf(a.market.Scopes, p.Scopes)))
	}
	a.pieces.counts = kit.Small("")
	own := a.purposeCard(Choose, kit.Small(words.PurposeText(Choose)), a.pieces.counts)
	return parts.Grid(4, 128, parts.Unit, parts.Unit, append(cards, own)...)
}

func (a *Ask) purposeCard(id string, text *parts.Text, below fyne.CanvasObject) fyne.CanvasObject {
	name := words.PurposeTitle(id)
	title := kit.Small("").Coloured(parts.Ink)
	title.SetRuns(parts.Run{Text: name, Bold: true})
	card := parts.NewCard(name, parts.Foot(parts.Unit, parts.Column(0, title, parts.Roomy(text)), below), func() { a.Take(id) })
	a.pieces.cards[id] = card
	return card
}

// teethOf is a purpose's key at a glance: a mark for each permission there is, short where the purpose leaves it out.
func teethOf(known []oauth.ScopeInfo, held []oauth.Scope) fyne.CanvasObject {
	var marks []fyne.CanvasObject
	for _, info := range known {
		colour, height := parts.Brass, float32(7)
		switch {
		case !slices.Contains(held, info.Name):
			colour, height = parts.Line, 3
		case info.Risk == oauth.RiskChange:
			height = 11
		case info.Risk == oauth.RiskDelete:
			colour, height = parts.Red, 15
		}
		marks = append(marks, parts.NewShape(colour, 1.5, fyne.NewSize(5, height)))
	}
	return parts.Teeth(4, 15, marks...)
}

// permissionBoxes are all permissions as sentences, with their risk in words and the technical name in small.
func (a *Ask) permissionBoxes() *fyne.Container {
	var boxes []fyne.CanvasObject
	for _, info := range a.market.Scopes {
		box := parts.NewCheck(a.sentence(info), false, func(on bool) { a.turn(info.Name, on) })
		if slices.Contains(a.market.AlwaysAsked, info.Name) {
			box.Set(true)
			box.Fix()
		}
		a.pieces.boxes[info.Name] = box
		boxes = append(boxes, box)
	}
	return parts.Columns(2, 208, 3*parts.Unit, 2, boxes...)
}

func (a *Ask) sentence(info oauth.ScopeInfo) *parts.Text {
	risk := words.RiskWord(info.Risk)
	if slices.Contains(a.market.AlwaysAsked, info.Name) {
		risk += ", " + words.T("window.ask.always")
	}
	title := parts.Run{Text: kit.TitleOf(a.market.Scopes, info.Name)}
	if info.Risk == oauth.RiskDelete {
		title.Colour = parts.Red
	}
	text := kit.Body("")
	text.SetRuns(title, parts.Run{Text: "\n"}, parts.Run{Text: risk + "  ", Small: true, Colour: parts.Muted},
		parts.Run{Text: string(info.Name), Mono: true, Colour: parts.Muted})
	return text
}

// keyCards choose among several app keys of one provider.
func (a *Ask) keyCards(keys []valet.AppKey) *fyne.Container {
	var cards []fyne.CanvasObject
	for _, key := range keys {
		title := kit.Body("")
		title.SetRuns(parts.Run{Text: key.Label, Bold: true})
		client := kit.Small("")
		client.SetRuns(parts.Run{Text: key.ClientID, Mono: true})
		card := parts.NewCard(key.Label, parts.Column(2, title, client), func() { a.takeKey(key.ID) })
		a.pieces.keys[key.ID] = card
		cards = append(cards, card)
	}
	a.takeKey(keys[0].ID)
	return parts.Column(parts.Unit, kit.Small(words.T("window.ask.keys")), parts.Grid(3, 160, parts.Unit, parts.Unit, cards...))
}

func (a *Ask) takeKey(id string) {
	a.appKey = id
	for key, card := range a.pieces.keys {
		card.SetChosen(key == id)
	}
}
