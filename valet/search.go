package valet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// lister is a store that can say which names it holds. It asks nobody to unlock it.
type lister interface {
	List(ctx context.Context) ([]string, error)
}

// search looks through the stores for connections and app keys that the index does not list. all is false where a store could
// not be looked through now; one that never can is passed over. A record that cannot be read stays where it is.
func search(ctx context.Context, stores map[StoreKind]Store, listed index) (lost index, all bool) {
	all = true
	for _, kind := range []StoreKind{InKeyring, InFile} {
		store, ok := stores[kind].(lister)
		if !ok {
			continue
		}
		names, err := store.List(ctx)
		if errors.Is(err, errors.ErrUnsupported) {
			continue
		}
		for _, name := range names {
			if listed.lists(name) && !gaveBack(listed, ID(name)) {
				continue
			}
			if trouble := lost.find(ctx, stores[kind], kind, name); trouble != nil {
				err = trouble
				break
			}
		}
		if err != nil {
			all = false
		}
	}
	return lost, all
}

// find adds the line of an item, if it is one of ours.
func (i *index) find(ctx context.Context, store Store, kind StoreKind, name string) error {
	data, err := store.Get(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if r, err := decodeRecord(data); err == nil && string(r.ID) == name {
		shown := r.connection()
		shown.Store = kind
		i.putNewer(entryOf(shown, r.Generation))
		return nil
	}
	var k wireAppKey
	if strings.HasPrefix(name, "key-") && !i.lists(name) && json.Unmarshal(data, &k) == nil && k.Version == 1 && k.ID == name {
		i.AppKeys = append(i.AppKeys, k.listed(kind))
	}
	return nil
}

// putNewer adds the line of a record, unless another store holds a later pair of that key: it moved there, and what was left
// behind could not be reached.
func (i *index) putNewer(e entry) {
	if at := i.at(e.ID); at >= 0 && !i.Connections[at].entry().Refreshed.Before(e.Refreshed) {
		return
	}
	i.put(e)
}

func (w wireAppKey) listed(kind StoreKind) AppKey {
	return AppKey{ID: w.ID, Label: w.Label, Provider: w.Provider, ClientID: w.ClientID, Redirect: w.Redirect,
		HasSecret: w.ClientSecret != "", Store: kind, Endpoints: w.Endpoints}
}

// lists reports whether a connection or an app key has that id.
func (i *index) lists(id string) bool {
	return i.at(ID(id)) >= 0 ||
		slices.ContainsFunc(i.AppKeys, func(k AppKey) bool { return k.ID == id })
}

// gaveBack reports whether the line with id is of a key that was given back: its record left the store.
func gaveBack(i index, id ID) bool {
	at := i.at(id)
	return at >= 0 && i.Connections[at].entry().Status == Returned
}

func (i *index) empty() bool { return len(i.Connections)+len(i.AppKeys) == 0 }

// merge adds the lines of lost that are not there; two of one NAME get -2. One that was given back and then connected again
// takes the place of its old line.
func (i *index) merge(lost index) {
	for _, l := range lost.Connections {
		e := l.entry()
		if gaveBack(*i, e.ID) && e.Connected.After(i.Connections[i.at(e.ID)].entry().Returned) {
			i.drop(e.ID)
		}
		if i.lists(string(e.ID)) {
			continue
		}
		base := e.Name
		for n := 2; i.named(e.Name); n++ {
			e.Name = fmt.Sprintf("%s-%d", base, n)
		}
		i.put(e)
	}
	for _, k := range lost.AppKeys {
		if !i.lists(k.ID) {
			i.AppKeys = append(i.AppKeys, k)
		}
	}
}

func (i *index) named(name string) bool {
	return slices.ContainsFunc(i.Connections, func(l line) bool { return l.name == name })
}
