package valet

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// newFiles is a history of its own, in an empty folder.
func newFiles(t *testing.T) *History {
	t.Helper()
	var turn sync.Mutex
	h := &History{
		files: Folders{State: t.TempDir()}.history, log: slog.New(slog.DiscardHandler), rack: &Rack{},
		lock: func(context.Context, string) (func(), error) { turn.Lock(); return turn.Unlock, nil },
	}
	return h
}

// write puts text in the place of one of its files.
func (h *History) write(t *testing.T, part, text string) {
	t.Helper()
	if err := os.WriteFile(h.files(part), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (h *History) read(t *testing.T, part string) string {
	t.Helper()
	text, err := os.ReadFile(h.files(part))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// all gives key, deed and count of all events, the oldest first.
func (h *History) all(t *testing.T) string {
	t.Helper()
	events, err := h.Read(HistoryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range events {
		list = append([]string{fmt.Sprintf("%s %s %d", e.Key, e.Deed, e.Count)}, list...)
	}
	return strings.Join(list, ", ")
}

func (h *History) settled(t *testing.T) {
	t.Helper()
	if err := h.files.settle(time.Now()); err != nil {
		t.Fatal(err)
	}
}

func lineAt(at time.Time, key, deed string) string {
	return event{Key: ID(key), Name: "n", Deed: Deed(deed)}.line(at)
}

// TestHistoryOfOtherVersionsAndDamage: what nobody here knows is kept and carried along; what is damaged costs no other event.
func TestHistoryOfOtherVersionsAndDamage(t *testing.T) {
	now := time.Now().Add(-time.Hour)
	newer := strings.Replace(lineAt(now, "b", "painted"), `"name"`, `"colour":"blue","name"`, 1)
	torn := lineAt(now, "c", "connected")[:40]
	for _, strange := range []string{torn + "\n", "\x00\x00\x00\n", "{}\n", `{"at":"yesterday","key":"a"}` + "\n", strings.Repeat("x", 1<<20) + "\n", "\n"} {
		h := newFiles(t)
		h.write(t, historyNew, lineAt(now, "a", "connected")+newer+strange+newer+torn+lineAt(now, "a", "checked"))
		want := "a connected 1, b painted 2, a checked 1"
		for range 3 {
			if got := h.all(t); got != want {
				t.Fatalf("%.40q: %s", strange, got)
			}
			h.settled(t)
		}
		kept := h.read(t, historyOlder)
		if !strings.Contains(kept, strings.TrimSpace(strange)) || !strings.Contains(kept, torn) || !strings.Contains(kept, `"colour":"blue"`) {
			t.Errorf("%.40q is not kept: %s", strange, kept)
		}
	}
}

// TestHistoryOfAnyName: whatever a key is called, its event is one line of JSON that comes back, and that is taken for no other.
func TestHistoryOfAnyName(t *testing.T) {
	var letters strings.Builder
	for r := range rune(0x2100) {
		letters.WriteRune(r)
	}
	for _, name := range []string{
		letters.String(), `"`, `\`, `a\"`, "\xff\xc3(", lineBegins + `2026-01-02T15:04:05Z","key":"b"}`, `","deed":"forgotten","x":"`, `n","failure":"other`, "</script>&",
	} {
		h := newFiles(t)
		wanted := event{Key: "a", Name: name, Deed: DeedShown, How: name, Failure: Kind(name), By: Place(name), Verb: name, Program: name}
		line := wanted.line(time.Now())
		h.write(t, historyNew, line+line)
		h.settled(t)
		events, err := h.Read(HistoryQuery{Key: "a"})
		if name = string([]rune(name)); err != nil || len(events) != 1 || strings.Count(line, "\n") != 1 {
			t.Fatalf("%.40q: %d events, %v, of %s", name, len(events), err, line)
		}
		e := events[0]
		for _, got := range []string{e.Name, e.How, string(e.Failure), string(e.Place), e.Verb, e.Program} {
			if got != name || e.Count != 2 || e.Deed != DeedShown {
				t.Errorf("%.40q is %.40q, %d times %s", name, got, e.Count, e.Deed)
			}
		}
	}
}

// TestHistoryCutShort: wherever a program dies while it puts the files in order, nothing is lost and nothing counted twice.
func TestHistoryCutShort(t *testing.T) {
	now := time.Now().Add(-time.Minute)
	recently := lineAt(now, "a", "handed-on") + lineAt(now, "a", "handed-on") + lineAt(now, "b", "checked")
	whole := newFiles(t)
	whole.write(t, historyNew, recently)
	whole.settled(t)
	older := whole.read(t, historyOlder)
	later := lineAt(now, "c", "connected")
	for what, files := range map[string]map[string]string{
		"moved":              {historyMoving: recently, historyNew: later},
		"put behind":         {historyMoving: recently, historyOlder: older, historyNew: later},
		"put behind, a late": {historyMoving: recently + later, historyOlder: older},
		"done":               {historyOlder: older, historyNew: later},
	} {
		t.Run(what, func(t *testing.T) {
			h := newFiles(t)
			for part, text := range files {
				h.write(t, part, text)
			}
			h.write(t, "-older.draft", older[:20])
			const want = "a handed-on 2, b checked 1, c connected 1"
			for range 3 {
				if got := h.all(t); got != want {
					t.Fatal(got)
				}
				h.settled(t)
			}
		})
	}
}

// TestHistoryAtOnce: programs that write while another puts the files in order, and those that read meanwhile, lose nothing.
func TestHistoryAtOnce(t *testing.T) {
	h := newFiles(t)
	const writers, each = 8, 200
	var writing, tidying sync.WaitGroup
	over := make(chan struct{})
	tidying.Go(func() {
		for {
			select {
			case <-over:
				return
			default:
				if err := h.files.settle(time.Now()); err != nil {
					t.Error(err)
				}
			}
		}
	})
	for writer := range writers {
		writing.Go(func() {
			for n := range each {
				if _, err := appendHistory(h.files(historyNew), lineAt(time.Now(), fmt.Sprintf("w%dn%d", writer, n), "checked")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	close(over)
	tidying.Wait()
	events, err := h.Read(HistoryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[ID]int)
	for _, e := range events {
		seen[e.Key] += e.Count
	}
	if len(seen) != writers*each {
		t.Errorf("%d events of %d", len(seen), writers*each)
	}
}

// TestHistoryStaysSmall: fifty calls a second for a day, of many programs, are some lines; and what is too much even so goes, the
// oldest of what scripts do first.
func TestHistoryStaysSmall(t *testing.T) {
	now := time.Now()
	h := newFiles(t)
	var text strings.Builder
	for n := range 40_000 {
		text.WriteString(lineAt(now.Add(time.Duration(n-40_000)*2*time.Second), "a", "handed-on"))
	}
	h.write(t, historyNew, text.String())
	h.settled(t)
	if size := len(h.read(t, historyOlder)); size > 10_000 {
		t.Errorf("a day of one script takes %d octets", size)
	}
	text.Reset()
	text.WriteString(lineAt(now.Add(-80*24*time.Hour), "first", "connected"))
	for n := range 60_000 {
		text.WriteString(lineAt(now.Add(time.Duration(n-60_000)*time.Minute), fmt.Sprintf("key%d", n), "handed-on"))
	}
	h.write(t, historyNew, text.String())
	h.settled(t)
	kept := h.read(t, historyOlder)
	if len(kept) > historyMost+1000 || len(kept) < historyMost/2 {
		t.Errorf("%d octets", len(kept))
	}
	for key, wanted := range map[string]bool{"first": true, "key59999": true, "key0": false} {
		if strings.Contains(kept, `"`+key+`"`) != wanted {
			t.Errorf("%s is kept: %v", key, !wanted)
		}
	}
	events, err := h.Read(HistoryQuery{Most: 10})
	if err != nil || len(events) != 10 || events[0].Key != "key59999" {
		t.Errorf("%v, %v", events, err)
	}
}

// TestHistoryFull: where it cannot be put in order it ends somewhere.
func TestHistoryFull(t *testing.T) {
	h := newFiles(t)
	h.write(t, historyNew, strings.Repeat("x", historyFull+1))
	if _, err := appendHistory(h.files(historyNew), "one more\n"); err == nil {
		t.Error("it grows without end")
	}
	info, err := os.Stat(h.files(historyNew))
	if err != nil || info.Size() != historyFull+1 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestHistoryByWrongClocks: a line from the future goes when its neighbours do, and a clock that was set back loses nothing.
func TestHistoryByWrongClocks(t *testing.T) {
	now := time.Now()
	day := 24 * time.Hour
	for what, row := range map[string]struct {
		lines []string
		want  string
	}{
		"the clock was ahead for a while": {[]string{lineAt(now.Add(-95*day), "a", "x"), lineAt(now.Add(900*day), "b", "x"), lineAt(now.Add(-94*day), "c", "x"), lineAt(now, "d", "x")}, "d x 1"},
		"it was set back":                 {[]string{lineAt(now.Add(400*day), "a", "x"), lineAt(now.Add(401*day), "b", "x"), lineAt(now, "c", "x")}, "a x 1, b x 1, c x 1"},
		"by minutes":                      {[]string{lineAt(now.Add(10*time.Minute), "a", "x"), lineAt(now, "a", "x"), lineAt(now, "a", "x")}, "a x 1, a x 2"},
	} {
		t.Run(what, func(t *testing.T) {
			h := newFiles(t)
			h.write(t, historyNew, strings.Join(row.lines, ""))
			h.settled(t)
			if got := h.all(t); got != row.want {
				t.Errorf("%s, want %s", got, row.want)
			}
			if h.size.Store(1); h.due() {
				t.Error("it is due again at once")
			}
			ahead := now.Add(2 * time.Hour)
			if err := os.Chtimes(h.files(historyOlder), ahead, ahead); err != nil {
				t.Fatal(err)
			}
			if !h.due() {
				t.Error("it is not due after the clock was set back")
			}
		})
	}
}

// TestHistoryIsPrivate: its files are for their owner alone, whatever they were before.
func TestHistoryIsPrivate(t *testing.T) {
	h := newFiles(t)
	h.write(t, historyNew, "")
	if err := os.Chmod(h.files(historyNew), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := appendHistory(h.files(historyNew), lineAt(time.Now(), "a", "x")); err != nil {
		t.Fatal(err)
	}
	private := func(part string) {
		info, err := os.Stat(h.files(part))
		if err != nil || filepath.Separator == '/' && info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
	private(historyNew)
	h.settled(t)
	private(historyOlder)
}

// TestProgramName: a name is short and steers no terminal.
func TestProgramName(t *testing.T) {
	for name, want := range map[string]string{
		"bash\n": "bash", "a\x1b[2J": "a?[2J", "ship orders.py": "ship orders.py", "\xff\u202e": "??", strings.Repeat("é", 40): strings.Repeat("é", 32), "": "",
	} {
		if got := programName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if callingProgram() == "" {
		t.Error("who started this test has no name")
	}
}

// BenchmarkNote is what a history costs a verb that hands a token on.
func BenchmarkNote(b *testing.B) {
	h := &History{files: Folders{State: b.TempDir()}.history, log: slog.New(slog.DiscardHandler)}
	h.lock = func(context.Context, string) (func(), error) { return func() {}, nil }
	ctx := Doing(context.Background(), Doer{PlaceVerb, "token"})
	c := Connection{ID: "0123456789abcdef0123456789abcdef", Name: "blue-fern-pottery", Store: InKeyring}
	b.ReportAllocs()
	for b.Loop() {
		h.note(ctx, c, DeedHandedOn, "token")
	}
}
