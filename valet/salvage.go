package valet

import (
	"bytes"
	"encoding/json"
)

// salvage takes what can be read out of a damaged index: every line up to where it is cut that is whole and has an id of its
// own, to the letter.
func salvage(data []byte) *image {
	saved := &image{
		index: index{Version: indexVersion, Incomplete: true}, damaged: true,
		lines: make(map[ID]json.RawMessage), keys: make(map[string]json.RawMessage),
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return saved
	}
	take := map[json.Token]func(json.RawMessage){"connections": saved.takeLine, "app_keys": saved.takeKey}
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

func (i *image) takeLine(line json.RawMessage) {
	var e entry
	if json.Unmarshal(line, &e) != nil || e.ID == "" || i.lines[e.ID] != nil {
		return
	}
	i.Connections = append(i.Connections, e)
	i.lines[e.ID] = line
}

func (i *image) takeKey(line json.RawMessage) {
	var k AppKey
	if json.Unmarshal(line, &k) != nil || k.ID == "" || i.keys[k.ID] != nil {
		return
	}
	i.AppKeys = append(i.AppKeys, k)
	i.keys[k.ID] = line
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
