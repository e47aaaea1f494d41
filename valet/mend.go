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
	default: // nobody is kept waiting for a search that comes to nothing
		if lost, all := search(ctx, c.stores, now.index); lost.empty() && (!all || now.text == "") {
			if all {
				c.noteSearch()
			}
			return now.copy(), nil
		}
	}
	waiting := ctx
	if !damaged && now.text != "" { // another program may be about to list what it has just kept
		var cancel func()
		waiting, cancel = context.WithTimeout(ctx, noteWait)
		defer cancel()
	}
	told, err := restore(ctx, waiting, c)
	if err == nil {
		return *told, nil
	}
	if told == nil {
		told = restored(ctx, c, now)
	}
	if !damaged && KindOf(storeError(err)) == Held {
		return *told, nil // the next one writes it down
	}
	return *told, unreadable(c.path, err)
}

// restore looks for lines that are lost, and writes down what it finds. It does both while no other program keeps a key, for
// which it waits as long as waiting allows. told is nil where it did not come to that.
func restore(ctx, waiting context.Context, c *catalog) (told *index, err error) {
	return told, c.locked(waiting, func(now *image) error {
		return c.changed(now, now, func(i *index) error {
			if i.Incomplete {
				lost, all := search(ctx, c.stores, *i)
				i.merge(lost)
				i.Incomplete = !all
				if all {
					c.noteSearch()
				}
			}
			whole := i.copy()
			told = &whole
			return nil
		})
	})
}

// restored is what can be read, and what is found, where nothing can be written.
func restored(ctx context.Context, c *catalog, now *image) *index {
	if saved, err := c.salvage(); now.text == "" && err == nil {
		now = saved
	}
	told := now.copy()
	lost, _ := search(ctx, c.stores, told)
	told.merge(lost)
	return &told
}

// salvage gives what can be read of a damaged index.
func (c *catalog) salvage() (*image, error) {
	text, err := readPrivate(c.path)
	if err != nil {
		return nil, unreadable(c.path, err)
	}
	return salvage(strings.ToValidUTF8(text, "\uFFFD")), nil // or what is carried over would be damaged again
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
