package keystore

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"testing"
)

// shelf is a keyring in memory. before, when set, is called ahead of every change or look, and may fail, block or panic.
type shelf struct {
	mu     sync.Mutex
	held   map[string]string
	before func(op, name string) error
}

func newShelf() *shelf { return &shelf{held: make(map[string]string)} }

func (s *shelf) ask(op, name string) error {
	if s.before == nil {
		return nil
	}
	return s.before(op, name)
}

func (s *shelf) get(name string) (string, error) {
	if err := s.ask("get", name); err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	text, found := s.held[name]
	if !found {
		return "", fs.ErrNotExist
	}
	return text, nil
}

func (s *shelf) set(name, text string) error {
	if err := s.ask("set", name); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held[name] = text
	return nil
}

func (s *shelf) del(name string) error {
	if err := s.ask("delete", name); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, found := s.held[name]; !found {
		return fs.ErrNotExist
	}
	delete(s.held, name)
	return nil
}

func (s *shelf) names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.held))
}

// person is a system whose keyring is in one state until its prompt is answered by answer.
type person struct {
	mu     sync.Mutex
	state  State
	answer func(ctx context.Context) error
}

func (p *person) look(context.Context, string) (State, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state, "Test Keyring", nil
}

func (p *person) watch() func() bool { return func() bool { return false } }

func (p *person) unlock(ctx context.Context, _ string) error {
	if err := p.answer(ctx); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = Ready
	return nil
}

func (p *person) create(ctx context.Context) error { return p.unlock(ctx, "") }

func (p *person) list(context.Context) ([]string, error) { return nil, errors.ErrUnsupported }

// newFake is a Keyring over a shelf and a person, with a worker of its own.
func newFake(t *testing.T, store items, who *person) *Keyring {
	return newKeyring(store, who, new(worker), new(Locks))
}
