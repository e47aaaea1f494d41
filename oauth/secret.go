package oauth

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// redacted is all that a Secret ever shows of itself.
const redacted = "[redacted]"

// errSecretMarshal refuses every encoder: a secret leaves only through Reveal, where a reader can find it.
var errSecretMarshal = errors.New("oauth: a secret cannot be marshalled")

// Secret is a token, code, verifier or client secret. Its zero value is "no secret".
//
// The text sits behind a pointer: fmt reaches plain strings in unexported fields of other structs without asking any
// method, but prints only the address of a pointer. Safe for use by many goroutines.
type Secret struct{ text *string }

// NewSecret wraps text; the empty text gives the zero Secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal returns the plain text. The house test lists the files that may call it.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.text == nil }

// Equal compares in constant time for texts of one length.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
}

// Format implements [fmt.Formatter] and hides the text from every verb.
func (s Secret) Format(state fmt.State, _ rune) { io.WriteString(state, redacted) }

// LogValue implements [slog.LogValuer].
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText refuses; so do the JSON and binary forms.
func (s Secret) MarshalText() ([]byte, error) { return nil, errSecretMarshal }

// MarshalJSON refuses.
func (s Secret) MarshalJSON() ([]byte, error) { return nil, errSecretMarshal }

// MarshalBinary refuses.
func (s Secret) MarshalBinary() ([]byte, error) { return nil, errSecretMarshal }
