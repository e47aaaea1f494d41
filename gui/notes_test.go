//go:build !nogui

package gui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"valetkey/gui/notify"
	"valetkey/valet"
	"valetkey/valet/words"
)

// noted is a rig whose notes go into a channel.
func noted(t *testing.T, keys ...valet.Connection) (r *rig, sent chan notify.Note, raised *int) {
	r = newRig(t, keys...)
	sent, raised = make(chan notify.Note, 8), new(int)
	r.notes.send = func(_ context.Context, n notify.Note) error { sent <- n; return nil }
	r.notes.rise = func() { *raised++; r.foreground(true) }
	return r, sent, raised
}

// becomes changes the first key as its service would, and has the window look.
func (r *rig) becomes(change func(*valet.Connection)) {
	r.service.mu.Lock()
	change(&r.service.keys[0])
	r.service.mu.Unlock()
	r.refresh()
}

func one(t *testing.T, sent chan notify.Note) notify.Note {
	t.Helper()
	select {
	case n := <-sent:
		return n
	case <-time.After(5 * time.Second):
		t.Fatal("no note came")
	}
	return notify.Note{}
}

var needs = map[need]func(*valet.Connection){
	hasEnded:  func(c *valet.Connection) { c.Status = valet.NeedsAuthorization },
	isUnsaved: func(c *valet.Connection) { c.Unsaved = true },
	endsSoon: func(c *valet.Connection) {
		c.Renewable, c.RefreshExpires = true, time.Now().Add(6*24*time.Hour)
	},
}

// TestNotes: each need is told once while the window is not in front, and a press leads to the key.
func TestNotes(t *testing.T) {
	for name, change := range needs {
		t.Run(string(name), func(t *testing.T) {
			r, sent, raised := noted(t, blueFern())
			r.foreground(false)
			r.becomes(change)
			n := one(t, sent)
			if n.Title != "Blue Fern Pottery" || n.Body == "" || n.Action == "" || strings.Contains(n.Body, "status.") {
				t.Errorf("%+v", n)
			}
			r.refresh()
			was := r.service.Connections()[0]
			r.becomes(func(c *valet.Connection) { c.Status = valet.Refreshing })
			r.becomes(func(c *valet.Connection) { *c = was }) // it was tried again, and nothing came of it
			r.hall.connect()
			n.Do()
			r.until("the key is shown", func() bool { return *raised == 1 && r.desk.panel != nil && r.desk.id == blueFern().ID })
			if len(sent) != 0 {
				t.Errorf("told again: %+v", <-sent)
			}
		})
	}
}

// TestNotesThatAreNotSent: none while the window is in front, none that is not wanted; what was seen so is not told later.
func TestNotesThatAreNotSent(t *testing.T) {
	for name, hush := range map[string]func(*rig){
		"in front": func(r *rig) { r.foreground(true) },
		"silent":   func(r *rig) { r.study.now.Silent = true },
		"no desk":  func(r *rig) { r.notes.send = nil },
	} {
		t.Run(name, func(t *testing.T) {
			r, sent, _ := noted(t, blueFern())
			send := r.notes.send
			r.foreground(false)
			hush(r)
			r.becomes(needs[hasEnded])
			r.study.now.Silent, r.notes.send = false, send
			r.foreground(false)
			r.becomes(func(c *valet.Connection) { c.Status = valet.Connected })
			r.becomes(needs[isUnsaved]) // this one is wanted
			if n := one(t, sent); len(sent) != 0 || !strings.Contains(n.Body, words.Status(r.service.Connections()[0], time.Now())) {
				t.Errorf("%+v", n)
			}
		})
	}
}

// TestNeedsAtTheStart: what is so at the start is seen in the window.
func TestNeedsAtTheStart(t *testing.T) {
	c := blueFern()
	needs[endsSoon](&c)
	r, sent, _ := noted(t, c)
	r.foreground(false)
	r.becomes(func(c *valet.Connection) { c.RefreshExpires = time.Now().Add(80 * 24 * time.Hour) })
	r.becomes(needs[endsSoon])
	if n := one(t, sent); len(sent) != 0 || n.Body != words.Warning(r.service.Connections()[0], time.Now()) {
		t.Errorf("%+v", n)
	}
}

// TestNoDesktopForNotes: a desktop that refuses changes nothing.
func TestNoDesktopForNotes(t *testing.T) {
	r, _, _ := noted(t, blueFern())
	asked := make(chan struct{}, 1)
	r.notes.send = func(context.Context, notify.Note) error { asked <- struct{}{}; return errors.New("no") }
	r.foreground(false)
	r.becomes(needs[hasEnded])
	<-asked
	if r.desk.panel == nil {
		t.Error("the key is not shown any more")
	}
}
