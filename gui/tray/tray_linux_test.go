package tray

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	"valetkey/keystore/keyringtest"
)

// standIn is a desktop with a tray: it takes items and says whether anybody shows them.
type standIn struct {
	conn  *dbus.Conn
	items chan dbus.Sender // who has registered an item

	mu    sync.Mutex
	shown bool
}

func newStandIn(t *testing.T, address string) *standIn {
	t.Helper()
	s := &standIn{conn: keyringtest.Connect(t, address), items: make(chan dbus.Sender, 8), shown: true}
	for iface, methods := range map[string]map[string]any{
		watcher:                           {"RegisterStatusNotifierItem": s.register},
		"org.freedesktop.DBus.Properties": {"Get": s.property},
	} {
		if err := s.conn.ExportMethodTable(methods, watcherPath, iface); err != nil {
			t.Fatal(err)
		}
	}
	s.appear(t)
	return s
}

func (s *standIn) appear(t *testing.T) {
	t.Helper()
	if reply, err := s.conn.RequestName(watcher, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("no name for the stand-in: %v %v", reply, err)
	}
}

func (s *standIn) register(sender dbus.Sender, path string) *dbus.Error {
	if path == "/StatusNotifierItem" {
		s.items <- sender
	}
	return nil
}

func (s *standIn) property(_, name string) (dbus.Variant, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return dbus.MakeVariant(s.shown), nil
}

func (s *standIn) registered(t *testing.T) string {
	t.Helper()
	select {
	case sender := <-s.items:
		return string(sender)
	case <-time.After(10 * time.Second):
		t.Fatal("no item was registered")
	}
	return ""
}

// layout is a line of a menu as it crosses the bus.
type layout struct {
	ID         int32
	Properties map[string]dbus.Variant
	Below      []dbus.Variant
}

// lines reads the menu of an item: what each line says, and its number by that.
func (s *standIn) lines(t *testing.T, item string) (said []string, ids map[string]int32) {
	t.Helper()
	var version uint32
	var root layout
	menu := s.conn.Object(item, "/StatusNotifierItem/menu")
	if err := menu.Call("com.canonical.dbusmenu.GetLayout", 0, int32(0), int32(-1), []string{}).Store(&version, &root); err != nil {
		t.Fatal(err)
	}
	ids = map[string]int32{}
	var walk func(depth int, below []dbus.Variant)
	walk = func(depth int, below []dbus.Variant) {
		for _, child := range below {
			var l layout
			if err := dbus.Store([]any{child.Value()}, &l); err != nil {
				t.Fatal(err)
			}
			text, _ := l.Properties["label"].Value().(string)
			if kind, _ := l.Properties["type"].Value().(string); kind == "separator" {
				text = "-"
			}
			if enabled, told := l.Properties["enabled"].Value().(bool); told && !enabled {
				text += " (off)"
			}
			said, ids[text] = append(said, strings.Repeat("  ", depth)+text), l.ID
			walk(depth+1, l.Below)
		}
	}
	walk(0, root.Below)
	return said, ids
}

func (s *standIn) press(t *testing.T, item string, id int32) {
	t.Helper()
	call := s.conn.Object(item, "/StatusNotifierItem/menu").Call("com.canonical.dbusmenu.Event", 0, id, "clicked", dbus.MakeVariant(""), uint32(0))
	if call.Err != nil {
		t.Fatal(call.Err)
	}
}

// TestTray goes through the life of the one tray that a program has.
func TestTray(t *testing.T) { keyringtest.In(t, keyringtest.NoService, life) }

// TestNoBus: without a bus there is no tray.
func TestNoBus(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	if There(t.Context()) {
		t.Error("a tray without a bus")
	}
}

