//go:build !nogui

package gui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// letters is what is drawn letter by letter.
func (r *rig) letters() string {
	text := ""
	for _, o := range tree(r.present.view) {
		l, ok := o.(*parts.Letters)
		if !ok {
			continue
		}
		for _, letter := range tree(l) {
			if c, ok := letter.(*canvas.Text); ok {
				text += c.Text
			}
		}
	}
	return text
}

// holds presses the button that shows the token.
func (r *rig) holds() *parts.Hold {
	r.t.Helper()
	hold, ok := called(r.present.view, words.T("window.token.reveal")).(*parts.Hold)
	if !ok {
		r.t.Fatalf("nothing to hold on %q", texts(r.present.view))
	}
	hold.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	return hold
}

const testToken = "12345678.access-token"

func TestTheTokenIsShownWhileItIsHeld(t *testing.T) {
	for name, end := range map[string]func(r *rig, h *parts.Hold){
		"let go":               func(_ *rig, h *parts.Hold) { h.MouseUp(nil) },
		"the focus goes":       func(_ *rig, h *parts.Hold) { h.FocusLost() },
		"another window":       func(r *rig, _ *parts.Hold) { r.foreground(false) },
		"into the tray":        func(r *rig, _ *parts.Hold) { r.corner.hide() },
		"another screen":       func(r *rig, _ *parts.Hold) { r.study.open() },
		"another key":          func(r *rig, _ *parts.Hold) { r.desk.lay("2") },
		"the key is ended":     func(r *rig, _ *parts.Hold) { r.service.keys[0].Status = valet.NeedsAuthorization; r.refresh() },
		"the window is closed": func(r *rig, _ *parts.Hold) { r.desk.clear() },
	} {
		t.Run(name, func(t *testing.T) {
			other := blueFern()
			other.ID, other.Name = "2", "kiln"
			r := newRig(t, blueFern(), other)
			before := r.present.view
			h := r.holds()
			r.until("the token", func() bool { return r.letters() == testToken })
			for _, text := range texts(r.present.view) {
				if strings.Contains(text, "access-token") {
					t.Errorf("a text says %q", text)
				}
			}
			end(r, h)
			r.present.view = before
			if got := r.letters(); got != "" || r.desk.glimpse.ended != nil {
				t.Errorf("still shown: %q", got)
			}
		})
	}
}

func TestTheTokenIsNotShownForEver(t *testing.T) {
	r := newRig(t, blueFern())
	r.desk.glimpse.longest = time.Millisecond
	r.holds()
	r.until("it was shown", func() bool { return r.desk.glimpse.ends["1"].text != "" })
	r.until("it is shown no more", func() bool { return r.letters() == "" && r.desk.glimpse.ended == nil })
}

func TestATokenThatComesTooLateIsNotShown(t *testing.T) {
	r := newRig(t, blueFern())
	r.holds().KeyUp(&fyne.KeyEvent{Name: fyne.KeySpace})
	(<-r.queue)() // it comes
	(<-r.queue)() // its callback has ended
	if r.letters() != "" || r.desk.glimpse.ends["1"].text != "" {
		t.Error("it was shown")
	}
}

func TestWhyTheTokenIsNotShown(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.err = &valet.Error{Kind: valet.StoreTrouble}
	r.holds()
	r.untilText(words.Sentence(r.service.err).What)
	if r.desk.glimpse.ended != nil {
		t.Error("it is still held")
	}
}

func TestTheEndOfTheTokenIsShownOnceItWasRead(t *testing.T) {
	r := newRig(t, blueFern())
	if !shows(r.present.view, "••••") {
		t.Errorf("before: %q", texts(r.present.view))
	}
	r.desk.copyToken()
	r.untilText("…oken")
	r.service.keys[0].Refreshed = time.Now().Add(time.Minute) // another token
	r.refresh()
	r.untilText("••••")
	r.desk.glimpse.note("1", "short-token")
	if got := r.desk.glimpse.endOf(r.service.keys[0]); got != "" {
		t.Errorf("of a short token %q is shown", got)
	}
}
