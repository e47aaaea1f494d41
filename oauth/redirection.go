package oauth

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/url"
	"strings"
)

// What a pasted address can be refused for, besides [ErrBadRedirection].
var (
	ErrOtherRedirection = errors.New("oauth: the pasted text is not the address that the provider sends the browser to")
	ErrFragment         = errors.New("oauth: the pasted address has a part after #, which no answer of ours has")
)

// longestPaste bounds what is looked at of pasted text, in octets.
const longestPaste = 64 << 10

// Redirection is the browser's answer to one authorization request (RFC 6749 4.1.2): a code, or the provider's error. The
// browser still waits for what [Redirection.Answer] will tell it. It holds a code, so it cannot be printed. Safe for use by
// many goroutines.
type Redirection struct {
	values func() url.Values // a function: fmt reaches plain strings in unexported fields without asking any method
	answer func(Page)
}

// Values returns the parameters, each exactly once.
func (r *Redirection) Values() url.Values { return r.values() }

// Answer shows the page in the browser that is waiting, at an address without the code, and then closes the door: it returns
// when the browser has fetched the page, after two seconds at most, and at once if the browser is gone. Call it after the
// token is kept. The second and every later call does nothing.
func (r *Redirection) Answer(p Page) { r.answer(p) }

// Format implements [fmt.Formatter] and hides the code from every verb.
func (r *Redirection) Format(state fmt.State, _ rune) { io.WriteString(state, redacted) }

// LogValue implements [slog.LogValuer].
func (r *Redirection) LogValue() slog.Value { return slog.StringValue(redacted) }

func newRedirection(values url.Values, answer func(Page)) *Redirection {
	return &Redirection{values: func() url.Values { return cloneValues(values) }, answer: answer}
}

func cloneValues(values url.Values) url.Values {
	cloned := maps.Clone(values)
	for name, list := range cloned {
		cloned[name] = append([]string(nil), list...)
	}
	return cloned
}

// ParseRedirection reads the address that the browser ended on, as a person pastes it: spaces, quotes and line breaks around
// and within it are forgiven, and so is a missing "http://", which some browsers leave out. Scheme, host, port and path are
// those of redirectURI, and the rest follows the rules of a callback; whose answer it is, the state tells the caller.
// The errors are [ErrOtherRedirection], [ErrFragment] and [ErrBadRedirection]; none quotes what was pasted.
func ParseRedirection(pasted, redirectURI string) (url.Values, error) {
	if len(pasted) > longestPaste {
		return nil, ErrOtherRedirection
	}
	expected, err := url.Parse(redirectURI)
	if err != nil {
		return nil, ErrOtherRedirection
	}
	text := tidyPaste(pasted)
	if !strings.Contains(strings.SplitN(text, "?", 2)[0], "://") {
		text = expected.Scheme + "://" + text
	}
	given, err := url.Parse(text)
	if err != nil || !sameRedirection(given, expected) {
		return nil, ErrOtherRedirection
	}
	if strings.Contains(text, "#") {
		return nil, ErrFragment
	}
	return readRedirection(given.RawQuery)
}

// tidyPaste takes away what comes along when an address is copied out of a terminal, a mail or a chat.
func tidyPaste(pasted string) string {
	text := strings.NewReplacer("\r", "", "\n", "", "\t", "").Replace(pasted)
	return strings.Trim(text, " \u00a0\ufeff\"'`<>“”„‘’«»")
}

// sameRedirection compares everything but the query (RFC 3986 6.2: scheme and host without regard to case).
func sameRedirection(given, expected *url.URL) bool {
	return given.User == nil && given.Opaque == "" &&
		given.Scheme == expected.Scheme &&
		strings.EqualFold(given.Hostname(), expected.Hostname()) &&
		portOf(given) == portOf(expected) && pathOf(given) == pathOf(expected)
}

// readRedirection reads the query of an answer. Every parameter stands there once (RFC 6749 3.1), ";" and bad escapes are
// nothing to guess about, a token in a query is refused (RFC 9700 2.1.2), and exactly one thing is answered: a code, an error,
// or OAuth 1's verifier, denial or problem.
func readRedirection(query string) (url.Values, error) {
	values, err := url.ParseQuery(query)
	if err != nil || values.Has("access_token") || values.Has("id_token") {
		return nil, ErrBadRedirection
	}
	for _, list := range values {
		if len(list) != 1 {
			return nil, ErrBadRedirection
		}
	}
	answers := 0
	for _, name := range []string{"code", "error", "oauth_verifier", "denied", "oauth_problem"} {
		if !values.Has(name) {
			continue
		}
		if values.Get(name) == "" {
			return nil, ErrBadRedirection
		}
		answers++
	}
	if answers != 1 {
		return nil, ErrBadRedirection
	}
	return values, nil
}
