//go:build !nogui

package gui

import (
	"context"
	"iter"
	"sync"

	"valetkey/valet"
)

// fakeDoctor finds what it is told to, step by step where steps is set.
type fakeDoctor struct {
	mu     sync.Mutex
	finds  []valet.Finding
	visits []valet.Visit
	steps  chan struct{} // nil: at once
	left   chan struct{} // closed when a visit was interrupted
}

// Fitting is the real one's: it needs nothing.
func (f *fakeDoctor) Fitting(err error) []valet.CheckID { return (*valet.Doctor)(nil).Fitting(err) }

func (f *fakeDoctor) Examine(ctx context.Context, visit valet.Visit) iter.Seq[valet.Finding] {
	f.mu.Lock()
	f.visits = append(f.visits, visit)
	f.mu.Unlock()
	return func(yield func(valet.Finding) bool) {
		for _, found := range f.finds {
			visit.Begin(valet.Finding{Check: found.Check, About: found.About})
			if f.steps != nil {
				select {
				case <-f.steps:
				case <-ctx.Done():
					close(f.left)
					return
				}
			}
			if !yield(found) {
				return
			}
		}
	}
}

func (f *fakeDoctor) Chart() valet.Chart { return valet.Chart{System: "linux/amd64", Go: "go1"} }

func (f *fakeDoctor) last() valet.Visit {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.visits[len(f.visits)-1]
}
