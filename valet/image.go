package valet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"unicode/utf8"
)

// The fields that this program knows.
var (
	indexLayout  = layoutOf(reflect.TypeFor[index]())
	entryLayout  = layoutOf(reflect.TypeFor[entry]())
	appKeyLayout = layoutOf(reflect.TypeFor[AppKey]())
)

// errNewer marks what a newer version of this program wrote: it is left as it is. errDamaged marks all else that is not an
// index.
var (
	errNewer   = errors.New("written by a newer version")
	errDamaged = errors.New("not an index of this program")
)

// image is the index with its file as it was read, so that lines which nobody touches stay as they are, to the letter.
type image struct {
	index
	data    []byte // nil: there is no file, or it is damaged
	damaged bool   // what could be read of a damaged file, which is put aside before another takes its place
	lines   map[ID]json.RawMessage
	keys    map[string]json.RawMessage
	rest    json.RawMessage // what this version has no place for
}

// decodeIndex accepts what this version can carry on with, and nothing of another. Errors: [errNewer], [errDamaged].
func decodeIndex(data []byte) (index, error) {
	var read index
	err := json.Unmarshal(data, &read)
	switch {
	case read.Version > indexVersion:
		return index{}, fmt.Errorf("%w: version %d; this program reads %d", errNewer, read.Version, indexVersion)
	case err != nil && versionOf(data) > indexVersion:
		return index{}, errNewer
	case err != nil || read.Version != indexVersion || !utf8.Valid(data) || !read.whole():
		return index{}, errDamaged
	}
	return read, nil
}

// dissect fills what only a writer needs. The image has been decoded before.
func (i *image) dissect() error {
	var raw struct {
		Connections []json.RawMessage `json:"connections"`
		AppKeys     []json.RawMessage `json:"app_keys"`
	}
	i.lines, i.keys = make(map[ID]json.RawMessage), make(map[string]json.RawMessage)
	if i.data == nil {
		return nil
	}
	if err := json.Unmarshal(i.data, &raw); err != nil {
		return err
	}
	if len(raw.Connections) != len(i.Connections) || len(raw.AppKeys) != len(i.AppKeys) {
		return errDamaged
	}
	for n, e := range i.Connections {
		i.lines[e.ID] = raw.Connections[n]
	}
	for n, k := range i.AppKeys {
		i.keys[k.ID] = raw.AppKeys[n]
	}
	i.rest = indexLayout.remainder(i.data)
	return nil
}

// with gives the image of the file that says next instead.
func (i *image) with(next index) (*image, error) {
	if i.lines == nil {
		if err := i.dissect(); err != nil {
			return nil, err
		}
	}
	made := &image{index: next, rest: i.rest, lines: make(map[ID]json.RawMessage, len(next.Connections)), keys: make(map[string]json.RawMessage)}
	var lines, keys [][]byte
	for _, e := range next.Connections {
		line := i.lines[e.ID]
		if line == nil || next.touched[e.ID] {
			var err error
			if line, err = writtenOver(e, line, entryLayout); err != nil {
				return nil, err
			}
		}
		made.lines[e.ID] = line
		lines = append(lines, line)
	}
	for _, k := range next.AppKeys {
		line := i.keys[k.ID]
		if line == nil || !i.has(k) {
			var err error
			if line, err = writtenOver(k, line, appKeyLayout); err != nil {
				return nil, err
			}
		}
		made.keys[k.ID] = line
		keys = append(keys, line)
	}
	made.touched = nil
	return made, made.assemble(lines, keys, len(i.data))
}

func (i *image) has(wanted AppKey) bool {
	for _, k := range i.AppKeys {
		if k == wanted {
			return true
		}
	}
	return false
}

// writtenOver gives value as a line, with what another version wrote into the line that it replaces.
func writtenOver(value any, old json.RawMessage, known layout) (json.RawMessage, error) {
	line, err := json.Marshal(value)
	if err == nil && old != nil {
		line, err = graft(line, known.remainder(old))
	}
	if err != nil {
		return nil, err
	}
	var pretty bytes.Buffer
	err = json.Indent(&pretty, line, "    ", "  ")
	return pretty.Bytes(), err
}

// assemble writes the file, which will be about as long as the one before.
func (i *image) assemble(lines, keys [][]byte, before int) error {
	var out bytes.Buffer
	out.Grow(before + 4096)
	fmt.Fprintf(&out, "{\n  \"version\": %d,\n", i.Version)
	if i.Incomplete {
		out.WriteString("  \"incomplete\": true,\n")
	}
	var rest map[string]json.RawMessage
	if i.rest != nil {
		if err := json.Unmarshal(i.rest, &rest); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		quoted, err := json.Marshal(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(&out, "  %s: %s,\n", quoted, rest[name])
	}
	list := func(name string, lines [][]byte, after string) {
		fmt.Fprintf(&out, "  %q: [", name)
		for n, line := range lines {
			if n > 0 {
				out.WriteByte(',')
			}
			out.WriteString("\n    ")
			out.Write(line)
		}
		if len(lines) > 0 {
			out.WriteString("\n  ")
		}
		out.WriteString("]" + after)
	}
	list("connections", lines, ",\n")
	list("app_keys", keys, "\n}\n")
	i.data = out.Bytes()
	return nil
}
