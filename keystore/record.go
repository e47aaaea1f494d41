package keystore

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

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
