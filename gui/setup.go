//go:build !nogui

package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// SetupActions are the wishes of the set-up of a real provider.
type SetupActions struct {
	Save     func(valet.NewAppKey) // keep the app key and check it
	Copy     func(redirect string)
	Open     func(address string)
	Continue func()
	Back     func()
}

// Setup guides to an app key: which kind, where to click, the exact redirect string, and the two values to paste.
type Setup struct {
	*fyne.Container
	Notice  *Notice
	market  valet.Market
	actions SetupActions
	fields  setupFields
	save    *parts.Button
	on      *parts.Button // leads on, once the app key was accepted
}

type setupFields struct{ clientID, secret, label *parts.Entry }

// appKeyKinds are Etsy's three kinds of app key, the seller's own first: it is two fields and minutes.
var appKeyKinds = []struct{ id, page string }{
	{"window.setup.seller", "https://www.etsy.com/developers/register-seller-app"},
	{"window.setup.personal", "https://www.etsy.com/developers/register"},
	{"window.setup.commercial", "https://www.etsy.com/developers/your-apps"},
}

// NewSetup makes the set-up of market.
func NewSetup(market valet.Market, actions SetupActions) *Setup {
	s := &Setup{Notice: NewNotice(), market: market, actions: actions}
	s.fields = setupFields{
		clientID: parts.NewEntry(words.T("window.setup.clientid.hint"), false),
		secret:   parts.NewEntry(words.T("window.setup.secret.hint"), true),
		label:    parts.NewEntry(words.T("window.setup.label.hint"), false),
	}
	for _, e := range []*parts.Entry{s.fields.clientID, s.fields.secret, s.fields.label} {
		e.Done = s.Save
	}
	s.save = parts.NewButton(parts.Filled, words.T("window.setup.save"), s.Save)
	s.on = parts.NewButton(parts.Outline, words.T("window.setup.continue"), actions.Continue)
	s.on.Hide()
	head := parts.Column(2, heading(words.T("window.setup.title", "Provider", market.Name)), muted(words.T("window.setup.text", "Provider", market.Name)))
	middle := parts.Column(2*parts.Unit, s.guide(), s.form())
	foot := parts.Column(1.5*parts.Unit, s.Notice.Container,
		parts.Row(parts.Unit, s.save, s.on, parts.NewButton(parts.Quiet, words.T("window.back"), actions.Back)))
	s.Container = framed(parts.Page(head, middle, foot))
	return s
}

// guide explains the kinds of app key, each with its page, and the redirect address.
func (s *Setup) guide() fyne.CanvasObject {
	var kinds []fyne.CanvasObject
	if s.market.EtsyAPI {
		for _, kind := range appKeyKinds {
			name := words.T(kind.id + ".name")
			content := parts.Foot(4, parts.Column(4, body("**"+name+"**"), small(words.T(kind.id+".text"))),
				small("**"+words.T("window.setup.open")+"**").Coloured(parts.BrassInk))
			kinds = append(kinds, parts.NewCard(name, content, func() { s.actions.Open(kind.page) }))
		}
	}
	redirect := plain(parts.Body, "")
	redirect.SetRuns(parts.Run{Text: s.market.Redirect, Mono: true, Bold: true})
	address := parts.Beside(3*parts.Unit, 1,
		parts.Column(4, body("**"+words.T("window.setup.redirect")+"**"), redirect, small(words.T("window.setup.redirect.text"))),
		parts.Fixed(parts.NewButton(parts.Outline, words.T("window.known.copy"), func() { s.actions.Copy(s.market.Redirect) })))
	return parts.Column(2*parts.Unit, parts.Grid(3, 160, parts.Unit, parts.Unit, kinds...), address)
}

// form has the two values to paste and the app key's name here.
func (s *Setup) form() fyne.CanvasObject {
	field := func(id string, entry *parts.Entry) fyne.CanvasObject {
		return parts.Column(4, body("**"+words.T(id)+"**"), entry)
	}
	fields := []fyne.CanvasObject{field("window.setup.clientid", s.fields.clientID)}
	if s.market.NeedsSecret() {
		fields = append(fields, field("window.setup.secret", s.fields.secret))
	}
	fields = append(fields, field("window.setup.label", s.fields.label))
	return parts.Grid(2, 208, 3*parts.Unit, 2*parts.Unit, fields...)
}

// Save reports the values, trimmed of the spaces that come with pasting.
func (s *Setup) Save() {
	s.actions.Save(valet.NewAppKey{
		Provider: s.market.ID,
		Label:    strings.TrimSpace(s.fields.label.Text),
		ClientID: strings.TrimSpace(s.fields.clientID.Text),
		Secret:   oauth.NewSecret(strings.TrimSpace(s.fields.secret.Text)),
		Redirect: s.market.Redirect,
	})
}

// SetBusy bars the button while the app key is tried.
func (s *Setup) SetBusy(busy bool) {
	s.save.SetBusy(busy)
	if busy {
		s.Notice.Say(words.T("window.setup.checking", "Provider", s.market.Name))
	}
}

// Accepted says that the provider knows the app key and where it is kept, forgets what was typed, and offers to go on.
func (s *Setup) Accepted(kept string) {
	s.fields.secret.SetText("")
	s.Notice.Say(words.T("window.setup.accepted", "Provider", s.market.Name, "Kept", kept))
	s.on.Show()
	s.Container.Refresh()
}
