//go:build !nogui

package gui

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"valetkey/valet"
	"valetkey/valet/words"
)

func TestTheKeyThatIsLookedAtIsTold(t *testing.T) {
	other := blueFern()
	other.ID, other.Name = "2", "kiln"
	r := newRig(t, blueFern(), other)
	r.desk.lay("2")
	r.foreground(false)
	if !shows(r.present.view, words.T("status.more.fresh-used")) {
		t.Errorf("nobody looks, and the panel says %q", texts(r.present.view))
	}
	r.foreground(true)
	if !shows(r.present.view, words.T("status.more.fresh-itself")) {
		t.Errorf("it is looked at, and the panel says %q", texts(r.present.view))
	}
	r.hall.connect()
	if want := []valet.ID{"1", "2", "", "2", ""}; !slices.Equal(r.eyes.shown, want) || r.eyes.focused != 1 {
		t.Errorf("told %q and %d times focus, want %q and once", r.eyes.shown, r.eyes.focused, want)
	}
}

func TestAKeyInUseRenewsItselfUnseen(t *testing.T) {
	c := blueFern()
	now := time.Now()
	for used, want := range map[time.Time]bool{{}: false, now.Add(-25 * time.Hour): false, now.Add(-23 * time.Hour): true} {
		c.Used = used
		if got := awake(c, false, now); got != want {
			t.Errorf("used %v: %v", used, got)
		}
	}
}

func TestAKeyBehindAPassphraseDoesNotRenewItself(t *testing.T) {
	c := blueFern()
	c.Store = valet.InFile
	r := newRig(t, c)
	for _, open := range []bool{false, true} {
		r.places.open = open
		r.refresh()
		if got := shows(r.present.view, words.T("status.more.fresh-itself")); got != open {
			t.Errorf("opened %v: %q", open, texts(r.present.view))
		}
	}
}

func TestAListThatCannotBeReadIsNoFirstStart(t *testing.T) {
	r := newRig(t)
	r.app.Unread = &valet.Error{Kind: valet.IndexUnreadable, Subject: "index.json"}
	tries := 0
	r.app.Load = func(context.Context) error {
		if tries++; tries == 1 {
			return errors.New("still")
		}
		r.service.hang(blueFern())
		return nil
	}
	r.home()
	r.untilText(words.Sentence(&valet.Error{Kind: valet.IndexUnreadable}).What)
	if !shows(r.rack.Container, words.T("window.rack.unread")) || shows(r.present.view, words.T("window.welcome.title")) {
		t.Error("it looks like a first start")
	}
	r.press(words.T("window.again"))
	r.untilText(words.T("window.unread.still"))
	r.press(words.T("window.again"))
	r.untilText("Fresh for 4")
}

func TestAListThatIsMendedElsewhereIsShown(t *testing.T) {
	r := newRig(t)
	r.app.Unread = errors.New("cut")
	r.home()
	r.service.hang(blueFern())
	r.service.changes <- struct{}{}
	r.untilText("Fresh for 4")
}

func TestWarningsAreToldOnceAndPutAway(t *testing.T) {
	r := newRig(t, blueFern())
	first, second := &valet.Error{Kind: valet.IndexDamaged, Subject: "index.damaged"}, &valet.Error{Kind: valet.IndexUnreadable, Subject: "index.json"}
	r.eyes.warnings = []error{first, second}
	r.service.changes <- struct{}{}
	for _, err := range []error{first, second} {
		r.until("the warning", func() bool { return shows(r.banner.Container, words.Sentence(err).What) })
		if !shows(r.banner.Container, "Fresh for 4") {
			t.Error("the key is not shown any more")
		}
		r.pressIn(r.banner.Container, words.T("window.understood"))
	}
	if shows(r.banner.Container, words.Sentence(second).What) || called(r.banner.Container, words.T("window.understood")) != nil {
		t.Errorf("still told: %q", texts(r.banner.Container))
	}
}
