package valet

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"valetkey/oauth"
)

// line is one connection in the index. Its text is taken apart when somebody asks for it: most programs want one key of many. A
// line is never changed but in an index of one's own, see [index.copy].
type line struct {
	id   ID
	name string
	text string // JSON as it stands in the file; "": it is not there yet
	now  *entry // what it says, where that is not in our form in the file; nil: what text says
}

// lineStart and lineName are how a line in our form begins.
const (
	lineStart = `{"id":"`
	lineName  = `,"name":"`
)

// beginLine reads of a line in our form what every reader wants. ok is false for another form.
func beginLine(text string) (l line, ok bool) {
	r := lineReader{rest: text}
	l = line{id: ID(r.text(lineStart)), name: r.text(lineName), text: text}
	return l, l.id != "" && !r.lost
}

// entry takes the line apart.
func (l line) entry() entry { return new(lineReader).entry(l) }

// stale reports whether the line says something else than its record, which knows nothing of uses. A key that was given back,
// or is in another place, is not that record's.
func (l line) stale(now entry) bool {
	before := l.entry()
	if before.Status == Returned || before.store() != now.store() {
		return false
	}
	now.Used, now.Returned, now.Proven = before.Used, before.Returned, before.Proven
	is, err := json.Marshal(now)
	was, failed := json.Marshal(before)
	return err == nil && failed == nil && string(is) != string(was)
}

// lineReader takes lines apart that this program wrote: their fields stand in one order, without a space. That is several times as
// fast as package json, which reads all others. It remembers lists of permissions, which are the same in most lines.
type lineReader struct {
	rest   string // what is not read yet
	lost   bool   // this is not our form
	scopes map[string][]oauth.Scope
}

// entry takes a line apart. What is not in our form was read by package json before, when the file was read.
func (r *lineReader) entry(l line) entry {
	if l.now != nil {
		return *l.now
	}
	if e, ok := r.fields(l.text); ok {
		return e
	}
	e := entry{ID: l.id, Name: l.name}
	_ = json.Unmarshal([]byte(l.text), &e) // it was written by package json: the file's checksum says so
	return e
}

// fields reads a line in our form from its start to its end; ok is false if it has anything else in it.
func (r *lineReader) fields(text string) (e entry, ok bool) {
	r.rest, r.lost = text, false
	e = entry{
		ID: ID(r.text(lineStart)), Name: r.text(lineName), Provider: r.text(`,"provider":"`), AppKey: r.text(`,"app_key":"`),
		Account: r.account(), Asked: r.list(`,"asked":`), Granted: r.list(`,"granted":`), Before: r.list(`,"before":`),
		Store: StoreKind(r.text(`,"store":"`)), Status: Status(r.text(`,"status":"`)), Reason: r.text(`,"reason":"`),
		Connected: r.time(`,"connected":"`), Refreshed: r.time(`,"refreshed":"`), AccessExpires: r.time(`,"access_expires":"`),
		AccessLife: r.number(`,"access_life_seconds":`), RefreshExpires: r.time(`,"refresh_expires":"`), Renewable: r.take(`,"renewable":true`),
		Used: r.time(`,"used":"`), Returned: r.time(`,"returned":"`), Proven: r.time(`,"proven":"`), Generation: r.text(`,"generation":"`),
	}
	return e, !r.lost && r.rest == "}"
}

// account reads the one object inside a line.
func (r *lineReader) account() (a Account) {
	if !r.take(`,"account":{`) {
		return a
	}
	part := func(field string) string {
		value := r.text(field)
		r.take(",") // each of them may be the last
		return value
	}
	a = Account{
		UserID: part(`"user_id":"`), ShopID: part(`"shop_id":"`), ShopName: part(`"shop_name":"`),
		Person: part(`"person":"`), Picture: part(`"picture":"`),
	}
	r.lost = r.lost || !r.take("}")
	return a
}

// take goes past prefix, if that is what comes next.
func (r *lineReader) take(prefix string) (there bool) {
	r.rest, there = strings.CutPrefix(r.rest, prefix)
	return there
}

// text gives the text that follows field, whose last sign is the quote before it; "" where another field comes next.
func (r *lineReader) text(field string) string {
	if !r.take(field) {
		return ""
	}
	end := strings.IndexByte(r.rest, '"')
	if end < 0 {
		r.lost = true
		return ""
	}
	value := r.rest[:end]
	if strings.IndexByte(value, '\\') >= 0 {
		return r.escaped()
	}
	r.rest = r.rest[end+1:]
	return value
}

// escaped is text, after the first quote, where there is a backslash in it.
func (r *lineReader) escaped() (plain string) {
	for end := 0; end < len(r.rest); end++ {
		switch r.rest[end] {
		case '\\':
			end++
		case '"':
			r.lost = r.lost || json.Unmarshal([]byte(`"`+r.rest[:end+1]), &plain) != nil
			r.rest = r.rest[end+1:]
			return plain
		}
	}
	r.lost = true
	return ""
}

func (r *lineReader) time(field string) time.Time {
	value := r.text(field)
	if value == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, value)
	r.lost = r.lost || err != nil
	return t
}

func (r *lineReader) number(field string) int64 {
	if !r.take(field) {
		return 0
	}
	end := max(0, strings.IndexAny(r.rest, ",}"))
	n, err := strconv.ParseInt(r.rest[:end], 10, 64)
	r.lost = r.lost || err != nil
	r.rest = r.rest[end:]
	return n
}

// list reads permissions. One with a bracket in its name is left to package json, with its line.
func (r *lineReader) list(field string) (scopes []oauth.Scope) {
	if !r.take(field) || r.take("null") {
		return nil
	}
	end := strings.IndexByte(r.rest, ']') + 1
	text := r.rest[:end]
	r.rest = r.rest[end:]
	if known, ok := r.scopes[text]; ok {
		return known
	}
	r.lost = r.lost || json.Unmarshal([]byte(text), &scopes) != nil
	if r.scopes == nil {
		r.scopes = make(map[string][]oauth.Scope)
	}
	r.scopes[text] = slices.Clip(scopes)
	return r.scopes[text]
}
