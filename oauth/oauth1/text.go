package oauth1

import (
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

// clean makes one printable line of what a server says, without the secrets it was sent.
func clean(text string, limit int, sent []oauth.Secret) string {
	for _, secret := range sent {
		if !secret.IsZero() {
			text = strings.ReplaceAll(text, secret.Reveal(), "[redacted]")
			text = strings.ReplaceAll(text, encode(secret.Reveal()), "[redacted]") // as the header has it
		}
	}
	return oauth.CleanText(text, limit)
}

// secrets lists what a request with these credentials has to do with and nobody may read.
func (c *Client) secrets(credentials Credentials, more ...parameter) []oauth.Secret {
	sent := []oauth.Secret{c.Secret, credentials.Token, credentials.Secret}
	for _, p := range more {
		sent = append(sent, oauth.NewSecret(p.value))
	}
	return sent
}
