//go:build !nogui

package gui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"valetkey/valet"
	"valetkey/valet/words"
)

// leaving is a window at the question whether everything shall go.
func leaving(t *testing.T) *rig {
	real := blueFern()
	real.Practice, real.ProviderName, real.WithdrawPage = false, "Etsy", "https://www.etsy.com/your/apps"
	r := newRig(t, real)
	r.study.open()
	r.press(words.T("help.remove.open"))
	r.untilText(words.T("help.remove.title"))
	return r
}

// TestRemoveEverything: after a second step the first start's screen, and nothing is written behind it.
func TestRemoveEverything(t *testing.T) {
	r := leaving(t)
	for _, want := range []string{words.N("help.remove.keys", 1), words.T("help.remove.listed", "Providers", "Etsy")} {
		if !shows(r.present.view, want) {
			t.Errorf("no %q in %q", want, texts(r.present.view))
		}
	}
	r.app.ForgetAll = func(context.Context) valet.Left {
		r.service.mu.Lock()
		defer r.service.mu.Unlock()
		r.service.keys = nil
		return valet.Left{Window: true} // it is this one
	}
	if r.typed(fyne.KeyReturn); !shows(r.present.view, words.T("help.remove.title")) {
		t.Error("Enter removes")
	}
	r.press(words.T("help.remove.do"))
	r.untilText(words.T("window.welcome.title"))
	if !shows(r.banner.Container, words.T("help.remove.done")) || r.study.now != (valet.Settings{}) {
		t.Errorf("told %q, settings %+v", texts(r.banner.Container), r.study.now)
	}
	if r.study.leaveSize(fyne.NewSize(800, 600)); len(r.settings().kept) > 0 {
		t.Error("the settings are written again")
	}
	r.study.change(func(s *valet.Settings) { s.Silent = true })
	if r.study.bare {
		t.Error("what is chosen afterwards is not kept")
	}
}

// TestWhatCannotBeRemovedIsSaid: with its reason, and it can be tried again or left.
func TestWhatCannotBeRemovedIsSaid(t *testing.T) {
	r := leaving(t)
	locked := trouble(valet.TroubleLocked)
	r.app.ForgetAll = func(context.Context) valet.Left {
		return valet.Left{Keys: []valet.LeftItem{{Name: "blue-fern", Cause: locked}}}
	}
	r.press(words.T("help.remove.do"))
	r.untilText("blue-fern\n" + words.Sentence(locked).What)
	if called(r.present.view, words.T("window.again")) == nil {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	r.press(words.T("help.remove.keep"))
	if r.present.view != r.study.view.Container {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}
