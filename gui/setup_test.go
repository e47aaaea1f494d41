//go:build !nogui

package gui

import (
	"testing"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// fields are those of the page that is shown, in their order.
func (r *rig) fields() (fields []*parts.Entry) {
	for _, o := range tree(r.present.view) {
		if e, ok := o.(*parts.Entry); ok {
			fields = append(fields, e)
		}
	}
	return fields
}

// settingUp is a window that shows the set-up of Etsy.
func settingUp(t *testing.T) *rig {
	r := newRig(t)
	r.markets.markets[0].BuiltIn = true
	r.hall.welcome()
	r.press(words.T("window.welcome.real.button", "Provider", "Etsy"))
	r.press(words.T("help.kinds.have"))
	r.untilText(words.T("window.setup.title", "Provider", "Etsy"))
	return r
}

const goodKeystring = "1aa2bb33c44d55eeeeee6fff"

func TestSetupRefusesWhatIsNoKeystring(t *testing.T) {
	r := settingUp(t)
	for _, wrong := range []string{"my keystring", "", goodKeystring + "0", "1aa2bb33c44d55eeeeee6ff:"} {
		r.typeInto(wrong, "abc")
		r.canvas.Unfocus()
		r.press(words.T("window.setup.save"))
		r.untilText(words.T("errors.kind.bad-app-key.keystring.what", "Provider", "Etsy"))
		if r.canvas.Focused() != r.fields()[0] {
			t.Errorf("%q: %v has the keyboard", wrong, r.canvas.Focused())
		}
	}
	if len(r.markets.set) > 0 {
		t.Errorf("set %+v", r.markets.set)
	}
}

func TestSetupDividesAPair(t *testing.T) {
	r := settingUp(t)
	r.typeInto(" " + goodKeystring + ":shared5ecret\n")
	if f := r.fields(); f[0].Text != goodKeystring || f[1].Text != "shared5ecret" {
		t.Errorf("the fields have %q and %q", f[0].Text, f[1].Text)
	}
	for _, typed := range []string{goodKeystring + ":", goodKeystring + ":s", goodKeystring + ":secret"} {
		r.typeInto(typed, "")
	}
	if f := r.fields(); f[1].Text != "" || draftOf(r.hall, "etsy").ClientID != "" {
		t.Error("what is being typed was taken apart, or a secret outlasts the page")
	}
	r.press(words.T("window.setup.save"))
	r.until("it leads on", func() bool { return called(r.present.view, words.T("window.setup.continue")) != nil })
	if got := r.markets.set[0]; got.ClientID != goodKeystring || got.Secret.IsZero() {
		t.Errorf("set %+v", got)
	}
}

// TestSetupWithoutANetwork: what is kept and could not be checked is said to be so, and can be checked again or used.
func TestSetupWithoutANetwork(t *testing.T) {
	r := settingUp(t)
	r.typeInto(goodKeystring, "shared5ecret")
	r.markets.err = &valet.Error{Kind: valet.Unreachable, Provider: "Etsy"}
	r.press(words.T("window.setup.save"))
	r.untilText(words.T("window.setup.unchecked", "Provider", "Etsy"))
	r.until("it leads on", func() bool { return called(r.present.view, words.T("window.setup.continue")) != nil })
	r.markets.err = nil
	r.press(words.T("window.setup.recheck"))
	r.untilText(words.T("window.setup.accepted", "Provider", "Etsy", "Kept", words.StoreName(valet.InKeyring, "GNOME Keyring")))
	if called(r.present.view, words.T("window.setup.save")) == nil {
		t.Error("another app key cannot be kept")
	}
}

// TestSetupKeepsWhatWasTyped on the way back and forth, but for the secret.
func TestSetupKeepsWhatWasTyped(t *testing.T) {
	r := settingUp(t)
	f := r.fields()
	f[0].SetText(goodKeystring)
	f[1].SetText("shared5ecret")
	f[2].SetText("http://localhost:4004/back")
	r.press(words.T("window.back"))
	r.press(words.T("help.kinds.have"))
	f = r.fields()
	if f[0].Text != goodKeystring || f[1].Text != "" || f[2].Text != "http://localhost:4004/back" {
		t.Errorf("the fields have %q, %q and %q", f[0].Text, f[1].Text, f[2].Text)
	}
}
