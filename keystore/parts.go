package keystore

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
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

// headerMark begins the first line of an item that needs a word of explanation; the others hold their value and no more.
const headerMark = "valetkey-item-1 "

// header explains an item. What it names can always be found again: a program that is killed in the middle of a write
// leaves no part behind that the next write, or Delete, does not know of.
type header struct {
	Base64  bool    `json:"base64,omitempty"`  // the text is the value in base64
	Nothing bool    `json:"nothing,omitempty"` // there is no value, only Stale to be cleared
	Parts   *parts  `json:"parts,omitempty"`   // the text stands in these
	Stale   []parts `json:"stale,omitempty"`   // left by other writes, to be cleared
}

// parts are Count items named after their record and Tag, the text's SHA-256 being Sum.
type parts struct {
	Tag   string `json:"tag"`
	Count int    `json:"count"`
	Sum   string `json:"sum,omitempty"`
}

// record is an item as stored under its own name.
type record struct {
	header
	text string
}

func (p parts) item(name string, i int) string { return fmt.Sprintf("%s.%s.%d", name, p.Tag, i) }

func (r record) String() string {
	plain := !r.Base64 && !r.Nothing && r.Parts == nil && len(r.Stale) == 0
	if plain && !strings.HasPrefix(r.text, headerMark) {
		return r.text
	}
	head, err := json.Marshal(r.header)
	if err != nil {
		panic(err) // a struct of texts and numbers
	}
	return headerMark + string(head) + "\n" + r.text
}

// parseRecord reads an item. What has no header is a value as it stands.
func parseRecord(item string) (record, error) {
	rest, marked := strings.CutPrefix(item, headerMark)
	if !marked {
		return record{text: item}, nil
	}
	head, text, found := strings.Cut(rest, "\n")
	r := record{text: text}
	if !found || json.Unmarshal([]byte(head), &r.header) != nil {
		return record{}, ErrDamaged
	}
	for _, p := range r.all() {
		if p.Count < 1 || p.Count > maxParts || p.Tag == "" {
			return record{}, ErrDamaged
		}
	}
	return r, nil
}

// all are the parts that the record knows of, its own and the stale.
func (r record) all() []parts {
	if r.Parts == nil {
		return r.Stale
	}
	return append([]parts{*r.Parts}, r.Stale...)
}

// encode makes text of value: the value itself if every keyring gives such a text back as it is, else base64.
func encode(value []byte) record {
	if len(value) > 0 && utf8.Valid(value) && !bytes.ContainsFunc(value, unprintable) {
		return record{text: string(value)}
	}
	return record{header: header{Base64: true}, text: base64.StdEncoding.EncodeToString(value)}
}

// unprintable is what some keyring or its tools may drop or change on the way.
func unprintable(r rune) bool { return r < ' ' || r == 0x7f || r == '\ufeff' }

func (r record) value(text string) ([]byte, error) {
	if !r.Base64 {
		return []byte(text), nil
	}
	value, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, ErrDamaged
	}
	return value, nil
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
