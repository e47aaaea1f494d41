package valet

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// event is what is the same in events alike, as it stands in a line behind the time.
type event struct {
	Key     ID     `json:"key"`
	Name    string `json:"name"`
	Deed    Deed   `json:"deed"`
	How     string `json:"how,omitempty"`
	Failure Kind   `json:"failure,omitempty"`
	By      Place  `json:"by,omitempty"`
	Verb    string `json:"verb,omitempty"`
	Program string `json:"program,omitempty"`
}

// A line begins with its time, then for several events that of the first and their number, then what they have in common. So
// what is alike is seen without decoding, and what a newer program adds is carried along.
const (
	lineBegins = `{"at":"`
	lineSince  = `"since":"`
	lineCount  = `"count":`
	lineTime   = "2006-01-02T15:04:05Z"
)

// line is the line of one event, with its line feed. It is put together by hand: to have the decoder look at the type takes longer
// than all else that a history costs a verb.
func (e event) line(at time.Time) string {
	rest := `"key":` + quoted(string(e.Key)) + `,"name":` + quoted(e.Name) + `,"deed":` + quoted(string(e.Deed))
	for _, field := range [...][2]string{
		{"how", e.How}, {"failure", string(e.Failure)}, {"by", string(e.By)}, {"verb", e.Verb}, {"program", e.Program},
	} {
		if field[1] != "" {
			rest += `,"` + field[0] + `":` + quoted(field[1])
		}
	}
	return notedLine{at: at.UTC(), count: 1, rest: rest + "}"}.String()
}

// quoted is a text as JSON has it.
func quoted(text string) string {
	plain := func(r rune) bool { return r >= ' ' && r <= '~' && !strings.ContainsRune(`"\<>&`, r) }
	if !strings.ContainsFunc(text, func(r rune) bool { return !plain(r) }) {
		return `"` + text + `"`
	}
	made, err := json.Marshal(text)
	if err != nil {
		return `""` // a text can always be written
	}
	return string(made)
}

// notedLine is one line of the history.
type notedLine struct {
	at, since time.Time // since: of the first; zero: the same
	count     int
	rest      string // from behind the times to the last bracket; of a line that nobody can read, all of it
	damaged   bool   // it is kept as it is, and is as old as the one before
}

// first is when the first of its events was.
func (l notedLine) first() time.Time {
	if l.since.IsZero() {
		return l.at
	}
	return l.since
}

// String gives the line with its line feed.
func (l notedLine) String() string {
	if l.damaged {
		return l.rest + "\n"
	}
	var text strings.Builder
	text.WriteString(lineBegins + l.at.Format(lineTime) + `",`)
	if l.count > 1 {
		text.WriteString(lineSince + l.since.Format(lineTime) + `",` + lineCount + strconv.Itoa(l.count) + ",")
	}
	text.WriteString(l.rest + "\n")
	return text.String()
}

// has reports whether a field of the line has a value. The value is one that JSON writes as it is.
func (l notedLine) has(field, value string) bool {
	return strings.Contains(l.rest, `"`+field+`":"`+value+`"`)
}

// notedLines reads lines. One that was cut short may have the next behind it.
func notedLines(text string) []notedLine {
	lines := make([]notedLine, 0, strings.Count(text, "\n")+1)
	var before time.Time
	for raw := range strings.Lines(text) {
		raw = strings.TrimSuffix(raw, "\n")
		if at := strings.LastIndex(raw, lineBegins); at > 0 {
			lines = append(lines, notedLine{at: before, rest: raw[:at], damaged: true})
			raw = raw[at:]
		}
		if strings.TrimSpace(raw) == "" {
			continue
		}
		l, ok := readLine(raw)
		if !ok {
			l = notedLine{at: before, rest: raw, damaged: true}
		}
		before = l.at
		lines = append(lines, l)
	}
	return lines
}

// readLine reads the times of a line.
func readLine(raw string) (l notedLine, ok bool) {
	rest, ok := strings.CutPrefix(raw, lineBegins)
	if !ok || !strings.HasSuffix(raw, "}") {
		return l, false
	}
	if l.at, rest, ok = cutTime(rest); !ok {
		return l, false
	}
	l.count = 1
	if since, found := strings.CutPrefix(rest, lineSince); found {
		if l.since, rest, ok = cutTime(since); !ok {
			return l, false
		}
		number, after, found := strings.Cut(strings.TrimPrefix(rest, lineCount), ",")
		count, err := strconv.Atoi(number)
		if !found || err != nil || count < 1 {
			return l, false
		}
		l.count, rest = count, after
	}
	l.rest = rest
	return l, json.Valid([]byte("{" + rest))
}

// cutTime takes a time and the two signs behind it off text.
func cutTime(text string) (at time.Time, rest string, ok bool) {
	if len(text) < len(lineTime)+2 || text[len(lineTime):len(lineTime)+2] != `",` {
		return at, "", false
	}
	at, err := time.Parse(lineTime, text[:len(lineTime)])
	return at, text[len(lineTime)+2:], err == nil
}

// event decodes what stands behind the times.
func (l notedLine) event() (Event, bool) {
	var e event
	if l.damaged || json.Unmarshal([]byte("{"+l.rest), &e) != nil || e.Key == "" || e.Deed == "" {
		return Event{}, false
	}
	return Event{
		At: l.at, Since: l.first(), Count: l.count, Key: e.Key, Name: e.Name, Deed: e.Deed, How: e.How, Failure: e.Failure,
		Doer: Doer{e.By, e.Verb}, Program: e.Program,
	}, true
}

// joined makes one line of those that are alike and lie within span of the first, in the place of the last. The order is that
// of the writing, whatever the clock said.
func joined(lines []notedLine, span time.Duration) []notedLine {
	at := make(map[string]int, len(lines)) // where the last like it stands
	made := make([]notedLine, 0, len(lines))
	for _, l := range lines {
		if before, alike := at[l.rest]; alike && !l.damaged {
			if known := made[before]; !l.first().Before(known.first()) && l.at.Sub(known.first()) < span {
				l.since, l.count = known.first(), l.count+known.count
				made[before].count = 0
			}
		}
		if !l.damaged {
			at[l.rest] = len(made)
		}
		made = append(made, l)
	}
	return slices.DeleteFunc(made, func(l notedLine) bool { return l.count == 0 && !l.damaged })
}
