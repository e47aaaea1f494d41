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

// MarketsActions are the wishes of the screen for everything but the usual.
type MarketsActions struct {
	Choose       func(valet.Market)
	Add, Back    func()
	NewKey       func(valet.Market)
	RemoveKey    func(valet.AppKey)
	RemoveMarket func(valet.Market)
	Rescue       func()             // keys out of a file
	Exchange     func(valet.Market) // a token of an older one
}

// Markets are the older interfaces, the markets that were added, and the app keys: what few people look for.
type Markets struct {
	*fyne.Container
	Notice *kit.Notice
}

// NewMarkets shows them. keys are those that were set.
func NewMarkets(markets []valet.Market, keys []valet.AppKey, actions MarketsActions) *Markets {
	m := &Markets{}
	m.Notice = kit.NewSlip(func() { m.Container.Refresh() })
	var cards []fyne.CanvasObject
	lines := parts.Column(1.5 * parts.Unit)
	for _, market := range markets {
		if !usual(market) {
			cards = append(cards, marketCard(market, actions.Choose))
		}
		for _, key := range keys {
			if key.Provider == market.ID {
				lines.Add(removable(key.Label, words.T("window.markets.key", "Provider", market.Name), key.ClientID, func() { actions.RemoveKey(key) }))
			}
		}
		if !market.BuiltIn {
			lines.Add(removable(market.Name, words.T("window.markets.added"), "", func() { actions.RemoveMarket(market) }))
		}
	}
	cards = append(cards, namedCard(words.T("window.markets.add"), words.T("window.markets.add.text"), actions.Add),
		namedCard(words.T("window.rescue.open"), words.T("window.rescue.open.text"), actions.Rescue))
	middle := parts.Column(3*parts.Unit, parts.Grid(2, 176, 2*parts.Unit, 2*parts.Unit, cards...))
	if len(lines.Objects) > 0 {
		middle.Add(parts.Column(1.5*parts.Unit, parts.NewText(parts.Lead, "**"+words.T("window.markets.yours")+"**"), lines))
	}
	middle.Add(newKeys(markets, actions))
	head := parts.Column(2, kit.Heading(words.T("window.markets.title")), kit.Muted(words.T("window.markets.text")))
	foot := parts.Row(parts.Unit, parts.NewButton(parts.Outline, words.T("window.back"), actions.Back))
	m.Container = parts.Framed(parts.PageWithSlip(head, middle, m.Notice.Container, foot))
	return m
}

// newKeys lead to one more app key, for somebody with several shops, and to keys of today out of older tokens.
func newKeys(markets []valet.Market, actions MarketsActions) *fyne.Container {
	row := parts.Row(3 * parts.Unit)
	for _, m := range markets {
		if !m.Practice && usual(m) && (m.ClientID == "" || m.NeedsSecret()) {
			row.Add(parts.NewButton(parts.Link, words.T("window.markets.newkey", "Provider", m.Name), func() { actions.NewKey(m) }))
		}
		if m.SucceededBy != "" {
			row.Add(parts.NewButton(parts.Link, words.T("window.oldtoken.open", "Provider", m.Name), func() { actions.Exchange(m) }))
		}
	}
	return row
}

// usual reports whether a market belongs among the first choices: today's interfaces, and what the seller added.
func usual(m valet.Market) bool { return !m.BuiltIn || m.OAuth1 == nil }

// Usuals are the first choices.
func Usuals(markets []valet.Market) []valet.Market {
	return slices.DeleteFunc(slices.Clone(markets), func(m valet.Market) bool { return !usual(m) })
}

func marketCard(m valet.Market, choose func(valet.Market)) fyne.CanvasObject {
	return namedCard(m.Name, marketLine(m), func() { choose(m) })
}

// namedCard is a card with a name and what it stands for.
func namedCard(name, text string, press func()) fyne.CanvasObject {
	title := kit.Plain(parts.Lead, "")
	title.SetRuns(parts.Run{Text: name, Bold: true})
	return parts.NewCard(name, parts.Column(4, title, kit.Small(text)), press)
}

// removable is a line with a button that takes away what it names.
func removable(name, what, technical string, remove func()) fyne.CanvasObject {
	text := kit.Body("")
	text.SetRuns(parts.Run{Text: name, Bold: true}, parts.Run{Text: "  " + what, Colour: parts.Muted}, parts.Run{Text: "  " + technical, Mono: true, Colour: parts.Muted})
	button := parts.NewButton(parts.Link, words.T("window.markets.remove", "Name", name), remove)
	return parts.Beside(2*parts.Unit, 1, text, parts.Fixed(button))
}

// NewRemoval asks before an app key or a market is taken away.
func NewRemoval(title, text string, remove, keep func()) *fyne.Container {
	head := kit.Heading("")
	kit.SetHeading(head, title)
	foot := parts.Row(parts.Unit, parts.NewButton(parts.RedFilled, words.T("window.markets.remove.do"), remove),
		parts.NewButton(parts.Quiet, words.T("window.giveback.keep"), keep))
	return parts.Framed(parts.Page(head, kit.Plain(parts.Lead, text), foot))
}
