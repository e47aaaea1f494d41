//go:build !nogui

package gui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// disagree is a first start: nothing was agreed to yet.
func (r *rig) disagree() {
	r.settings().now, r.study.now = valet.Settings{}, valet.Settings{}
}

// TestTermsComeBeforeTheFirstRealShop: once, and kept; Back leads back and nothing was agreed to.
func TestTermsComeBeforeTheFirstRealShop(t *testing.T) {
	r := newRig(t)
	r.disagree()
	real := words.T("window.welcome.real.button", "Provider", "Etsy")
	r.press(real)
	if !shows(r.present.view, words.T("help.terms.title")) || !shows(r.present.view, words.T("window.trademark")) {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	r.typed(fyne.KeyEscape)
	if r.study.now.Agreed() || called(r.present.view, real) == nil {
		t.Errorf("agreed, or on the screen: %q", texts(r.present.view))
	}
	r.press(real)
	r.press(words.T("help.terms.agree"))
	r.until("it is kept", func() bool { return r.settings().Read().Agreed() })
	r.typed(fyne.KeyEscape)
	r.press(real)
	if !shows(r.present.view, words.T("help.kinds.title", "Provider", "Etsy")) {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}

// TestPracticeNeedsNoTerms: it stays one press away.
func TestPracticeNeedsNoTerms(t *testing.T) {
	r := newRig(t)
	r.disagree()
	r.service.connect = approves(blueFern())
	r.press(words.T("window.welcome.practice.button"))
	r.untilText("hangs in the rack")
	if r.study.now.Agreed() {
		t.Error("agreed without being asked")
	}
}

// TestNoRealWalkWithoutTerms: a key that is renewed, and one that comes without a browser, ask first as well.
func TestNoRealWalkWithoutTerms(t *testing.T) {
	real := blueFern()
	real.Provider, real.ProviderName, real.Practice = "etsy", "Etsy", false
	r := newRig(t, real)
	r.disagree()
	r.service.connect = approves(real)
	r.desk.reconnect()
	if !shows(r.present.view, words.T("help.terms.title")) || len(r.service.asked) > 0 {
		t.Fatalf("asked %d times; on the screen: %q", len(r.service.asked), texts(r.present.view))
	}
	r.press(words.T("help.terms.agree"))
	r.untilText("hangs in the rack")
	r.disagree()
	did := make(chan struct{})
	errand{market: r.markets.markets[0], title: "An errand", do: func(context.Context, valet.Host) (valet.Connection, error) {
		close(did)
		return real, nil
	}, end: func(k *connecting, c valet.Connection, _ error) { k.hall.back() }}.run(r.hall)
	if !shows(r.present.view, words.T("help.terms.title")) {
		t.Fatalf("on the screen: %q", texts(r.present.view))
	}
	r.press(words.T("help.terms.agree"))
	<-did
}

// TestTermsCanBeReadAgain: from the settings, and back there.
func TestTermsCanBeReadAgain(t *testing.T) {
	r := newRig(t, blueFern())
	r.study.open()
	r.press(words.T("help.terms.again"))
	if !shows(r.present.view, words.T("help.terms.keys.text")) || called(r.present.view, words.T("help.terms.agree")) != nil {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	if r.typed(fyne.KeyEscape); r.present.view != r.study.view.Container {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}

// TestAKindOfAppKeyOpensItsPage: that page stays, and says so; a kind that is chosen asks for what comes of it. Another callback address is kept as it was typed.
func TestAKindOfAppKeyOpensItsPage(t *testing.T) {
	r := newRig(t)
	r.press(words.T("window.welcome.real.button", "Provider", "Etsy"))
	if !shows(r.present.view, words.T("help.kinds.rule.text")) {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	r.press(words.T("window.setup.open-of", "Kind", words.T("window.setup.seller.name")))
	r.untilText(words.T("window.setup.opened"))
	if page := <-r.opened; page != "https://www.etsy.com/developers/register-seller-app" {
		t.Errorf("opened %s", page)
	}
	r.press(words.T("window.setup.seller.name"))
	if len(r.opened) > 0 {
		t.Error("choosing opened a page too")
	}
	var fields []*parts.Entry
	for _, o := range tree(r.present.view) {
		if e, ok := o.(*parts.Entry); ok {
			fields = append(fields, e)
		}
	}
	fields[2].SetText(" http://localhost:4004/back ")
	r.press(words.T("help.kinds.copy"))
	if copied := r.board.board.Content(); copied != "http://localhost:4004/back" {
		t.Errorf("copied %q", copied)
	}
	r.press(words.T("window.setup.save"))
	r.untilText(words.T("window.setup.accepted", "Provider", "Etsy", "Kept", words.StoreName(valet.InKeyring, "GNOME Keyring")))
	if got := r.markets.set[0].Redirect; got != "http://localhost:4004/back" {
		t.Errorf("kept %q", got)
	}
	r.press(words.T("window.back"))
	r.untilText(words.T("help.kinds.title", "Provider", "Etsy"))
}
