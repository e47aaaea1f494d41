package valet

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// catalog is the index file. Its lock is of its own and is taken after a connection's, never before. What it does about a file
// that is damaged or gone stands in mend.go.
type catalog struct {
	path   string
	lock   func(ctx context.Context, name string) (func(), error)
	stores map[StoreKind]Store // where lines that are lost are looked for

	warnings Warnings

	mu       sync.Mutex // guards all below
	last     *image     // the file as it was read or written last
	searched bool       // the stores have been searched for lost lines, or there is nothing to search
}

// look gives the file as it is now; one that is not there is an empty and incomplete index. Most of the time it is as it was,
// and is not decoded again. Nothing on the disk is changed but a mode that is too wide.
// Errors: [IndexUnreadable], with [errDamaged] as its cause where the file can be mended.
func (c *catalog) look() (*image, error) {
	text, err := readPrivate(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		return &image{index: index{Incomplete: true}}, nil
	}
	if err != nil {
		return nil, unreadable(c.path, err)
	}
	c.mu.Lock()
	last := c.last
	c.mu.Unlock()
	if last != nil && last.text == text {
		return last, nil
	}
	now, err := readIndex(text)
	if err != nil {
		return nil, unreadable(c.path, err)
	}
	c.remember(now, false) // what another program wrote is looked through anew
	return now, nil
}

// update changes the index as one step for every process: lock, read, change, write. A damaged one is mended first; one that
// cannot be read is never written over. A change that changes nothing writes nothing.
func (c *catalog) update(ctx context.Context, change func(*index) error) error {
	return c.locked(ctx, func(now *image) error { return c.changed(now, now, change) })
}

// keep is update for a change that puts something new into a store. The index says ahead that lines may be missing: where the
// program dies in between, the next one looks for what it left.
func (c *catalog) keep(ctx context.Context, change func(*index) error) error {
	return c.locked(ctx, func(now *image) error {
		if now.Incomplete && (now.text != "" || now.damaged) { // whoever reads it looks for lost lines already
			return c.changed(now, now, change)
		}
		noted := now.copy()
		noted.Incomplete = true
		ahead, err := c.write(now, noted)
		if err != nil {
			return err
		}
		refused := c.changed(ahead, now, change)
		if refused != nil {
			_, err = c.write(ahead, now.copy())
		}
		return cmp.Or(refused, err)
	})
}

// locked calls step with the index as it is, or what can be read of it, while no other program changes it.
func (c *catalog) locked(ctx context.Context, step func(now *image) error) error {
	unlock, err := c.lock(ctx, "index")
	if err != nil {
		return err
	}
	defer unlock()
	now, err := c.look()
	if errors.Is(err, errDamaged) {
		now, err = c.salvage()
	}
	if err != nil {
		return err
	}
	return step(now)
}

// changed puts what change makes of from in the place of now. An index that says that lines may be missing goes on saying so: a
// search that is over knows nothing of what another program kept since. Where there was no index, there was no other program.
func (c *catalog) changed(now, from *image, change func(*index) error) error {
	next := from.copy()
	next.Incomplete = next.Incomplete && (from.text != "" || from.damaged || !c.wasSearched())
	err := change(&next)
	if err == nil {
		_, err = c.write(now, next)
	}
	return err
}

// write puts next in the place of now, and gives what is there then. The caller holds the lock of the index.
func (c *catalog) write(now *image, next index) (*image, error) {
	made, err := now.with(next)
	if err != nil {
		return nil, err
	}
	if made.text == now.text {
		return now, nil
	}
	undo := func() {}
	if now.damaged {
		if undo, err = c.putAside(time.Now()); err != nil {
			return nil, err
		}
	}
	if err := writePrivate(c.path, []byte(made.text)); err != nil {
		undo()
		return nil, err
	}
	c.remember(made, made.Incomplete) // what is missing later is looked for anew
	return made, nil
}

// remember takes i for the file from now on; searched says that a search that was made still counts.
func (c *catalog) remember(i *image, searched bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last, c.searched = i, c.searched && searched
}

// lineOfLast gives the line of a connection as it was read or written last; ok is false if there is none. It reads memory.
func lineOfLast(c *catalog, id ID) (l line, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		return line{}, false
	}
	at := c.last.at(id)
	if at < 0 {
		return line{}, false
	}
	return c.last.Connections[at], true
}

func unreadable(path string, cause error) error {
	return &Error{Kind: IndexUnreadable, Subject: path, Cause: cause}
}

// readPrivate reads a file of ours, and tightens it and its folder where others may read them; where that cannot be it is read
// all the same, as it holds no secret. What is not a regular file is refused: a link is not followed, so that nothing is ever
// written through one, and a pipe cannot hang the program.
func readPrivate(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errNotRegular
	}
	tighten(path, info, 0o600)
	if folder, err := os.Stat(filepath.Dir(path)); err == nil {
		tighten(filepath.Dir(path), folder, 0o700)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	var text strings.Builder
	text.Grow(int(info.Size()))
	_, err = io.Copy(&text, file)
	return text.String(), err
}
