//go:build !nogui

package gui

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// TestAWrongPasteIsExplained by how the right address begins, and what was said goes when the steps come back.
func TestAWrongPasteIsExplained(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.connect = func(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
		q.Host.Step(valet.Approve, valet.Detail{Moment: valet.Listening, URL: consent, Deadline: time.Now().Add(time.Minute)})
		for {
			select {
			case text := <-q.Host.Pasted:
				_, err := oauth.ParseRedirection(text, "http://localhost:3003/oauth/redirect")
				q.Host.PasteRefused(err)
			case <-ctx.Done():
				return valet.Connection{}, &valet.Error{Kind: valet.Cancelled}
			}
		}
	}
	r.hall.begin(r.markets.markets[0], valet.ConnectRequest{Provider: "etsy"})
	r.until("the page is asked for", func() bool { return r.hall.walk.asked.URL != "" })
	wrong := func() {
		r.press(words.T("window.approve.paste"))
		r.typeInto("hello")
		r.press(words.T("window.paste.send"))
		r.untilText(words.T("window.paste.other"))
		r.untilText("http://localhost:3003/oauth/redirect")
	}
	gone := func(after string) {
		t.Helper()
		if shows(r.present.view, words.T("window.paste.other")) {
			t.Errorf("after %s it is still said", after)
		}
	}
	wrong()
	r.press(words.T("window.paste.back"))
	gone("the way back")
	wrong()
	r.press(words.T("window.approve.again"))
	gone("the page was opened again")
}

// TestACodeThatIsNotWhole: where its length is known, nothing is sent before it is whole; what was said goes as it is typed on.
func TestACodeThatIsNotWhole(t *testing.T) {
	r := newRig(t, blueFern())
	sent := make(chan string, 1)
	r.service.connect = func(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
		q.Host.Step(valet.Approve, valet.Detail{Moment: valet.Listening, URL: consent, Deadline: time.Now().Add(time.Minute), Typed: true})
		sent <- <-q.Host.Pasted
		<-ctx.Done()
		return valet.Connection{}, &valet.Error{Kind: valet.Cancelled}
	}
	m := older(t, "oob")
	m.Practice = true
	r.hall.begin(m, valet.ConnectRequest{Provider: "older"})
	r.until("the page is asked for", func() bool { return r.hall.walk.asked.URL != "" })
	code(r).Paste("471108")
	r.typed(fyne.KeyReturn)
	r.untilText(words.N("window.code.lacks", 2))
	code(r).TypedRune('1')
	if shows(r.present.view, words.N("window.code.lacks", 2)) || len(sent) != 0 {
		t.Error("it is still said, or was sent")
	}
	code(r).TypedRune('6')
	r.typed(fyne.KeyReturn)
	if got := <-sent; got != "47110816" {
		t.Errorf("sent %q", got)
	}
}
