package keystore

import (
	"context"
	"errors"
	"io/fs"
	"slices"
)

// List gives the names under which something is kept, sorted: those of lower-case letters, digits and dashes, as others cannot
// be read off an item. It asks nobody: a keyring that is locked is an error that is [Locked]. Where the system cannot search it
// is [errors.ErrUnsupported].
func (k *Keyring) List(ctx context.Context) ([]string, error) {
	var found []string // of its own: a call that comes back late must not touch the answer
	err := k.worker.do(ctx, "", func(j *job) (err error) {
		found, err = k.porter.list(j.ctx)
		return err
	})
	if err != nil {
		return nil, trouble("list", err)
	}
	return plainNames(found), nil
}

// list looks first, and raises no prompt.
func (p *porter) list(ctx context.Context) ([]string, error) {
	state, err := p.look(ctx, "")
	if err == nil && state != Ready {
		err = &Error{State: state}
	}
	if err != nil {
		return nil, err
	}
	return p.system.list(ctx)
}

// List gives the names under which something is kept, sorted.
func (m *Memory) List(ctx context.Context) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, trouble("list", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var names []string
	for name := range m.items {
		names = append(names, name)
	}
	return plainNames(names), nil
}

// List gives the names under which something is kept, sorted, of a locked file too; but for names as [Keyring.List] leaves out.
func (c chest) List(ctx context.Context) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, trouble("list", err)
	}
	items, err := itemsIn(c)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, trouble("list", err)
	}
	return plainNames(items), nil
}

// plainNames leaves out parts of items, and names that only stand for another.
func plainNames(items []string) []string {
	names := slices.DeleteFunc(items, func(item string) bool { return item == "" || !isPlain(item) })
	slices.Sort(names)
	return slices.Compact(names)
}
