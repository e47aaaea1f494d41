package notify

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	"valetkey/keystore/keyringtest"
)

// received is a note as the desktop got it.
type received struct {
	ID                     uint32
	App, Icon, Title, Body string
	Actions                []string
}

// standIn is a desktop that shows notes: it keeps them, and plays the person who presses.
type standIn struct {
	conn *dbus.Conn
	can  []string

	mu    sync.Mutex
	mute  bool // it does not answer any more
	notes []received
}

func newStandIn(t *testing.T, address string, can ...string) *standIn {
	t.Helper()
	s := &standIn{conn: keyringtest.Connect(t, address), can: can}
	if err := s.conn.ExportMethodTable(map[string]any{"GetCapabilities": s.capabilities, "Notify": s.notify}, path, service); err != nil {
		t.Fatal(err)
	}
	if reply, err := s.conn.RequestName(service, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("no name for the stand-in: %v %v", reply, err)
	}
	return s
}

func (s *standIn) capabilities() ([]string, *dbus.Error) { return s.can, nil }

func (s *standIn) notify(app string, replaces uint32, icon, title, body string, actions []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mute {
		return 0, dbus.MakeFailedError(errors.New("no more"))
	}
	n := received{replaces, app, icon, title, body, actions}
	if n.ID == 0 {
		n.ID = uint32(len(s.notes) + 1)
	}
	s.notes = append(s.notes, n)
	return n.ID, nil
}

func (s *standIn) all() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.notes...)
}

// on is a Desktop on a bus of the test's own, beside a stand-in where can is given.
func on(t *testing.T, can ...string) (*Desktop, *standIn) {
	t.Helper()
	session := keyringtest.Start(t, keyringtest.NoService)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", session.Address)
	d := New("Valet Key", "app.valetkey")
	t.Cleanup(d.Close)
	if len(can) == 0 {
		return d, nil
	}
	return d, newStandIn(t, session.Address, can...)
}

// TestPress: the press leads where the note says, once; a note that was put away leads nowhere.
func TestPress(t *testing.T) {
	d, desk := on(t, "body", "actions")
	presses := make(chan string, 4)
	for _, about := range []string{"fern", "oak"} {
		n := Note{About: about, Title: "Fern & Co <b>", Body: "It <ends> & ends.", Action: "Show the key", Do: func() { presses <- about }}
		if err := d.Show(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	want := []received{
		{1, "Valet Key", "app.valetkey", "Fern & Co <b>", "It <ends> & ends.", []string{"default", "Show the key"}},
		{2, "Valet Key", "app.valetkey", "Fern & Co <b>", "It <ends> & ends.", []string{"default", "Show the key"}},
	}
	if diff := cmp.Diff(want, desk.all()); diff != "" {
		t.Error(diff)
	}
	for _, signal := range []struct {
		name string
		body []any
	}{
		{closed, []any{uint32(1), uint32(2)}},  // put away
		{pressed, []any{uint32(1), "default"}}, // too late
		{pressed, []any{uint32(7), "default"}}, // another program's
		{pressed, []any{uint32(2), "else"}},    // no action of ours
		{pressed, []any{"2", "default"}},       // not as specified
		{pressed, []any{uint32(2)}},            //
		{pressed, []any{uint32(2), "default"}}, // ours
		{pressed, []any{uint32(2), "default"}}, // once only
	} {
		if err := desk.conn.Emit(path, signal.name, signal.body...); err != nil {
			t.Fatal(err)
		}
	}
	if first := <-presses; first != "oak" {
		t.Errorf("the press on oak led to %s", first)
	}
	if err := d.Show(t.Context(), Note{About: "last", Do: func() { presses <- "last" }}); err != nil {
		t.Fatal(err)
	}
	desk.conn.Emit(path, pressed, uint32(3), "default")
	if next := <-presses; next != "last" {
		t.Errorf("a press too many led to %s", next)
	}
}

// TestOneNoteAboutOneThing: the newer takes the place of the older.
func TestOneNoteAboutOneThing(t *testing.T) {
	d, desk := on(t, "body")
	for n, about := range []string{"fern", "oak", "fern"} {
		if err := d.Show(t.Context(), Note{About: about, Title: fmt.Sprint(n)}); err != nil {
			t.Fatal(err)
		}
	}
	var ids []uint32
	for _, n := range desk.all() {
		ids = append(ids, n.ID)
	}
	if diff := cmp.Diff([]uint32{1, 2, 1}, ids); diff != "" {
		t.Error(diff)
	}
}

// TestMarkup: a shop's name is never read as markup.
func TestMarkup(t *testing.T) {
	d, desk := on(t, "body", "body-markup")
	if err := d.Show(t.Context(), Note{Title: "a & b", Body: `<a href="http://evil.example">Fern</a> & Co`}); err != nil {
		t.Fatal(err)
	}
	if got, want := desk.all()[0].Body, `&lt;a href="http://evil.example"&gt;Fern&lt;/a&gt; &amp; Co`; got != want {
		t.Errorf("%q", got)
	}
	if got := desk.all()[0].Title; got != "a & b" {
		t.Errorf("%q", got)
	}
}

// TestNoDesktop: without a bus, without anybody there, or where nobody listens, it is said so; and no bus is started.
func TestNoDesktop(t *testing.T) {
	d, _ := on(t)
	if err := d.Show(t.Context(), Note{}); !errors.Is(err, ErrNone) {
		t.Errorf("nobody on the bus: %v", err)
	}
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	for _, address := range []string{"", "autolaunch:", "unix:path=/nowhere/bus"} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		if err := d.Show(t.Context(), Note{}); !errors.Is(err, ErrNone) {
			t.Errorf("%q: %v", address, err)
		}
	}
	d.Close()
}

// TestDesktopGoes: what refuses is said; after the bus has gone the next note looks for one again.
func TestDesktopGoes(t *testing.T) {
	d, desk := on(t, "body")
	if err := d.Show(t.Context(), Note{Title: "one"}); err != nil {
		t.Fatal(err)
	}
	desk.mu.Lock()
	desk.mute = true
	desk.mu.Unlock()
	if err := d.Show(t.Context(), Note{Title: "two"}); err == nil || errors.Is(err, ErrNone) {
		t.Errorf("refused: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), -time.Second)
	defer cancel()
	if err := d.Show(ctx, Note{Title: "three"}); err == nil {
		t.Error("time was over, and it was shown")
	}
	session := keyringtest.Start(t, keyringtest.NoService)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", session.Address)
	other := newStandIn(t, session.Address, "body")
	d.Close()
	if err := d.Show(t.Context(), Note{Title: "four"}); err != nil || len(other.all()) != 1 {
		t.Errorf("%v %v", err, other.all())
	}
}
