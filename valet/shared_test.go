package valet_test

import (
	"context"
	"path/filepath"
	"testing"

	"valetkey/keystore"
	"valetkey/valet"
)

// newShared is a kit whose stores, like those of the program, share their locks. tell is called when the keyring has kept or
// deleted something; it may be changed.
func newShared(t *testing.T) (k *kit, file *faultyStore, tell *watched) {
	t.Helper()
	k = newKit(t)
	locks, err := keystore.OpenLocksIn(filepath.Join(t.TempDir(), "shared", "locks"))
	if err != nil {
		t.Fatal(err)
	}
	k.store.Store, file = keystore.NewMemory(locks), &faultyStore{Store: keystore.NewMemory(locks)}
	tell = &watched{faultyStore: k.store}
	k.options.Keyring, k.options.File = tell, file
	k.start(t)
	return k, file, tell
}

// watched is a store that tells what was done to it, while whoever did it still has its turn.
type watched struct {
	*faultyStore
	kept, deleted, freed, listing func()
}

func call(f func()) {
	if f != nil {
		f()
	}
}

func (s *watched) Set(ctx context.Context, name string, value []byte) error {
	err := s.faultyStore.Set(ctx, name, value)
	if err == nil {
		call(s.kept)
	}
	return err
}

func (s *watched) Delete(ctx context.Context, name string) error {
	err := s.faultyStore.Delete(ctx, name)
	call(s.deleted)
	return err
}

// Lock tells when the index is about to be changed, and when the right to a connection has just been given back.
func (s *watched) Lock(ctx context.Context, name string) (func(), error) {
	if name == "index" {
		call(s.listing)
	}
	unlock, err := s.faultyStore.Lock(ctx, name)
	if err != nil || name == "index" {
		return unlock, err
	}
	return func() { unlock(); call(s.freed) }, nil
}

// other begins another program on the same files and stores.
func (k *kit) other(t *testing.T) *valet.Valet {
	t.Helper()
	v := valet.New(k.options)
	if err := v.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return v
}

// as has another program do what the kit does.
func (k *kit) as(v *valet.Valet) *kit {
	twin := *k
	twin.valet = v
	return &twin
}

// wantOne wants one key, in a program that begins now, that works.
func (k *kit) wantOne(t *testing.T, kind valet.StoreKind) {
	t.Helper()
	v := k.other(t)
	list := v.Connections()
	if len(list) != 1 || list[0].Status != valet.Connected || list[0].Store != kind {
		t.Fatalf("on the list: %+v", list)
	}
	if _, err := v.Refresh(t.Context(), list[0].ID); err != nil {
		t.Errorf("its refresh: %v", err)
	}
}

// listing is a store that tells when it has said what it holds.
type listing struct {
	*faultyStore
	listed func()
}

func (s *listing) List(ctx context.Context) ([]string, error) {
	names, err := s.faultyStore.List(ctx)
	s.listed()
	return names, err
}
