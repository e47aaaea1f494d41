package keystore

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"sync"
)

// Memory keeps secrets until the program ends. It is for whoever chose "this session only", and never a silent fall-back.
// Safe for use by many goroutines.
type Memory struct {
	locks *Locks

	mu    sync.Mutex // guards items
	items map[string][]byte
}

// NewMemory makes an empty one. locks may be nil: then only the goroutines of this process exclude each other.
func NewMemory(locks *Locks) *Memory {
	if locks == nil {
		locks = new(Locks)
	}
	return &Memory{locks: locks, items: make(map[string][]byte)}
}

// Get returns a copy of what name holds; an error that is [io/fs.ErrNotExist] if that is nothing.
func (m *Memory) Get(ctx context.Context, name string) ([]byte, error) {
	if err := m.check(ctx, "get", name); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	value, found := m.items[name]
	if !found {
		return nil, fmt.Errorf("keystore: get: %w", fs.ErrNotExist)
	}
	return append([]byte{}, value...), nil
}

// Set keeps a copy of value, at most [MaxValue] bytes, under name.
func (m *Memory) Set(ctx context.Context, name string, value []byte) error {
	if err := m.check(ctx, "set", name); err != nil {
		return err
	}
	if len(value) > MaxValue {
		return &Error{Op: "set", State: Other, Err: ErrTooLarge}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[name] = bytes.Clone(value)
	return nil
}

// Delete forgets name; nothing there is no error.
func (m *Memory) Delete(ctx context.Context, name string) error {
	if err := m.check(ctx, "delete", name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.items[name])
	delete(m.items, name)
	return nil
}

// Lock gives the right to name as [Locks.Lock] does.
func (m *Memory) Lock(ctx context.Context, name string) (func(), error) {
	return m.locks.Lock(ctx, name)
}

// Probe finds memory always ready.
func (m *Memory) Probe(ctx context.Context) error { return trouble("probe", ctx.Err()) }

// Describe says "memory".
func (m *Memory) Describe() string { return "memory" }

func (m *Memory) check(ctx context.Context, op, name string) error {
	if err := ctx.Err(); err != nil {
		return trouble(op, err)
	}
	_, err := itemName(name)
	return trouble(op, err)
}
