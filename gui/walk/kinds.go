//go:build !nogui

package walk

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// KindsActions are the wishes of the page before the set-up.
type KindsActions struct {
	Open func(page string) // the page of a kind, in the browser; this one stays
	Have func()            // a kind was chosen, or both values are there already: the set-up comes next
	Back func()
}

// appKeyKinds are Etsy's three kinds of app key, the seller's own first: it is two fields and minutes.
var appKeyKinds = []struct{ id, page string }{
	{"window.setup.seller", "https://www.etsy.com/developers/register-seller-app"},
	{"window.setup.personal", "https://www.etsy.com/developers/register"},
	{"window.setup.commercial", appKeyPage},
}

// appKeyPage lists somebody's app keys at Etsy, with their callback URLs.
const appKeyPage = "https://www.etsy.com/developers/your-apps"

// Kinds asks which of Etsy's three kinds of app key it shall be.
type Kinds struct {
	*fyne.Container
	Notice *kit.Notice // lies over the page while it has something to say
}

// Opened says that the page is on its way to the browser, and what comes after it.
func (k *Kinds) Opened() { k.Notice.Say(words.T("window.setup.opened")) }

// NewKinds asks which of Etsy's three kinds of app key it shall be, and says what Etsy allows them for.
func NewKinds(market valet.Market, actions KindsActions) *Kinds {
	var cards []fyne.CanvasObject
	for i, kind := range appKeyKinds {
		name := words.T(kind.id + ".name")
		open := parts.Fixed(parts.NewButton(parts.Link, words.T("window.setup.open"), func() { actions.Open(kind.page) }).
			Named(words.T("window.setup.open-of", "Kind", name)))
		content := parts.Beside(2*parts.Unit, 1, parts.Column(2, kit.Body("**"+name+"**"), kit.Small(words.T(kind.id+".text"))), open)
		card := parts.NewCard(name, content, actions.Have)
		card.SetChosen(i == 0)
		cards = append(cards, card)
	}
	head := parts.Column(2, kit.Heading(words.T("help.kinds.title", "Provider", market.Name)), parts.Roomy(kit.Muted(words.T("help.kinds.text", "Provider", market.Name))))
	rule := parts.Column(2, kit.Body("**"+words.T("help.kinds.rule")+"**"), kit.Muted(words.T("help.kinds.rule.text")), kit.Muted(words.T("help.kinds.name")))
	middle := parts.Column(2*parts.Unit, parts.Column(parts.Unit, cards...), rule)
	foot := parts.Row(parts.Unit, parts.NewButton(parts.Filled, words.T("help.kinds.have"), actions.Have),
		parts.NewButton(parts.Quiet, words.T("window.back"), actions.Back))
	k := &Kinds{}
	k.Notice = kit.NewSlip(func() { k.Container.Refresh() })
	k.Container = parts.Framed(parts.PageWithSlip(head, middle, k.Notice.Container, foot))
	return k
}
