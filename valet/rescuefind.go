package valet

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"valetkey/oauth"
)

// jotted is a key as it is put together from the entries of a file.
type jotted struct {
	FoundKey
	older    oauth.Secret // a token of OAuth 1.0a, or one that may be
	olderEnd string
	issued   time.Time
	life     time.Duration
	trusted  bool // a document of its own: names that any program may use are Etsy's here
}

// found is what a file holds.
type found struct {
	keys             []FoundKey
	accessOnly       bool // there was a key that lives for an hour
	others, unusable []string
}

// toldNames bounds the names that are told of a file.
const toldNames = 20

// findKeys reads a file's content: JSON, or else lines as in .env files. written is when it was written last.
func findKeys(data []byte, written time.Time) found {
	var f found
	text, ok := plainText(data)
	if !ok {
		return f
	}
	var document any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&document); err == nil && !decoder.More() {
		var twice *Error
		if errors.As(noDoubledKeys([]byte(text)), &twice) {
			f.unusable = append(f.unusable, nameIn(twice.Subject)) // only the last is read
		}
		f.document(document)
	} else {
		entries, odd := readEnv(text)
		var key jotted
		f.put(&key, entries)
		f.unusable = append(f.unusable, odd...)
		f.add(key)
	}
	for n := range f.keys {
		if f.keys[n].Expires.After(written.Add(longestLife)) {
			f.keys[n].Expires = time.Time{}
		}
	}
	f.others, f.unusable = names(f.others), names(f.unusable)
	return f
}

// longestLife is what an access token lives at most after its file was written.
const longestLife = 90 * 24 * time.Hour

// names gives each name once, in order, as far as they can be shown.
func names(list []string) []string {
	slices.Sort(list)
	list = slices.Compact(list)
	return list[:min(len(list), toldNames)]
}

// put takes entries into a key; of two for one thing the last counts. What is none of ours is told, and what is not kept with the
// key: the file is not to be deleted with it.
func (f *found) put(key *jotted, entries []scribbled) {
	for _, e := range entries {
		key.put(e)
	}
	for _, e := range entries {
		alone := jotted{trusted: key.trusted}
		switch known, good := alone.put(e); {
		case !known:
			f.others = append(f.others, nameIn(e.name))
		case !good, !key.holds(alone):
			f.unusable = append(f.unusable, nameIn(e.name))
		}
	}
}

// holds reports whether all that alone has of a token or an app key is what k is kept with.
func (k jotted) holds(alone jotted) bool {
	same := func(kept, given oauth.Secret) bool { return given.IsZero() || given.Equal(kept) }
	if !k.pair() && !(alone.older.IsZero() && alone.tokenSecret.IsZero()) {
		return false
	}
	return same(k.access, alone.access) && same(k.refresh, alone.refresh) && same(k.older, alone.older) &&
		same(k.tokenSecret, alone.tokenSecret) && same(k.secret, alone.secret) && (alone.keystring == "" || alone.keystring == k.keystring)
}

// pair reports whether the key is a whole pair of OAuth 1.0a.
func (k jotted) pair() bool {
	return k.refresh.IsZero() && !k.older.IsZero() && !k.tokenSecret.IsZero()
}

// nameIn is the name of an entry as it may be shown: it may be no name at all.
func nameIn(name string) string {
	if !envName().MatchString(name) || len(name) > 40 || labelIn(name) == "" {
		return "?"
	}
	return name
}

// add keeps a key that is one: it can be renewed, or it is a whole pair of OAuth 1.0a.
func (f *found) add(key jotted) {
	switch {
	case len(f.keys) == rescueKeys:
		if key.pair() || !key.refresh.IsZero() {
			f.unusable = append(f.unusable, nameIn(key.Label))
		}
		return
	case !key.refresh.IsZero():
		if key.Expires.IsZero() && !key.issued.IsZero() && key.life > 0 {
			key.Expires = key.issued.Add(key.life)
		}
	case key.pair():
		key.Older, key.AccessEnd, key.Expires = true, key.olderEnd, time.Time{}
		key.access = key.older
	default:
		f.accessOnly = f.accessOnly || !key.access.IsZero()
		return
	}
	f.keys = append(f.keys, key.FoundKey)
}

// document goes through JSON: an object, whose members may hold an object or a list of objects for each shop.
func (f *found) document(document any) {
	switch value := document.(type) {
	case map[string]any:
		f.object(value)
	case []any:
		for _, one := range value {
			if object, ok := one.(map[string]any); ok {
				f.nested(jotted{trusted: true}, "", object)
			} else {
				f.others = append(f.others, "?")
			}
		}
	}
}

// object reads the outermost object. What stands there of an app key holds for all the keys inside.
func (f *found) object(members map[string]any) {
	base := jotted{trusted: true}
	f.put(&base, entriesOf(members))
	f.add(base)
	inherited := jotted{trusted: true}
	inherited.keystring, inherited.HasKeystring, inherited.secret, inherited.HasSecret = base.keystring, base.HasKeystring, base.secret, base.HasSecret
	inside := slices.Sorted(maps.Keys(members))
	var beside []scribbled
	for _, name := range inside { // an app key in an object of its own
		if object, ok := members[name].(map[string]any); ok && !holdsToken(object) {
			beside = append(beside, entriesOf(object)...)
		}
	}
	f.put(&inherited, beside)
	for _, name := range inside {
		switch value := members[name].(type) {
		case map[string]any:
			f.nested(inherited, name, value)
		case []any:
			for _, one := range value {
				if object, ok := one.(map[string]any); ok {
					f.nested(inherited, "", object)
				} else if m, _ := markOf(name); m != markIgnored {
					f.others = append(f.others, nameIn(name))
				}
			}
		}
	}
}

// beyond tells of what is nested too deep to be looked at.
func (f *found) beyond(object map[string]any) {
	for name, value := range object {
		switch value.(type) {
		case map[string]any, []any:
			if m, _ := markOf(name); m != markIgnored {
				f.others = append(f.others, nameIn(name))
			}
		}
	}
}

// nested reads one object inside: a key, if it holds a token.
func (f *found) nested(inherited jotted, name string, object map[string]any) {
	f.beyond(object)
	if !holdsToken(object) {
		for member := range object {
			if name == "" {
				f.others = append(f.others, nameIn(member))
			}
		}
		return
	}
	key := inherited
	f.put(&key, entriesOf(object))
	if m, _ := markOf(name); key.Label == "" && m == markUnknown && !wrapper[strings.ToLower(name)] {
		key.Label = labelIn(name)
	}
	f.add(key)
}

// wrapper are names of objects around a key that name no shop.
var wrapper = map[string]bool{"etsy": true, "tokens": true, "token": true, "oauth": true, "oauth2": true, "credentials": true, "data": true, "auth": true}

// holdsToken reports whether an object has an entry that is called a token.
func holdsToken(object map[string]any) bool {
	for name := range object {
		switch m, _ := markOf(name); m {
		case markAccess, markRefresh, markOlder:
			return true
		}
	}
	return false
}

// entriesOf gives the members that are texts or numbers, in the order of their names.
func entriesOf(object map[string]any) []scribbled {
	var entries []scribbled
	for _, name := range slices.Sorted(maps.Keys(object)) {
		switch value := object[name].(type) {
		case string:
			entries = append(entries, scribbled{name, value})
		case json.Number:
			entries = append(entries, scribbled{name, value.String()})
		case bool:
			entries = append(entries, scribbled{name, "yes"})
		}
	}
	return entries
}
