//go:build !nogui

package trial

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/gui/trial/answer"
	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/valet"
)

// room is a trial in a window, and what it asked for.
type room struct {
	*Trial
	t      *testing.T
	canvas fyne.Canvas
	asked  []valet.Request
	left   int
	copied string
	stops  int
}

var moment = time.Date(2026, time.November, 22, 14, 2, 0, 0, time.UTC)

func newRoom(t *testing.T, size fyne.Size) *room {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme())
	r := &room{t: t}
	market := valet.Market{Provider: etsy.Provider(), EtsyAPI: true}
	key := valet.Connection{
		Name: "fern", ProviderName: "Etsy", Protocol: valet.OAuth2, Account: valet.Account{ShopID: "42", ShopName: "Blue Fern"},
		Granted: []oauth.Scope{"shops_r", "listings_r", "listings_w"},
	}
	r.Trial = New(State{Key: key, Market: market, Questions: valet.Inquiries(market, key, moment), Now: func() time.Time { return moment }}, Actions{
		Ask: func(q valet.Request) { r.asked = append(r.asked, q) }, Stop: func() { r.stops++ }, Leave: func() { r.left++ },
		Copy: func(text string) { r.copied = text }, Save: func(string) {}, Curl: func(valet.Request) {}, Reconnect: func() {}, Change: func() {},
		Address: func(path string) (string, error) {
			if !strings.HasPrefix(path, "/") {
				return "", &valet.Error{Kind: valet.BadTarget, Subject: "elsewhere", Other: "https://openapi.etsy.com", Provider: "Etsy"}
			}
			return "https://openapi.etsy.com" + path, nil
		},
	})
	window := test.NewTempWindow(t, r.Container)
	window.Resize(size)
	r.canvas = window.Canvas()
	return r
}

// ask presses a question.
func (r *room) ask(id string) {
	r.t.Helper()
	at := slices.IndexFunc(r.questions.all, func(q valet.Inquiry) bool { return q.ID == id })
	if at < 0 {
		r.t.Fatalf("no question %s", id)
	}
	r.questions.list.Select(at)
}

func (r *room) answer(status int, body string, err error) {
	of := Result{Reply: valet.Reply{Status: status, Body: []byte(body), CallsLeft: -1, CallsADay: -1}, Err: err,
		Answer: answer.Read([]byte(body), "*", func(s string) string { return s })}
	if len(r.asked) > 0 {
		of.Request = r.asked[len(r.asked)-1]
	}
	r.Answered(of)
}

// press presses the button with that word, if it can be seen.
func (r *room) press(word string) {
	r.t.Helper()
	if b := find(r.Container, func(b *parts.Button) bool { return b.AccessibilityLabel() == word }); b != nil {
		b.Tapped(nil)
		return
	}
	r.t.Fatalf("no button %q", word)
}

func find(o fyne.CanvasObject, is func(*parts.Button) bool) *parts.Button {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *parts.Button:
		if is(o) {
			return o
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			if found := find(child, is); found != nil {
				return found
			}
		}
	case *container.Scroll:
		return find(o.Content, is)
	}
	return nil
}

// written is all that can be read on o.
func written(o fyne.CanvasObject) string {
	if !o.Visible() {
		return ""
	}
	switch o := o.(type) {
	case *parts.Text:
		return o.String() + "\n"
	case *fyne.Container:
		all := ""
		for _, child := range o.Objects {
			all += written(child)
		}
		return all
	case *container.Scroll:
		return written(o.Content)
	case fyne.Widget:
		all := ""
		for _, child := range test.WidgetRenderer(o).Objects() {
			all += written(child)
		}
		return all
	}
	return ""
}

var large = fyne.NewSize(760, 640)

// count counts the rows of a list that exist.
func count(o fyne.CanvasObject) int {
	rows := 0
	switch o := o.(type) {
	case *treeRow, *tableRow, *lineRow:
		return 1
	case *fyne.Container:
		for _, child := range o.Objects {
			rows += count(child)
		}
	case *container.Scroll:
		return count(o.Content)
	case *widget.List, *list:
		for _, child := range test.WidgetRenderer(o.(fyne.Widget)).Objects() {
			rows += count(child)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			rows += count(child)
		}
	}
	return rows
}
