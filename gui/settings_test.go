//go:build !nogui

package gui

import (
	"context"
	"sync"
	"testing"

	"fyne.io/fyne/v2"

	"valetkey/valet"
	"valetkey/valet/words"
)

// fakeSettings keeps settings in memory.
type fakeSettings struct {
	mu   sync.Mutex
	now  valet.Settings
	err  error
	kept chan valet.Settings
}

func (f *fakeSettings) Read() valet.Settings {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

func (f *fakeSettings) Change(_ context.Context, change func(*valet.Settings)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return f.err
	}
	change(&f.now)
	f.kept <- f.now
	return nil
}

func (r *rig) settings() *fakeSettings { return r.app.Settings.(*fakeSettings) }

// TestSettingsTakeEffect: a press is seen at once and kept in the order of the presses.
func TestSettingsTakeEffect(t *testing.T) {
	r := newRig(t, blueFern())
	var worn []valet.Look
	r.study.wear = func(look valet.Look) { worn = append(worn, look) }
	r.study.tray = true
	r.rack.OnSettings()
	r.press(words.T("window.settings.look") + ": " + words.T("window.settings.dark"))
	r.press(words.T("window.settings.language") + ": English")
	r.press(words.T("window.settings.tray") + "\n" + words.T("window.settings.tray.text"))
	r.press(words.T("window.settings.notify") + "\n" + words.T("window.settings.notify.text"))
	r.press(words.T("window.settings.look") + ": " + words.T("window.settings.light"))
	want := valet.Settings{Terms: valet.Terms, Language: "en", Look: valet.LookLight, CloseToTray: true, Silent: true}
	if r.study.now != want || len(worn) != 2 || worn[1] != valet.LookLight {
		t.Errorf("now %+v, worn %q", r.study.now, worn)
	}
	r.until("all is kept", func() bool { return len(r.study.unkept) == 0 })
	if got := r.settings().Read(); got != want {
		t.Errorf("kept %+v", got)
	}
	if first := <-r.settings().kept; first != (valet.Settings{Terms: valet.Terms, Look: valet.LookDark}) {
		t.Errorf("kept first: %+v", first)
	}
}

// TestSettingsNotKept: what cannot be written is said, and holds for this session.
func TestSettingsNotKept(t *testing.T) {
	r := newRig(t, blueFern())
	r.settings().err = &valet.Error{Kind: valet.TimedOut}
	r.study.open()
	r.press(words.T("window.settings.look") + ": " + words.T("window.settings.dark"))
	r.untilText(words.Sentence(r.settings().err).What)
	if r.study.now.Look != valet.LookDark {
		t.Errorf("now %+v", r.study.now)
	}
}

// TestSettingsByKeyboard: Enter and Esc lead back to the key, or to the walk that waits; no tray is offered where there is none.
func TestSettingsByKeyboard(t *testing.T) {
	r := newRig(t, blueFern())
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape} {
		r.study.open()
		if shows(r.present.view, words.T("window.settings.tray")) {
			t.Error("a tray is offered")
		}
		if r.typed(key); r.desk.panel == nil {
			t.Errorf("%s: %q", key, texts(r.present.view))
		}
	}
	r.service.connect = func(ctx context.Context, _ valet.ConnectRequest) (valet.Connection, error) {
		<-ctx.Done()
		return valet.Connection{}, ctx.Err()
	}
	r.hall.practise(r.markets.markets[1])
	r.study.open()
	r.typed(fyne.KeyEscape)
	if r.hall.walk == nil || r.present.view != r.hall.walk.approve.Container {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}

// TestLanguagesHaveNames: each that is offered says what it is called.
func TestLanguagesHaveNames(t *testing.T) {
	for _, tag := range words.Languages() {
		if name := words.LanguageName(tag); name == "" || name == "window.language."+tag {
			t.Errorf("%s is called %q", tag, name)
		}
	}
}

// TestWindowSize: a window opens as it was left, within reason.
func TestWindowSize(t *testing.T) {
	for _, row := range []struct{ kept, want fyne.Size }{
		{fyne.Size{}, usualSize}, {fyne.NewSize(900, 0), usualSize}, {fyne.NewSize(900, 700), fyne.NewSize(900, 700)},
		{fyne.NewSize(1, 1), leastSize}, {fyne.NewSize(1e9, 600), fyne.NewSize(mostSize.Width, 600)},
	} {
		if got := sizeOf(valet.Settings{WindowWidth: row.kept.Width, WindowHeight: row.kept.Height}); got != row.want {
			t.Errorf("%v: %v, want %v", row.kept, got, row.want)
		}
	}
	r := newRig(t)
	r.study.leaveSize(fyne.NewSize(800, 600))
	if got := sizeOf(r.settings().Read()); got != fyne.NewSize(800, 600) {
		t.Error(got)
	}
	r.settings().err = context.DeadlineExceeded
	r.study.leaveSize(fyne.NewSize(820, 600)) // the program ends all the same
	if got := sizeOf(r.settings().Read()); got != fyne.NewSize(800, 600) {
		t.Error(got)
	}
}

// TestDeafSeat: whoever opens beside a window that does not answer is told.
func TestDeafSeat(t *testing.T) {
	r := newRig(t, blueFern())
	r.app.Seat.deaf = true
	r.open()
	if !shows(r.banner.Container, words.T("window.second.what")) {
		t.Errorf("told: %q", texts(r.banner.Container))
	}
}
