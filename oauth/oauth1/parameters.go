package oauth1

import (
	"bytes"
	"errors"
	"slices"
)

// ErrReserved refuses a query or a form with a parameter that the signature sets: a request has each of those once (RFC 5849
// 3.1).
var ErrReserved = errors.New("oauth1: the query or the form sets a parameter that is the signature's to set")

// parameter is a name and a value, both decoded.
type parameter struct{ name, value string }

// reserved are the parameters of the protocol itself (RFC 5849 2.1, 2.3, 3.1).
var reserved = []string{
	"oauth_callback", "oauth_consumer_key", "oauth_nonce", "oauth_signature", "oauth_signature_method", "oauth_timestamp",
	"oauth_token", "oauth_verifier", "oauth_version",
}

// parameters are the parameters of a request, encoded, one after another in one piece of memory. A name may stand many times.
type parameters struct {
	octets []byte
	pairs  []pair
}

// pair says where in the octets a name begins, where its value begins, and where that ends.
type pair struct{ name, value, end int }

func (p *parameters) nameOf(at pair) []byte  { return p.octets[at.name:at.value] }
func (p *parameters) valueOf(at pair) []byte { return p.octets[at.value:at.end] }

// add takes a parameter of the Authorization header (RFC 5849 3.4.1.3.1, second source).
func (p *parameters) add(name, value string) {
	at := pair{name: len(p.octets)}
	p.octets = appendEncoded(p.octets, name)
	at.value = len(p.octets)
	p.octets = appendEncoded(p.octets, value)
	at.end = len(p.octets)
	p.pairs = append(p.pairs, at)
}

// addForm takes a query or a form-encoded body (RFC 5849 3.4.1.3.1, first and third source). A name without "=" has an empty
// value; between two "&" that touch there is nothing. Errors are [ErrEncoding] and [ErrReserved].
func (p *parameters) addForm(text []byte) error {
	for len(text) > 0 {
		var piece []byte
		if piece, text, _ = bytes.Cut(text, []byte("&")); len(piece) == 0 {
			continue
		}
		name, value, _ := bytes.Cut(piece, []byte("="))
		at, err := pair{name: len(p.octets)}, error(nil)
		if p.octets, err = appendRecoded(p.octets, name); err != nil {
			return err
		}
		at.value = len(p.octets)
		if isReserved(p.nameOf(pair{name: at.name, value: at.value})) {
			return ErrReserved
		}
		if p.octets, err = appendRecoded(p.octets, value); err != nil {
			return err
		}
		at.end = len(p.octets)
		p.pairs = append(p.pairs, at)
	}
	return nil
}

// isReserved looks at an encoded name; none of the reserved ones changes by encoding.
func isReserved(name []byte) bool {
	return bytes.HasPrefix(name, []byte("oauth_")) && slices.Contains(reserved, string(name))
}

// sort is RFC 5849 3.4.1.3.2, step 2: by encoded name, then by encoded value, octet by octet.
func (p *parameters) sort() {
	slices.SortFunc(p.pairs, func(a, b pair) int {
		if order := bytes.Compare(p.nameOf(a), p.nameOf(b)); order != 0 {
			return order
		}
		return bytes.Compare(p.valueOf(a), p.valueOf(b))
	})
}

// appendNormalized appends the normalized parameters (RFC 5849 3.4.1.3.2, steps 3 and 4), encoded once more as the base string
// wants them: "=" and "&" are "%3D" and "%26" there.
func (p *parameters) appendNormalized(to []byte) []byte {
	p.sort()
	for i, at := range p.pairs {
		if i > 0 {
			to = append(to, "%26"...)
		}
		to = appendEncoded(to, p.nameOf(at))
		to = append(to, "%3D"...)
		to = appendEncoded(to, p.valueOf(at))
	}
	return to
}
