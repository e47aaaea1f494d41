package oauth

import (
	"slices"
	"strings"
	"unicode"
)

// longestDescription is how much of a provider's words is kept, in characters.
const longestDescription = 200

// CleanText makes one printable line of text that came from outside: control, bidi and other format characters become spaces,
// runs of spaces one, and of more than limit characters the rest is cut. Terminal escapes have been sent in error descriptions
// before now (GHSA-q9j4-4h4j-mv5m).
func CleanText(text string, limit int) string {
	visible := strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	line := []rune(strings.Join(strings.Fields(visible), " "))
	if len(line) > limit {
		return string(line[:limit-1]) + "…"
	}
	return string(line)
}

// isText reports whether text is not empty and holds nothing but ASCII from lowest to "~": VSCHAR of RFC 6749 A if lowest is
// a space, without the space if it is "!".
func isText(text string, lowest byte) bool {
	for i := range len(text) {
		if text[i] < lowest || text[i] > '~' {
			return false
		}
	}
	return text != ""
}

// ValidScope reports whether name is a scope-token of RFC 6749 3.3: visible ASCII without quote and backslash.
func ValidScope(name Scope) bool {
	return isText(string(name), '!') && !strings.ContainsAny(string(name), `"\`)
}

// joinScopes writes a scope parameter (RFC 6749 3.3).
func joinScopes(scopes []Scope) string {
	names := make([]string, len(scopes))
	for i, scope := range scopes {
		names[i] = string(scope)
	}
	return strings.Join(names, " ")
}

// splitScopes reads a scope parameter; names that are none and repetitions are left out. Nil if nothing is left.
func splitScopes(text string) []Scope {
	var scopes []Scope
	for _, name := range strings.Fields(text) {
		if scope := Scope(name); ValidScope(scope) && !slices.Contains(scopes, scope) {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}
