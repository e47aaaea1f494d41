package valet

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// historyEnd is how much of the older events is read at first, in octets.
const historyEnd = 256 << 10

// Read gives events, the newest first: in the order in which they were written, whatever the clock said. It reads the end of two
// small files and takes no lock; where that is not enough for q it reads them whole, which is 20 MiB at the very most. Lines that
// nobody can read are left out. An error says that a file cannot be read; what there is otherwise comes with it.
func (h *History) Read(q HistoryQuery) ([]Event, error) {
	now := time.Now()
	past, trouble := h.files.past(historyEnd)
	events := q.choose(past.lines, now)
	if past.cut && (q.Most == 0 || len(events) < q.Most) {
		past, trouble = h.files.past(historyFull)
		events = q.choose(past.lines, now)
	}
	h.mu.Lock()
	session := slices.Clone(h.session)
	h.mu.Unlock()
	if len(session) > 0 {
		events = append(q.choose(session, now), events...)
		slices.SortStableFunc(events, func(a, b Event) int { return b.At.Compare(a.At) })
	}
	if q.Most > 0 && len(events) > q.Most {
		events = events[:q.Most]
	}
	h.name(events)
	return events, trouble
}

// past reads the files: of the older events the last most octets, all others whole. The new ones are read first, and what was put
// behind the older ones meanwhile is not read twice.
func (f historyFiles) past(most int64) (ending, error) {
	recently, first := readText(f(historyNew), historyFull)
	moving, second := readText(f(historyMoving), historyFull)
	older, third := readEnd(f(historyOlder), most)
	if strings.HasPrefix(moving.text, recently.text) {
		recently.text = ""
	}
	for _, text := range []string{moving.text, recently.text} {
		older.lines = append(older.lines, notedLines(older.folded.rest(text))...)
	}
	return older, errors.Join(first, second, third)
}

// choose gives the events that are wanted, the newest first. It looks at no line twice.
func (q HistoryQuery) choose(lines []notedLine, now time.Time) []Event {
	since := q.Since
	if oldest := now.Add(-historyKept); since.Before(oldest) {
		since = oldest
	}
	lines = slices.DeleteFunc(lines, func(l notedLine) bool {
		return l.damaged || q.Key != "" && !l.has("key", string(q.Key)) || q.Name != "" && !l.has("name", q.Name)
	})
	lines = withoutForgotten(joined(lines, alikeWithin))
	var events []Event
	for _, l := range slices.Backward(lines) {
		if l.at.Before(since) {
			continue
		}
		if e, ok := l.event(); ok {
			events = append(events, e)
		}
		if q.Most > 0 && len(events) == q.Most {
			break
		}
	}
	return events
}

// name calls the keys that hang in the rack as they are called now.
func (h *History) name(events []Event) {
	if len(events) == 0 {
		return
	}
	names := make(map[ID]string)
	for _, p := range placesOf(h.rack, nil) {
		names[p.id] = p.name
	}
	for n := range events {
		if now := names[events[n].Key]; now != "" {
			events[n].Name = now
		}
	}
}

// ending is the end of a file.
type ending struct {
	text   string
	cut    bool // there is more before it
	lines  []notedLine
	folded folded
}

// readEnd reads the last most octets of the older events, from the beginning of a line.
func readEnd(path string, most int64) (ending, error) {
	e, err := readText(path, most)
	if e.cut {
		_, e.text, _ = strings.Cut(e.text, "\n")
	}
	e.lines = notedLines(e.text)
	e.lines = slices.DeleteFunc(e.lines, func(l notedLine) bool { return l.damaged && e.folded.read(l.rest) })
	return e, err
}

// readText reads the last most octets of a file; one that is not there is empty.
func readText(path string, most int64) (e ending, err error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return e, nil
	case err != nil:
		return e, err
	case !info.Mode().IsRegular():
		return e, errNotRegular
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return e, nil
	}
	if err != nil {
		return e, err
	}
	defer file.Close()
	if e.cut = info.Size() > most; e.cut {
		if _, err := file.Seek(-most, io.SeekEnd); err != nil {
			return e, err
		}
	}
	text, err := io.ReadAll(io.LimitReader(file, most))
	e.text = string(text)
	return e, err
}
