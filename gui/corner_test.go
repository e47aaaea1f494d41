//go:build !nogui

package gui

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"valetkey/gui/tray"
	"valetkey/valet"
	"valetkey/valet/words"
)

// cornered is a rig whose icon is in a tray; what the window is asked for is counted.
func cornered(t *testing.T, keys ...valet.Connection) (r *rig, raised, quits *int) {
	r = newRig(t, keys...)
	raised, quits = new(int), new(int)
	r.corner.start = func(context.Context) bool { return true }
	r.corner.rise = func() { *raised++; r.corner.shown() }
	r.corner.quit = func() { *quits++ }
	r.corner.settle()
	r.until("the icon is in the tray", func() bool { return r.corner.there })
	return r, raised, quits
}

// menu is what the tray shows now.
func (r *rig) menu() []tray.Item {
	r.t.Helper()
	select {
	case menu := <-r.corner.menus:
		return menu
	default:
		r.t.Fatal("there is no new menu")
	}
	return nil
}

// line finds a line of a menu, at any depth.
func line(t *testing.T, menu []tray.Item, text string) tray.Item {
	t.Helper()
	for _, item := range menu {
		if item.Text == text {
			return item
		}
		if i := slices.IndexFunc(item.Below, func(below tray.Item) bool { return below.Text == text }); i >= 0 {
			return item.Below[i]
		}
	}
	t.Fatalf("no line %q in %+v", text, menu)
	return tray.Item{}
}

// TestTrayMenu: each key with what it is good for, what can be done with it, and the two ways out.
func TestTrayMenu(t *testing.T) {
	gone := blueFern()
	gone.ID, gone.Account.ShopName, gone.Status = "2", "Red Oak", valet.NeedsAuthorization
	r, raised, quits := cornered(t, blueFern(), gone)
	menu := r.menu()
	var said []string
	for _, item := range menu {
		said = append(said, item.Text)
		for _, below := range item.Below {
			said = append(said, "> "+below.Text)
		}
	}
	now := time.Now()
	want := []string{"Open Valet Key", "", "Blue Fern Pottery", "> Good until " + words.When(r.service.Connections()[0].AccessExpires, now), "> Copy access token",
		"> Show the key", "Red Oak", "> " + words.StatusShort(gone, now), "> Show the key", "", "Quit"}
	if !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
	line(t, menu, "Open Valet Key").Press()
	line(t, menu, "Quit").Press()
	r.until("both are done", func() bool { return *raised == 1 && *quits == 1 })
	line(t, menu[3:], "Show the key").Press()
	r.until("the key is shown", func() bool { return *raised == 2 && r.desk.id == "2" })
}

// TestTrayOfMany: a menu stays shorter than a screen, and one without keys has no empty part.
func TestTrayOfMany(t *testing.T) {
	keys := make([]valet.Connection, 400)
	for i := range keys {
		keys[i] = blueFern()
	}
	r, _, _ := cornered(t, keys...)
	menu := r.menu()
	if line(t, menu, "More keys…"); len(menu) != mostInTray+5 {
		t.Errorf("%d lines", len(menu))
	}
	r.service.keys = nil
	r.refresh()
	if menu := r.menu(); len(menu) != 3 || menu[1].Text != "" {
		t.Errorf("%+v", menu)
	}
}

// TestNoTray: where there is none nothing is shown in it, and it is looked for again when the settings are opened.
func TestNoTray(t *testing.T) {
	r := newRig(t, blueFern())
	there, looks := false, make(chan struct{}, 4)
	r.corner.start = func(context.Context) bool { looks <- struct{}{}; return there }
	r.corner.settle()
	<-looks
	if r.refresh(); len(r.corner.menus) != 0 || r.corner.there {
		t.Error("there is a menu and no tray")
	}
	there = true
	r.study.open()
	r.until("the tray is found", func() bool { return r.corner.there })
	r.study.open()
	if !shows(r.present.view, words.T("window.settings.tray")) {
		t.Errorf("not offered: %q", texts(r.present.view))
	}
}

// TestHidden: nothing of ours beats or is drawn while the window is hidden, and nobody is said to look at a key.
func TestHidden(t *testing.T) {
	r, _, _ := cornered(t, blueFern())
	r.second.run(r.ctx, true)
	r.corner.hide()
	if r.minute.stop != nil || r.second.stop != nil || r.eyes.shown[len(r.eyes.shown)-1] != "" {
		t.Errorf("something beats, or %q is looked at", r.eyes.shown)
	}
	r.becomes(func(c *valet.Connection) { c.Account.ShopName = "Green Fern" })
	r.second.run(r.ctx, true)
	if r.second.stop != nil || shows(r.rack.Container, "Green Fern") {
		t.Error("a change was drawn, or a beat began")
	}
	if menu := r.menu(); menu[2].Text != "Green Fern" {
		t.Errorf("the menu: %+v", menu)
	}
	r.corner.shown()
	if r.minute.stop == nil || r.second.stop == nil || !shows(r.rack.Container, "Green Fern") || !shows(r.present.view, "Green Fern") {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
}

// TestCopyFromTray: one press copies, without a window; the clipboard is cleared in time without a beat.
func TestCopyFromTray(t *testing.T) {
	r, raised, _ := cornered(t, blueFern())
	r.corner.hide()
	line(t, r.menu(), "Copy access token").Press()
	r.until("the token is in the clipboard", func() bool { return r.board.board.Content() == "12345678.access-token" })
	if *raised != 0 || r.second.stop != nil || r.corner.fade == nil {
		t.Errorf("raised %d times; fades: %v", *raised, r.corner.fade)
	}
	r.board.until = time.Now().Add(time.Millisecond)
	r.corner.fadeLater()
	r.until("the clipboard is cleared", func() bool { return r.board.board.Content() == "" })
}

// TestCopyFromTrayFails: the window comes, and says why.
func TestCopyFromTrayFails(t *testing.T) {
	r, raised, _ := cornered(t, blueFern())
	r.service.err = &valet.Error{Kind: valet.Unreachable, Provider: "Etsy", Cause: errors.New("no route")}
	r.corner.hide()
	line(t, r.menu(), "Copy access token").Press()
	r.untilText(words.Sentence(r.service.err).What)
	if *raised != 1 || r.eye.hidden {
		t.Errorf("raised %d times", *raised)
	}
}

// TestTrayGoes: a hidden window comes back when its tray goes, and one that is seen is left in peace.
func TestTrayGoes(t *testing.T) {
	r, raised, _ := cornered(t, blueFern())
	r.corner.moved(false)
	if *raised != 0 || r.study.tray {
		t.Errorf("raised %d times", *raised)
	}
	r.corner.moved(true)
	r.corner.hide()
	r.corner.moved(false)
	if *raised != 1 || r.eye.hidden || r.corner.there {
		t.Errorf("raised %d times", *raised)
	}
}
