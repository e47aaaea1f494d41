//go:build !nogui

package walk

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// changing is the first step for a key that hangs in the rack: what it opens now, and what that would become.
type changing struct {
	key  valet.Connection
	said *parts.Text
}

// NewChange asks what the key of c may open from now on, with what it opens now ticked.
func NewChange(market valet.Market, c valet.Connection, actions AskActions) *Ask {
	a := emptyAsk(market, actions)
	a.pieces.change = &changing{key: c, said: kit.Muted("")}
	layOut(a, kit.PlainMuted(words.T("window.change.story", "Shop", words.ShopName(c))), nil)
	for _, scope := range c.Granted {
		a.chosen[scope] = true
	}
	for _, scope := range market.AlwaysAsked {
		a.chosen[scope] = true
	}
	a.recognise()
	a.show()
	return a
}

// footed puts what would change above the buttons, where it is always in sight. Room for it is kept.
func (c *changing) footed(buttons fyne.CanvasObject) *fyne.Container {
	return parts.Column(1.5*parts.Unit, parts.AtLeast(6*parts.Unit, c.said), buttons)
}

// initial is what stands in the bow of the key.
func (c *changing) initial() string {
	if c == nil {
		return "?"
	}
	return words.ShopName(c.key)
}

// show says what asked would change, and what pressing the button means.
func (c *changing) show(m valet.Market, asked []oauth.Scope, start *parts.Button) {
	added, gone := valet.Difference(c.key.Granted, asked)
	if len(added)+len(gone) == 0 {
		c.said.SetRuns(parts.Run{Text: words.T("window.change.same")})
		start.SetText(words.T("window.ask.start", "Provider", m.Name))
		return
	}
	said := words.T("window.change.other")
	if c.key.Status == valet.Connected || c.key.Status == valet.Refreshing {
		said = words.T("window.change.new")
	}
	runs := []parts.Run{{Text: said, Colour: parts.Ink}}
	runs = append(runs, titled(words.T("window.change.added"), titlesOf(m.Scopes, added))...)
	runs = append(runs, titled(words.T("window.change.gone"), titlesOf(m.Scopes, gone))...)
	c.said.SetRuns(runs...)
	start.SetText(words.T("window.change.start", "Provider", m.Name))
}

// titled is a line of its own: a word in bold, and what it is about; nothing for an empty list.
func titled(word string, items []string) []parts.Run {
	if len(items) == 0 {
		return nil
	}
	return []parts.Run{{Text: "\n"}, {Text: word + "  ", Bold: true, Colour: parts.BrassInk}, {Text: kit.Several(items), Small: true, Colour: parts.Ink}}
}

// titlesOf are permissions as sentences.
func titlesOf(known []oauth.ScopeInfo, scopes []oauth.Scope) []string {
	list := make([]string, len(scopes))
	for i, scope := range scopes {
		list[i] = kit.TitleOf(known, scope)
	}
	return list
}
