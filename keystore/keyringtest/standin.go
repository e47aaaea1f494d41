package keyringtest

import (
	"fmt"
	"maps"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

// The objects of a Secret Service.
const (
	serviceName    = "org.freedesktop.secrets"
	servicePath    = dbus.ObjectPath("/org/freedesktop/secrets")
	collectionPath = servicePath + "/collection/login"
	promptPath     = servicePath + "/prompt/1"
	noPath         = dbus.ObjectPath("/")
	secret         = "org.freedesktop.Secret."
)

// Mood is how a [StandIn] behaves. The zero Mood is a keyring in order.
type Mood struct {
	Hang    bool // CreateItem and GetSecret do not answer until the mood changes
	HangSet bool // CreateItem alone does not
	Forget  bool // CreateItem says yes and keeps nothing
	Ask     bool // CreateItem raises a prompt
	Confirm bool // every item is locked until a prompt for it was agreed to
	Locked  bool // the collection is locked: Unlock raises a prompt
	Dismiss bool // the person closes every prompt; otherwise they say yes
	Ignore  bool // the person does not see the prompt
}

// StandIn is a Secret Service with one collection that misbehaves on demand. Safe for use by many goroutines.
type StandIn struct {
	conn *dbus.Conn

	mu      sync.Mutex // guards all below
	mood    Mood
	changed chan struct{} // closed and replaced when the mood changes
	items   map[dbus.ObjectPath]*item
	open    map[dbus.ObjectPath]bool // items that a prompt was agreed to for
	minted  int
	waiting func() // what a prompt is about, if there is one
	shown   bool   // it is shown
	calls   map[string]int
}

// item is a secret and what it is found by.
type item struct {
	attributes map[string]string
	value      wireSecret
}

// wireSecret is a secret as the Secret Service API sends it.
type wireSecret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// NewStandIn puts a stand-in on the bus at address, until the end of the test.
func NewStandIn(t testing.TB, address string) *StandIn {
	t.Helper()
	s := &StandIn{
		conn:    Connect(t, address),
		changed: make(chan struct{}),
		items:   make(map[dbus.ObjectPath]*item),
		open:    make(map[dbus.ObjectPath]bool),
		calls:   make(map[string]int),
	}
	t.Cleanup(func() { s.Set(Mood{}) }) // nothing hangs on
	d := api{s}
	for iface, methods := range map[string]map[string]any{
		secret + "Service":                {"OpenSession": d.openSession, "Unlock": d.unlock, "SearchItems": d.searchService, "ReadAlias": d.readAlias},
		secret + "Collection":             {"CreateItem": d.createItem, "SearchItems": d.searchItems},
		secret + "Item":                   {"GetSecret": d.getSecret, "Delete": d.deleteItem},
		secret + "Session":                {"Close": func() *dbus.Error { return nil }},
		secret + "Prompt":                 {"Prompt": d.prompt, "Dismiss": d.dismiss},
		"org.freedesktop.DBus.Properties": {"Get": d.property},
	} {
		if err := s.conn.ExportSubtreeMethodTable(methods, servicePath, iface); err != nil {
			t.Fatal(err)
		}
	}
	reply, err := s.conn.RequestName(serviceName, dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("the stand-in cannot have its name: %v %v", reply, err)
	}
	return s
}

// Set changes the mood. Calls that hang go on by the new one.
func (s *StandIn) Set(mood Mood) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mood = mood
	close(s.changed)
	s.changed = make(chan struct{})
}

// Calls tells how often a method of the API was called: "CreateItem".
func (s *StandIn) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Items gives what is kept, by user name.
func (s *StandIn) Items() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := make(map[string]string)
	for _, kept := range s.items {
		found[kept.attributes["username"]] = string(kept.value.Value)
	}
	return found
}

// Prompting reports whether a prompt is shown that nobody has answered.
func (s *StandIn) Prompting() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown
}

func (s *StandIn) count(method string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
}

// wait holds a call up while hangs says so of the mood, and gives the mood after that.
func (s *StandIn) wait(hangs func(Mood) bool) Mood {
	for {
		s.mu.Lock()
		mood, changed := s.mood, s.changed
		s.mu.Unlock()
		if !hangs(mood) {
			return mood
		}
		<-changed
	}
}

// keep replaces or adds an item; s.mu is held.
func (s *StandIn) keep(attributes map[string]string, value wireSecret) dbus.ObjectPath {
	for path, kept := range s.items {
		if maps.Equal(kept.attributes, attributes) {
			kept.value = value
			return path
		}
	}
	s.minted++
	path := collectionPath + dbus.ObjectPath(fmt.Sprint("/", s.minted))
	s.items[path] = &item{attributes, value}
	return path
}

// complete tells the end of the prompt; s.mu is held.
func (s *StandIn) complete(dismissed bool) {
	s.waiting, s.shown = nil, false
	result := []dbus.ObjectPath{collectionPath}
	s.conn.Emit(promptPath, secret+"Prompt.Completed", dismissed, dbus.MakeVariant(result))
}
