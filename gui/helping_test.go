//go:build !nogui

package gui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"valetkey/gui/walk"
	"valetkey/valet"
	"valetkey/valet/words"
)

func (r *rig) doctor() *fakeDoctor { return r.app.Doctor.(*fakeDoctor) }

func lockedRing() valet.Finding {
	return valet.Finding{Check: valet.CheckKeyring, State: valet.LookAt, Reason: "locked"}
}

// TestHelpFromATrouble: the button beside an error makes the checks that fit it, for the key it was about, and back shows the
// error again.
func TestHelpFromATrouble(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.err = &valet.Error{Kind: valet.Unreachable, Provider: "Etsy"}
	r.doctor().finds = []valet.Finding{{Check: valet.CheckNetwork, State: valet.Wrong, Reason: "no-name", Subject: "api.etsy.com"}, {Check: valet.CheckClock, State: valet.Fine, Reason: "steady"}}
	r.desk.renew()
	r.untilText(words.Sentence(r.service.err).What)
	r.press(words.T("help.open"))
	r.until("all is looked at", func() bool { return r.help.over })
	if visit := r.doctor().last(); visit.Key != blueFern().ID || !slices.Equal(visit.Only, r.doctor().Fitting(r.service.err)) || visit.Ask {
		t.Errorf("the visit: %+v", visit)
	}
	for _, want := range []string{words.T("doctor.finding.network.no-name.what", "Subject", "api.etsy.com"), words.FindingState(valet.Wrong), words.FindingState(valet.Fine), words.N("doctor.summary.wrong", 1)} {
		if !shows(r.present.view, want) {
			t.Errorf("no %q in %q", want, texts(r.present.view))
		}
	}
	r.typed(fyne.KeyEscape)
	if r.desk.panel == nil || !shows(r.present.view, words.Sentence(r.service.err).What) {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	if r.service.err = nil; r.desk.notice == nil {
		t.Error("nothing can be done to the key any more")
	}
}

// TestNoHelpWhereTheErrorSaysAll: no button that would find nothing.
func TestNoHelpWhereTheErrorSaysAll(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.err = &valet.Error{Kind: valet.BeyondLife, Provider: "Etsy"}
	r.desk.renew()
	r.untilText(words.Sentence(r.service.err).What)
	if called(r.present.view, words.T("help.open")) != nil {
		t.Error("help is offered")
	}
}

// TestHelpStepByStep: a check is shown while it is made, and gets its mark when it is known; Stop ends what is under way.
func TestHelpStepByStep(t *testing.T) {
	r := newRig(t, blueFern())
	d := r.doctor()
	d.steps, d.left = make(chan struct{}), make(chan struct{})
	d.finds = []valet.Finding{{Check: valet.CheckFolders, State: valet.Fine, Reason: "private"}, {Check: valet.CheckIndex, State: valet.Fine, Reason: "whole"}}
	r.typed(fyne.KeyF1)
	folders, index := words.T("doctor.name.folders"), words.T("doctor.name.index")
	r.untilText(folders + "  " + words.T("help.line.looking"))
	d.steps <- struct{}{}
	r.untilText(index + "  " + words.T("help.line.looking"))
	if !shows(r.present.view, folders+"  "+words.FindingState(valet.Fine)) {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	r.press(words.T("help.stop"))
	<-d.left
	if shows(r.present.view, index) || !shows(r.present.view, words.T("help.cut")) || !r.help.over {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	if visit := d.last(); visit.Key != blueFern().ID || !slices.Equal(visit.Only, valet.Checks()) {
		t.Errorf("the visit of F1: %+v", visit)
	}
}

// TestHelpEndsWithItsScreen: another screen and a hidden window both end what is under way.
func TestHelpEndsWithItsScreen(t *testing.T) {
	for name, away := range map[string]func(*rig){
		"another screen": func(r *rig) { r.study.open() },
		"hidden":         func(r *rig) { r.corner.hide() },
		"back":           func(r *rig) { r.typed(fyne.KeyEscape) },
	} {
		r := newRig(t, blueFern())
		d := r.doctor()
		d.steps, d.left = make(chan struct{}), make(chan struct{})
		d.finds = []valet.Finding{lockedRing()}
		r.typed(fyne.KeyF1)
		r.untilText(words.T("doctor.name.keyring"))
		away(r)
		select {
		case <-d.left:
		case <-t.Context().Done():
			t.Error(name, "goes on looking")
		}
	}
}

// TestHelpOffersTheNextStep: where the window can take it, and with it looks again.
func TestHelpOffersTheNextStep(t *testing.T) {
	r := newRig(t, blueFern())
	r.doctor().finds = []valet.Finding{lockedRing()}
	r.typed(fyne.KeyF1)
	r.until("all is looked at", func() bool { return r.help != nil && r.help.over })
	r.press(words.T("help.way.unlock"))
	r.until("it is looked at again", func() bool { return r.help.over })
	if !r.doctor().last().Ask {
		t.Error("the system may not ask")
	}
}

// TestRemedies: which findings have a button, and what it is called.
func TestRemedies(t *testing.T) {
	r := newRig(t, blueFern())
	r.markets.keys = append(r.markets.keys, valet.AppKey{ID: "key-7", Label: "my own shop", Provider: "etsy"}, valet.AppKey{ID: "key-8", Label: "comes along", Provider: "etsy", BuiltIn: true})
	r.typed(fyne.KeyF1)
	r.until("all is looked at", func() bool { return r.help != nil && r.help.over })
	name := blueFern().Name
	for _, row := range []struct {
		f    valet.Finding
		want string
	}{
		{valet.Finding{Check: valet.CheckKeyring, State: valet.Fine, Reason: "ready"}, ""},
		{lockedRing(), "help.way.unlock"},
		{valet.Finding{Check: valet.CheckLockedFile, State: valet.Untried, Reason: "locked"}, "help.way.passphrase"},
		{valet.Finding{Check: valet.CheckLockedFile, State: valet.Untried, Reason: "none"}, ""},
		{valet.Finding{Check: valet.CheckIndex, State: valet.Wrong, Reason: "damaged"}, "help.way.read"},
		{valet.Finding{Check: valet.CheckProviders, State: valet.LookAt, Reason: "bad-provider-file"}, "help.way.markets"},
		{valet.Finding{Check: valet.CheckAppKey, State: valet.Wrong, Reason: "key-unknown", About: "my own shop"}, "help.way.appkey"},
		{valet.Finding{Check: valet.CheckPort, State: valet.Wrong, Reason: "refused", About: "my own shop"}, "help.way.appkey"},
		{valet.Finding{Check: valet.CheckAppKey, State: valet.Untried, Reason: "store", About: "my own shop"}, ""},
		{valet.Finding{Check: valet.CheckAppKey, State: valet.Untried, Reason: "network", About: "my own shop"}, ""},
		{valet.Finding{Check: valet.CheckAppKey, State: valet.Wrong, Reason: "key-unknown", About: "comes along"}, ""},
		{valet.Finding{Check: valet.CheckToken, State: valet.LookAt, Reason: "ends-soon", About: name}, "help.way.use"},
		{valet.Finding{Check: valet.CheckToken, State: valet.Wrong, Reason: "over", About: name}, "window.reconnect"},
		{valet.Finding{Check: valet.CheckToken, State: valet.Wrong, Reason: "unreachable", About: name, Err: &valet.Error{Kind: valet.Unreachable}}, ""},
		{valet.Finding{Check: valet.CheckToken, State: valet.Untried, Reason: "record", About: name}, ""},
		{valet.Finding{Check: valet.CheckScopes, State: valet.Wrong, Reason: "fewer", About: name}, "window.reconnect"},
		{valet.Finding{Check: valet.CheckScopes, State: valet.Wrong, Reason: "fewer", About: "gone"}, ""},
		{valet.Finding{Check: valet.CheckNetwork, State: valet.Wrong, Reason: "no-name"}, ""},
	} {
		way := remedy{r.help}.way(row.f)
		switch {
		case row.want == "" && way.Text != "", row.want != "" && (way.Text != words.T(row.want) || way.Press == nil):
			t.Errorf("%s %s: %q, want %q", row.f.Check, row.f.Reason, way.Text, row.want)
		}
	}
}

// TestReportIsSeenBeforeItIsCopied: what is in the clipboard is what stood on the screen.
func TestReportIsSeenBeforeItIsCopied(t *testing.T) {
	r := newRig(t, blueFern())
	r.doctor().finds = []valet.Finding{lockedRing()}
	r.typed(fyne.KeyF1)
	r.until("all is looked at", func() bool { return r.help != nil && r.help.over })
	r.press(words.T("help.report"))
	r.untilText(words.T("doctor.name.keyring"))
	r.press(words.T("help.report.copy"))
	copied := r.board.board.Content()
	if !strings.Contains(copied, words.T("doctor.name.keyring")) || !shows(r.present.view, words.T("help.report.copied")) {
		t.Errorf("copied %q; on the screen: %q", copied, texts(r.present.view))
	}
	for _, line := range strings.Split(strings.TrimSpace(copied), "\n") {
		if !shows(r.present.view, strings.TrimSpace(line)) {
			t.Errorf("%q was copied unseen", line)
		}
	}
	r.typed(fyne.KeyEscape)
	if called(r.present.view, words.T("help.again")) == nil {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}

// TestHelpOfAWalkThatEndedEarly: the way is offered behind the others, and back leads to it again.
func TestHelpOfAWalkThatEndedEarly(t *testing.T) {
	r := newRig(t)
	k := &connecting{hall: r.hall, market: r.markets.markets[0], cancel: func() {}}
	k.approve, k.receive = walk.NewApprove(walk.ApproveActions{}), walk.NewReceive(nil)
	k.stumble(&valet.Error{Kind: valet.TimedOut, Provider: "Etsy"})
	title := words.Sentence(&valet.Error{Kind: valet.TimedOut, Provider: "Etsy"}).What
	r.press(words.T("help.open"))
	r.until("all is looked at", func() bool { return r.help != nil && r.help.over })
	if visit := r.doctor().last(); visit.Provider != "etsy" || !slices.Contains(visit.Only, valet.CheckPort) {
		t.Errorf("the visit: %+v", visit)
	}
	r.press(words.T("window.back"))
	if !shows(r.present.view, title) {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}

// TestHelpOfTheBanner: what nobody asked for has its cause looked for too, and back leads to what was shown.
func TestHelpOfTheBanner(t *testing.T) {
	r := newRig(t, blueFern())
	r.eyes.warnings = []error{&valet.Error{Kind: valet.IndexDamaged, Subject: "index-damaged.json"}, &valet.Error{Kind: valet.Cancelled}}
	r.refresh()
	r.pressIn(r.banner.Container, words.T("help.open"))
	r.until("all is looked at", func() bool { return r.help != nil && r.help.over })
	if visit := r.doctor().last(); visit.Key != "" || !slices.Contains(visit.Only, valet.CheckIndex) {
		t.Errorf("the visit: %+v", visit)
	}
	r.pressIn(r.banner.Container, words.T("window.understood"))
	if called(r.banner.Container, words.T("help.open")) != nil {
		t.Error("help is offered where there is nothing to look for")
	}
	if r.typed(fyne.KeyReturn); r.desk.panel == nil {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}

// TestHelpWithoutAKey: on the first screen F1 is for this computer alone.
func TestHelpWithoutAKey(t *testing.T) {
	r := newRig(t)
	r.doctor().finds = []valet.Finding{{Check: valet.CheckKeyring, State: valet.Wrong, Reason: "absent", Err: errors.New("odd")}}
	r.typed(fyne.KeyF1)
	r.until("all is looked at", func() bool { return r.help != nil && r.help.over })
	if visit := r.doctor().last(); visit.Key != "" || visit.Only != nil {
		t.Errorf("the visit: %+v", visit)
	}
	if r.typed(fyne.KeyEscape); !shows(r.present.view, words.T("window.welcome.title")) {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}
