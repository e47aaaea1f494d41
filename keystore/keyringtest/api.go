package keyringtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"
)

// api answers the calls of the Secret Service API, as far as go-keyring and keystore make them.
type api struct{ *StandIn }

func (s api) openSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), servicePath + "/session/1", nil
}

func (s api) readAlias(string) (dbus.ObjectPath, *dbus.Error) { return collectionPath, nil }

func (s api) property(message dbus.Message, iface, name string) (dbus.Variant, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch name {
	case "Attributes":
		if kept := s.items[pathOf(message)]; kept != nil {
			return dbus.MakeVariant(kept.attributes), nil
		}
	case "Collections":
		return dbus.MakeVariant([]dbus.ObjectPath{collectionPath}), nil
	case "Locked":
		return dbus.MakeVariant(s.mood.Locked), nil
	}
	return dbus.Variant{}, dbus.MakeFailedError(fmt.Errorf("no property %s.%s", iface, name))
}

func (s api) unlock(paths []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	s.count("Unlock")
	s.mu.Lock()
	defer s.mu.Unlock()
	item := !strings.HasSuffix(string(paths[0]), "/login")
	if item && (!s.mood.Confirm || s.open[paths[0]]) || !item && !s.mood.Locked {
		return paths, noPath, nil
	}
	s.waiting = func() {
		if item {
			s.open[paths[0]] = true
		} else {
			s.mood.Locked = false
		}
	}
	return []dbus.ObjectPath{}, promptPath, nil
}

func (s api) searchItems(wanted map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []dbus.ObjectPath{}
	for path, kept := range s.items {
		if has(kept.attributes, wanted) {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return found, nil
}

// has reports whether attributes are as wanted; what is not asked for may be as it likes.
func has(attributes, wanted map[string]string) bool {
	for name, value := range wanted {
		if attributes[name] != value {
			return false
		}
	}
	return true
}

func (s api) searchService(wanted map[string]string) (unlocked, locked []dbus.ObjectPath, _ *dbus.Error) {
	found, err := s.searchItems(wanted)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, path := range found {
		if s.mood.Confirm && !s.open[path] {
			locked = append(locked, path)
		} else {
			unlocked = append(unlocked, path)
		}
	}
	return unlocked, locked, err
}

func (s api) createItem(properties map[string]dbus.Variant, value wireSecret, replace bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	s.count("CreateItem")
	mood := s.wait(func(m Mood) bool { return m.Hang || m.HangSet })
	var attributes map[string]string
	if err := properties[secret+"Item.Attributes"].Store(&attributes); err != nil {
		return noPath, noPath, dbus.MakeFailedError(err)
	}
	if mood.Forget {
		return servicePath + "/collection/login/0", noPath, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if mood.Ask {
		s.waiting = func() { s.keep(attributes, value) }
		return noPath, promptPath, nil
	}
	return s.keep(attributes, value), noPath, nil
}

func (s api) getSecret(message dbus.Message, session dbus.ObjectPath) (wireSecret, *dbus.Error) {
	s.count("GetSecret")
	s.wait(func(m Mood) bool { return m.Hang })
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := s.items[pathOf(message)]
	if kept == nil {
		return wireSecret{}, dbus.NewError(secret+"Error.NoSuchObject", nil)
	}
	value := kept.value
	value.Session = session
	return value, nil
}

func (s api) deleteItem(message dbus.Message) (dbus.ObjectPath, *dbus.Error) {
	s.count("Delete")
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.items, pathOf(message))
	return noPath, nil
}

// prompt is the person in front of the prompt.
func (s api) prompt(string) *dbus.Error {
	s.count("Prompt")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = s.waiting != nil
	if s.mood.Ignore || !s.shown {
		return nil
	}
	if !s.mood.Dismiss {
		s.waiting()
	}
	s.complete(s.mood.Dismiss)
	return nil
}

// dismiss takes the prompt down for the program that asked for it.
func (s api) dismiss() *dbus.Error {
	s.count("Dismiss")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.complete(true)
	return nil
}

func pathOf(message dbus.Message) dbus.ObjectPath {
	path, _ := message.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	return path
}
