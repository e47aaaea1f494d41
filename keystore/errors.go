package keystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// State is what ails a store, or [Ready].
type State string

// The states. They are told apart because a person does something else about each.
const (
	Ready        State = ""
	Absent       State = "absent"        // no session bus, or nothing on it that keeps secrets
	NoCollection State = "no-collection" // a service, but no default keyring in it: see [Keyring.CreateDefault]
	Locked       State = "locked"        // locked, and nobody could be asked to unlock it
	Denied       State = "denied"        // the system's prompt was closed
	Timeout      State = "timeout"       // no answer within the limit
	Other        State = "other"
)

// Reasons that an [*Error] may wrap.
var (
	// ErrUnknown says that a write was under way when its time was up: it may be done yet, or not. Until it returns nothing
	// else is written to that item by this process or, while the name's lock was held, by another.
	ErrUnknown = errors.New("the write was not confirmed in time")

	// ErrNotSaved says that the store took a value without complaint and does not give it back.
	ErrNotSaved = errors.New("the store does not give back what it was given")

	// ErrTooLarge says that a value is longer than [MaxValue].
	ErrTooLarge = errors.New("the value is too large")

	// ErrDamaged says that an item is there but not whole.
	ErrDamaged = errors.New("the stored value is not whole")

	errNoName   = errors.New("the name is empty")
	errTimeout  = errors.New("no answer within the limit")
	errNobody   = errors.New("the keyring is locked and nobody can be asked to unlock it")
	errClosed   = errors.New("the prompt was closed")
	errPanicked = errors.New("the keyring library gave up in the middle of a call")
)

// Error is what a store says when it cannot do as it was asked. It never holds a value.
type Error struct {
	Op    string // "get", "set", "delete", "lock", "probe", "create"
	State State
	File  bool // the store is a [Vault]
	Err   error
}

// Error is for logs; people read a sentence chosen by [Error.Trouble].
func (e *Error) Error() string {
	text := "keystore: " + e.Op
	if e.State != Ready {
		text += ": " + string(e.State)
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap gives the reason.
func (e *Error) Unwrap() error { return e.Err }

// Trouble is one word for what a person can do something about: the reason where it has a word, else the state. A state of
// the locked file begins with "file-".
func (e *Error) Trouble() string {
	for _, r := range reasons {
		if errors.Is(e.Err, r.err) {
			return r.word
		}
	}
	if e.File && e.State != Ready {
		return "file-" + string(e.State)
	}
	return string(e.State)
}

// reasons are those with a word of their own.
var reasons = []struct {
	err  error
	word string
}{
	{ErrPassphrase, "passphrase"},
	{ErrVersion, "version"},
	{ErrReplaced, "replaced"},
	{ErrDamaged, "damaged"},
	{errNoVault, "file-gone"},
}

// trouble makes the error of op from err: an [*Error], or an error that is fs.ErrNotExist or context.Canceled, which are no
// trouble of the store's.
func trouble(op string, err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return &Error{Op: op, State: e.State, File: e.File, Err: e.Err}
	}
	switch {
	case errors.Is(err, ErrUnknown):
		return &Error{Op: op, State: Timeout, Err: err}
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("keystore: %s: %w", op, fs.ErrNotExist)
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("keystore: %s: %w", op, err)
	case errors.Is(err, errTimeout), errors.Is(err, context.DeadlineExceeded):
		return &Error{Op: op, State: Timeout, Err: err}
	}
	return &Error{Op: op, State: stateOf(err), Err: err}
}

// stateFor is the state that err stands for.
func stateFor(err error) State {
	if e, ok := errors.AsType[*Error](trouble("look", err)); ok {
		return e.State
	}
	return Other
}
