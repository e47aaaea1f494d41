package valet

import (
	"cmp"
	"slices"
	"time"

	"valetkey/oauth"
)

// index is everything about the keys that needs no secret. A record in the store wins over it.
type index struct {
	Incomplete  bool // lines may be missing: the stores are to be searched for them
	Connections []line
	AppKeys     []AppKey
}

// entry is what the index says of one connection. Its fields are written in this order, which [lineReader] knows.
type entry struct {
	ID             ID            `json:"id"`
	Name           string        `json:"name"`
	Provider       string        `json:"provider"`
	AppKey         string        `json:"app_key"`
	Account        Account       `json:"account"`
	Asked          []oauth.Scope `json:"asked"`
	Granted        []oauth.Scope `json:"granted,omitzero"` // nil: as asked
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
	if slices.Equal(c.Granted, c.Asked) {
		c.Granted = nil // the longest list of all is not written twice
	}
	return entry{
		ID: c.ID, Name: c.Name, Provider: c.Provider, AppKey: c.AppKey, Account: c.Account,
		Asked: c.Asked, Granted: c.Granted, Before: c.Before, Store: c.Store, Status: lasting(c.Status), Reason: c.Reason,
		Connected: c.Connected, Refreshed: c.Refreshed, AccessExpires: c.AccessExpires,
		AccessLife: int64(c.AccessLife / time.Second), RefreshExpires: c.RefreshExpires,
		Renewable: c.Renewable, Used: c.Used, Returned: c.Returned, Proven: c.Proven, Generation: generation,
	}
}

func (e entry) connection() Connection {
	if e.Granted == nil {
		e.Granted = e.Asked
	}
	return Connection{
		ID: e.ID, Name: e.Name, Provider: e.Provider, AppKey: e.AppKey, Account: e.Account,
		Asked: e.Asked, Granted: e.Granted, Before: e.Before, Status: lasting(e.Status), Reason: e.Reason, Store: e.store(),
		Connected: e.Connected, Refreshed: e.Refreshed, AccessExpires: e.AccessExpires,
		AccessLife: time.Duration(e.AccessLife) * time.Second, RefreshExpires: e.RefreshExpires,
		Renewable: e.Renewable, Used: e.Used, Returned: e.Returned, Proven: e.Proven,
	}
}

// store is where the key is kept; the first lines of all did not say.
func (e entry) store() StoreKind { return cmp.Or(e.Store, InKeyring) }

// lasting turns a passing status into the one that is true for a reader of the file.
func lasting(s Status) Status {
	switch s {
	case NeedsAuthorization, Returned, Missing:
		return s
	}
	return Connected
}

// put adds e or replaces the line with its id.
func (i *index) put(e entry) {
	at := i.at(e.ID)
	if at < 0 {
		i.Connections = append(i.Connections, line{id: e.ID, name: e.Name, now: &e})
		return
	}
	if before := i.Connections[at].entry(); e.Used.Before(before.Used) {
		e.Used = before.Used // a record does not know of it
	}
	i.Connections[at].id, i.Connections[at].name, i.Connections[at].now = e.ID, e.Name, &e
}

// use notes when the key with id was last used.
func (i *index) use(id ID, now time.Time) {
	if at := i.at(id); at >= 0 {
		e := i.Connections[at].entry()
		e.Used = now
		i.Connections[at].now = &e
	}
}

// drop removes the line with id.
func (i *index) drop(id ID) {
	i.Connections = slices.DeleteFunc(i.Connections, func(l line) bool { return l.id == id })
}

// at gives the place of the line with id; -1 if there is none.
func (i index) at(id ID) int {
	return slices.IndexFunc(i.Connections, func(l line) bool { return l.id == id })
}

// copy gives an index that may be changed while others read this one.
func (i index) copy() index {
	i.Connections, i.AppKeys = slices.Clone(i.Connections), slices.Clone(i.AppKeys)
	return i
}

// whole reports whether every line has an id of its own.
func (i index) whole() bool {
	seen := make(map[ID]bool, len(i.Connections))
	for _, l := range i.Connections {
		if l.id == "" || seen[l.id] {
			return false
		}
		seen[l.id] = true
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
