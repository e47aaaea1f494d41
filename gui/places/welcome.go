//go:build !nogui

package places

import (
	"strings"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// WelcomeActions are the wishes of the first screen.
type WelcomeActions struct {
	Practice func()
	Real     func()
	Others   func() // older interfaces, and markets of one's own
}

// NewWelcome is the first screen of all: what this is, the practice shop at once, and the way to the real shop beside it.
func NewWelcome(scopes []oauth.ScopeInfo, held []oauth.Scope, real valet.Market, actions WelcomeActions) *fyne.Container {
	picture := kit.NewKeyPicture(400)
	picture.Set("V", scopes, held, false)
	head := parts.Column(2, kit.Heading(words.T("window.welcome.title")), kit.PlainMuted(words.T("window.welcome.story")))
	offers := parts.Grid(2, 208, 4*parts.Unit, 3*parts.Unit,
		offer("window.welcome.practice", "", parts.NewButton(parts.Filled, words.T("window.welcome.practice.button"), actions.Practice)),
		offer("window.welcome.real", real.Name, parts.NewButton(parts.Outline, words.T("window.welcome.real.button", "Provider", real.Name), actions.Real)))
	middle := parts.Column(3*parts.Unit, kit.AtLeft(picture), offers, parts.Column(2, kit.Small(words.T("window.password")),
		parts.Row(parts.Unit, parts.NewButton(parts.Link, words.T("window.markets.open"), actions.Others))))
	return parts.Framed(parts.Page(head, middle, parts.Space(0, 0)))
}

// offer is a way to begin: a title, what it is, and its button at the same height as its neighbour's.
func offer(id, provider string, button *parts.Button) fyne.CanvasObject {
	return parts.Column(parts.Unit,
		parts.NewText(parts.Lead, "**"+words.T(id+".title", "Provider", provider)+"**"),
		parts.AtLeastTop(9*parts.Unit, kit.Muted(words.T(id+".text", "Provider", provider))),
		parts.Row(parts.Unit, button))
}

// NewChoose asks whose key it shall be. others leads to what few people look for.
func NewChoose(markets []valet.Market, choose func(valet.Market), others, back func()) *fyne.Container {
	var cards []fyne.CanvasObject
	for _, m := range markets {
		cards = append(cards, marketCard(m, choose))
	}
	head := parts.Column(2, kit.Heading(words.T("window.choose.title")), kit.Muted(words.T("window.choose.text")))
	middle := parts.Column(3*parts.Unit, kit.AtLeft(kit.NewKeyPicture(336)), parts.Grid(2, 208, 2*parts.Unit, 2*parts.Unit, cards...),
		parts.Row(parts.Unit, parts.NewButton(parts.Link, words.T("window.markets.open"), others)))
	foot := parts.Row(parts.Unit, parts.NewButton(parts.Outline, words.T("window.back"), back))
	return parts.Framed(parts.Page(head, middle, foot))
}

// marketLine says what a provider is: practice, or the hosts that will be spoken to.
func marketLine(m valet.Market) string {
	switch {
	case m.Practice && m.OAuth1 != nil:
		return words.T("window.choose.practice.older")
	case m.Practice:
		return words.T("window.choose.practice")
	case kit.Ended(m):
		return words.T("window.choose.ended")
	}
	return words.T("window.choose.hosts", "Hosts", strings.Join(m.Hosts(), ", "))
}
