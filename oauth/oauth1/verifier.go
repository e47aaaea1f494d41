package oauth1

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"valetkey/oauth"
)

// ErrNoVerifier says that in what was typed or pasted no verifier can be told from the rest.
var ErrNoVerifier = errors.New("oauth1: no verifier can be made out in the text")

const (
	longestPaste = 64 << 10 // octets of a paste that are looked at
	longestTyped = 512      // octets of a verifier that a person hands over
	shortestCode = 4        // characters; a number in a sentence that is shorter is no verifier
)

// TypedVerifier is [ParseVerifier] for this authorization: a whole address that names a token has to name ours. The errors are
// [ErrWrongToken] and [ErrNoVerifier].
func (a *Authorization) TypedVerifier(text string) (oauth.Secret, error) {
	held := a.held.Load()
	if held == nil {
		return oauth.Secret{}, ErrForgotten
	}
	if tokens := pastedValues(tidy(text), "oauth_token"); len(tokens) > 0 && !only(url.Values{"": tokens}, "", held.token) {
		return oauth.Secret{}, ErrWrongToken
	}
	return ParseVerifier(text)
}

// ParseVerifier finds the verifier in what a person typed or pasted (RFC 5849 2.2): alone, in groups, with spaces and line ends,
// in full-width characters, in a sentence that has one such word, or in a whole address (oauth_verifier in its query). The case
// of letters is kept, as servers may mind it. The error is [ErrNoVerifier] and quotes nothing; it is an error too if two words
// could be meant.
func ParseVerifier(typed string) (oauth.Secret, error) {
	if len(typed) > longestPaste {
		return oauth.Secret{}, ErrNoVerifier
	}
	text := tidy(typed)
	var verifier string
	if found := pastedValues(text, "oauth_verifier"); len(found) == 1 {
		verifier = found[0]
	} else if len(found) == 0 && !strings.Contains(text, "://") && !strings.Contains(text, "oauth_token=") {
		verifier = spokenVerifier(strings.FieldsFunc(text, notASCII))
	}
	if !isToken(verifier) || len(verifier) > longestTyped {
		return oauth.Secret{}, ErrNoVerifier
	}
	return oauth.NewSecret(verifier), nil
}

// tidy brings full-width characters (U+FF01 to U+FF5E) to the ASCII they stand for, every kind of space to a space, and drops
// what cannot be seen.
func tidy(typed string) string {
	text := strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xff01 + '!'
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cf, unicode.Cc):
			return -1
		}
		return r
	}, typed)
	return strings.TrimSpace(text)
}

func notASCII(r rune) bool { return r <= ' ' || r > '~' }

// pastedValues gives every value of one parameter in a pasted address, decoded. In an address that line ends have cut, which is
// all there is then, the pieces are joined first.
func pastedValues(text, name string) []string {
	words := strings.Fields(text)
	if strings.HasPrefix(strings.ToLower(text), "http") && !prose(words[1:]) {
		words = []string{strings.Join(words, "")}
	}
	var found []string
	for _, word := range words {
		_, query, isAddress := strings.Cut(word, "?")
		if !isAddress {
			query = word
		}
		query, _, _ = strings.Cut(query, "#")
		for piece := range strings.SplitSeq(query, "&") {
			key, value, _ := strings.Cut(piece, "=")
			if strings.Trim(key, `"'<(`) != name {
				continue
			}
			if decoded, err := url.QueryUnescape(strings.Trim(value, `"'<>()`)); err == nil {
				found = append(found, decoded)
			}
		}
	}
	return found
}

// prose reports whether the words after an address are a text of their own: one of them is nothing but letters.
func prose(words []string) bool {
	for _, word := range words {
		if strings.Trim(word, letters+",.;:!?") == "" {
			return true
		}
	}
	return false
}

const (
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits  = "0123456789"
)

// spokenVerifier finds the verifier among words: all of them if they are groups of one, or else the one run of words with a digit
// that is long enough. Empty if there is no telling.
func spokenVerifier(words []string) string {
	for i, word := range words {
		words[i] = unlabelled(word)
	}
	if len(words) == 1 || groups(words) {
		return strings.Join(words, "")
	}
	var found string
	for len(words) > 0 {
		n := slices.IndexFunc(words, digitless)
		if n < 0 {
			n = len(words)
		}
		if run := strings.Join(words[:n], ""); len(run) >= shortestCode {
			if found != "" {
				return ""
			}
			found = run
		}
		words = words[min(n+1, len(words)):]
	}
	return found
}

func digitless(word string) bool { return !strings.ContainsAny(word, digits) }

// unlabelled takes away the punctuation around a word, and a label that is glued to its front ("code:1234", "pin=1234").
func unlabelled(word string) string {
	const around = "\"'`.,:;!?()[]<>{}"
	word = strings.Trim(word, around)
	if at := strings.IndexAny(word, ":="); at > 0 && strings.Trim(word[:at], letters+"_") == "" && strings.Trim(word[at:], ":=") != "" {
		word = word[at+1:]
	}
	return strings.Trim(word, around)
}

// groups reports whether the words are a verifier that is written in groups: single characters, or each with a digit in it or
// hexadecimal.
func groups(words []string) bool {
	single, grouped := true, true
	for _, word := range words {
		single = single && len(word) == 1
		grouped = grouped && (!digitless(word) || strings.Trim(word, "abcdefABCDEF") == "")
	}
	return single || grouped
}
