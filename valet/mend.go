package valet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"
)

// noteWait is how long a program that lists keys waits for another that keeps one.
const noteWait = time.Second

// load gives the index whole: a damaged one is put aside and made anew, and lines that may be missing are looked for in the
// stores. Error: [IndexUnreadable]; what could be read comes with it.
func (c *catalog) load(ctx context.Context) (index, error) {
	now, err := c.look()
	damaged := errors.Is(err, errDamaged)
	switch {
	case damaged:
		now = &image{}
	case err != nil:
		return index{}, err
	case !now.Incomplete || c.wasSearched():
		return now.copy(), nil
	}
	lost, all := search(ctx, c.stores, now.index)
	if all {
		c.noteSearch()
	}
	if !damaged && lost.empty() && (now.text == "" || !all) {
		return now.copy(), nil
	}
	if !damaged && now.text != "" { // another program may be about to list what it has just kept
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, noteWait)
		defer cancel()
	}
	var told index
	err = c.update(ctx, func(i *index) error {
		i.merge(lost)
		i.Incomplete = i.Incomplete && !all
		told = i.copy()
		return nil
	})
	if err == nil {
		return told, nil
	}
	if saved, failed := c.salvage(); damaged && failed == nil { // nothing can be written here
		told = saved.copy()
	} else {
		told = now.copy()
	}
	told.merge(lost)
	if !damaged && KindOf(storeError(err)) == Held {
		return told, nil // the next one writes it down
	}
	return told, unreadable(c.path, err)
}

// salvage gives what can be read of a damaged index.
func (c *catalog) salvage() (*image, error) {
	text, err := readPrivate(c.path)
	if err != nil {
		return nil, unreadable(c.path, err)
	}
	return salvage(text), nil
}

// putAside keeps the damaged file under another name too, so that it is there when the new one has taken its place: nothing is
// deleted. undo takes the other name away again, where nothing took its place.
func (c *catalog) putAside(now time.Time) (undo func(), err error) {
	aside, err := freeName(c.path, now)
	if err != nil {
		return nil, err
	}
	if err := os.Link(c.path, aside); err != nil { // not every file system can
		text, err := readPrivate(c.path)
		if err == nil {
			err = writePrivate(aside, []byte(text))
		}
		if err != nil {
			return nil, err
		}
	}
	told := &Error{Kind: IndexDamaged, Subject: aside}
	c.warnings.add(told)
	return func() {
		os.Remove(aside)
		c.warnings.drop(told)
	}, nil
}

// freeName gives a name beside path that says when, and that nothing has yet.
func freeName(path string, now time.Time) (string, error) {
	base := strings.TrimSuffix(path, ".json") + "-damaged-" + now.UTC().Format("20060102-150405")
	name := base + ".json"
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name, nil
		} else if err != nil {
			return "", err
		}
		name = fmt.Sprintf("%s-%d.json", base, n)
	}
}

func (c *catalog) wasSearched() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.searched
}

func (c *catalog) noteSearch() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.searched = true
}
