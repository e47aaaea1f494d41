package cli

import (
	"strings"
	"testing"
)

// TestShortPassphraseIsToldOf: a script's passphrase is taken as it is, and one that is easily guessed is told of, unshown.
func TestShortPassphraseIsToldOf(t *testing.T) {
	for phrase, told := range map[string]bool{"a": true, "éüäößñçåø": true, "éüäößñçåøñ": false, "correct horse battery": false} {
		var said strings.Builder
		l := locksmith{console: &console{err: &said}, given: []byte(phrase)}
		chosen, err := l.chosen(t.Context())
		if err != nil || string(chosen) != phrase {
			t.Errorf("%q: %q, %v", phrase, chosen, err)
		}
		if strings.Contains(said.String(), "short") != told || strings.Contains(said.String(), phrase) && phrase != "a" {
			t.Errorf("%q: said %q", phrase, &said)
		}
	}
}