func life(t *testing.T) {
	if There(t.Context()) {
		t.Error("a tray without a watcher")
	}
	Set([]Item{{Text: "before there is a tray"}}) // does nothing
	desk := newStandIn(t, keyringtest.Address())
	if !There(t.Context()) {
		t.Error("the tray is not seen")
	}
	desk.mu.Lock()
	desk.shown = false
	desk.mu.Unlock()
	if There(t.Context()) {
		t.Error("a tray that nobody shows")
	}
	icon, err := os.ReadFile("../icon.png")
	if err != nil {
		t.Fatal(err)
	}
	opened, presses := make(chan struct{}, 8), make(chan string, 8)
	for range 2 {
		Start("Valet Key", icon, func() { opened <- struct{}{} })
	}
	changes := make(chan bool, 8)
	Watch(t.Context(), func(there bool) { changes <- there })
	item := desk.registered(t)
	t.Run("item", func(t *testing.T) { checkItem(t, desk, item) })
	t.Run("menu", func(t *testing.T) { checkMenu(t, desk, item, presses) })
	t.Run("opened", func(t *testing.T) {
		menu := desk.conn.Object(item, "/StatusNotifierItem/menu")
		keyringtest.Until(t, "it is told that the menu opens", func() bool {
			menu.Call("com.canonical.dbusmenu.Event", 0, int32(0), "opened", dbus.MakeVariant(""), uint32(0))
			return len(opened) > 0
		})
	})
	t.Run("the desktop starts again", func(t *testing.T) {
		if _, err := desk.conn.ReleaseName(watcher); err != nil {
			t.Fatal(err)
		}
		desk.appear(t)
		for _, want := range []bool{false, true} {
			select {
			case there := <-changes:
				if there != want {
					t.Errorf("told %v", there)
				}
			case <-time.After(10 * time.Second):
				t.Error("nobody is told that the tray has changed")
			}
		}
		if again := desk.registered(t); again != item {
			t.Errorf("%s registered, not %s", again, item)
		}
	})
}

// checkItem: name and picture are there from the beginning.
func checkItem(t *testing.T, desk *standIn, item string) {
	object := desk.conn.Object(item, "/StatusNotifierItem")
	for name, want := range map[string]string{"Id": "Valet Key", "Title": "Valet Key", "Status": "Active", "Menu": "/StatusNotifierItem/menu"} {
		got, err := object.GetProperty("org.kde.StatusNotifierItem." + name)
		if err != nil || fmt.Sprint(got.Value()) != want {
			t.Errorf("%s: %v %v", name, got, err)
		}
	}
	var pictures []struct {
		W, H int32
		Data []byte
	}
	got, err := object.GetProperty("org.kde.StatusNotifierItem.IconPixmap")
	if err == nil {
		err = got.Store(&pictures)
	}
	if err != nil || len(pictures) != 1 || pictures[0].W != 128 || len(pictures[0].Data) != 4*128*128 ||
		!slices.ContainsFunc(pictures[0].Data, func(b byte) bool { return b != 0 }) {
		t.Errorf("the picture: %d of them, %v", len(pictures), err)
	}
}

// checkMenu: lines come, change their words and go; a press does what the line says now.
func checkMenu(t *testing.T, desk *standIn, item string, presses chan string) {
	menu := func(status, deed string, shops ...string) []Item {
		lines := []Item{{Text: "Open", Press: func() { presses <- "open" }}, {}}
		for _, shop := range shops {
			lines = append(lines, Item{Text: shop, Below: []Item{{Text: status}, {Text: "Copy", Press: func() { presses <- deed + " " + shop }}}})
		}
		return append(lines, Item{}, Item{Text: "Quit", Press: func() { presses <- "quit" }})
	}
	for _, step := range []struct {
		menu           []Item
		press, pressed string
		want           []string
	}{
		{menu("Fresh", "copied"), "Open", "open", []string{"Open", "-", "-", "Quit"}},
		{menu("Fresh", "copied", "Blue_Fern"), "Copy", "copied Blue_Fern", []string{"Open", "-", "Blue__Fern", "  Fresh (off)", "  Copy", "-", "Quit"}},
		{menu("Stale", "copied now", "Red Oak"), "Copy", "copied now Red Oak", []string{"Open", "-", "Red Oak", "  Stale (off)", "  Copy", "-", "Quit"}},
		{menu("Stale", "copied", "Red Oak", "Fern"), "Quit", "quit",
			[]string{"Open", "-", "Red Oak", "  Stale (off)", "  Copy", "Fern", "  Stale (off)", "  Copy", "-", "Quit"}},
		{menu("Stale", "copied"), "Quit", "quit", []string{"Open", "-", "-", "Quit"}},
	} {
		Set(step.menu)
		desk.lines(t, item) // of a new menu the library leaves out the lower ones when it is asked first
		said, ids := desk.lines(t, item)
		if diff := cmp.Diff(step.want, said); diff != "" {
			t.Fatal(diff)
		}
		keyringtest.Until(t, "a press is heard", func() bool { // the library drops one that comes before somebody listens
			desk.press(t, item, ids[step.press])
			return len(presses) > 0
		})
		for len(presses) > 0 {
			if got := <-presses; got != step.pressed {
				t.Errorf("%q did %q", step.press, got)
			}
		}
	}
}
