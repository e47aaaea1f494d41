//go:build !nogui

package gui

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// older is a market that speaks OAuth 1.0a, read from a provider file.
func older(t *testing.T, redirect string) valet.Market {
	t.Helper()
	m, err := new(valet.Providers).Decode([]byte(`{"id": "older", "name": "Older", "protocol": "oauth1", "client_id": "abc",
		"temporary_credentials_endpoint": "https://older.example/request", "authorization_endpoint": "https://older.example/allow",
		"token_endpoint": "https://older.example/access", "redirect_uri": "` + redirect + `"}`))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// code is where the code is typed.
func code(r *rig) *parts.Code {
	r.t.Helper()
	for _, o := range tree(r.present.view) {
		if c, ok := o.(*parts.Code); ok {
			return c
		}
	}
	r.t.Fatalf("there is no place for a code: %q", texts(r.present.view))
	return nil
}

// A walk that began with the browser is asked for once more, by phone: no browser is opened, the code is typed, a wrong one is
// said and stays, the right one is kept.
func TestACodeIsTypedInstead(t *testing.T) {
	r := newRig(t, blueFern())
	const address = "https://older.example/allow?oauth_token=t"
	typed := make(chan string, 4)
	r.service.connect = func(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
		q.Host.Step(valet.Approve, valet.Detail{Moment: valet.Listening, URL: address, Deadline: time.Now().Add(time.Minute), Typed: q.NoListen})
		if !q.NoListen {
			<-ctx.Done()
			return valet.Connection{}, &valet.Error{Kind: valet.Cancelled}
		}
		if q.Host.Open != nil {
			t.Error("a browser would be opened")
		}
		typed <- <-q.Host.Pasted
		q.Host.PasteRefused(&valet.Error{Kind: valet.WrongVerifier, Provider: "Older"})
		typed <- <-q.Host.Pasted
		q.Host.Step(valet.Receive, valet.Detail{Moment: valet.Answered})
		return valet.Connection{ID: "2", Name: "two", Provider: "older", Account: valet.Account{ShopName: "Kiln & Co"}}, nil
	}
	r.hall.begin(older(t, "http://localhost:3003/oauth/redirect"), valet.ConnectRequest{Provider: "older", Scopes: []oauth.Scope{"a"}})
	r.untilText("https://older.example/")
	r.press(words.T("window.approve.elsewhere"))
	r.until("the page", func() bool {
		return shows(r.present.view, words.T("window.code.title")) && shows(r.present.view, "https://older.example/")
	})
	if r.canvas.Focused() != code(r) {
		t.Error("the keyboard is not in the boxes")
	}
	for _, digit := range "1234 5679" {
		r.canvas.Focused().TypedRune(digit)
	}
	r.canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := <-typed; got != "12345679" {
		t.Errorf("handed on %q", got)
	}
	r.press(words.T("window.code.use")) // while the first is tried nothing is sent
	r.untilText(words.Sentence(&valet.Error{Kind: valet.WrongVerifier}).What)
	if got := code(r).Text(); got != "12345679" {
		t.Errorf("the boxes hold %q", got)
	}
	code(r).TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	code(r).TypedRune('8')
	r.typed(fyne.KeyReturn) // Enter anywhere
	if got := <-typed; got != "12345678" {
		t.Errorf("handed on %q", got)
	}
	r.untilText("Kiln & Co hangs in the rack")
	if len(typed) != 0 || len(r.service.asked) != 2 || len(r.opened) != 0 {
		t.Errorf("%d codes too many, %d walks, %d browsers", len(typed), len(r.service.asked), len(r.opened))
	}
}

// An app key without a redirect leads to the code at once, and the browser opens.
func TestWithoutARedirectTheCodeIsTyped(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.connect = func(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
		q.Host.Open(ctx, consent)
		<-ctx.Done()
		return valet.Connection{}, &valet.Error{Kind: valet.Cancelled}
	}
	r.markets.markets = append(r.markets.markets, older(t, "oob"))
	r.hall.begin(older(t, "oob"), valet.ConnectRequest{Provider: "older"})
	if !slices.Contains(texts(r.present.view), words.T("window.code.title")) {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	r.until("the browser", func() bool { return len(r.opened) == 1 })
	r.typed(fyne.KeyReturn) // nothing is typed: nothing is sent
	if code(r).Text() != "" || r.canvas.Focused() != code(r) {
		t.Error("Enter does not lead to the boxes")
	}
	r.typed(fyne.KeyEscape)
	r.untilText("Fresh for 4")
}

// A key that signs each request has no hour to measure and nothing to renew, and its token is said to open nothing alone.
func TestTheKeyOfAnOlderMarket(t *testing.T) {
	r := newRig(t)
	r.markets.markets = append(r.markets.markets, older(t, "oob"))
	c := blueFern()
	c.Provider, c.ProviderName, c.Renewable = "older", "Older", false
	c.AccessExpires, c.AccessLife, c.RefreshExpires = time.Time{}, 0, time.Time{}
	r.service.hang(c)
	r.back()
	r.untilText(words.T("window.signed.lasts"))
	for _, absent := range []string{words.T("window.gauge.access"), words.T("window.gauge.access.other")} {
		if shows(r.present.view, absent) {
			t.Errorf("%q is shown", absent)
		}
	}
	for _, o := range tree(r.present.view) {
		if b, ok := o.(*parts.Button); ok && b.AccessibilityLabel() == words.T("window.refresh") {
			t.Error("renewing is offered")
		}
	}
	r.press(words.T("window.copy"))
	r.untilText(words.T("window.signed.copied", "Name", c.Name))
	if got := r.board.board.Content(); got != "12345678.access-token" {
		t.Errorf("the clipboard holds %q", got)
	}
	r.press(words.T("window.revoke"))
	r.untilText(words.T("window.giveback.signed"))
}
