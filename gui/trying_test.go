//go:build !nogui

package gui

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"valetkey/gui/parts"
	"valetkey/gui/trial"
	"valetkey/gui/trial/answer"
	"valetkey/valet"
	"valetkey/valet/words"
)

// fakeRequests answers what it is told to, or never.
type fakeRequests struct {
	reply valet.Reply
	err   error
	hangs bool
	asked chan valet.Request
}

func (f *fakeRequests) Address(_ valet.ID, path string) (string, error) {
	if !strings.HasPrefix(path, "/") {
		return "", &valet.Error{Kind: valet.BadTarget, Subject: "elsewhere", Other: "https://market.example"}
	}
	return "https://market.example" + path, nil
}

func (f *fakeRequests) Send(ctx context.Context, _ valet.ID, r valet.Request) (valet.Reply, error) {
	f.asked <- r
	if f.hangs {
		<-ctx.Done()
		return valet.Reply{}, &valet.Error{Kind: valet.Cancelled, Cause: ctx.Err()}
	}
	return f.reply, f.err
}

func (f *fakeRequests) UseHandout(_ context.Context, _ valet.ID, _ time.Duration, use func(valet.Handout) error) error {
	return use(valet.Handout{})
}

// newTrial is a window in which the key is about to be tried.
func newTrial(t *testing.T) (*rig, *fakeRequests) {
	t.Helper()
	r := newRig(t, blueFern())
	f := &fakeRequests{asked: make(chan valet.Request, 4), reply: valet.Reply{
		Status: http.StatusOK, Body: []byte(`{"count":1,"results":[{"title":"Speckled mug","state":"active"}]}`), CallsLeft: -1, CallsADay: -1,
	}}
	r.app.Requests, r.app.Handouts = f, f
	r.press(words.T("window.try"))
	r.untilText(words.T("trial.empty"))
	return r, f
}

// askFor puts a path into the line and asks.
func (r *rig) askFor(path string) {
	r.t.Helper()
	for _, o := range tree(r.present.view) {
		if entry, ok := o.(*parts.Entry); ok {
			entry.SetText(path)
			r.press(words.T("trial.ask"))
			return
		}
	}
	r.t.Fatal("nowhere to type a path")
}

func TestAKeyIsTried(t *testing.T) {
	r, f := newTrial(t)
	r.askFor("https://evil.example/")
	r.untilText("https://market.example")
	if len(f.asked) != 0 {
		t.Fatal("it was sent elsewhere")
	}
	r.askFor("/goods?limit=1")
	r.untilText("Speckled mug")
	if got := <-f.asked; got.Method != http.MethodGet || got.Path != "/goods?limit=1" {
		t.Errorf("%+v", got)
	}
	r.press(words.T("trial.copy"))
	if got := r.board.board.Content(); !strings.Contains(got, `"title": "Speckled mug"`) {
		t.Errorf("copied %q", got)
	}
	path := filepath.Join(t.TempDir(), "goods.json")
	r.saveAs = func(name string, chosen func(string)) {
		if name != blueFern().Name+".json" {
			t.Errorf("offered as %q", name)
		}
		chosen(path)
	}
	r.press(words.T("trial.save"))
	r.untilText(words.T("trial.saved", "Name", "goods.json"))
	if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "Speckled mug") {
		t.Errorf("%q, %v", text, err)
	}
	r.press(words.T("window.done"))
	if r.desk.panel == nil {
		t.Error("it does not lead back to the key")
	}
}

// The key that is tried can be pressed on the rack like any other.
func TestTheSameKeyLeadsBackToItsPanel(t *testing.T) {
	r, _ := newTrial(t)
	for _, o := range tree(r.rack.Container) {
		if list, ok := o.(interface{ Select(int) }); ok {
			list.Select(0)
		}
	}
	if r.desk.panel == nil || called(r.present.view, words.T("window.copy")) == nil {
		t.Error("the panel of the key is not shown")
	}
}

func TestATrialIsStopped(t *testing.T) {
	r, f := newTrial(t)
	f.hangs = true
	r.askFor("/slow")
	r.untilText(words.T("trial.waiting", "Provider", "Practice"))
	<-f.asked
	r.present.escape()
	r.untilText(words.T("trial.stopped"))
	r.askFor("/slow")
	<-f.asked
	r.press(words.T("window.done")) // what was waited for is not shown on the panel
	r.until("the panel", func() bool { return called(r.present.view, words.T("window.copy")) != nil && !r.desk.diary.reading })
	late := <-r.queue
	late()
	if called(r.present.view, words.T("window.copy")) == nil {
		t.Error("a late answer takes the panel's place")
	}
}

// What another token opens says nothing of this key.
func TestAnotherTokenIsNotReported(t *testing.T) {
	r, f := newTrial(t)
	f.reply.Body = []byte(`{"scopes":["shops_r"]}`)
	y := &trying{window: r.window, key: blueFern(), state: trial.State{Questions: []valet.Inquiry{{ID: "scopes", Method: http.MethodPost, Path: "/scopes"}}}}
	read := answer.Read(f.reply.Body, "*", func(text string) string { return text })
	for _, other := range []valet.Request{{Method: http.MethodGet, Path: "/scopes"}, {Method: http.MethodPost, Path: "/scopes", Body: []byte("token=7.other")}} {
		if y.report(other, read, nil); len(r.desk.reports) != 0 {
			t.Errorf("%+v: %+v", other, r.desk.reports)
		}
	}
	if y.report(valet.Request{Method: http.MethodPost, Path: "/scopes"}, read, nil); len(r.desk.reports) != 1 {
		t.Error("that of the key is not kept")
	}
}

func TestATrialThatFails(t *testing.T) {
	r, f := newTrial(t)
	f.reply, f.err = valet.Reply{}, &valet.Error{Kind: valet.Unreachable, Provider: "Practice"}
	r.askFor("/x")
	r.untilText(words.Sentence(f.err).What)
	if r.desk.outages[blueFern().ID].IsZero() {
		t.Error("the panel is not told that the market was out of reach")
	}
	f.reply, f.err = valet.Reply{Status: http.StatusForbidden, Body: []byte(`{"error":"insufficient_scope"}`)}, &valet.Error{Kind: valet.TokenRefused, Subject: "insufficient_scope", Provider: "Practice"}
	r.askFor("/x")
	r.untilText(words.Sentence(f.err).What)
	r.press(words.T("trial.curl"))
	r.untilText(words.Sentence(&valet.Error{Kind: valet.NoAPI}).What)
	r.press(words.T("trial.change"))
	r.untilText(words.ScopeTitle("listings_w"))
}
