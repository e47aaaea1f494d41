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

// Rung is a place where a key could be kept, or a way to get one.
type Rung struct {
	Title, Text string
	Press       func()
}

// RungOf names a place.
func RungOf(kind valet.StoreKind, keyring string, press func()) Rung {
	switch kind {
	case valet.InFile:
		return Rung{words.T("window.rung.file"), words.T("window.rung.file.text"), press}
	case valet.InSession:
		return Rung{words.T("window.rung.session"), words.T("window.rung.session.text"), press}
	}
	if keyring == "" {
		keyring = words.T("window.rung.keyring")
	}
	return Rung{keyring, words.T("window.rung.keyring.text"), press}
}

// Rungs asks where a key shall be kept.
type Rungs struct {
	*fyne.Container
	Notice *kit.Notice
	ways   *fyne.Container
}

// Help offers to look for the cause of what is asked for; nil: nothing more can be found.
func (r *Rungs) Help(look func()) {
	if look != nil {
		r.ways.Add(parts.NewButton(parts.Quiet, words.T("help.open"), look))
	}
}

// NewRungs asks where key shall be kept, after title and text have said why. The first of the rungs is the obvious one.
func NewRungs(title, text string, key *kit.KeyPicture, question string, rungs []Rung, leave func()) *Rungs {
	r := &Rungs{Notice: kit.NewNotice()}
	head := kit.Heading("")
	kit.SetHeading(head, title)
	var cards []fyne.CanvasObject
	for i, rung := range rungs {
		name := kit.Body("")
		name.SetRuns(parts.Run{Text: rung.Title, Bold: true})
		card := parts.NewCard(rung.Title, parts.Column(4, name, kit.Small(rung.Text)), rung.Press)
		card.SetChosen(i == 0)
		cards = append(cards, card)
	}
	middle := parts.Column(2*parts.Unit, parts.Roomy(kit.AtLeft(key)), kit.Plain(parts.Lead, question), parts.Grid(3, 176, parts.Unit, parts.Unit, cards...),
		kit.Small(words.T("window.rung.never")))
	r.ways = parts.Row(parts.Unit, parts.NewButton(parts.Quiet, words.T("window.cancel"), leave))
	foot := parts.Column(1.5*parts.Unit, r.Notice.Container, r.ways)
	r.Container = parts.Framed(parts.Page(parts.Column(2, head, kit.PlainMuted(text)), middle, foot))
	return r
}

// NewMove asks where a key shall go, and says what that means.
func NewMove(c valet.Connection, known []oauth.ScopeInfo, keyring string, rungs []Rung, leave func()) *Rungs {
	return NewRungs(words.T("window.move.title", "Shop", words.ShopName(c)),
		words.T("window.move.text", "Store", words.StoreName(c.Store, keyring)), kit.KeyOf(words.ShopName(c), known, c.Granted), words.T("window.move.where"), rungs, leave)
}
