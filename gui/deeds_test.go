//go:build !nogui

package gui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

func TestCopyPutsTheTokenInTheClipboardAndNowhereElse(t *testing.T) {
	r := newRig(t, blueFern())
	r.desk.copyToken() // Ctrl+Shift+C
	r.untilText("45\u00a0s")
	if got := r.board.board.Content(); got != "12345678.access-token" {
		t.Errorf("the clipboard holds %q", got)
	}
	for _, text := range append(texts(r.present.view), texts(r.rack.Container)...) {
		if strings.Contains(text, "access-token") {
			t.Errorf("on the screen: %q", text)
		}
	}
	r.close()
	if got := r.board.board.Content(); got != "" {
		t.Errorf("after the window has closed the clipboard holds %q", got)
	}
}

func TestDeedsSayWhatCameOfThem(t *testing.T) {
	r := newRig(t, blueFern())
	r.typed(fyne.KeyF5)
	r.untilText("The key works. Practice answered in 0.12\u00a0s. 4,999 calls are left today.")
	r.desk.renew()
	r.untilText("Renewed. The new token is fresh for 4")
	r.service.err = &valet.Error{Kind: valet.Unreachable, Provider: "Practice"}
	r.desk.check()
	r.untilText(words.Sentence(r.service.err).What)
	if want := words.Offline(blueFern(), time.Now()); !shows(r.present.view, want) {
		t.Errorf("not %q, but %q", want, texts(r.present.view))
	}
	r.service.err = nil
	r.desk.check()
	r.untilText("Renews itself.")
	if want := []string{"check", "refresh", "check", "check"}; !slices.Equal(r.service.deeds, want) {
		t.Errorf("did %v, want %v", r.service.deeds, want)
	}
}

func TestALateAnswerDoesNotTalkIntoAnotherKey(t *testing.T) {
	other := blueFern()
	other.ID, other.Name, other.Account.ShopName = "2", "kiln", "Kiln & Co"
	r := newRig(t, blueFern(), other)
	r.desk.outages["1"] = time.Now()
	r.desk.check()
	r.desk.lay("2")
	r.until("the answer", func() bool { return r.desk.outages["1"].IsZero() })
	if shows(r.present.view, "The key works") || !shows(r.present.view, "Kiln & Co") {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}

func TestRevokeAsksSaysAndOpensThePage(t *testing.T) {
	r := newRig(t, blueFern())
	r.typed(fyne.KeyDelete)
	r.untilText(words.T("window.giveback.here"))
	r.typed(fyne.KeyEscape)
	r.untilText("Fresh for 4")
	if len(r.service.deeds) != 0 {
		t.Fatalf("Esc did %v", r.service.deeds)
	}
	r.press(words.T("window.revoke"))
	r.press(words.T("window.giveback.do"))
	r.untilText(words.T("window.returned.page", "Provider", "Practice"))
	if got := <-r.opened; got != "https://market.example/apps" {
		t.Errorf("opened %q", got)
	}
	r.press(words.T("window.forget"))
	r.press(words.T("window.forget.do"))
	r.untilText(words.T("window.welcome.title"))
}

func TestNothingIsDoneToAKeyThatCannotBeUsed(t *testing.T) {
	for _, status := range []valet.Status{valet.NeedsAuthorization, valet.Missing, valet.Returned} {
		c := blueFern()
		c.Status, c.WithdrawPage = status, ""
		r := newRig(t, c)
		r.desk.copyToken()
		r.desk.check()
		if len(r.service.deeds) > 0 {
			t.Errorf("%s: did %v", status, r.service.deeds)
		}
	}
}

func TestAChangeElsewhereIsShown(t *testing.T) {
	r := newRig(t)
	r.service.hang(blueFern())
	r.service.changes <- struct{}{}
	r.until("the rack has the key", func() bool { return shows(r.rack.Container, "Blue Fern Pottery") })
	r.desk.lay("1")
	r.untilText("Fresh for 4")
}

func TestSetupKeepsAndChecksAnAppKey(t *testing.T) {
	r := newRig(t)
	r.press(words.T("window.welcome.real.button", "Provider", "Etsy"))
	r.press(words.T("help.kinds.have"))
	r.untilText(words.T("window.setup.title", "Provider", "Etsy"))
	var fields []*parts.Entry
	for _, o := range tree(r.present.view) {
		if e, ok := o.(*parts.Entry); ok {
			fields = append(fields, e)
		}
	}
	fields[0].SetText(" 1aa2bb33c44d55eeeeee6fff\n")
	fields[1].SetText("shared5ecret")
	r.markets.err = &valet.Error{Kind: valet.AppKeyRefused, Subject: "Etsy", Provider: "Etsy"}
	r.press(words.T("window.setup.save"))
	r.untilText(words.Sentence(r.markets.err).What)
	r.markets.err = nil
	r.press(words.T("window.setup.save"))
	r.untilText(words.T("window.setup.accepted", "Provider", "Etsy", "Kept", words.StoreName(valet.InKeyring, "GNOME Keyring")))
	got := r.markets.set[1]
	if got.ClientID != "1aa2bb33c44d55eeeeee6fff" || got.Secret.IsZero() || got.Redirect != "http://localhost:3003/oauth/redirect" {
		t.Errorf("set %+v", got)
	}
	if fields[1].Text != "" {
		t.Error("the secret is still in its field")
	}
	r.markets.keys = append(r.markets.keys, valet.AppKey{ID: "key-1", Provider: "etsy"})
	r.press(words.T("window.setup.continue"))
	r.untilText(words.T("window.ask.title"))
}

func TestTheCountdownEndsWithTheClipboard(t *testing.T) {
	r := newRig(t, blueFern())
	r.desk.copyToken()
	r.untilText("45\u00a0s")
	r.board.until = time.Now().Add(-time.Second)
	r.tick()
	r.untilText(words.T("window.cleared"))
	if r.second.stop != nil || r.board.board.Content() != "" {
		t.Error("the second still beats, or the token is still there")
	}
}

func TestNothingHappensAfterTheWindow(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := newRigIn(ctx, t, blueFern())
	ran := false
	r.work(func(context.Context) func() { return func() { ran = true } })
	cancel()
	(<-r.queue)()
	if ran {
		t.Error("an answer was shown in a window that is gone")
	}
}

// scrolls is a list that the keyboard can be in.
type scrolls interface {
	fyne.Focusable
	ScrollToTop()
}

func TestTheRackIsReachedAndLeftByKeys(t *testing.T) {
	other := blueFern()
	other.ID, other.Name, other.Account.ShopName = "2", "kiln", "Kiln & Co"
	r := newRig(t, blueFern(), other)
	at := slices.IndexFunc(tree(r.rack.Container), func(o fyne.CanvasObject) bool { _, ok := o.(scrolls); return ok })
	list := tree(r.rack.Container)[at].(scrolls)
	list.FocusGained()
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn} {
		list.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if r.desk.id != "2" || !shows(r.present.view, "Kiln & Co") {
		t.Errorf("the panel shows %q", r.desk.id)
	}
	list.FocusLost()
}
