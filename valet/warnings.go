package valet

import (
	"slices"
	"sync"
)

// Warnings are what a person has to be told though nobody asked: the index was damaged and made anew. Its methods are safe for
// many goroutines.
type Warnings struct {
	mu      sync.Mutex
	waiting []error
}

// Take gives what was not told yet, and forgets it. Kinds: [IndexDamaged], [IndexUnreadable].
func (w *Warnings) Take() []error {
	w.mu.Lock()
	defer w.mu.Unlock()
	told := w.waiting
	w.waiting = nil
	return told
}

func (w *Warnings) add(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting = append(w.waiting, err)
}

func (w *Warnings) drop(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting = slices.DeleteFunc(w.waiting, func(e error) bool { return e == err })
}
