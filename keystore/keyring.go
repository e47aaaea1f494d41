package keystore

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/zalando/go-keyring"
)

// Keyring keeps secrets in the system's own keyring, under the name of one service. Every call ends within 3 s, or 30 s
// while the system's unlock prompt is open, or when ctx does; a call that finds the keyring locked raises that prompt.
// Safe for use by many goroutines; the calls of a process are made one after the other. Never call it on a goroutine that
// draws a window.
type Keyring struct {
	items  items
	porter *porter
	locks  *Locks
	worker *worker
}

// NewKeyring gives the keyring's items of service. It does not touch the keyring yet. locks must not be nil.
func NewKeyring(service string, locks *Locks) *Keyring {
	system := openSystem(service)
	return newKeyring(openItems(service, system), system, &process, locks)
}

func newKeyring(items items, system system, worker *worker, locks *Locks) *Keyring {
	return &Keyring{items: items, porter: &porter{system: system, worker: worker}, locks: locks, worker: worker}
}

// Get returns what name holds; an error that is [io/fs.ErrNotExist] if that is nothing.
func (k *Keyring) Get(ctx context.Context, name string) (value []byte, err error) {
	var found []byte // of its own: a call that comes back late must not touch the answer
	err = k.call(ctx, "get", name, false, func(item string, store items) (err error) {
		found, err = readValue(store, item)
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// Set keeps value, at most [MaxValue] bytes, under name, and believes it only after reading it back. An error that is
// [ErrUnknown] means that the value may be there yet, or come.
func (k *Keyring) Set(ctx context.Context, name string, value []byte) error {
	if len(value) > MaxValue {
		return &Error{Op: "set", State: Other, Err: ErrTooLarge}
	}
	value = append([]byte{}, value...)
	return k.call(ctx, "set", name, true, func(item string, store items) error {
		return writeValue(store, item, value)
	})
}

// Delete removes name and every part of it, and sees that it is gone; nothing there is no error.
func (k *Keyring) Delete(ctx context.Context, name string) error {
	return k.call(ctx, "delete", name, true, func(item string, store items) error {
		return deleteValue(store, item)
	})
}

// Lock gives the right to name as [Locks.Lock] does. While a write of this process to name is unknown the right stays with
// it: unlocking waits for that write in the background, and locking anew is an error that is [ErrUnknown].
func (k *Keyring) Lock(ctx context.Context, name string) (unlock func(), err error) {
	item, err := itemName(name)
	if err != nil {
		return nil, trouble("lock", err)
	}
	return k.lockItem(ctx, item)
}

func (k *Keyring) lockItem(ctx context.Context, item string) (unlock func(), err error) {
	if err := awaitSettled(ctx, k.worker, item); err != nil {
		return nil, trouble("lock", err)
	}
	release, err := k.locks.lockItem(ctx, item)
	if err != nil {
		return nil, err
	}
	return func() { k.worker.whenSettled(item, release) }, nil
}

// awaitSettled waits until no write to item is under way, within the limit of a call.
func awaitSettled(ctx context.Context, w *worker, item string) error {
	free := make(chan struct{})
	w.whenSettled(item, func() { close(free) })
	limit := time.NewTimer(callLimit)
	defer limit.Stop()
	select {
	case <-free:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-limit.C:
		return errors.Join(ErrUnknown, errTimeout)
	}
}

// probeItem is the item that Probe writes and removes; itemName gives it to no name.
const probeItem = "_probe"

// Probe writes an item, reads it back and removes it; a locked keyring raises its prompt for that. It takes a lock of its
// own, so that programs that probe at once do not mistake each other's item.
func (k *Keyring) Probe(ctx context.Context) error {
	unlock, err := k.lockItem(ctx, probeItem)
	if err != nil {
		return err
	}
	defer unlock()
	return k.callItem(ctx, "probe", probeItem, true, func(item string, store items) error {
		if err := setAndRead(store, item, "probe"); err != nil {
			return err
		}
		return deleteValue(store, item)
	})
}

// Look says how the keyring is without asking anybody to unlock it and without writing; [Ready] if all is well.
func (k *Keyring) Look(ctx context.Context) (State, error) {
	var found State
	err := k.worker.do(ctx, "", func(j *job) (err error) {
		found, err = k.porter.look(j.ctx, "")
		return err
	})
	if err != nil {
		return stateFor(err), trouble("look", err)
	}
	return found, nil
}

// CreateDefault makes the default keyring where there is none, by the system's own prompt for a new password. It is for a
// person who agreed to it; where systems always have one it is [errors.ErrUnsupported].
func (k *Keyring) CreateDefault(ctx context.Context) error {
	err := k.worker.do(ctx, "", func(j *job) error {
		return k.porter.asking(j.ctx, k.porter.system.create)
	})
	return trouble("create", err)
}

// Describe names the product that keeps the secrets: "GNOME Keyring". Before the keyring was ever asked it looks, for half a
// second at most.
func (k *Keyring) Describe() string {
	if name := k.porter.product.Load(); name != nil {
		return *name
	}
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	k.Look(ctx)
	if name := k.porter.product.Load(); name != nil {
		return *name
	}
	return genericProduct
}

// call makes one call for a name of the caller's.
func (k *Keyring) call(ctx context.Context, op, name string, writes bool, use func(item string, store items) error) error {
	item, err := itemName(name)
	if err != nil {
		return trouble(op, err)
	}
	return k.callItem(ctx, op, item, writes, use)
}

// callItem has the worker see that the keyring is ready and then use it.
func (k *Keyring) callItem(ctx context.Context, op, item string, writes bool, use func(string, items) error) error {
	key := ""
	if writes {
		key = item
	}
	err := k.worker.do(ctx, key, func(j *job) error {
		store := guarded{k.items, func() bool { return k.worker.begin(j) }}
		return k.porter.admit(j.ctx, item, func() error { return use(item, store) })
	})
	return trouble(op, err)
}

// guarded asks before every write whether it is still wanted.
type guarded struct {
	items
	begin func() bool
}

func (g guarded) set(name, text string) error {
	if !g.begin() {
		return context.Canceled
	}
	return g.items.set(name, text)
}

func (g guarded) del(name string) error {
	if !g.begin() {
		return context.Canceled
	}
	return g.items.del(name)
}

// library is go-keyring for one service.
type library struct{ service string }

func (l library) get(name string) (string, error) {
	text, err := keyring.Get(l.service, name)
	return text, missing(err)
}

func (l library) set(name, text string) error { return keyring.Set(l.service, name, text) }

func (l library) del(name string) error { return missing(keyring.Delete(l.service, name)) }

func missing(err error) error {
	if errors.Is(err, keyring.ErrNotFound) {
		return fs.ErrNotExist
	}
	return err
}
