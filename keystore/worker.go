package keystore

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// The limits of a call to the system's keyring, counted from the caller's call.
const (
	callLimit   = 3 * time.Second
	promptLimit = 30 * time.Second // while the system's unlock prompt is open
)

// process is the one worker of this process: go-keyring keeps one connection a process and cannot be cancelled.
var process worker

// worker makes the calls to a keyring one after the other, each on the same goroutine, which lives while there are any. A
// call that hangs leaves that one goroutine behind, and the callers behind it time out; none starts another.
type worker struct {
	mu      sync.Mutex // guards all below, and the jobs' unexported state
	queue   []*job
	current *job // nil: no goroutine
	asked   time.Time
	asking  bool // the system's prompt is open
	settled map[string][]func()
}

// job is one call. Its key names the item that it writes to, empty for a call that writes nothing.
type job struct {
	key  string
	run  func(*job) error
	ctx  context.Context // ends when nobody waits for the job any more
	stop context.CancelFunc
	done chan struct{}
	err  error // set before done is closed

	began  bool   // a write was sent: nobody knows what came of it until it returns
	left   bool   // its caller went away
	merged []*job // older writes to the same item that this one stands for
}

// do queues run and waits for it: as long as ctx allows, within the limits. An error that is ErrUnknown means that a write
// may still happen.
func (w *worker) do(ctx context.Context, key string, run func(*job) error) error {
	j := &job{key: key, run: run, done: make(chan struct{})}
	j.ctx, j.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := ctx.Err(); err != nil {
		return err
	}
	w.add(j)
	start := time.Now()
	limit := time.NewTimer(callLimit)
	defer limit.Stop()
	for {
		select {
		case <-j.done:
			return j.err
		case <-ctx.Done():
			return w.leave(j, ctx.Err())
		case <-limit.C:
			more := w.grace(start)
			if more <= 0 {
				return w.leave(j, errTimeout)
			}
			limit.Reset(more)
		}
	}
}

// add queues j, in the place of an older write to the same item that has not begun.
func (w *worker) add(j *job) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if j.key != "" {
		w.queue = slices.DeleteFunc(w.queue, func(older *job) bool {
			if older.key == j.key {
				j.merged = append(append(j.merged, older.merged...), older)
				return true
			}
			return false
		})
	}
	w.queue = append(w.queue, j)
	if w.current == nil {
		go w.work(w.next())
	}
}

// work makes the calls until none is left.
func (w *worker) work(j *job) {
	for j != nil {
		j = w.finish(j, runSafely(j))
	}
}

// runSafely keeps a panic of the library from ending the program. What it panicked with is not repeated: it may be a value.
func runSafely(j *job) (err error) {
	defer func() {
		if recover() != nil {
			err = &Error{State: Other, Err: errPanicked}
		}
	}()
	return j.run(j)
}

// finish tells all who wait for j and gives the next.
func (w *worker) finish(j *job, err error) (following *job) {
	w.mu.Lock()
	following = w.next()
	w.asking = false
	var free []func()
	if j.key != "" && !w.busy(j.key) {
		free = w.settled[j.key]
		delete(w.settled, j.key)
	}
	w.mu.Unlock()
	for _, each := range append(j.merged, j) {
		each.err = err
		each.stop()
		close(each.done)
	}
	for _, f := range free {
		f()
	}
	return following
}

// next takes the first of the queue, nil if it is empty; w.mu is held.
func (w *worker) next() *job {
	w.current = nil
	if len(w.queue) > 0 {
		w.current, w.queue = w.queue[0], w.queue[1:]
	}
	return w.current
}

// begin reports whether j may send its write now: its caller, or a newer write's, still wants it.
func (w *worker) begin(j *job) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if j.left && !j.began {
		return false
	}
	j.began = true
	return true
}

// leave is the end of a caller's patience. A job that has not begun is taken back, unless it is a newer value for an item
// whose write hangs: that one is written when the other returns.
func (w *worker) leave(j *job, cause error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case <-j.done:
		return j.err
	default:
	}
	if j == w.current {
		j.left = true
		j.stop()
		if j.began {
			return errors.Join(ErrUnknown, cause)
		}
		return cause
	}
	if w.hangs(j.key) || len(j.merged) > 0 {
		return errors.Join(ErrUnknown, cause)
	}
	if at := slices.Index(w.queue, j); at >= 0 {
		w.queue = slices.Delete(w.queue, at, at+1)
	}
	j.stop()
	return cause
}

// hangs reports whether a write to key has begun and not returned; w.mu is held.
func (w *worker) hangs(key string) bool {
	return key != "" && w.current != nil && w.current.key == key && w.current.began
}

// busy reports whether a write to key is under way or will be; w.mu is held.
func (w *worker) busy(key string) bool {
	return w.hangs(key) || slices.ContainsFunc(w.queue, func(j *job) bool { return j.key == key })
}

// whenSettled calls f when no write to key is under way: at once, or on the worker's goroutine.
func (w *worker) whenSettled(key string, f func()) {
	w.mu.Lock()
	if w.busy(key) {
		if w.settled == nil {
			w.settled = make(map[string][]func())
		}
		w.settled[key] = append(w.settled[key], f)
		w.mu.Unlock()
		return
	}
	w.mu.Unlock()
	f()
}

// prompting notes that the system's prompt opens or closes.
func (w *worker) prompting(open bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asking, w.asked = open, time.Now()
}

// grace is how much longer a caller who came at start should wait, its time being up: a call's time is not counted while a
// person is being asked.
func (w *worker) grace(start time.Time) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asking {
		return min(callLimit, time.Until(start.Add(promptLimit)))
	}
	if w.asked.Before(start) {
		return 0
	}
	return min(callLimit-time.Since(w.asked), time.Until(start.Add(promptLimit+callLimit)))
}
