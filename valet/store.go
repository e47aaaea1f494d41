package valet

import (
	"context"
	"errors"
)

// Store keeps small secrets by name. All methods are safe for many goroutines and end when ctx does.
//
// A name that holds nothing is an error that is [io/fs.ErrNotExist]. Other errors may say more by a method Trouble() string:
// see [TroubleOf].
type Store interface {
	Get(ctx context.Context, name string) ([]byte, error)
	Set(ctx context.Context, name string, value []byte) error // whole or not at all
	Delete(ctx context.Context, name string) error            // nothing there is no error

	// Lock gives one process at a time the right to name; it waits as long as ctx allows, 60 s at most.
	Lock(ctx context.Context, name string) (unlock func(), err error)

	// Probe reports whether a Set would work now, without leaving anything behind.
	Probe(ctx context.Context) error

	// Describe names the store to a person: "GNOME Keyring".
	Describe() string
}

// Trouble is what ails a store.
type Trouble string

// The troubles a person can do something about, each with its own sentence.
const (
	TroubleNone         Trouble = ""
	TroubleAbsent       Trouble = "absent"        // no keyring service on this system
	TroubleNoCollection Trouble = "no-collection" // a service, but no default keyring in it
	TroubleLocked       Trouble = "locked"
	TroubleDenied       Trouble = "denied"  // the seller closed the unlock prompt
	TroubleTimeout      Trouble = "timeout" // the keyring did not answer
	TroubleOther        Trouble = "other"

	TroubleFileLocked  Trouble = "file-locked"  // the locked file, and no passphrase was given yet
	TroubleFileGone    Trouble = "file-gone"    // there is no locked file
	TroubleFileTimeout Trouble = "file-timeout" // another program keeps the locked file from being written
	TroubleFileOther   Trouble = "file-other"   // the disk is full, the folder is read-only
	TroublePassphrase  Trouble = "passphrase"   // the passphrase is wrong
	TroubleVersion     Trouble = "version"      // a newer version of this program wrote what is there
	TroubleReplaced    Trouble = "replaced"     // the locked file is no longer the one that was unlocked
	TroubleDamaged     Trouble = "damaged"      // something is there, but not whole
)

// TroubleOf says what ails the store that gave err, TroubleNone if err is not a store's.
func TroubleOf(err error) Trouble {
	var t interface{ Trouble() string }
	if errors.As(err, &t) {
		return Trouble(t.Trouble())
	}
	return TroubleNone
}
