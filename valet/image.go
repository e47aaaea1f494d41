package valet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// The fields that this program knows.
var (
	indexLayout  = layoutOf[wireIndex]()
	entryLayout  = layoutOf[entry]()
	appKeyLayout = layoutOf[AppKey]()
)

// errNewer marks what a newer version of this program wrote: it is left as it is. errDamaged marks all else that is not an
// index.
var (
	errNewer   = errors.New("written by a newer version")
	errDamaged = errors.New("not an index of this program")
)

// indexVersion is what this program writes and reads.
const indexVersion = 1

// wireIndex is the index as JSON.
type wireIndex struct {
	Version     int               `json:"version"`
	Incomplete  bool              `json:"incomplete"`
	AppKeys     []json.RawMessage `json:"app_keys"`
	Connections []json.RawMessage `json:"connections"`
	Checksum    json.RawMessage   `json:"checksum"` // see form.go
}

// image is the index with its file as it was read, so that lines which nobody touches stay as they are, to the letter.
type image struct {
	index
	text    string // "": there is no file, or it is damaged
	damaged bool   // what could be read of a damaged file, which is put aside before another takes its place
	keys    map[string]json.RawMessage
	rest    json.RawMessage // what this version has no place for
}

// decodeIndex accepts what this version can carry on with, in any form, and nothing of another. Errors: [errNewer], [errDamaged].
func decodeIndex(data []byte) (*image, error) {
	var read wireIndex
	err := json.Unmarshal(data, &read)
	switch {
	case read.Version > indexVersion:
		return nil, fmt.Errorf("%w: version %d; this program reads %d", errNewer, read.Version, indexVersion)
	case err != nil && versionOf(data) > indexVersion:
		return nil, errNewer
	case err != nil || read.Version != indexVersion || !utf8.Valid(data):
		return nil, errDamaged
	}
	i := &image{text: string(data), keys: make(map[string]json.RawMessage), rest: indexLayout().remainder(data)}
	i.Incomplete = read.Incomplete
	for _, raw := range read.Connections {
		err = errors.Join(err, i.takeLine(raw))
	}
	for _, raw := range read.AppKeys {
		err = errors.Join(err, i.takeKey(raw))
	}
	if err != nil || !i.whole() {
		return nil, errDamaged
	}
	return i, nil
}

// takeLine adds a connection that may not be in our form.
func (i *image) takeLine(raw json.RawMessage) error {
	var e entry
	if err := json.Unmarshal(raw, &e); err != nil {
		return err
	}
	i.Connections = append(i.Connections, line{id: e.ID, name: e.Name, text: string(raw), now: &e})
	return nil
}

func (i *image) takeKey(raw json.RawMessage) error {
	var k AppKey
	if err := json.Unmarshal(raw, &k); err != nil {
		return err
	}
	i.AppKeys, i.keys[k.ID] = append(i.AppKeys, k), raw
	return nil
}

// with gives the image of the file that says next instead; next is its own from now on.
func (i *image) with(next index) (*image, error) {
	made := &image{index: next, rest: i.rest, keys: make(map[string]json.RawMessage, len(next.AppKeys))}
	for n := range made.Connections {
		l := &made.Connections[n]
		if l.now == nil {
			continue
		}
		text, err := writtenOver(l.now, json.RawMessage(l.text), entryLayout())
		if err != nil {
			return nil, err
		}
		l.text, l.now = string(text), nil
	}
	for _, k := range next.AppKeys {
		raw := i.keys[k.ID]
		if raw == nil || !slices.Contains(i.AppKeys, k) {
			var err error
			if raw, err = writtenOver(k, raw, appKeyLayout()); err != nil {
				return nil, err
			}
		}
		made.keys[k.ID] = raw
	}
	head, err := made.head()
	if err != nil {
		return nil, err
	}
	made.text = inForm(head, made.Connections, len(i.text))
	return made, nil
}

// writtenOver gives value as one line, with what another version wrote into the text that it replaces.
func writtenOver(value any, old json.RawMessage, known layout) (json.RawMessage, error) {
	text, err := json.Marshal(value)
	if err != nil || len(old) == 0 {
		return text, err
	}
	return graft(text, known.remainder(old))
}

// head writes all but the connections, as one line that ends where they begin.
func (i *image) head() ([]byte, error) {
	var head bytes.Buffer
	fmt.Fprintf(&head, `{"version":%d,`, indexVersion)
	if i.Incomplete {
		head.WriteString(`"incomplete":true,`)
	}
	rest := make(map[string]json.RawMessage)
	if i.rest != nil {
		if err := json.Unmarshal(i.rest, &rest); err != nil {
			return nil, err
		}
	}
	keys := make([]json.RawMessage, 0, len(i.AppKeys))
	for _, k := range i.AppKeys {
		keys = append(keys, i.keys[k.ID])
	}
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		if err := field(&head, name, rest[name]); err != nil {
			return nil, err
		}
	}
	if err := field(&head, "app_keys", keys); err != nil {
		return nil, err
	}
	head.WriteString(linesOpen)
	return head.Bytes(), nil
}

// field writes one field and a comma. Marshal brings what was read into one line.
func field(to *bytes.Buffer, name string, value any) error {
	quoted, err := json.Marshal(name)
	if err != nil {
		return err
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	fmt.Fprintf(to, "%s:%s,", quoted, text)
	return nil
}
