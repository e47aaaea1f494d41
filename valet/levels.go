package valet

import (
	"context"
	"sync"
)

// levels tells any number of listeners that something changed. Each has one slot: a listener that is busy finds one signal
// waiting, however many changes there were.
type levels struct {
	mu        sync.Mutex
	listeners map[chan struct{}]bool
}

func (l *levels) subscribe(ctx context.Context) <-chan struct{} {
	slot := make(chan struct{}, 1)
	slot <- struct{}{}
	l.mu.Lock()
	if l.listeners == nil {
		l.listeners = make(map[chan struct{}]bool)
	}
	l.listeners[slot] = true
	l.mu.Unlock()
	context.AfterFunc(ctx, func() {
		l.mu.Lock()
		delete(l.listeners, slot)
		l.mu.Unlock()
	})
	return slot
}

func (l *levels) signal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for slot := range l.listeners {
		select {
		case slot <- struct{}{}:
		default:
		}
	}
}
