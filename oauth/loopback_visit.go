package oauth

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// visit is what the door waits for: from the first knock to the page that the browser is left with. It goes from waiting to
// taken, or to ended, and never back.
type visit struct {
	limits limits
	shut   func() // closes the door

	awaited  *signal // Await was called
	answered *signal // the result is known
	gone     *signal // the browser does not wait any more
	fetched  *signal // the browser has the result page
	over     *signal // the door is closing
	won      chan *Redirection

	mu      sync.Mutex
	state   visitState
	accepts func(url.Values) bool
	pages   DoorPages
	result  Page
	patient *time.Timer // from the answer on
}

type visitState int

const (
	waiting visitState = iota
	taken              // the one answer has come
	ended              // none will be taken any more
)

// signal is a channel that anybody may close, once.
type signal struct {
	c    chan struct{}
	once sync.Once
}

func newSignal() *signal { return &signal{c: make(chan struct{})} }

func (s *signal) raise() { s.once.Do(func() { close(s.c) }) }

func newVisit(limits limits, shut func()) *visit {
	return &visit{
		limits:   limits,
		shut:     shut,
		awaited:  newSignal(),
		answered: newSignal(),
		gone:     newSignal(),
		fetched:  newSignal(),
		over:     newSignal(),
		won:      make(chan *Redirection, 1),
		pages:    DoorPages{}.orWords(),
	}
}

func (v *visit) setPages(p DoorPages) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.pages = p.orWords()
}

func (v *visit) doorPages() DoorPages {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.pages
}

// expect begins the wait; false if it has begun or ended before.
func (v *visit) expect(accepts func(url.Values) bool) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.accepts != nil || v.state != waiting {
		return false
	}
	v.accepts = accepts
	v.awaited.raise()
	return true
}

// retire ends the wait; false if the answer has come before.
func (v *visit) retire() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.state == taken {
		return false
	}
	v.state = ended
	return true
}

func (v *visit) answering() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.state == taken
}

// verdict is what becomes of a well-formed redirection.
type verdict int

const (
	ours     verdict = iota // the answer, and the first
	stranger                // somebody else's
	repeated                // ours, again
	late                    // nobody waits any more
)

// offer takes the answer, once (RFC 6749 4.1.2: a code is used once).
func (v *visit) offer(values url.Values) verdict {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch {
	case v.accepts == nil || v.state == ended:
		return late
	case !v.accepts(cloneValues(values)):
		return stranger
	case v.state == taken:
		return repeated
	}
	v.state = taken
	v.patient = time.AfterFunc(v.limits.answer, func() { v.conclude(v.doorPages().Back) })
	v.won <- newRedirection(values, v.conclude)
	return ours
}

// conclude shows the result and then closes the door. Only its first page counts.
func (v *visit) conclude(p Page) {
	v.mu.Lock()
	v.patient.Stop()
	select {
	case <-v.answered.c:
		v.mu.Unlock()
		return
	default:
	}
	v.result = p
	v.answered.raise()
	v.mu.Unlock()
	v.rest(v.limits.linger, v.fetched, v.gone)
	v.shut()
}

// end wakes everyone who waits here.
func (v *visit) end() {
	v.over.raise()
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.patient != nil {
		v.patient.Stop()
	}
}

// rest waits for any of the signals or the door's closing, limit at most.
func (v *visit) rest(limit time.Duration, first, second *signal) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-first.c:
	case <-second.c:
	case <-v.over.c:
	case <-timer.C:
	}
}

// attend waits with the browser for the result: true if it is there, false if the door closes first or the browser leaves.
func (v *visit) attend(ctx context.Context) bool {
	select {
	case <-v.answered.c:
		return true
	case <-ctx.Done():
	case <-v.over.c:
	}
	v.gone.raise()
	return false
}

// expected waits for Await, if a request was faster than that.
func (v *visit) expected(r *http.Request) {
	timer := time.NewTimer(v.limits.header)
	defer timer.Stop()
	select {
	case <-v.awaited.c:
	case <-v.over.c:
	case <-r.Context().Done():
	case <-timer.C:
	}
}
