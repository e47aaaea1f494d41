package valet_test

import (
	"context"
	"sync"
	"sync/atomic"

	"valetkey/valet"
)

type atomicCount struct{ n atomic.Int64 }

func (c *atomicCount) add()       { c.n.Add(1) }
func (c *atomicCount) get() int64 { return c.n.Load() }

// storeFault is an error as the keyring gives them.
type storeFault struct{ trouble string }

func (f storeFault) Error() string   { return "store: " + f.trouble }
func (f storeFault) Trouble() string { return f.trouble }

// faultyStore is a store whose calls can be made to fail, and which counts the writes.
type faultyStore struct {
	valet.Store

	mu         sync.Mutex
	probe, set error
	sets       int

	gone error // what every Get gives; set while nobody uses the store
}

func (s *faultyStore) Get(ctx context.Context, name string) ([]byte, error) {
	if s.gone != nil {
		return nil, s.gone
	}
	return s.Store.Get(ctx, name)
}

func (s *faultyStore) fail(probe, set error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.probe, s.set = probe, set
}

func (s *faultyStore) Probe(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.probe != nil {
		return s.probe
	}
	return s.Store.Probe(ctx)
}

func (s *faultyStore) Set(ctx context.Context, name string, value []byte) error {
	s.mu.Lock()
	err := s.set
	s.sets++
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.Store.Set(ctx, name, value)
}
