//go:build !nogui

package trial

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/gui/trial/answer"
	"valetkey/valet"
	"valetkey/valet/words"
)

func TestAQuestionIsAskedAtOnce(t *testing.T) {
	r := newRoom(t, large)
	r.ask("listings")
	if len(r.asked) != 1 || r.asked[0].Path != "/v3/application/shops/42/listings?limit=25" || r.asked[0].Method != "GET" || !r.pane.busy {
		t.Fatalf("%+v", r.asked)
	}
	r.ask("who")
	r.Enter()
	if len(r.asked) != 1 {
		t.Error("a second one was asked while the first is waited for")
	}
	r.answer(200, `{"count":60,"results":[{"listing_id":7,"title":"Mug","state":"active"},{"listing_id":8,"title":"Vase","state":"draft"}]}`, nil)
	if got := written(r.pane.Container); !strings.Contains(got, "It worked") || !strings.Contains(got, "Mug") || !strings.Contains(got, "1 to 2 of 60") {
		t.Errorf("shown:\n%s", got)
	}
	r.press(words.T("trial.page.next"))
	if last := r.asked[len(r.asked)-1]; last.Path != "/v3/application/shops/42/listings?limit=25&offset=2" {
		t.Errorf("the next page: %+v", last)
	}
	r.answer(200, `{}`, nil)
	r.ask("listing")
	if last := r.asked[len(r.asked)-1]; last.Path != "/v3/application/listings/7" {
		t.Errorf("the listing that was seen: %+v", last)
	}
}

func TestWhatIsNotKnownOrNotOpenIsNotAsked(t *testing.T) {
	r := newRoom(t, large)
	r.ask("listing")
	if len(r.asked) != 0 || !strings.Contains(written(r.Notice.Container), "Which listing?") || r.canvas.Focused() != fyne.Focusable(r.line.path) {
		t.Errorf("asked %v, said %q", r.asked, written(r.Notice.Container))
	}
	r.Enter()
	if got := r.line.path.SelectedText(); got != "{listing_id}" {
		t.Errorf("%q is selected", got)
	}
	for range 2 { // again, with the mark of the first time
		r.ask("listing")
	}
	r.line.path.TypedRune('7')
	r.line.path.TypedRune('1')
	if r.line.path.Text != "/v3/application/listings/71" {
		t.Errorf("typed: %q", r.line.path.Text)
	}
	r.ask("receipts")
	if !strings.Contains(written(r.Notice.Container), "transactions_r") {
		t.Errorf("said %q", written(r.Notice.Container))
	}
	r.line.path.SetText("https://evil.example/")
	r.Enter()
	if len(r.asked) != 0 || !strings.Contains(written(r.Notice.Container), "https://openapi.etsy.com") {
		t.Errorf("asked %v, said %q", r.asked, written(r.Notice.Container))
	}
}

func TestAChangeIsShownBeforeItIsSent(t *testing.T) {
	r := newRoom(t, large)
	r.state.known["listing_id"] = "7"
	r.ask("rename")
	if len(r.asked) != 0 || r.canvas.Focused() != fyne.Focusable(r.line.body) || r.line.body.Text != "title=" {
		t.Fatalf("%v, body %q", r.asked, r.line.body.Text)
	}
	r.line.body.SetText("title=Moon mug & more\n\n")
	r.press(words.T("trial.ask"))
	shown := written(r.pane.Container)
	for _, part := range []string{"PATCH https://openapi.etsy.com/v3/application/shops/42/listings/7", "title=Moon+mug+%26+more", "Etsy keeps the change"} {
		if !strings.Contains(shown, part) {
			t.Errorf("%q is not shown in\n%s", part, shown)
		}
	}
	r.Enter()
	r.Escape()
	if len(r.asked) != 0 || r.left != 0 || !strings.Contains(written(r.Notice.Container), words.T("trial.confirm.not-sent")) {
		t.Fatalf("Esc is no: %v", r.asked)
	}
	r.Enter()
	r.press(words.T("trial.confirm.yes"))
	if len(r.asked) != 1 || string(r.asked[0].Body) != "title=Moon+mug+%26+more" || r.asked[0].ContentType != "application/x-www-form-urlencoded" {
		t.Errorf("%+v", r.asked)
	}
}

