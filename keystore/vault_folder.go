package keystore

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

const (
	sealedEnd = ".age"
	draftEnd  = ".draft"
	writeItem = "_write" // its lock is the right to change the folder
	writeWait = 10 * time.Second

	// maxSealed is the longest file that is read: the longest value, its header and what age adds.
	maxSealed = MaxValue + 4<<10
)

// chest is the folder of a vault: files that are replaced whole. It knows nothing of what is in them.
type chest struct {
	folder  string
	writing *Locks
}

func (c chest) path(item string) string { return filepath.Join(c.folder, item+sealedEnd) }

// make makes the folder, ours alone.
func (c chest) make() error {
	if !filepath.IsAbs(c.folder) {
		return &fs.PathError{Op: "create", Path: c.folder, Err: errors.New("not an absolute path")}
	}
	return ownFolder(c.folder)
}

// alone makes a change that no other program makes at the same time. It takes milliseconds; who waits much longer than that
// waits for a program that is stopped.
func (c chest) alone(ctx context.Context, change func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	waiting, cancel := context.WithTimeout(ctx, writeWait)
	defer cancel()
	unlock, err := c.writing.lockItem(waiting, writeItem)
	if held, ok := errors.AsType[*HeldError](err); ok {
		return &Error{State: Timeout, Err: held}
	}
	if err != nil {
		return err
	}
	defer unlock()
	return change()
}

// read gives a file's content. A link, a pipe or another user's file is refused; one that others may read is narrowed.
func (c chest) read(item string) ([]byte, error) {
	path := c.path(item)
	if err := checkPlain(path); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, holderFlags, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	sealed, err := io.ReadAll(io.LimitReader(file, maxSealed+1))
	if err == nil && len(sealed) > maxSealed {
		return nil, ErrDamaged
	}
	return sealed, err
}

// checkPlain refuses what is not a file of ours, and takes away what others may do with it.
func checkPlain(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "open", Path: path, Err: errors.New("not a plain file")}
	}
	if err := checkOwner(path, info); err != nil {
		return err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return os.Chmod(path, 0o600)
	}
	return nil
}

// replace puts a file in the place of item, whole or not at all: a draft beside it, flushed and read back, takes its name,
// and the folder is flushed. Call it alone.
func (c chest) replace(item string, sealed []byte) error {
	if err := checkPlain(c.path(item)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	draft := filepath.Join(c.folder, "."+item+"."+rand.Text()+draftEnd)
	err := writeDraft(draft, sealed)
	if err == nil {
		err = insist(func() error { return os.Rename(draft, c.path(item)) })
	}
	if err != nil {
		os.Remove(draft)
		return err
	}
	if err := syncFolder(c.folder); err != nil {
		return err
	}
	if back, err := c.read(item); err != nil || !bytes.Equal(back, sealed) {
		return errors.Join(ErrNotSaved, err)
	}
	return nil
}

// writeDraft makes a file that was not there, and has the disk give it back.
func writeDraft(path string, sealed []byte) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err = file.Write(sealed); err == nil {
		err = file.Sync()
	}
	if err == nil {
		back := make([]byte, len(sealed))
		if _, err = file.ReadAt(back, 0); err == nil && !bytes.Equal(back, sealed) {
			err = ErrNotSaved
		}
	}
	return errors.Join(err, file.Close())
}

// remove removes an item and sees that it is gone. Of a link it removes the link. Call it alone.
func (c chest) remove(item string) error {
	err := insist(func() error { return os.Remove(c.path(item)) })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := syncFolder(c.folder); err != nil {
		return err
	}
	if _, err := os.Lstat(c.path(item)); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(ErrNotSaved, err)
	}
	return nil
}

// litter is what writes that were interrupted have left.
func (c chest) litter() []string {
	entries, _ := os.ReadDir(c.folder)
	var left []string
	for _, e := range entries {
		name := e.Name()
		draft := strings.HasPrefix(name, ".") && strings.HasSuffix(name, draftEnd)
		if draft || strings.HasPrefix(name, writeItem+".holder.") {
			left = append(left, filepath.Join(c.folder, name))
		}
	}
	return left
}

// sweep removes the litter. Call it alone: then nobody is at work on any of it.
func (c chest) sweep() {
	for _, path := range c.litter() {
		os.Remove(path)
	}
}

// itemsIn are all that the folder holds, the vault's own included.
func itemsIn(c chest) ([]string, error) {
	entries, err := os.ReadDir(c.folder)
	var items []string
	for _, e := range entries {
		if item, sealed := strings.CutSuffix(e.Name(), sealedEnd); sealed {
			items = append(items, item)
		}
	}
	return items, err
}

// setAside moves what an earlier vault left into a folder of its own. Call it alone.
func (c chest) setAside() error {
	left, err := itemsIn(c)
	if err != nil || len(left) == 0 {
		return err
	}
	aside := filepath.Join(c.folder, "aside-"+strings.ToLower(rand.Text()))
	if err := os.Mkdir(aside, 0o700); err != nil {
		return err
	}
	for _, item := range left {
		if err := os.Rename(c.path(item), filepath.Join(aside, item+sealedEnd)); err != nil {
			return err
		}
	}
	return syncFolder(c.folder)
}
