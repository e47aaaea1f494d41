//go:build !nogui

package walk

import (
	"errors"
	"strings"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// SetupDraft is what was typed so far, but for the secret: it outlasts the page.
type SetupDraft struct{ ClientID, Redirect string }

// Resume fills in what was typed when the page was left, and from now on keeps draft as the fields are. Call it once.
func (s *Setup) Resume(draft *SetupDraft) {
	id, redirect := s.fields.clientID, s.fields.redirect
	if draft.ClientID != "" {
		id.SetText(draft.ClientID)
	}
	if draft.Redirect != "" {
		redirect.SetText(draft.Redirect)
	}
	before := id.Text
	id.OnChanged = func(text string) {
		s.changed()
		if pair, _, ok := pairOf(s.market, text); ok && !strings.Contains(before, ":") && valet.LooksLikeKeystring(s.market, pair) {
			s.divide()
			return
		}
		before, draft.ClientID = text, text
		if _, secret, both := pairOf(s.market, text); both && secret != "" {
			draft.ClientID = "" // a secret is in it
		}
	}
	s.fields.secret.OnChanged = func(string) { s.changed() }
	redirect.OnChanged = func(text string) { draft.Redirect = text }
}

// changed makes the button what it was before the values were kept.
func (s *Setup) changed() { s.save.SetText(s.word("window.setup.save")) }

// pairOf reads both values out of one text, as Etsy's header has them: the keystring, a colon, the secret.
func pairOf(m valet.Market, text string) (id, secret string, ok bool) {
	id, secret, ok = strings.Cut(strings.TrimSpace(text), ":")
	id, secret = strings.TrimSpace(id), strings.TrimSpace(secret)
	return id, secret, ok && m.EtsyAPI && id != "" && secret != ""
}

// divide puts each of two values that were pasted into the first field where it belongs.
func (s *Setup) divide() {
	if id, secret, ok := pairOf(s.market, s.fields.clientID.Text); ok {
		s.fields.secret.SetText(secret)
		s.fields.clientID.SetText(id)
	}
}

// Wrong leads the keyboard to the field that err is about, if it is about one.
func (s *Setup) Wrong(err error) {
	var told *valet.Error
	if !errors.As(err, &told) || told.Kind != valet.BadAppKey || s.actions.Focus == nil {
		return
	}
	fields := map[string]*parts.Entry{"client_id": s.fields.clientID, "keystring": s.fields.clientID,
		"client_secret": s.fields.secret, "redirect_uri": s.fields.redirect, "label": s.fields.label}
	if field := fields[told.Subject]; field != nil {
		s.actions.Focus(field)
	}
}

// Unchecked says that the app key is kept and the provider could not be asked, and offers to ask again or to go on. What was
// typed stays.
func (s *Setup) Unchecked() {
	s.Notice.Say(words.T("window.setup.unchecked", "Provider", s.market.Name))
	s.save.SetText(words.T("window.setup.recheck"))
	s.on.Show()
	s.Container.Refresh()
}
