package signed

import "strings"

const upperHex = "0123456789ABCDEF"

// Encode is the percent encoding of RFC 5849 3.6: every octet but the unreserved of RFC 3986 2.3 becomes %XX, in capitals.
func Encode(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	for i := range len(text) {
		if c := text[i]; unreserved(c) {
			out.WriteByte(c)
		} else {
			out.WriteByte('%')
			out.WriteByte(upperHex[c>>4])
			out.WriteByte(upperHex[c&15])
		}
	}
	return out.String()
}

func unreserved(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

// decode undoes percent encoding, of capital or small digits. A plus is a plus. ok is false for a % that two digits do not
// follow.
func decode(text string) (out string, ok bool) {
	if !strings.Contains(text, "%") {
		return text, true
	}
	octets := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			octets = append(octets, text[i])
			continue
		}
		if i+2 >= len(text) {
			return "", false
		}
		high, low := hexDigit(text[i+1]), hexDigit(text[i+2])
		if high > 15 || low > 15 {
			return "", false
		}
		octets = append(octets, high<<4|low)
		i += 2
	}
	return string(octets), true
}

// hexDigit is the value of a hexadecimal digit, 16 or more if it is none.
func hexDigit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}

// pair is one parameter, decoded.
type pair struct{ name, value string }

// readForm reads a query or a form body (HTML 4.01 17.13.4.1, as RFC 5849 3.4.1.3.1 names it): a plus is a space, a name
// without = has an empty value, and nothing between two & is no parameter. ok is false where an escape is broken.
func readForm(text string) (pairs []pair, ok bool) {
	for part := range strings.SplitSeq(text, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(strings.ReplaceAll(part, "+", " "), "=")
		name, named := decode(name)
		value, valued := decode(value)
		if !named || !valued {
			return nil, false
		}
		pairs = append(pairs, pair{name, value})
	}
	return pairs, true
}
