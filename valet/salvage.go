package valet

import (
	"bytes"
	"encoding/json"
	"strings"
)

// salvage takes what can be read out of a damaged index: every line up to where it is cut that is whole and has an id of its
// own, to the letter.
func salvage(text string) *image {
	saved := &image{index: index{Incomplete: true}, damaged: true, keys: make(map[string]json.RawMessage)}
	decoder := json.NewDecoder(strings.NewReader(text))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return saved
	}
	take := map[json.Token]func(json.RawMessage){"connections": saved.rescueLine, "app_keys": saved.rescueKey}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			break
		}
		if each, ours := take[name]; ours {
			err = eachOf(decoder, each)
		} else {
			err = decoder.Decode(new(json.RawMessage))
		}
		if err != nil {
			break
		}
	}
	return saved
}

// eachOf calls take for every element of the list that comes next.
func eachOf(decoder *json.Decoder, take func(json.RawMessage)) error {
	if start, err := decoder.Token(); err != nil || start != json.Delim('[') {
		return errDamaged
	}
	for decoder.More() {
		var line json.RawMessage
		if err := decoder.Decode(&line); err != nil {
			return err
		}
		take(line)
	}
	_, err := decoder.Token()
	return err
}

// rescueLine takes a line over, if it is one.
func (i *image) rescueLine(raw json.RawMessage) {
	before := len(i.Connections)
	if i.takeLine(raw) == nil && (i.Connections[before].id == "" || i.at(i.Connections[before].id) < before) {
		i.Connections = i.Connections[:before]
	}
}

// rescueKey is rescueLine for an app key.
func (i *image) rescueKey(raw json.RawMessage) {
	var k AppKey
	if json.Unmarshal(raw, &k) == nil && k.ID != "" && i.keys[k.ID] == nil {
		i.AppKeys, i.keys[k.ID] = append(i.AppKeys, k), raw
	}
}

// versionOf gives the version that the beginning of a damaged index tells; 0 if it tells none.
func versionOf(data []byte) int {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return 0
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return 0
		}
		var version int
		if name == "version" && decoder.Decode(&version) == nil {
			return version
		}
		if name == "version" || decoder.Decode(new(json.RawMessage)) != nil {
			return 0
		}
	}
	return 0
}