func TestABodyThatIsNone(t *testing.T) {
	r := newRoom(t, large)
	r.Propose("POST", "/x", "title")
	if len(r.asked) != 0 || r.pane.asking || !strings.Contains(written(r.Notice.Container), "“title” is not name=value") {
		t.Error(written(r.Notice.Container))
	}
	r.line.shape(true)
	r.Enter()
	if r.pane.asking || !strings.Contains(written(r.Notice.Container), words.T("trial.body.json.bad")) {
		t.Error(written(r.Notice.Container))
	}
	r.line.body.SetText(`{"a": 1}`)
	r.Enter()
	r.press(words.T("trial.confirm.yes"))
	if len(r.asked) != 1 || string(r.asked[0].Body) != `{"a": 1}` || r.asked[0].ContentType != valet.ContentTypeJSON {
		t.Errorf("%+v", r.asked)
	}
	r.answer(204, "", nil)
	r.line.choose("GET")
	r.Enter()
	if last := r.asked[len(r.asked)-1]; last.Body != nil || last.Method != "GET" {
		t.Errorf("a question with a body: %+v", last)
	}
}

// What the key opens is asked with the token in the form: it changes nothing, and nobody is asked.
func TestTheTokenIsSentOnlyAsTheQuestionHasIt(t *testing.T) {
	r := newRoom(t, large)
	r.ask("scopes")
	if len(r.asked) != 1 || r.asked[0].TokenField != "token" || r.line.below.Visible() {
		t.Fatalf("%+v", r.asked)
	}
	r.answer(200, `{"scopes":["shops_r","news_r"]}`, nil)
	got := map[string]string{}
	for _, row := range r.pane.reply.rows {
		said, raw := r.pane.reply.say(row)
		got[row.Text] = said + "|" + raw
	}
	if got["shops_r"] != words.ScopeTitle("shops_r")+"|shops_r" || got["news_r"] != "news_r|" {
		t.Errorf("what it opens: %q", got)
	}
	r.line.path.SetText("/v3/application/elsewhere")
	r.Enter()
	if len(r.asked) != 1 || !r.pane.asking {
		t.Errorf("another path gets the token: %+v", r.asked)
	}
}

func TestTroubleNamesTheWayOn(t *testing.T) {
	r := newRoom(t, large)
	r.Propose("GET", "/v3/application/shops/42/receipts?limit=25", "")
	r.answer(403, `{"error":"insufficient_scope"}`, &valet.Error{Kind: valet.TokenRefused, Subject: "insufficient_scope", Provider: "Etsy"})
	if got := written(r.pane.Container); !strings.Contains(got, "transactions_r") || !strings.Contains(got, words.ScopeTitle("transactions_r")) {
		t.Errorf("the permission is not named:\n%s", got)
	}
	r.press(words.T("trial.change"))
	for status, want := range map[int]string{401: "window.reconnect", 503: "window.again", 0: "window.again"} {
		kind := map[int]valet.Kind{401: valet.TokenRefused, 503: valet.Busy, 0: valet.Unreachable}[status]
		r.answer(status, "", &valet.Error{Kind: kind, Provider: "Etsy"})
		if find(r.pane.Container, func(b *parts.Button) bool { return b.AccessibilityLabel() == words.T(want) }) == nil {
			t.Errorf("%d: no %s", status, words.T(want))
		}
	}
	r.answer(404, `{"error":"x"}`, &valet.Error{Kind: valet.Declined, Provider: "Etsy", Subject: "404 Not Found"})
	if got := written(r.pane.Container); !strings.Contains(got, "Etsy has nothing there.") {
		t.Errorf("404:\n%s", got)
	}
}

func TestStopping(t *testing.T) {
	r := newRoom(t, large)
	r.ask("who")
	r.Escape()
	if r.stops != 1 || r.left != 0 {
		t.Fatalf("%d stops, left %d times", r.stops, r.left)
	}
	r.answer(0, "", &valet.Error{Kind: valet.Cancelled})
	if !strings.Contains(written(r.Notice.Container), "stopped") || r.line.send.Busy() {
		t.Errorf("%q", written(r.Notice.Container))
	}
	r.Escape()
	if r.left != 1 {
		t.Error("Esc does not lead back")
	}
}

