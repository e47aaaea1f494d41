package valet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// Another version of this program may write fields that this one does not know. What is read is split into what is known and
// the remainder; what is written gets the remainder back. Nothing in a remainder is looked at.

// layout names the fields of a struct's JSON, each with its own where it is an object.
type layout map[string]layout

// layoutOf gives the layout of T; it is made when it is first needed.
func layoutOf[T any]() func() layout {
	return sync.OnceValue(func() layout { return layoutOfType(reflect.TypeFor[T]()) })
}

func layoutOfType(t reflect.Type) layout {
	if t.Kind() != reflect.Struct {
		return nil
	}
	l := make(layout)
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.IsExported() && name != "" && name != "-" {
			l[name] = layoutOfType(field.Type)
		}
	}
	return l
}

// find gives the field that package json would read name into; it takes no notice of capitals.
func (l layout) find(name string) (inner layout, known bool) {
	if inner, known = l[name]; known {
		return inner, true
	}
	for present, inner := range l {
		if strings.EqualFold(name, present) {
			return inner, true
		}
	}
	return nil, false
}

// remainder gives those fields of the JSON object data that l has no place for, as an object of their own; nil if there are
// none. Fields of objects inside count too. Data that is not an object has no remainder.
func (l layout) remainder(data []byte) json.RawMessage {
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil {
		return nil
	}
	for name, value := range fields {
		inner, known := l.find(name)
		if !known {
			continue
		}
		delete(fields, name)
		if len(inner) == 0 || !isObject(value) {
			continue
		}
		if rest := inner.remainder(value); rest != nil {
			fields[name] = rest
		}
	}
	if len(fields) == 0 {
		return nil
	}
	rest, err := json.Marshal(fields)
	if err != nil {
		return nil // cannot be: it was read as JSON
	}
	return rest
}

// graft puts a remainder back into the JSON object data, whose own fields stay in their order before what is new. Where both
// have a field that is not an object, data is right.
func graft(data []byte, rest json.RawMessage) ([]byte, error) {
	if len(rest) == 0 {
		return data, nil
	}
	var more map[string]json.RawMessage
	if err := json.Unmarshal(rest, &more); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	before := byte('{')
	add := func(name string, value json.RawMessage) error {
		out.WriteByte(before)
		before = ','
		quoted, err := json.Marshal(name)
		out.Write(quoted)
		out.WriteByte(':')
		out.Write(value)
		return err
	}
	err := eachField(data, func(name string, value json.RawMessage) (err error) {
		if isObject(value) && isObject(more[name]) {
			value, err = graft(value, more[name])
		}
		delete(more, name)
		return errors.Join(err, add(name, value))
	})
	for _, name := range slices.Sorted(maps.Keys(more)) {
		err = errors.Join(err, add(name, more[name]))
	}
	out.WriteByte('}')
	return out.Bytes(), err
}

// eachField calls visit with the fields of the JSON object data in their order.
func eachField(data []byte, visit func(name string, value json.RawMessage) error) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	_, err := decoder.Token()
	for err == nil && decoder.More() {
		var name json.Token
		var value json.RawMessage
		if name, err = decoder.Token(); err != nil {
			break
		}
		if err = decoder.Decode(&value); err == nil {
			err = visit(fmt.Sprint(name), value)
		}
	}
	return err
}

func isObject(value json.RawMessage) bool { return len(value) > 0 && value[0] == '{' }
