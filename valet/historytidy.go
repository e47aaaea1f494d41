package valet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// How the history is put in order.
const (
	tidyEvery    = 24 * time.Hour
	tidyPatience = 5 * time.Millisecond // another program is at it, and one is enough
	historyMost  = 4 << 20              // octets of what is put in order; then days are counted instead of hours, then the oldest goes
	alikeWithin  = time.Hour
)

// errInTheWay is why the files are left as they are.
var errInTheWay = errors.New("something else stands where the history is kept")

// due reports whether the files are to be put in order: once a day, or because there is much. A clock that was set back makes it
// due too.
func (h *History) due() bool {
	if h.size.Load() > historyLong {
		return true
	}
	info, err := os.Lstat(h.files(historyOlder))
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	age := time.Since(info.ModTime())
	return age >= tidyEvery || age < -time.Minute
}

// tidyDue puts the files in order where this program wrote into them, and it is time.
func (h *History) tidyDue(ctx context.Context) {
	if h.size.Load() > 0 && h.due() {
		h.tidy(ctx)
	}
}

// tidy puts the files in order: what is alike becomes one line, what is too old goes. Whoever adds an event meanwhile need not wait:
// the new events are moved aside and put behind the older ones, as a new file in the place of the old one. A crash in between loses
// nothing, and counts nothing twice.
func (h *History) tidy(ctx context.Context) {
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyPatience)
	defer cancel()
	unlock, err := h.lock(patience, "history")
	if err != nil {
		return
	}
	defer unlock()
	if err := h.files.settle(time.Now()); err != nil && !h.silenced.Swap(true) {
		h.log.Warn("history not put in order", "error", err)
	}
	h.size.Store(0)
}

// settle is tidy for whoever holds the lock.
func (f historyFiles) settle(now time.Time) error {
	for _, part := range []string{historyNew, historyMoving, historyOlder} {
		info, err := os.Lstat(f(part))
		if err == nil && !info.Mode().IsRegular() {
			return errInTheWay
		}
	}
	moving := f(historyMoving)
	if _, err := os.Lstat(moving); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(f(historyNew), moving); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err // on Windows somebody is writing into it: next time
		}
	}
	older, err := readEnd(f(historyOlder), historyFull)
	if err != nil {
		return err
	}
	file, err := os.Open(moving)
	if errors.Is(err, fs.ErrNotExist) {
		return f.put(older.lines, older.folded, now)
	}
	if err != nil {
		return err
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	lines := append(older.lines, notedLines(older.folded.rest(string(text)))...)
	if err := f.put(lines, foldedOf(string(text)), now); err != nil {
		return err
	}
	return f.leave(file, moving)
}

// put writes lines, in order, in the place of the older ones.
func (f historyFiles) put(lines []notedLine, done folded, now time.Time) error {
	var text strings.Builder
	for _, l := range ordered(lines, now) {
		text.WriteString(l.String())
	}
	if done.Octets > 0 {
		text.WriteString(done.String())
	}
	path := f(historyOlder)
	if err := writePrivate(path, []byte(text.String())); err != nil {
		return err
	}
	return os.Chtimes(path, now, now) // by our clock, not that of the disk
}

// leave takes the moved file away. What a program that had it open has added since it was read goes where new events go.
func (f historyFiles) leave(file *os.File, path string) error {
	late, err := takeAway(file, path)
	if err != nil || len(late) == 0 {
		return err
	}
	_, err = appendHistory(f(historyNew), string(late))
	return err
}

// folded says how much of a moved file stands among the older lines already: its octets and their hash. It stands behind them.
type folded struct {
	Octets int    `json:"octets"`
	Hash   string `json:"folded"`
}

// read takes it out of a line.
func (f *folded) read(line string) bool {
	var seen folded
	if !strings.HasPrefix(line, `{"octets":`) || json.Unmarshal([]byte(line), &seen) != nil {
		return false
	}
	*f = seen
	return true
}

func foldedOf(text string) folded {
	hash := sha256.Sum256([]byte(text))
	return folded{len(text), hex.EncodeToString(hash[:8])}
}

// String gives it as a line.
func (f folded) String() string {
	text, err := json.Marshal(f)
	if err != nil {
		return "" // a number and a text can always be written
	}
	return string(text) + "\n"
}

// rest gives what of a text is not among the older lines yet.
func (f folded) rest(text string) string {
	if f.Octets > 0 && len(text) >= f.Octets && foldedOf(text[:f.Octets]) == f {
		return text[f.Octets:]
	}
	return text
}

// ordered leaves out what is too old or was forgotten, and counts what is alike, so that it is not too much.
func ordered(lines []notedLine, now time.Time) []notedLine {
	lines = withoutForgotten(recent(lines, now))
	for _, span := range []time.Duration{alikeWithin, 24 * time.Hour} {
		if lines = joined(lines, span); octets(lines) <= historyMost {
			return lines
		}
	}
	return newest(lines)
}

// recent leaves out what is older than 90 days. A line from the future was written by a wrong clock, and is as old as the next that was not.
func recent(lines []notedLine, now time.Time) []notedLine {
	oldest, wrong := now.Add(-historyKept), now.Add(24*time.Hour)
	kept := make([]notedLine, 0, len(lines))
	age := now
	for _, l := range slices.Backward(lines) {
		if !l.at.After(wrong) {
			age = l.at
		}
		if !age.Before(oldest) {
			kept = append(kept, l)
		}
	}
	slices.Reverse(kept)
	return kept
}

// withoutForgotten leaves of a key that was forgotten the line that says so.
func withoutForgotten(lines []notedLine) []notedLine {
	gone := make(map[string]bool)
	for _, l := range lines {
		if l.has("deed", string(DeedForgotten)) && !strings.Contains(l.rest, `"failure":`) {
			if e, ok := l.event(); ok {
				gone[string(e.Key)] = true
			}
		}
	}
	if len(gone) == 0 {
		return lines
	}
	return slices.DeleteFunc(lines, func(l notedLine) bool {
		key, _, _ := strings.Cut(strings.TrimPrefix(l.rest, `"key":"`), `"`)
		return gone[key] && !l.has("deed", string(DeedForgotten))
	})
}

// newest leaves out the oldest until there is no more than is kept: first what scripts do all day, then anything.
func newest(lines []notedLine) []notedLine {
	over := octets(lines) - historyMost
	for _, routine := range []bool{true, false} {
		lines = slices.DeleteFunc(lines, func(l notedLine) bool {
			if over <= 0 || routine && !l.routine() {
				return false
			}
			over -= len(l.String())
			return true
		})
	}
	return lines
}

// routine reports whether a line is of the kind that scripts and the clock write.
func (l notedLine) routine() bool {
	for _, deed := range []Deed{DeedHandedOn, DeedRequested, DeedRefreshed, DeedCopied, DeedChecked} {
		if l.has("deed", string(deed)) {
			return true
		}
	}
	return l.damaged
}

func octets(lines []notedLine) (sum int) {
	for _, l := range lines {
		sum += len(l.String())
	}
	return sum
}
