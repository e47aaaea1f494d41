package oauth1

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"valetkey/oauth"
)

// longestToken bounds a token, a secret or a verifier, in octets. RFC 5849 sets no limit; real ones are under 100.
const longestToken = 8 << 10

// isToken reports whether text can be a token, a secret or a verifier: not empty, UTF-8, no control characters.
func isToken(text string) bool {
	return text != "" && len(text) <= longestToken && utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// clean makes one printable line of what a server says, without the secrets it was sent, be they as they are or as the header
// has them.
func clean(text string, limit int, sent []oauth.Secret) string {
	var hidden []string
	for _, secret := range sent {
		if !secret.IsZero() {
			hidden = append(hidden, secret.Reveal(), encode(secret.Reveal()))
		}
	}
	slices.SortFunc(hidden, func(a, b string) int { return len(b) - len(a) }) // one may begin like another
	var pairs []string
	for _, secret := range hidden {
		pairs = append(pairs, secret, "[redacted]")
	}
	return oauth.CleanText(strings.NewReplacer(pairs...).Replace(text), limit)
}

// secrets lists what a request with these credentials has to do with and nobody may read.
func (c *Client) secrets(credentials Credentials, more ...parameter) []oauth.Secret {
	sent := []oauth.Secret{c.Secret, credentials.Token, credentials.Secret}
	for _, p := range more {
		sent = append(sent, oauth.NewSecret(p.value))
	}
	return sent
}
