package valet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

func badField(field, why string) error {
	return &Error{Kind: BadProviderFile, Subject: printable(field), Other: why}
}

// unknownField refuses a field that the form does not have. Many a developer's page gives a file with the secret in it: then
// the refusal says where secrets go.
func unknownField(name string) error {
	plain := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
	if strings.Contains(plain, "secret") || strings.Contains(plain, "password") || strings.HasSuffix(plain, "token") {
		return &Error{Kind: SecretInFile, Subject: printable(name)}
	}
	return badField(name, whyUnknown)
}

// strictly decodes one JSON object of which every field is known and none is written twice. Its errors say where it stopped,
// without the value that stood there.
func strictly(data []byte, into any) error {
	if err := noDoubledKeys(data); err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
	case errors.As(err, &kind) && kind.Field != "":
		return badField(kind.Field, whyKind)
	default:
		if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
			return unknownField(strings.Trim(name, `"`))
		}
		return badField("JSON", whyJSON)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return badField("end of file", whyRest)
	}
	return nil
}

// noDoubledKeys refuses an object that names a field twice: readers differ in which one counts.
func noDoubledKeys(data []byte) error {
	if !utf8.Valid(data) {
		return badField("UTF-8", whyUTF8)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	var open []map[string]bool // one set of keys for each object we are in; nil for an array
	var key []bool
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil // the decoder that follows says what is wrong with it
		}
		top := len(open) - 1
		switch token {
		case json.Delim('{'):
			open, key = append(open, map[string]bool{}), append(key, true)
			continue
		case json.Delim('['):
			open, key = append(open, nil), append(key, false)
			continue
		case json.Delim('}'), json.Delim(']'):
			open, key = open[:top], key[:top]
			top--
		default:
			if top >= 0 && open[top] != nil && key[top] {
				name := token.(string)
				folded := strings.ToLower(name) // as the decoder that follows matches it
				if open[top][folded] {
					return badField(name, whyTwice)
				}
				open[top][folded], key[top] = true, false
				continue
			}
		}
		if top >= 0 && open[top] != nil {
			key[top] = true
		}
	}
}
