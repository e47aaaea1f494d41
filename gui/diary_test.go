//go:build !nogui

package gui

import (
	"context"
	"errors"
	"image"
	"sync"
	"testing"
	"time"

	"valetkey/gui/kit"
	"valetkey/gui/panel"
	"valetkey/valet"
	"valetkey/valet/words"
)

// fakeHistory is what was done, the newest first.
type fakeHistory struct {
	mu      sync.Mutex
	events  []valet.Event
	read    []valet.HistoryQuery
	changes chan struct{}
}

func (f *fakeHistory) Read(q valet.HistoryQuery) ([]valet.Event, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.read = append(f.read, q)
	events := f.events
	if q.Most > 0 && len(events) > q.Most {
		events = events[:q.Most]
	}
	return append([]valet.Event(nil), events...), nil
}

func (f *fakeHistory) Changes(context.Context) <-chan struct{} { return f.changes }

func (f *fakeHistory) happens(deed valet.Deed) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	f.events = append([]valet.Event{{At: now, Since: now, Count: 1, Key: "1", Deed: deed, Doer: valet.Doer{Place: valet.PlaceWindow}}}, f.events...)
}

func (f *fakeHistory) reads() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.read)
}

func TestTheHistoryIsShownAndFollowed(t *testing.T) {
	r := newRig(t, blueFern())
	f := &fakeHistory{}
	r.app.History = f
	f.happens(valet.DeedImported)
	r.desk.diary.look()
	r.untilText(words.T("history.deed.imported"))
	if q := f.read[0]; q.Key != "1" || q.Most != panel.PastShown+1 {
		t.Errorf("asked for %+v", q)
	}
	if called(r.present.view, words.T("window.past.all")) != nil {
		t.Error("all of one event is offered")
	}
	for range panel.PastShown {
		f.happens(valet.DeedChecked)
	}
	r.desk.diary.look()
	r.until("more than fits", func() bool { return called(r.present.view, words.T("window.past.all")) != nil })
	if shows(r.present.view, words.T("history.deed.imported")) {
		t.Error("more than the last are shown")
	}
	r.press(words.T("window.past.all"))
	r.untilText(words.T("history.deed.imported"))
	if !shows(r.present.view, words.T("window.past.kept")) || f.read[f.reads()-1].Most != 0 {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	f.happens(valet.DeedRefreshed)
	r.desk.diary.look()
	r.untilText(words.T("history.deed.refreshed"))
	r.press(words.T("window.done"))
	r.untilText("Fresh for 4")
}

func TestNothingOfTheHistoryIsReadWhileItIsNotShown(t *testing.T) {
	r := newRig(t, blueFern())
	f := &fakeHistory{}
	r.app.History = f
	r.corner.hide()
	r.desk.diary.look()
	r.corner.shown()
	r.until("it is read", func() bool { return f.reads() == 1 })
	r.until("it was shown", func() bool { return !r.desk.diary.reading })
	r.study.open()
	r.desk.diary.look()
	if got := f.reads(); got != 1 {
		t.Errorf("read %d times", got)
	}
}

// fakePictures has a picture of each shop once it was fetched.
type fakePictures struct {
	mu      sync.Mutex
	kept    map[string]bool
	fetched []string
	err     error
	gate    chan struct{} // no picture comes before it is closed
}

func (f *fakePictures) Of(c valet.Connection) image.Image {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kept[c.Account.Picture] {
		return image.White
	}
	return nil
}

func (f *fakePictures) Fetch(_ context.Context, c valet.Connection) error {
	if f.gate != nil {
		<-f.gate
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fetched = append(f.fetched, c.Account.Picture)
	f.kept[c.Account.Picture] = f.err == nil
	return f.err
}

func (f *fakePictures) asked() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.fetched)
}

// pictured reports whether the key in the panel wears a picture.
func (r *rig) pictured() bool {
	for _, o := range tree(r.present.view) {
		if k, ok := o.(*kit.KeyPicture); ok && len(tree(k)) == 3 {
			return true
		}
	}
	return false
}

func TestPicturesComeAndAreAskedForOnce(t *testing.T) {
	const icon = "https://pictures.example/1.png"
	for _, c := range []struct {
		err  error
		want bool
	}{{nil, true}, {errors.New("no picture"), false}} {
		key := blueFern()
		r := newRig(t, key)
		f := &fakePictures{kept: map[string]bool{}, err: c.err, gate: make(chan struct{})}
		r.app.Pictures = f
		r.refresh()
		if f.asked() != 0 || r.pictured() {
			t.Error("a shop without an address of a picture was asked for one")
		}
		r.service.keys[0].Account.Picture = icon
		r.refresh()
		if r.pictured() {
			t.Error("a picture before it has come")
		}
		close(f.gate)
		r.until("it was fetched", func() bool { return f.asked() == 1 && !r.album.atWork })
		r.refresh()
		if r.pictured() != c.want || f.asked() != 1 {
			t.Errorf("%v: pictured %v after %d requests", c.err, r.pictured(), f.asked())
		}
		f.kept = map[string]bool{} // a day later
		r.refresh()
		if want := map[bool]int{true: 2, false: 1}[c.want]; want == 2 {
			r.until("it was fetched again", func() bool { return f.asked() == want })
		}
	}
}
