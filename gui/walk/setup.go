//go:build !nogui

package walk

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
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
	Focus    func(fyne.Focusable) // nil: the fields are only looked at
}

// Setup takes an app key: the exact redirect string and where it belongs, and the two values to paste, which stay on the screen
// however small the window is.
type Setup struct {
	*fyne.Container
	Notice  *kit.Notice
	market  valet.Market
	actions SetupActions
	fields  setupFields
	save    *parts.Button
	on      *parts.Button // leads on, once the app key was accepted
}

type setupFields struct{ clientID, secret, label, redirect *parts.Entry }

// NewSetup makes the set-up of market.
func NewSetup(market valet.Market, actions SetupActions) *Setup {
	s := &Setup{Notice: kit.NewNotice(), market: market, actions: actions}
	s.fields = setupFields{
		clientID: parts.NewEntry(s.word("window.setup.clientid.hint"), false),
		secret:   parts.NewEntry(s.word("window.setup.secret.hint"), true),
		label:    parts.NewEntry(words.T("window.setup.label.hint"), false),
		redirect: parts.NewEntry("", false),
	}
	s.fields.redirect.SetText(market.Redirect)
	s.fields.clientID.SetText(market.ClientID)
	for _, e := range []*parts.Entry{s.fields.clientID, s.fields.secret, s.fields.label, s.fields.redirect} {
		e.Done = s.Save
	}
	s.save = parts.NewButton(parts.Filled, s.word("window.setup.save"), s.Save)
	s.on = parts.NewButton(parts.Outline, words.T("window.setup.continue"), actions.Continue)
	s.on.Hide()
	head := parts.Column(2, kit.Heading(words.T("window.setup.title", "Provider", market.Name)), kit.Muted(s.word("window.setup.text")))
	foot := parts.Column(1.5*parts.Unit, s.Notice.Container,
		parts.Row(parts.Unit, s.save, s.on, parts.NewButton(parts.Quiet, words.T("window.back"), actions.Back)))
	s.Container = parts.Framed(parts.PageWithForm(head, s.guide(), s.form(), foot))
	return s
}

// setupElsewhere are the texts for a market that is not Etsy: it calls the two values by names of its own, and nobody can be
// asked whether they are good. setupEnded are those for the interface that Etsy has ended.
var (
	setupElsewhere = map[string]string{
		"window.setup.text":          "window.setup.elsewhere.text",
		"window.setup.redirect.text": "window.setup.elsewhere.redirect",
		"window.setup.clientid":      "window.setup.elsewhere.clientid",
		"window.setup.clientid.hint": "window.setup.elsewhere.clientid.hint",
		"window.setup.secret":        "window.setup.elsewhere.secret",
		"window.setup.secret.hint":   "window.setup.elsewhere.secret.hint",
		"window.setup.checking":      "window.setup.storing",
		"window.setup.save":          "window.setup.elsewhere.save",
	}
	setupEnded = map[string]string{"window.setup.text": "window.setup.ended", "window.setup.checking": "window.setup.storing", "window.setup.save": "window.setup.elsewhere.save"}
)

// word gives a text as it is for this market.
func (s *Setup) word(id string) string {
	var own string
	switch {
	case kit.Ended(s.market):
		own = setupEnded[id]
	case !s.market.EtsyAPI:
		own = setupElsewhere[id]
	}
	return words.T(cmp.Or(own, id), "Provider", s.market.Name)
}

// guide says where the redirect address belongs; another port is another address, there and here.
func (s *Setup) guide() fyne.CanvasObject {
	if s.market.Redirect == OutOfBand {
		return parts.Column(0)
	}
	ways := parts.Row(parts.Unit, parts.NewButton(parts.Outline, words.T("help.kinds.copy"), func() { s.actions.Copy(s.redirect()) }))
	if s.market.EtsyAPI {
		ways.Add(parts.NewButton(parts.Outline, words.T("help.kinds.page"), func() { s.actions.Open(appKeyPage) }))
	}
	return parts.Column(1.5*parts.Unit, kit.Muted(s.word("window.setup.redirect.text")), ways)
}

// redirect is the address as it stands in its field.
func (s *Setup) redirect() string {
	if s.market.Redirect == OutOfBand {
		return OutOfBand
	}
	return strings.TrimSpace(s.fields.redirect.Text)
}

// form has the two values to paste, the redirect address and the app key's name here.
func (s *Setup) form() fyne.CanvasObject {
	field := func(id string, entry *parts.Entry) fyne.CanvasObject {
		return parts.Column(4, kit.Body("**"+s.word(id)+"**"), entry.Named(s.word(id)))
	}
	fields := []fyne.CanvasObject{field("window.setup.clientid", s.fields.clientID)}
	if s.market.NeedsSecret() {
		fields = append(fields, field("window.setup.secret", s.fields.secret))
	}
	form := parts.Column(parts.Unit, parts.Grid(len(fields), 128, 2*parts.Unit, parts.Unit, fields...))
	name := parts.Column(0, field("window.setup.label", s.fields.label), parts.Space(nameWidth, 0))
	if s.market.Redirect == OutOfBand {
		form.Add(name)
	} else {
		form.Add(parts.Beside(2*parts.Unit, 1, field("window.setup.redirect", s.fields.redirect), name))
	}
	return form
}

// nameWidth leaves the redirect address the room it needs in the smallest window.
const nameWidth = 120

// Save reports the values, trimmed of the spaces that come with pasting. A keystring that looks like none is said, and not reported.
func (s *Setup) Save() {
	s.divide()
	key := valet.NewAppKey{
		Provider: s.market.ID,
		Label:    strings.TrimSpace(s.fields.label.Text),
		ClientID: strings.TrimSpace(s.fields.clientID.Text),
		Secret:   oauth.NewSecret(strings.TrimSpace(s.fields.secret.Text)),
		Redirect: s.redirect(),
	}
	if err := key.Odd(s.market); err != nil {
		s.Notice.Trouble(words.Sentence(err))
		s.Wrong(err)
		return
	}
	s.actions.Save(key)
}

// SetBusy bars the button while the app key is tried.
func (s *Setup) SetBusy(busy bool) {
	s.save.SetBusy(busy)
	if busy {
		s.Notice.Say(s.word("window.setup.checking"))
	}
}

// Accepted says that the provider knows the app key, if it could be asked, and where it is kept, forgets what was typed, and
// offers to go on.
func (s *Setup) Accepted(kept string) {
	s.fields.secret.SetText("")
	said := words.T("window.setup.accepted", "Provider", s.market.Name, "Kept", kept)
	if !s.market.EtsyAPI {
		said = words.T("window.setup.stored", "Provider", s.market.Name, "Kept", kept)
	}
	s.Notice.Say(said)
	s.on.Show()
	s.Container.Refresh()
}

// OutOfBand is the redirect of an app key that has none: a code is shown, and typed (RFC 5849 2.1).
const OutOfBand = "oob"