func TestTheWholeOfALongValue(t *testing.T) {
	r := newRoom(t, large)
	long := strings.Repeat("clay and patience ", 40)
	r.Propose("GET", "/v3/application/shops/42", "")
	r.answer(200, `{"a":1,"announcement":"`+long+`","x":{"y":{"z":1}}}`, nil)
	r.pane.reply.list.Select(1)
	if !r.pane.whole.Visible() || strings.Join(r.pane.whole.text.lines, "") == "" {
		t.Fatal("it is not shown")
	}
	r.press(words.T("trial.copy.value"))
	if r.copied != long {
		t.Errorf("copied %q", r.copied)
	}
	r.Escape()
	if r.pane.whole.Visible() || r.left != 0 {
		t.Error("Esc does not take it away")
	}
	before := len(r.pane.reply.rows)
	r.pane.reply.list.Select(2)
	r.pane.reply.list.Select(2) // the same row again
	r.pane.reply.list.Select(2)
	if got := len(r.pane.reply.rows); got == before {
		t.Errorf("%d rows", got)
	}
}

// A row of the table opens the tree at that thing.
func TestATableRowIsShownWhole(t *testing.T) {
	r := newRoom(t, large)
	r.Propose("GET", "/x", "")
	r.answer(200, `{"count":3,"results":[{"title":"a","id":1},{"title":"b","id":2},{"title":"c","id":3},{"title":"d","id":4}]}`, nil)
	r.pane.reply.reveal(r.pane.shown.Answer.Table.Rows[2])
	if r.canvas.Focused() != fyne.Focusable(r.pane.reply.ways[asTree]) {
		t.Errorf("the keyboard is in %T, which has gone", r.canvas.Focused())
	}
	open := slices.IndexFunc(r.pane.reply.rows, func(row answer.Row) bool { return row.Open && row.Node == r.pane.shown.Answer.Table.Rows[2] })
	if open < 0 || r.pane.reply.rows[open+1].Text != "c" {
		t.Errorf("%d: %+v", open, r.pane.reply.rows)
	}
}

// In a narrow window the questions and the answer take turns.
func TestANarrowWindow(t *testing.T) {
	r := newRoom(t, fyne.NewSize(463, 490))
	if !r.split.slim || r.pane.Container.Visible() {
		t.Fatal("both are shown")
	}
	r.canvas.Focus(r.questions.list)
	r.ask("who")
	if r.canvas.Focused() != fyne.Focusable(r.pane.way) {
		t.Errorf("the keyboard is in %T", r.canvas.Focused())
	}
	r.answer(200, `{"user_id":1}`, nil)
	if !r.pane.Container.Visible() || r.questions.Container.Visible() {
		t.Error("the answer is not in front")
	}
	r.Escape()
	if r.pane.Container.Visible() || r.left != 0 {
		t.Error("Esc does not lead to the questions")
	}
	if r.canvas.Focused() != fyne.Focusable(r.questions.list) {
		t.Errorf("the keyboard is in %T", r.canvas.Focused())
	}
	r.Escape()
	if r.left != 1 {
		t.Error("and then back")
	}
}

func TestKeysInTheList(t *testing.T) {
	r := newRoom(t, large)
	r.canvas.Focus(r.questions.list)
	r.questions.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	r.questions.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(r.asked) != 1 || r.asked[0].Path != "/v3/application/shops/42" {
		t.Errorf("%+v", r.asked)
	}
	r.questions.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) // goes on to the window
}

// The largest answer costs no more rows on the screen than a small one.
func TestOnlyRowsInSightExist(t *testing.T) {
	r := newRoom(t, large)
	r.Propose("GET", "/x", "")
	r.answer(200, `{"results":[`+strings.TrimSuffix(strings.Repeat(`{"title":"Speckled mug, 300 ml","state":"active"},`, 20_000), ",")+`]}`, nil)
	for _, way := range []string{asTable, asTree, asText} {
		r.pane.reply.show(way)
		if got := count(r.pane.reply.place); got == 0 || got > 60 {
			t.Errorf("%s: %d rows", way, got)
		}
	}
}

// Whoever lays the screen out is told when the body comes and goes, and only then.
func TestTheLineTellsThatItGrew(t *testing.T) {
	newRoom(t, large)
	told := 0
	l := newLine(func() {}, func() { told++ })
	told = 0
	for i, step := range []struct {
		do   func()
		told int
	}{
		{func() { l.choose("PATCH") }, 1}, {func() { l.choose("PUT") }, 1}, {func() { l.fold(true) }, 2}, {func() { l.fold(true) }, 2},
		{func() { l.fold(false) }, 3}, {func() { l.choose("HEAD") }, 4},
	} {
		if step.do(); told != step.told {
			t.Errorf("step %d: told %d times", i, told)
		}
	}
}
