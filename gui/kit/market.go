//go:build !nogui

package kit

import (
	"net/url"

	"valetkey/valet"
)

// Ended reports whether a market gives no keys any more: the older interface of the built-in one.
func Ended(m valet.Market) bool { return m.BuiltIn && m.OAuth1 != nil && !m.Practice }

// Origin is how an address begins: what the seller is told to look for. loopback is true for an address on this computer.
func Origin(address string) (begins string, loopback bool) {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" {
		return address, false
	}
	switch parsed.Hostname() {
	case "localhost", "127.0.0.1", "::1":
		loopback = true
	}
	return parsed.Scheme + "://" + parsed.Host + "/", loopback
}
