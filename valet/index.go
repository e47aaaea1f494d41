package valet

import (
	"cmp"
	"slices"
	"time"

	"valetkey/oauth"
)

// indexVersion is the form that this program writes and reads.
const indexVersion = 1

// index is everything about the keys that needs no secret. A record in the store wins over it.
type index struct {
	Version     int      `json:"version"`
	Incomplete  bool     `json:"incomplete,omitempty"` // lines may be missing: the stores are to be searched for them
	Connections []entry  `json:"connections"`
	AppKeys     []AppKey `json:"app_keys"`

	touched map[ID]bool // lines that are not as they were read
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
	Before         []oauth.Scope `json:"before,omitempty"`
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
		Asked: c.Asked, Granted: c.Granted, Before: c.Before, Store: c.Store, Status: lasting(c.Status), Reason: c.Reason,
		Connected: c.Connected, Refreshed: c.Refreshed, AccessExpires: c.AccessExpires,
		AccessLife: int64(c.AccessLife / time.Second), RefreshExpires: c.RefreshExpires,
		Renewable: c.Renewable, Used: c.Used, Returned: c.Returned, Proven: c.Proven, Generation: generation,
	}
}

func (e entry) connection() Connection {
	return Connection{
		ID: e.ID, Name: e.Name, Provider: e.Provider, AppKey: e.AppKey, Account: e.Account,
		Asked: e.Asked, Granted: e.Granted, Before: e.Before, Status: lasting(e.Status), Reason: e.Reason, Store: cmp.Or(e.Store, InKeyring),
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

// put adds e or replaces the entry with its id.
func (i *index) put(e entry) {
	i.touch(e.ID)
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

// use notes when the key with id was last used.
func (i *index) use(id ID, now time.Time) {
	for n := range i.Connections {
		if i.Connections[n].ID == id {
			i.touch(id)
			i.Connections[n].Used = now
		}
	}
}

// drop removes the entry with id.
func (i *index) drop(id ID) {
	i.Connections = slices.DeleteFunc(i.Connections, func(e entry) bool { return e.ID == id })
}

func (i *index) touch(id ID) {
	if i.touched == nil {
		i.touched = make(map[ID]bool)
	}
	i.touched[id] = true
}

// copy gives an index that may be changed while others read this one.
func (i index) copy() index {
	i.Connections, i.AppKeys, i.touched = slices.Clone(i.Connections), slices.Clone(i.AppKeys), nil
	return i
}

// whole reports whether every line has an id of its own.
func (i index) whole() bool {
	seen := make(map[ID]bool, len(i.Connections))
	for _, e := range i.Connections {
		if e.ID == "" || seen[e.ID] {
			return false
		}
		seen[e.ID] = true
	}
	keys := make(map[string]bool, len(i.AppKeys))
	for _, k := range i.AppKeys {
		if k.ID == "" || keys[k.ID] {
			return false
		}
		keys[k.ID] = true
	}
	return true
}
