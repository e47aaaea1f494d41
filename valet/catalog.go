package valet

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"valetkey/oauth"
)

// indexVersion is the form that this program writes and reads.
const indexVersion = 1

// index is everything about the keys that needs no secret. A record in the store wins over it.
type index struct {
	Version     int      `json:"version"`
	Connections []entry  `json:"connections"`
	AppKeys     []AppKey `json:"app_keys"`
}

// entry is one connection in the index.
type entry struct {
	ID             ID            `json:"id"`
	Name           string        `json:"name"`
	Provider       string        `json:"provider"`
	AppKey         string        `json:"app_key"`
	Account        Account       `json:"account"`
	Asked          []oauth.Scope `json:"asked"`
	Granted        []oauth.Scope `json:"granted"`
	Store          StoreKind     `json:"store"`
	Status         Status        `json:"status"`
	Reason         string        `json:"reason,omitempty"`
	Connected      time.Time     `json:"connected"`
	Refreshed      time.Time     `json:"refreshed,omitzero"`
	AccessExpires  time.Time     `json:"access_expires,omitzero"`
	AccessLife     int64         `json:"access_life_seconds,omitempty"`
	RefreshExpires time.Time     `json:"refresh_expires,omitzero"`
	Renewable      bool          `json:"renewable,omitempty"`
	Used           time.Time     `json:"used,omitzero"`
	Returned       time.Time     `json:"returned,omitzero"`
	Proven         time.Time     `json:"proven,omitzero"`
	Generation     string        `json:"generation"`
}

func entryOf(c Connection, generation string) entry {
	return entry{
		ID: c.ID, Name: c.Name, Provider: c.Provider, AppKey: c.AppKey, Account: c.Account,
		Asked: c.Asked, Granted: c.Granted, Store: c.Store, Status: lasting(c.Status), Reason: c.Reason,
		Connected: c.Connected, Refreshed: c.Refreshed, AccessExpires: c.AccessExpires,
		AccessLife: int64(c.AccessLife / time.Second), RefreshExpires: c.RefreshExpires,
		Renewable: c.Renewable, Used: c.Used, Returned: c.Returned, Proven: c.Proven, Generation: generation,
	}
}

func (e entry) connection() Connection {
	return Connection{
		ID: e.ID, Name: e.Name, Provider: e.Provider, AppKey: e.AppKey, Account: e.Account,
		Asked: e.Asked, Granted: e.Granted, Status: lasting(e.Status), Reason: e.Reason, Store: cmp.Or(e.Store, InKeyring),
		Connected: e.Connected, Refreshed: e.Refreshed, AccessExpires: e.AccessExpires,
		AccessLife: time.Duration(e.AccessLife) * time.Second, RefreshExpires: e.RefreshExpires,
		Renewable: e.Renewable, Used: e.Used, Returned: e.Returned, Proven: e.Proven,
	}
}

// lasting turns a passing status into the one that is true for a reader of the file.
func lasting(s Status) Status {
	switch s {
	case NeedsAuthorization, Returned, Missing:
		return s
	}
	return Connected
}

// catalog is the index file. Its lock is of its own and is taken after a connection's, never before.
type catalog struct {
	path string
	lock func(ctx context.Context, name string) (func(), error)
}

// read gives the index; a file that is not there is an empty one.
func (c *catalog) read() (index, error) {
	data, err := os.ReadFile(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		return index{Version: indexVersion}, nil
	}
	if err != nil {
		return index{}, &Error{Kind: IndexUnreadable, Subject: c.path, Cause: err}
	}
	read, err := decodeIndex(data)
	if err != nil {
		return index{}, &Error{Kind: IndexUnreadable, Subject: c.path, Cause: err}
	}
	return read, nil
}

// update changes the index as one step for every process: lock, read, change, write. An index that cannot be read is never
// written over.
func (c *catalog) update(ctx context.Context, change func(*index) error) error {
	unlock, err := c.lock(ctx, "index")
	if err != nil {
		return err
	}
	defer unlock()
	read, err := c.read()
	if err != nil {
		return err
	}
	if err := change(&read); err != nil {
		return err
	}
	data, err := json.MarshalIndent(read, "", "  ")
	if err != nil {
		return err
	}
	return writePrivate(c.path, append(data, '\n'))
}

// decodeIndex accepts what this version can carry on with, and nothing of another.
func decodeIndex(data []byte) (index, error) {
	var read index
	if err := json.Unmarshal(data, &read); err != nil {
		return index{}, errors.New("not an index of this program")
	}
	if read.Version != indexVersion {
		return index{}, fmt.Errorf("an index of version %d; this program reads %d", read.Version, indexVersion)
	}
	seen := make(map[ID]bool, len(read.Connections))
	for _, e := range read.Connections {
		if e.ID == "" || seen[e.ID] {
			return index{}, errors.New("an index with a missing or doubled id")
		}
		seen[e.ID] = true
	}
	return read, nil
}

// put adds e or replaces the entry with its id.
func (i *index) put(e entry) {
	for n := range i.Connections {
		if i.Connections[n].ID == e.ID {
			if e.Used.Before(i.Connections[n].Used) {
				e.Used = i.Connections[n].Used // a record does not know of it
			}
			i.Connections[n] = e
			return
		}
	}
	i.Connections = append(i.Connections, e)
}

// drop removes the entry with id.
func (i *index) drop(id ID) {
	for n := range i.Connections {
		if i.Connections[n].ID == id {
			i.Connections = append(i.Connections[:n], i.Connections[n+1:]...)
			return
		}
	}
}
