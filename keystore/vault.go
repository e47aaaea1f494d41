package keystore

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync/atomic"

	"filippo.io/age"
)

// Reasons of a vault's own that an [*Error] may wrap.
var (
	// ErrPassphrase says that the passphrase is not the one of the locked file.
	ErrPassphrase = errors.New("the passphrase is wrong")

	// ErrVersion says that a newer version of this program wrote what is there. It is left as it is.
	ErrVersion = errors.New("written by a newer version")

	// ErrReplaced says that another vault, or none, is now where this one was unlocked. Nothing is written to it.
	ErrReplaced = errors.New("the locked file is no longer the one that was unlocked")

	errVaultLocked  = errors.New("no passphrase was given yet")
	errNoVault      = errors.New("there is no locked file")
	errNoPassphrase = errors.New("the passphrase is empty")
)

// Vault keeps secrets in a folder that a passphrase locks: the locked file. Each is an age file of its own
// (age-encryption.org/v1), encrypted to one X25519 key; that key is in _identity.age, encrypted with the passphrase. So a
// process pays for the slow passphrase once, and a person can read all of it with age's own tool.
//
// Until it is unlocked, Get, Set, Delete and Probe give an [*Error] that is [Locked]. Nobody without the passphrase can
// read a record, make one or give it another's name; an old copy of a whole record put back is not noticed. Safe for use by
// many goroutines and processes.
type Vault struct {
	chest // whose List is the vault's

	locks *Locks
	slow  slow
	key   atomic.Pointer[age.X25519Identity] // nil while locked
}

// OpenVault gives the vault in folder, an absolute path whose last two folders are ours. It touches nothing yet. locks may be
// nil: then only the goroutines of this process exclude each other.
func OpenVault(folder string, locks *Locks) *Vault {
	if locks == nil {
		locks = new(Locks)
	}
	return &Vault{
		chest: chest{folder: folder, writing: &Locks{folder: folder}},
		locks: locks,
		slow:  slow{work: workFactor, turn: make(chan struct{}, 1)},
	}
}

// Exists reports whether there is a vault to unlock. One that is damaged or cannot be looked at exists too.
func (v *Vault) Exists() bool {
	_, err := os.Lstat(v.chest.path(identityItem))
	return !errors.Is(err, fs.ErrNotExist)
}

// Unlocked reports whether the passphrase was given.
func (v *Vault) Unlocked() bool { return v.key.Load() != nil }

// LockAgain forgets the key. Calls under way end as they would have.
func (v *Vault) LockAgain() { v.key.Store(nil) }

// Get returns what name holds; an error that is [io/fs.ErrNotExist] if that is nothing, [ErrDamaged] if it is not whole or
// belongs to another name. Neither removes anything.
func (v *Vault) Get(ctx context.Context, name string) ([]byte, error) {
	o, item, err := admit(ctx, v, name)
	if err != nil {
		return nil, vaultTrouble("get", err)
	}
	value, err := o.get(item)
	if err != nil {
		return nil, outcome(v, o, "get", err)
	}
	return value, nil
}

// Set keeps value, at most [MaxValue] bytes, under name, and believes it only after reading it back. Wherever it is
// interrupted, the old value is there or the new.
func (v *Vault) Set(ctx context.Context, name string, value []byte) error {
	if len(value) > MaxValue {
		return &Error{Op: "set", State: Other, File: true, Err: ErrTooLarge}
	}
	o, item, err := admit(ctx, v, name)
	if err != nil {
		return vaultTrouble("set", err)
	}
	return outcome(v, o, "set", o.alone(ctx, func() error { return o.set(item, value) }))
}

// Delete removes name and sees that it is gone; nothing there is no error.
func (v *Vault) Delete(ctx context.Context, name string) error {
	o, item, err := admit(ctx, v, name)
	if err != nil {
		return vaultTrouble("delete", err)
	}
	return outcome(v, o, "delete", o.alone(ctx, func() error { return o.remove(item) }))
}

// Lock gives the right to name as [Locks.Lock] does, locked or not.
func (v *Vault) Lock(ctx context.Context, name string) (unlock func(), err error) {
	return v.locks.Lock(ctx, name)
}

// probeSize is what Probe writes: more than a record with long tokens, so that a disk that is nearly full is noticed before
// a refresh token is spent.
const probeSize = 8 << 10

// Probe writes a record, reads it back and removes it.
func (v *Vault) Probe(ctx context.Context) error {
	o, _, err := admit(ctx, v, "probe")
	if err != nil {
		return vaultTrouble("probe", err)
	}
	return outcome(v, o, "probe", o.alone(ctx, func() error {
		err := o.set(probeItem, make([]byte, probeSize))
		return errors.Join(err, o.remove(probeItem))
	}))
}

// Describe says "locked file".
func (v *Vault) Describe() string { return "locked file" }

// admit gives the vault with the key that is in it, and the item that name stands for.
func admit(ctx context.Context, v *Vault, name string) (o opened, item string, err error) {
	if err := ctx.Err(); err != nil {
		return opened{}, "", err
	}
	if item, err = itemName(name); err != nil {
		return opened{}, "", err
	}
	key := v.key.Load()
	if key == nil {
		reason := errVaultLocked
		if !v.Exists() {
			reason = errNoVault
		}
		return opened{}, "", &Error{State: Locked, Err: reason}
	}
	return opened{v.chest, key}, item, nil
}

// outcome is what the caller is told. A key that opens nothing here any more is thrown away, so that the person is asked.
func outcome(v *Vault, o opened, op string, err error) error {
	if errors.Is(err, ErrReplaced) {
		v.key.CompareAndSwap(o.key, nil)
	}
	return vaultTrouble(op, err)
}

// vaultTrouble is trouble for the locked file.
func vaultTrouble(op string, err error) error {
	err = trouble(op, err)
	if e, ok := errors.AsType[*Error](err); ok {
		e.File = true // trouble has made it for us
	}
	return err
}
