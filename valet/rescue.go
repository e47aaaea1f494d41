package valet

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// Rescues read the files in which guides for Etsy's API have people write tokens, and bring what is in them into a store.
type Rescues struct{ valet *Valet }

// rescueLimit bounds such a file, in octets; rescueKeys bounds the keys that are taken from one.
const (
	rescueLimit = 1 << 20
	rescueKeys  = 50
)

// What is wrong with a file, as the Subject of [RescueFile].
const (
	rescueMissing    = "missing"
	rescueNoFile     = "no-file" // a folder, a pipe, a device
	rescueTooLarge   = "too-large"
	rescueUnreadable = "unreadable"  // by the system, or neither text nor JSON
	rescueNothing    = "nothing"     // no token in it, or in no shape that is known
	rescueAccessOnly = "access-only" // what is in it lives for an hour
	rescueEnded      = "ended"       // the provider does not take the key in it any more
	rescueChanged    = "changed"     // since it was read
	rescueLinked     = "linked"      // the path is a link to it
	rescueShared     = "shared"      // there are other things in it
)

// Rescue is a file that was read, and what was found in it. Nothing in it shows a secret. It may be used by one goroutine at a time.
type Rescue struct {
	Path string
	Keys []FoundKey // never empty

	// Others are entries that are none of ours, Unusable those whose value cannot be what it is called or is not among Keys: their
	// names alone, or the number of a line where it has none.
	Others, Unusable []string

	valet   *Valet
	content [sha256.Size]byte
	written time.Time
}

// FoundKey is one key in a file.
type FoundKey struct {
	Label string // what the file calls it; empty where it does not
	Older bool   // a pair of OAuth 1.0a

	AccessEnd, RefreshEnd string    // the last four characters, for a person to tell one from another; empty: there is none
	Expires               time.Time // of the access token, as the file says; zero: it does not
	HasKeystring          bool
	HasSecret             bool // the app key's second half

	access, refresh, tokenSecret, secret oauth.Secret
	keystring                            string
}

// UserID is the account's number at the market, which stands in the tokens of today's API; empty where it does not.
func (k FoundKey) UserID() string { return cmp.Or(etsy.UserID(k.access), etsy.UserID(k.refresh)) }

// Read reads a file and says what is in it. It asks nobody, changes nothing and follows links.
// Errors: [RescueFile], whose Subject says what is wrong with it.
func (r *Rescues) Read(path string) (*Rescue, error) {
	data, written, err := readRescue(path)
	if err != nil {
		return nil, err
	}
	found := findKeys(data, written)
	if len(found.keys) == 0 {
		return nil, rescueError(path, nothingKept(found.accessOnly), nil)
	}
	return &Rescue{
		Path: path, Keys: found.keys, Others: found.others, Unusable: found.unusable,
		valet: r.valet, content: sha256.Sum256(data), written: written,
	}, nil
}

// nothingKept says why nothing in a file can be kept.
func nothingKept(accessOnly bool) string {
	if accessOnly {
		return rescueAccessOnly
	}
	return rescueNothing
}

// Removable reports whether [Rescue.Remove] would delete the file: not where it is a link, has changed since it was read, or
// holds other things too. The error, a [RescueFile], says which.
func (f *Rescue) Removable() error {
	if len(f.Others) > 0 || len(f.Unusable) > 0 {
		return rescueError(f.Path, rescueShared, nil)
	}
	info, err := os.Lstat(f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return rescueError(f.Path, rescueMissing, err)
	case err != nil:
		return rescueError(f.Path, rescueUnreadable, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return rescueError(f.Path, rescueLinked, nil)
	}
	data, _, err := readRescue(f.Path)
	if err == nil && sha256.Sum256(data) != f.content {
		err = rescueError(f.Path, rescueChanged, nil)
	}
	return err
}

// Remove deletes the file. Ask first: what it held may still be on the disk, in backups and in version control, and is found
// there by whoever looks for it. Errors: those of Removable.
func (f *Rescue) Remove() error {
	if err := f.Removable(); err != nil {
		return err
	}
	if err := os.Remove(f.Path); err != nil {
		return rescueError(f.Path, rescueUnreadable, err)
	}
	return nil
}

// rescueError names the file by its last part: a path says more of a person than a log should know.
func rescueError(path, why string, cause error) error {
	return &Error{Kind: RescueFile, Subject: why, Other: printable(filepath.Base(path)), Cause: unpathed(cause)}
}

// unpathed takes the path out of what the system said.
func unpathed(err error) error {
	var told *fs.PathError
	if errors.As(err, &told) {
		return told.Err
	}
	return err
}

// readRescue opens path once; only a regular file is read, so that a pipe cannot hang the program.
func readRescue(path string) ([]byte, time.Time, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, time.Time{}, rescueError(path, rescueMissing, err)
	case err != nil:
		return nil, time.Time{}, rescueError(path, rescueUnreadable, err)
	case !info.Mode().IsRegular():
		return nil, time.Time{}, rescueError(path, rescueNoFile, nil)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, time.Time{}, rescueError(path, rescueUnreadable, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, rescueLimit+1))
	switch {
	case err != nil:
		return nil, time.Time{}, rescueError(path, rescueUnreadable, err)
	case len(data) > rescueLimit:
		return nil, time.Time{}, rescueError(path, rescueTooLarge, nil)
	}
	return data, info.ModTime(), nil
}
