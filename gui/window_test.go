//go:build !nogui

package gui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

func shows(o fyne.CanvasObject, part string) bool {
	return slices.ContainsFunc(texts(o), func(text string) bool { return strings.Contains(text, part) })
}

func blueFern() valet.Connection {
	now := time.Now()
	return valet.Connection{
		ID: "1", Name: "blue-fern-pottery", Provider: "practice", ProviderName: "Practice", Practice: true, AppKey: "builtin",
		Account: valet.Account{UserID: "12345678", ShopName: "Blue Fern Pottery"}, Status: valet.Connected, Store: valet.InKeyring,
		Asked: []oauth.Scope{"shops_r", "listings_r"}, Granted: []oauth.Scope{"shops_r", "listings_r"}, Connected: now, Refreshed: now,
		AccessExpires: now.Add(47 * time.Minute), AccessLife: time.Hour, RefreshExpires: now.Add(84 * 24 * time.Hour), Renewable: true, WithdrawPage: "https://market.example/apps",
	}
}

const consent = "https://market.example/connect?state=x"

// approves is a walk in which the seller allows at once.
func approves(c valet.Connection) func(context.Context, valet.ConnectRequest) (valet.Connection, error) {
	return func(_ context.Context, r valet.ConnectRequest) (valet.Connection, error) {
		step := r.Host.Step
		step(valet.Approve, valet.Detail{Moment: valet.Listening, URL: consent, Deadline: time.Now().Add(5 * time.Minute)})
		step(valet.Approve, valet.Detail{Moment: valet.Opened})
		step(valet.Receive, valet.Detail{Moment: valet.Answered})
		step(valet.Receive, valet.Detail{Moment: valet.Exchanged, Asked: r.Scopes, Granted: r.Scopes})
		step(valet.Receive, valet.Detail{Moment: valet.Identified, Account: c.Account})
		step(valet.Keep, valet.Detail{Moment: valet.Stored, Store: valet.InKeyring})
		return c, nil
	}
}

func TestFirstStartLeadsToAKeyWithOnePress(t *testing.T) {
	r := newRig(t)
	r.untilText(words.T("window.welcome.title"))
	r.service.connect = approves(blueFern())
	r.typed(fyne.KeyReturn) // the obvious button
	r.untilText("Blue Fern Pottery hangs in the rack")
	asked := r.service.last()
	if asked.Provider != "practice" || !slices.Equal(asked.Scopes, []oauth.Scope{"shops_r", "listings_r", "listings_w"}) {
		t.Errorf("asked %+v", asked)
	}
	r.press(words.T("window.done"))
	r.untilText("Fresh for 4")
}

func TestTheWalkWaitsAndCanBeCancelled(t *testing.T) {
	r := newRig(t)
	r.service.connect = func(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
		q.Host.Step(valet.Approve, valet.Detail{Moment: valet.Listening, URL: consent, Deadline: time.Now().Add(5 * time.Minute)})
		<-ctx.Done()
		return valet.Connection{}, &valet.Error{Kind: valet.Cancelled}
	}
	r.press(words.T("window.welcome.practice.button"))
	r.untilText("https://market.example/")
	r.press(words.T("window.approve.again"))
	r.until("the browser opens again", func() bool { return len(r.opened) == 1 })
	r.press(words.T("window.approve.link"))
	if got := r.board.board.Content(); got != consent {
		t.Errorf("the clipboard holds %q", got)
	}
	r.hall.connect() // Ctrl+N while one waits
	r.untilText(words.T("window.approve.title"))
	r.press(words.T("window.approve.errors"))
	r.untilText(words.T("window.known.denied.said"))
	r.typed(fyne.KeyEscape) // back to the steps
	r.untilText("https://market.example/")
	r.typed(fyne.KeyEscape) // ends the walk
	r.untilText(words.T("window.welcome.title"))
	if len(r.service.asked) != 1 {
		t.Errorf("%d walks", len(r.service.asked))
	}
}

func TestAPastedAddressReachesTheWalk(t *testing.T) {
	r := newRig(t)
	pasted := make(chan string, 1)
	r.service.connect = func(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
		q.Host.Step(valet.Approve, valet.Detail{Moment: valet.Listening, URL: consent})
		pasted <- <-q.Host.Pasted
		q.Host.PasteRefused(&valet.Error{Kind: valet.BadAnswer})
		<-ctx.Done()
		return valet.Connection{}, &valet.Error{Kind: valet.Cancelled}
	}
	r.press(words.T("window.welcome.practice.button"))
	r.untilText("https://market.example/")
	r.hall.walk.paste("http://localhost:3003/oauth/redirect?code=1")
	if got := <-pasted; !strings.HasPrefix(got, "http://localhost:3003/") {
		t.Errorf("pasted %q", got)
	}
	r.untilText(words.Sentence(&valet.Error{Kind: valet.BadAnswer}).What)
	r.hall.walk.cancel()
	r.untilText(words.T("window.welcome.title"))
}

func TestAWalkThatFailsSaysWhyAndTriesAgain(t *testing.T) {
	r := newRig(t)
	failure := &valet.Error{Kind: valet.Denied, Provider: "Practice"}
	r.service.connect = func(context.Context, valet.ConnectRequest) (valet.Connection, error) {
		return valet.Connection{}, failure
	}
	r.press(words.T("window.welcome.practice.button"))
	r.untilText(words.Sentence(failure).What)
	r.service.connect = approves(blueFern())
	r.press(words.T("window.again"))
	r.untilText("Blue Fern Pottery hangs in the rack")
}

func TestAnotherShopIsAskedAbout(t *testing.T) {
	for button, want := range map[string]valet.Decision{"window.wrongshop.both": valet.KeepBoth, "window.wrongshop.again": valet.TryAgain} {
		r := newRig(t, blueFern())
		got := make(chan valet.Decision, 1)
		r.service.connect = func(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
			q.Host.Step(valet.Receive, valet.Detail{Moment: valet.Answered})
			got <- q.Host.WrongShop(ctx, blueFern().Account, valet.Account{UserID: "2", ShopName: "Red Oak Prints"})
			return valet.Connection{}, &valet.Error{Kind: valet.Cancelled}
		}
		r.press(words.T("window.reconnect"))
		r.untilText("This is Red Oak Prints. You asked for Blue Fern Pottery.")
		if q := r.service.last(); q.Reconnect != "1" || q.AppKey != "builtin" || !slices.Equal(q.Scopes, blueFern().Asked) {
			t.Errorf("asked %+v", q)
		}
		r.press(words.T(button))
		if decision := <-got; decision != want {
			t.Errorf("%s: %v", button, decision)
		}
		r.untilText("Fresh for 4")
	}
}

func TestConnectAsksWhereAndWhat(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.connect = approves(valet.Connection{ID: "2", Provider: "practice", Name: "two", Account: valet.Account{ShopName: "Kiln & Co"}})
	r.press(words.T("window.connect"))
	r.untilText(words.T("window.choose.title"))
	r.press("Practice")
	r.untilText(words.T("window.ask.title"))
	r.press(words.PurposeTitle("look"))
	r.press(words.ScopeTitle("transactions_r") + "\n" + words.RiskWord(oauth.RiskRead) + "  transactions_r")
	r.typed(fyne.KeyReturn)
	r.untilText("Kiln & Co hangs in the rack")
	if q := r.service.last(); !slices.Equal(q.Scopes, []oauth.Scope{"shops_r", "listings_r", "transactions_r"}) {
		t.Errorf("asked %v", q.Scopes)
	}
}
