package oauth1

import "errors"

// ErrEncoding refuses a query or a form with a "%" that two hexadecimal digits do not follow: what a server makes of that,
// and so what there is to sign, is anybody's guess.
var ErrEncoding = errors.New("oauth1: the query or the form has a % that begins no character")

const upperHex = "0123456789ABCDEF"

// unreserved holds the octets that stay as they are (RFC 5849 3.6): ALPHA, DIGIT, "-", ".", "_" and "~".
var unreserved = func() (table [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~") {
		table[c] = true
	}
	return table
}()

// encode is percent encoding (RFC 5849 3.6): every other octet becomes "%" and two upper-case digits. url.QueryEscape is
// something else: it writes a space as "+".
func encode(text string) string { return string(appendEncoded(nil, text)) }

// appendEncoded appends the encoding of text (RFC 5849 3.6).
func appendEncoded[T string | []byte](to []byte, text T) []byte {
	for i := range len(text) {
		to = appendOctet(to, text[i])
	}
	return to
}

func appendOctet(to []byte, c byte) []byte {
	if unreserved[c] {
		return append(to, c)
	}
	return append(to, '%', upperHex[c>>4], upperHex[c&15])
}

// appendRecoded decodes one name or value of a form (RFC 5849 3.4.1.3.1: "+" is a space) and appends its encoding as 3.6
// wants it.
func appendRecoded(to, text []byte) ([]byte, error) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch c {
		case '+':
			c = ' '
		case '%':
			if i+2 >= len(text) {
				return to, ErrEncoding
			}
			high, low := digit(text[i+1]), digit(text[i+2])
			if high > 15 || low > 15 {
				return to, ErrEncoding
			}
			c, i = high<<4|low, i+2
		}
		to = appendOctet(to, c)
	}
	return to, nil
}

// digit gives the value of a hexadecimal digit; more than 15 if it is none.
func digit(c byte) byte {
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
