package valet

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// scribbled is one entry of a file that somebody wrote: a name and, as text, what stands beside it.
type scribbled struct{ name, value string }

// plainText gives data as UTF-8 without a byte order mark; some editors and shells write UTF-16. ok is false if it is no text.
func plainText(data []byte) (text string, ok bool) {
	if len(data) >= 2 && len(data)%2 == 0 {
		var order binary.ByteOrder
		switch {
		case data[0] == 0xff && data[1] == 0xfe:
			order = binary.LittleEndian
		case data[0] == 0xfe && data[1] == 0xff:
			order = binary.BigEndian
		}
		if order != nil {
			units := make([]uint16, 0, len(data)/2)
			for i := 2; i < len(data); i += 2 {
				units = append(units, order.Uint16(data[i:]))
			}
			return string(utf16.Decode(units)), true
		}
	}
	text = strings.TrimPrefix(string(data), "\ufeff")
	return text, utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}

var envName = pattern(`^[A-Za-z_][A-Za-z0-9_.-]{0,99}$`)

// readEnv reads the lines of a .env file. What is no line of one is told by its number, or by its name where only the value is
// odd; a value is never told.
func readEnv(text string) (entries []scribbled, odd []string) {
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if rest, exported := strings.CutPrefix(line, "export"); exported && strings.TrimLeft(rest, " \t") != rest {
			line = strings.TrimLeft(rest, " \t")
		}
		name, raw, assigned := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); !assigned || !envName().MatchString(name) {
			odd = append(odd, strconv.Itoa(number))
			continue
		}
		value, ok := envValue(strings.TrimSpace(raw))
		if !ok {
			odd = append(odd, name)
			continue
		}
		entries = append(entries, scribbled{name, value})
	}
	return entries, odd
}

// envValue reads what stands behind the equals sign: bare up to a comment, in single quotes or backquotes as it is, or in double
// quotes with backslashes. Nothing is expanded.
func envValue(raw string) (value string, ok bool) {
	if raw == "" {
		return "", true
	}
	switch quote := raw[0]; quote {
	case '\'', '`':
		value, rest, closed := strings.Cut(raw[1:], string(quote))
		return value, closed && onlyComment(rest)
	case '"':
		return doubleQuoted(raw[1:])
	case '#':
		return "", true
	}
	for at := 1; at < len(raw); at++ {
		if raw[at] == '#' && (raw[at-1] == ' ' || raw[at-1] == '\t') {
			raw = raw[:at]
			break
		}
	}
	return strings.TrimSpace(raw), true
}

// doubleQuoted reads up to the closing quote.
func doubleQuoted(text string) (value string, ok bool) {
	var plain strings.Builder
	for at := 0; at < len(text); at++ {
		switch letter := text[at]; {
		case letter == '"':
			return plain.String(), onlyComment(text[at+1:])
		case letter == '\\' && at+1 < len(text):
			at++
			if meant, known := map[byte]byte{'n': '\n', 'r': '\r', 't': '\t'}[text[at]]; known {
				plain.WriteByte(meant)
			} else {
				plain.WriteByte(text[at])
			}
		default:
			plain.WriteByte(letter)
		}
	}
	return "", false
}

// onlyComment reports whether nothing but a comment follows a quoted value.
func onlyComment(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest == "" || rest[0] == '#'
}
