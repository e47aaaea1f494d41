package oauth

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
)

// What an address can be refused for. No error here quotes the address: it may have been pasted.
var (
	ErrNoAddress     = errors.New("oauth: not an address with a scheme and a host")
	ErrPlainAddress  = errors.New("oauth: only https, or http for localhost, 127.0.0.1 and [::1]")
	ErrOddAddress    = errors.New("oauth: the address holds a user name, a fragment, a space or another character that does not belong there")
	ErrReservedQuery = errors.New("oauth: the redirect sets a parameter that the provider's answer sets")
)

// longestAddress bounds an address, in octets.
const longestAddress = 8 << 10

// CheckEndpoint reports why raw is no endpoint to send a secret to: https is asked for, http only for the exact hosts
// localhost, 127.0.0.1 and [::1] (RFC 6749 3.1, 3.2). Nil means that it is one. Other spellings of a loopback address, a user
// name, a fragment, white space, a backslash and characters outside ASCII are refused, as programs differ in what they take
// them for. The errors are [ErrNoAddress], [ErrPlainAddress] and [ErrOddAddress].
func CheckEndpoint(raw string) error {
	u, err := parseAddress(raw)
	if err != nil {
		return err
	}
	if u.Port() == "0" {
		return ErrNoAddress
	}
	return nil
}

// CheckRedirect reports why raw is no redirect URI for a native app (RFC 8252 7.2 and 7.3, RFC 6749 3.1.2): what
// [CheckEndpoint] asks for, and no parameter of an answer in its query. Port 0 stands for any free port of a loopback host.
func CheckRedirect(raw string) error {
	u, err := parseAddress(raw)
	if err != nil {
		return err
	}
	if u.Port() == "0" && u.Scheme != "http" {
		return ErrNoAddress
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return ErrOddAddress
	}
	for _, name := range []string{"state", "code", "error", "iss", "access_token", "oauth_token", "oauth_verifier"} {
		if query.Has(name) {
			return ErrReservedQuery
		}
	}
	return nil
}

// parseAddress reads an address of the kind that both checks ask for. Go puts the scheme in lower case; the host stays.
func parseAddress(raw string) (*url.URL, error) {
	if len(raw) > longestAddress || !isText(raw, '!') || strings.ContainsAny(raw, "\\#\"<>^`{|}") {
		return nil, ErrOddAddress
	}
	return webAddress(raw)
}

// webAddress parses an address that a browser or an HTTP client may be sent to.
func webAddress(raw string) (*url.URL, error) {
	u, err := url.Parse(raw) // its error quotes the address
	if err != nil || u.Opaque != "" || u.Scheme != "https" && u.Scheme != "http" || !plainHost(u) {
		return nil, ErrNoAddress
	}
	if u.User != nil {
		return nil, ErrOddAddress
	}
	if u.Scheme == "http" && !loopbackHost(u) {
		return nil, ErrPlainAddress
	}
	return u, nil
}

// plainHost reports whether the host is a name, or an IPv6 literal in brackets without a zone, and the port a number.
func plainHost(u *url.URL) bool {
	host, port := u.Hostname(), u.Port()
	if u.User == nil && strings.HasSuffix(u.Host, ":") || port != "" && !validPort(port) {
		return false
	}
	letters := "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
	if strings.HasPrefix(u.Host, "[") {
		letters = "abcdefABCDEF0123456789:."
	}
	return host != "" && strings.Trim(host, letters) == ""
}

// validPort takes 0 too; decimal digits without sign or leading zero.
func validPort(port string) bool {
	number, err := strconv.ParseUint(port, 10, 16)
	return err == nil && strconv.FormatUint(number, 10) == port
}

// loopbackHost compares exactly: other spellings of the address, and names that begin like it, are somebody else's.
func loopbackHost(u *url.URL) bool {
	name, bracketed := u.Hostname(), strings.HasPrefix(u.Host, "[")
	return bracketed && name == "::1" || !bracketed && (name == "127.0.0.1" || strings.EqualFold(name, "localhost"))
}

// portOf gives the port an address means.
func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "http":
		return "80"
	}
	return "443"
}

// pathOf gives the path as a request for u carries it.
func pathOf(u *url.URL) string {
	if path := u.EscapedPath(); path != "" {
		return path
	}
	return "/"
}
