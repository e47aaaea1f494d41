package valet

import (
	"net/url"
	"slices"
	"strings"

	"valetkey/oauth"
)

// What is wrong with an address, as the Subject of [BadTarget].
const (
	targetElsewhere = "elsewhere"  // not a path, and not an address under the provider's api
	targetDots      = "dots"       // a way up
	targetLetter    = "letter"     // Other: a letter that no address can hold
	targetBlank     = "blank"      // a space, or a letter that cannot be seen
	targetPercent   = "percent"    // a percent sign of the path that is followed by no number
	targetFragment  = "no-request" // what follows # is never sent
)

// targetLetters may stand in the path and the query of an address (RFC 3986 3.3 and 3.4); brackets are sent by everybody.
const targetLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%[]"

// targetOf gives the address that typed means: a path with its query, put after base letter for letter, or an address that lies
// under base already. It is under base, or it is an error of kind [BadTarget],
// [NoAPI] or [BadProviderFile].
func targetOf(base, typed string) (string, error) {
	if base == "" {
		return "", &Error{Kind: NoAPI}
	}
	base = strings.TrimSuffix(base, "/")
	if oauth.CheckEndpoint(base) != nil || strings.ContainsAny(base, "?#") {
		return "", badField("api", "") // a path put after it would not be one
	}
	path := typed
	if !strings.HasPrefix(typed, "/") {
		path = below(base, typed)
	}
	address, err := url.Parse(base + path)
	bad := func(why, other string) error { return &Error{Kind: BadTarget, Subject: why, Other: printable(other)} }
	at := strings.IndexFunc(path, func(r rune) bool { return !strings.ContainsRune(targetLetters, r) })
	switch {
	case path == "" || strings.HasPrefix(path, "//"):
		return "", bad(targetElsewhere, base)
	case at >= 0 && path[at] == '#':
		return "", bad(targetFragment, "")
	case at >= 0 && printable(letterAt(path, at)) == "":
		return "", bad(targetBlank, "")
	case at >= 0:
		return "", bad(targetLetter, letterAt(path, at))
	case climbs(path):
		return "", bad(targetDots, "")
	case err != nil:
		return "", bad(targetPercent, "")
	case afterScheme(address.String()) != afterScheme(base+path):
		return "", bad(targetElsewhere, base) // whatever it is, it would not be sent as it was typed
	}
	return base + path, nil
}

func afterScheme(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return rest
}

// below cuts base off an address under it; "" if it is not one. Scheme and host are written in any case (RFC 3986 6.2.2.1).
func below(base, address string) string {
	scheme, rest, _ := strings.Cut(base, "://")
	host, _, _ := strings.Cut(rest, "/")
	origin := scheme + "://" + host
	if len(address) < len(origin) || !strings.EqualFold(address[:len(origin)], origin) {
		return ""
	}
	rest, under := strings.CutPrefix(address[len(origin):], base[len(origin):])
	if !under || !strings.HasPrefix(rest, "/") && !strings.HasPrefix(rest, "?") {
		return ""
	}
	return rest
}

// climbs reports whether a segment of the path goes up, however it is written: a server may take its percent signs and
// backslashes for what they stand for, more than once, and leave out what follows a semicolon.
func climbs(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	for {
		segments := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '\\' })
		up := func(segment string) bool {
			name, _, _ := strings.Cut(segment, ";")
			return name == ".."
		}
		if slices.ContainsFunc(segments, up) {
			return true
		}
		plain, err := url.PathUnescape(path)
		if err != nil || plain == path {
			return false
		}
		path = plain
	}
}

// letterAt gives the whole letter at an octet of text.
func letterAt(text string, at int) string {
	for _, letter := range text[at:] {
		return string(letter)
	}
	return ""
}
