package practice

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// lockPatience is how long a request waits for the state before it gives up.
const lockPatience = 15 * time.Second

// store is the state file. Any number of stores, in any number of processes, may stand on one file.
type store struct {
	path string
	turn chan struct{} // one at a time in this process, so that only one of us asks for the lock
}

func newStore(path string) *store {
	return &store{path: path, turn: make(chan struct{}, 1)}
}

// update reads the state, lets change work on it, and writes it if anything is different. Nothing that change found out
// may leave before update has returned without an error.
func (s *store) update(ctx context.Context, change func(st *state, now time.Time)) error {
	return s.alone(ctx, func() error { return s.change(change) })
}

// alone lets do work on the files while nobody else does, in this process or another.
func (s *store) alone(ctx context.Context, do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return fmt.Errorf("practice: waiting for the state: %w", ctx.Err())
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return fmt.Errorf("practice: state folder: %w", err)
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	return do()
}

// change is update with the lock held.
func (s *store) change(change func(st *state, now time.Time)) error {
	st, err := s.load()
	if err != nil {
		return err
	}
	before, err := json.Marshal(st)
	if err != nil {
		return fmt.Errorf("practice: state: %w", err)
	}
	now := time.Now().UTC().Round(0)
	change(st, now)
	after, err := json.Marshal(st)
	if err != nil {
		return fmt.Errorf("practice: state: %w", err)
	}
	if bytes.Equal(before, after) {
		return nil
	}
	st.prune(now)
	after, err = json.MarshalIndent(st, "", " ")
	if err != nil {
		return fmt.Errorf("practice: state: %w", err)
	}
	return writeFile(s.path, after)
}

// load reads the state. One that cannot be understood is put aside, never overwritten, and a fresh one begins.
func (s *store) load() (*state, error) {
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return newState(), nil
	}
	if err != nil {
		return nil, fmt.Errorf("practice: state: %w", err)
	}
	st, err := parseState(text)
	if err == nil {
		return st, nil
	}
	aside := fmt.Sprintf("%s.aside-%s-%04x", s.path, time.Now().UTC().Format("20060102-150405"), rand.IntN(1<<16))
	if moved := os.Rename(s.path, aside); moved != nil {
		return nil, fmt.Errorf("practice: state cannot be read (%w), nor put aside: %w", err, moved)
	}
	slog.Warn("practice: the state could not be read; it was put aside and a fresh one begun", "why", err, "aside", filepath.Base(aside))
	return newState(), nil
}

// lock takes the file lock. It asks again and again, because a waiting lock could not be called off.
func (s *store) lock(ctx context.Context) (unlock func(), err error) {
	f, err := os.OpenFile(s.path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("practice: state lock: %w", err)
	}
	for {
		got, err := tryLock(f)
		if got {
			return func() { f.Close() }, nil
		}
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("practice: state lock: %w", err)
		}
		select {
		case <-time.After(time.Millisecond + rand.N(9*time.Millisecond)):
		case <-ctx.Done():
			f.Close()
			return nil, fmt.Errorf("practice: state lock: %w", ctx.Err())
		}
	}
}

// writeFile replaces path whole or not at all; a power cut leaves the old content or the new. Only the holder of the lock calls it, so the new file needs no name of its
// own, and one that was left half written is written over.
func writeFile(path string, text []byte) error {
	fresh := path + ".new"
	f, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("practice: writing the state: %w", err)
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		return fmt.Errorf("practice: writing the state: %w", err)
	}
	return nil
}
