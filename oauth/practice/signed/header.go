package signed

import "strings"

const scheme = "OAuth"

// readHeader reads an Authorization header (RFC 5849 3.5.1): the scheme in any case, then NAME="VALUE" with commas between,
// both percent-encoded. The realm is the protection space's and not a parameter; it is read over. Another scheme gives no
// parameters and no error; with ours, whatever is not as the RFC writes it makes ok false.
func readHeader(text string) (pairs []pair, ok bool) {
	name, rest, _ := strings.Cut(text, " ")
	if !strings.EqualFold(name, scheme) {
		return nil, true
	}
	rest = trimSpace(rest)
	for more := rest != ""; more; {
		var p pair
		if p.name, rest, ok = readName(rest); !ok {
			return nil, false
		}
		if p.name == "realm" {
			rest, ok = skipQuoted(rest)
		} else {
			p.value, rest, ok = readValue(rest)
			pairs = append(pairs, p)
		}
		if !ok {
			return nil, false
		}
		if rest, more = strings.CutPrefix(trimSpace(rest), ","); !more && rest != "" {
			return nil, false
		}
		rest = trimSpace(rest)
	}
	return pairs, true
}

// readName reads NAME= and leaves what stands behind the quotation mark that opens its value.
func readName(text string) (name, rest string, ok bool) {
	name, rest, ok = strings.Cut(text, "=")
	if !ok || name == "" || !encoded(name) {
		return "", "", false
	}
	rest, ok = strings.CutPrefix(rest, `"`)
	if !ok {
		return "", "", false
	}
	name, ok = decode(name)
	return name, rest, ok
}

// readValue reads up to the closing quotation mark.
func readValue(text string) (value, rest string, ok bool) {
	value, rest, ok = strings.Cut(text, `"`)
	if !ok || !encoded(value) {
		return "", "", false
	}
	value, ok = decode(value)
	return value, rest, ok
}

// skipQuoted passes over a quoted string of RFC 9110 5.6.4, in which a backslash takes the next character's meaning away.
func skipQuoted(text string) (rest string, ok bool) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return text[i+1:], true
		}
	}
	return "", false
}

// encoded reports whether text has nothing but what percent encoding leaves. A plus or a raw slash shows that a client
// encodes for something else.
func encoded(text string) bool {
	for i := range len(text) {
		if !unreserved(text[i]) && text[i] != '%' {
			return false
		}
	}
	return true
}

func trimSpace(text string) string { return strings.Trim(text, " \t") }
