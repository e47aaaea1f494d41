package valet

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// historyKept is how long the history goes back.
const historyKept = 90 * 24 * time.Hour

// Deed is what was done with a key.
type Deed string

// The deeds. What [Event.How] says beside each stands behind it. Newer programs may write others.
const (
	DeedConnected   Deed = "connected"
	DeedReconnected Deed = "reconnected" // "permissions": it opens something else since
	DeedRefreshed   Deed = "refreshed"
	DeedCopied      Deed = "copied"    // in the window; a [CopyForm]
	DeedShown       Deed = "shown"     // in the window
	DeedHandedOn    Deed = "handed-on" // by a verb; a [CopyForm]
	DeedRequested   Deed = "requested" // something was read; the method
	DeedChanged     Deed = "changed"   // a request that may change something; the method
	DeedChecked     Deed = "checked"
	DeedMoved       Deed = "moved" // the store where it is now
	DeedUpgraded    Deed = "upgraded"
	DeedImported    Deed = "imported"
	DeedRevoked     Deed = "revoked" // "provider": confirmed there; "here": it could not be told
	DeedForgotten   Deed = "forgotten"
	DeedWithdrawn   Deed = "withdrawn" // the provider ended it, or "refused": one that was given back is seen to be refused
)

// Event is what was done with a key, once or several times alike. No field holds a secret.
type Event struct {
	At      time.Time // of the last time, in UTC, to the second
	Since   time.Time // of the first time
	Count   int       // how often; 1 or more
	Key     ID
	Name    string // NAME as it is now; of a key that is gone, as it was
	Deed    Deed
	How     string // see [Deed]
	Failure Kind   // why it failed; "": it did not
	Doer
	Program string // for [PlaceVerb]: the name of the program that called the verb; "" not known
}

// HistoryQuery says which events are wanted.
type HistoryQuery struct {
	Key   ID        // of this key; "": of all
	Name  string    // of keys that were last called so; "": of all
	Since time.Time // not before; zero: as far as it goes
	Most  int       // at most so many; 0: all
}

// History is what was done with each key, by what, and when: 90 days of it, in files without any secret. It is a courtesy: where it
// cannot be written nothing else fails, and the log says so once. The same event by the same program within an hour is one event
// that is counted. Of a key that is forgotten one event is left, which says so. What is done with a key of this session stands in
// no file. Its methods are safe for many goroutines and many programs.
type History struct {
	files historyFiles
	lock  func(ctx context.Context, name string) (unlock func(), err error)
	log   *slog.Logger
	rack  *Rack

	silenced atomic.Bool // it was said that nothing can be written
	size     atomic.Int64
	news     news

	mu      sync.Mutex // guards session
	session []notedLine
}

// historyFiles gives the path of a file: events as they come, the same on their way, and those that are put in order.
type historyFiles func(part string) string

const (
	historyNew    = ""
	historyMoving = "-moving"
	historyOlder  = "-older"
)

func newHistory(o Options) *History {
	return &History{files: o.Folders.history, lock: o.Keyring.Lock, log: o.Log}
}

// sessionMost is how many events of this session's keys are remembered.
const sessionMost = 500

// note writes down what was done with a key. It takes no lock, reads nothing and flushes nothing: somebody waits for a token.
func (h *History) note(ctx context.Context, c Connection, deed Deed, how string) {
	h.add(ctx, c, event{Deed: deed, How: how})
}

// outcome is note for what may have failed. What was not begun is not noted.
func (h *History) outcome(ctx context.Context, c Connection, deed Deed, how string, err error) {
	if err == nil {
		h.note(ctx, c, deed, how)
	} else {
		h.failed(ctx, c, deed, how, err)
	}
}

// noteDone writes what was done with a key that hangs in the rack into the history, or why it was not.
func noteDone(ctx context.Context, k *Rack, id ID, deed Deed, how string, err error) {
	if s, unknown := k.seat(id); unknown == nil {
		k.ledger.history.outcome(ctx, s.snapshot(), deed, how, err)
	}
}

// failed writes down what was tried in vain, as the kind of its error and not a word more: a text may hold anything.
func (h *History) failed(ctx context.Context, c Connection, deed Deed, how string, err error) {
	kind := KindOf(err)
	switch {
	case kind == UnknownName, kind == BadTarget, kind == NoAPI:
		return
	case kind == Cancelled, errors.Is(err, context.Canceled):
		if deed != DeedChanged {
			return
		}
		kind = Cancelled // the provider may have done it all the same
	case kind == "":
		kind = OtherFailure
	}
	h.add(ctx, c, event{Deed: deed, How: how, Failure: kind})
}

// OtherFailure is the kind of a failure that has none.
const OtherFailure Kind = "other"

func (h *History) add(ctx context.Context, c Connection, e event) {
	by := doerOf(ctx)
	e.Key, e.Name, e.By, e.Verb = c.ID, c.Name, by.Place, by.Verb
	if by.Place == PlaceVerb {
		e.Program = callingProgram()
	}
	line := e.line(time.Now())
	defer h.news.tell()
	if c.Store == InSession {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.session = append(h.session, notedLines(line)...)
		h.session = h.session[max(0, len(h.session)-sessionMost):]
		return
	}
	size, err := appendHistory(h.files(historyNew), line)
	h.size.Store(size)
	if err != nil && !h.silenced.Swap(true) {
		h.log.Warn("history not written", "error", err)
	}
	if size > historyTooLong { // nobody has put it in order: programs that become others have no end at which they could
		h.tidy(ctx)
	}
}

// Changes signals that [History.Read] may give something new, at most once a second, and the first time at once. While [Valet.Run]
// runs that includes what other programs did. It ends with ctx.
func (h *History) Changes(ctx context.Context) <-chan struct{} { return h.news.subscribe(ctx) }

// news is levels whose signals are a second apart: scripts may call many times a second.
type news struct {
	levels
	mu    sync.Mutex // guards last and waits
	last  time.Time
	waits bool
}

const newsEvery = time.Second

func (n *news) tell() {
	n.mu.Lock()
	defer n.mu.Unlock()
	wait := newsEvery - time.Since(n.last)
	switch {
	case n.waits:
	case wait <= 0:
		n.last = time.Now()
		n.signal()
	default:
		n.waits = true
		time.AfterFunc(wait, func() {
			n.mu.Lock()
			defer n.mu.Unlock()
			n.waits, n.last = false, time.Now()
			n.signal()
		})
	}
}
