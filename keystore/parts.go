package keystore

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// What one item holds at most: Windows takes 2,560 bytes, the tool of macOS about 2,900. The rest is room for the header.
const (
	maxItem  = 2 << 10
	maxParts = 64

	// MaxValue is the longest value a store takes, in bytes.
	MaxValue = 64 << 10
)

// items is what a system's keyring can do: text by name. A name that holds nothing is [fs.ErrNotExist].
type items interface {
	get(name string) (string, error)
	set(name, text string) error
	del(name string) error
}

// split cuts text into pieces of at most maxItem bytes, never inside a character.
func split(text string) []string {
	var pieces []string
	for len(text) > maxItem {
		end := maxItem
		for !utf8.RuneStart(text[end]) {
			end--
		}
		pieces = append(pieces, text[:end])
		text = text[end:]
	}
	return append(pieces, text)
}

func sum(text string) string {
	digest := sha256.Sum256([]byte(text))
	return hex.EncodeToString(digest[:])
}

// readRecord gives the record under name; none is an empty record that holds nothing, without error.
func readRecord(store items, name string) (record, error) {
	item, err := store.get(name)
	if errors.Is(err, fs.ErrNotExist) {
		return record{header: header{Nothing: true}}, nil
	}
	if err != nil {
		return record{}, err
	}
	return parseRecord(item)
}

// readValue gives the value under name, from however many items. It reads again when another program has changed the record
// in between.
func readValue(store items, name string) ([]byte, error) {
	before, err := readRecord(store, name)
	for range 3 {
		if err != nil {
			return nil, err
		}
		if before.Nothing {
			return nil, fs.ErrNotExist
		}
		text, problem := before.gather(store, name)
		if problem == nil {
			return before.value(text)
		}
		var now record
		if now, err = readRecord(store, name); err == nil && now.String() == before.String() {
			return nil, problem
		}
		before = now
	}
	return nil, ErrDamaged
}

// gather gives the text of a record.
func (r record) gather(store items, name string) (string, error) {
	if r.Parts == nil {
		return r.text, nil
	}
	var text strings.Builder
	for i := range r.Parts.Count {
		piece, err := store.get(r.Parts.item(name, i))
		if errors.Is(err, fs.ErrNotExist) {
			return "", ErrDamaged
		}
		if err != nil {
			return "", err
		}
		text.WriteString(piece)
	}
	if sum(text.String()) != r.Parts.Sum {
		return "", ErrDamaged
	}
	return text.String(), nil
}

// writeValue puts value under name, whole or not at all, wherever it is interrupted: a note of the parts to come, the parts,
// the record that names them, and then the old parts go. Everything is read back before anything that it replaces goes.
func writeValue(store items, name string, value []byte) error {
	old, err := readRecord(store, name)
	if errors.Is(err, ErrDamaged) {
		old, err = record{header: header{Nothing: true}}, nil
	}
	if err != nil {
		return err
	}
	if clearParts(store, name, old.Stale) == nil {
		old.Stale = nil
	}
	next := encode(value)
	next.Stale = old.all()
	if pieces := split(next.text); len(pieces) > 1 {
		next.Parts = &parts{Tag: rand.Text(), Count: len(pieces), Sum: sum(next.text)}
		next.text = ""
		old.Stale = append(old.Stale, parts{Tag: next.Parts.Tag, Count: next.Parts.Count})
		if err := setAndRead(store, name, old.String()); err != nil {
			return err
		}
		for i, piece := range pieces {
			if err := setAndRead(store, next.Parts.item(name, i), piece); err != nil {
				return err
			}
		}
	}
	if err := setAndRead(store, name, next.String()); err != nil {
		return err
	}
	clearParts(store, name, next.Stale)
	return nil
}

// setAndRead believes a store only after it has given the text back.
func setAndRead(store items, name, text string) error {
	if err := store.set(name, text); err != nil {
		return err
	}
	back, err := store.get(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && back != text {
		return ErrNotSaved
	}
	return err
}

// clearParts removes what no value needs. What cannot be removed now is still named by the record.
func clearParts(store items, name string, stale []parts) error {
	var failed error
	for _, p := range stale {
		for i := range p.Count {
			if err := store.del(p.item(name, i)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				failed = err
			}
		}
	}
	return failed
}

// deleteValue removes name and all its parts: first the record says that there is nothing but parts to clear, then they go,
// then the record.
func deleteValue(store items, name string) error {
	old, err := readRecord(store, name)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err
	}
	if stale := old.all(); len(stale) > 0 {
		if err := setAndRead(store, name, record{header: header{Nothing: true, Stale: stale}}.String()); err != nil {
			return err
		}
		if err := clearParts(store, name, stale); err != nil {
			return err
		}
	}
	if err := store.del(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := store.get(name); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(ErrNotSaved, err)
	}
	return nil
}
