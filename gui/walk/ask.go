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

// AskActions are the wishes of the first step.
type AskActions struct {
	Start func(scopes []oauth.Scope, appKey string)
	Back  func()
}

// Ask is the first step: what may this key open?
type Ask struct {
	*fyne.Container
	market  valet.Market
	actions AskActions
	chosen  map[oauth.Scope]bool
	purpose string // id, or choose where it was put together by hand
	appKey  string
	picture *kit.KeyPicture
	pieces  askPieces
}

// askPieces are what changes as boxes are turned.
type askPieces struct {
	cards  map[string]*parts.Card
	counts *parts.Text
	start  *parts.Button
	boxes  map[oauth.Scope]*parts.Check
	buyers *parts.Text
	keys   map[string]*parts.Card
	change *changing // nil: it is a new key
}

// Choose is the purpose of somebody who puts the permissions together one by one.
const Choose = "choose"

// NewAsk asks what a key of market may open, with the purpose of that id chosen. keys are the app keys there are for it.
func NewAsk(market valet.Market, purpose string, keys []valet.AppKey, actions AskActions) *Ask {
	a := emptyAsk(market, actions)
	layOut(a, kit.Muted(words.T("window.ask.story")), keys)
	a.Take(purpose)
	return a
}

func emptyAsk(market valet.Market, actions AskActions) *Ask {
	a := &Ask{market: market, actions: actions, picture: kit.NewKeyPicture(280), chosen: map[oauth.Scope]bool{}}
	a.pieces = askPieces{cards: map[string]*parts.Card{}, boxes: map[oauth.Scope]*parts.Check{}, keys: map[string]*parts.Card{}}
	return a
}

// layOut puts the pieces on the screen.
func layOut(a *Ask, story *parts.Text, keys []valet.AppKey) {
	market := a.market
	head := parts.Column(1.5*parts.Unit, Stepper(valet.Ask), parts.Aside(3*parts.Unit, 208,
		parts.Column(2, kit.Heading(words.T("window.ask.title")), parts.Roomy(story)), parts.Shrinking(a.picture)))
	a.pieces.buyers = kit.Small(words.ScopeDetail("transactions_r"))
	purposes, boxes := a.purposeCards(), parts.Column(2*parts.Unit, a.permissionBoxes(), parts.AtLeast(2.5*parts.Unit, a.pieces.buyers))
	middle := parts.Column(2*parts.Unit, purposes, boxes)
	if a.pieces.change != nil { // it is one by one that a key is changed, mostly
		middle = parts.Column(2*parts.Unit, boxes, purposes)
	}
	if len(keys) > 1 {
		middle.Objects = append([]fyne.CanvasObject{a.keyCards(keys)}, middle.Objects...)
	}
	a.pieces.start = parts.NewButton(parts.Filled, words.T("window.ask.start", "Provider", market.Name), a.Start)
	foot := parts.Row(parts.Unit, a.pieces.start, parts.NewButton(parts.Quiet, words.T("window.back"), a.actions.Back))
	if a.pieces.change != nil {
		foot = a.pieces.change.footed(foot)
	} else {
		foot.Objects = append(foot.Objects, parts.Spring(), parts.Roomy(kit.Small(words.T("window.password")).Whole()))
	}
	a.Container = parts.Framed(parts.Page(head, middle, foot))
}

// Start reports what was asked for. Nothing ticked is no key: an empty list would ask for all there is.
func (a *Ask) Start() {
	if asked := a.Asked(); len(asked) > 0 || len(a.market.Scopes) == 0 {
		a.actions.Start(asked, a.appKey)
	}
}

// Asked gives the chosen permissions in the provider's order.
func (a *Ask) Asked() []oauth.Scope {
	var asked []oauth.Scope
	for _, info := range a.market.Scopes {
		if a.chosen[info.Name] {
			asked = append(asked, info.Name)
		}
	}
	return asked
}

// Take ticks the permissions of a purpose; choosing by hand begins with what is ticked.
func (a *Ask) Take(purpose string) {
	for _, p := range a.market.Purposes {
		if p.ID == purpose {
			clear(a.chosen)
			for _, scope := range p.Scopes {
				a.chosen[scope] = true
			}
		}
	}
	for _, scope := range a.market.AlwaysAsked {
		a.chosen[scope] = true
	}
	a.purpose = purpose
	a.show()
}

// turn is a box that was turned: from there on the set is the seller's own, unless it is a purpose's again.
func (a *Ask) turn(scope oauth.Scope, on bool) {
	a.chosen[scope] = on
	a.recognise()
	a.show()
}

// recognise finds the purpose that asks for just what is ticked.
func (a *Ask) recognise() {
	a.purpose = Choose
	for _, p := range a.market.Purposes {
		if slices.Equal(sorted(p.Scopes), sorted(a.Asked())) {
			a.purpose = p.ID
			break
		}
	}
}

func sorted(scopes []oauth.Scope) []oauth.Scope {
	list := slices.Clone(scopes)
	slices.Sort(list)
	return list
}

func (a *Ask) show() {
	asked := a.Asked()
	a.picture.Set(a.pieces.change.initial(), a.market.Scopes, asked, false)
	for id, card := range a.pieces.cards {
		card.SetChosen(id == a.purpose)
	}
	for scope, box := range a.pieces.boxes {
		box.Set(a.chosen[scope])
	}
	a.pieces.counts.Set(words.T("window.ask.count", "Count", len(asked), "All", len(a.market.Scopes)))
	if a.pieces.change != nil {
		a.pieces.change.show(a.market, asked, a.pieces.start)
		a.Container.Refresh()
	}
	a.pieces.start.SetBusy(len(asked) == 0 && len(a.market.Scopes) > 0)
	kit.ShowIf(a.pieces.buyers, a.market.EtsyAPI && a.chosen["transactions_r"])
}
