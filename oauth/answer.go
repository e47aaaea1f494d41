package oauth

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// AnswerError says that an answer came and cannot be used. The provider may have acted on the request all the same, so what
// became of it is unknown. It never holds the answer.
type AnswerError struct {
	Reason string // in the words of this package alone
	Status int    // HTTP status of the answer
}

// Error gives the reason and the status.
func (e *AnswerError) Error() string {
	return "oauth: unusable answer (HTTP " + strconv.Itoa(e.Status) + "): " + e.Reason
}

// Answer is a whole answer of a provider, read within the limits of [Call]. Its body may hold tokens, so it cannot be printed.
type Answer struct {
	Status int
	Header http.Header
	body   Secret
	sent   []Secret // with the request
}

// Redirected reports whether the answer points elsewhere. [Call] never goes there.
func (a *Answer) Redirected() bool { return a.Status >= 300 && a.Status < 400 }

// Success reports whether the status is 2xx.
func (a *Answer) Success() bool { return a.Status >= 200 && a.Status < 300 }

// Decode reads the body, which has to be strict JSON in UTF-8, into value as [json.Unmarshal] does. Errors are *[AnswerError].
func (a *Answer) Decode(value any) error {
	text, err := a.strict()
	if err != nil {
		return err
	}
	if json.Unmarshal(text, value) != nil { // its error quotes the body
		return a.unusable("a member is of the wrong type")
	}
	return nil
}

// Object splits the body into the members of a JSON object (RFC 6749 5.1). Names are compared letter for letter, a name that
// stands twice is refused: parsers differ in which of the two they take. Errors are *[AnswerError].
func (a *Answer) Object() (map[string]json.RawMessage, error) {
	text, err := a.strict()
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, a.unusable("not a JSON object")
	}
	members := map[string]json.RawMessage{}
	for decoder.More() {
		var value json.RawMessage
		token, err := decoder.Token()
		name, isName := token.(string)
		if err != nil || !isName || decoder.Decode(&value) != nil {
			return nil, a.unusable("not JSON")
		}
		if _, doubled := members[name]; doubled {
			return nil, a.unusable("a member stands twice")
		}
		members[name] = value
	}
	return members, nil
}

// Refusal reads an error response (RFC 6749 5.2). Whatever the body is, there is one: without a readable error member its Code
// is empty.
func (a *Answer) Refusal() *ErrorResponse {
	refusal := &ErrorResponse{Status: a.Status, RetryAfter: retryAfter(a.Header.Get("Retry-After"), time.Now())}
	members, err := a.Object()
	if err != nil {
		return refusal
	}
	clean := func(name string) string {
		text, _ := stringMember(members, name)
		for _, secret := range a.sent {
			if !secret.IsZero() {
				text = strings.ReplaceAll(text, secret.Reveal(), redacted)
			}
		}
		return CleanText(text, longestDescription)
	}
	refusal.Code, refusal.Description = ErrorCode(clean("error")), clean("error_description")
	return refusal
}

// shortestHidden is the length from which a secret is looked for in a text: a shorter one would be found everywhere.
const shortestHidden = 6

// Without puts mark in the place of every secret in a text, as it is and as JSON, forms, addresses and base64 write it. What it
// gives holds the secrets in plain text: it is for one answer, and is let go with it.
func Without(mark string, secrets ...Secret) func(text string) string {
	var forms []string
	for _, secret := range secrets {
		if plain := secret.Reveal(); len(plain) >= shortestHidden {
			forms = append(forms, formsOf(plain)...)
		}
	}
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) }) // of two that begin alike nothing of the longer stays
	return func(text string) string {
		for _, form := range forms {
			text = strings.ReplaceAll(text, form, mark)
		}
		return text
	}
}

// percents finds what stands for an octet in an address.
var percents = regexp.MustCompile("%[0-9A-F]{2}")

// formsOf are the ways in which a text is written.
func formsOf(plain string) []string {
	quoted, _ := json.Marshal(plain) // a string always can be
	inJSON := string(quoted[1 : len(quoted)-1])
	bare := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(plain) // JSON that leaves < > & as they are
	forms := []string{plain, inJSON, bare, strings.ReplaceAll(plain, "/", `\/`), strings.ReplaceAll(bare, "/", `\/`)}
	for _, escaped := range []string{url.QueryEscape(plain), url.PathEscape(plain)} {
		forms = append(forms, escaped, percents.ReplaceAllStringFunc(escaped, strings.ToLower))
	}
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
		forms = append(forms, encoding.EncodeToString([]byte(plain)))
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

// strict gives the body if it is one JSON text in UTF-8 and is not declared to be a page for people. json.Valid stops at a
// nesting of 10,000.
func (a *Answer) strict() ([]byte, error) {
	kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	switch text := []byte(a.body.Reveal()); {
	case strings.EqualFold(strings.TrimSpace(kind), "text/html"):
		return nil, a.unusable("a web page")
	case len(text) == 0:
		return nil, a.unusable("empty")
	case !utf8.Valid(text):
		return nil, a.unusable("not UTF-8")
	case !json.Valid(text):
		return nil, a.unusable("not JSON")
	default:
		return text, nil
	}
}

func (a *Answer) unusable(reason string) error { return &AnswerError{Reason: reason, Status: a.Status} }

// stringMember gives the member as text, and whether it is there and a string.
func stringMember(members map[string]json.RawMessage, name string) (text string, ok bool) {
	raw := members[name]
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &text) != nil {
		return "", false
	}
	return text, true
}

// longestWait caps Retry-After: a provider that asks for more is asked again all the same.
const longestWait = time.Hour

// retryAfter reads seconds or an HTTP date (RFC 9110 10.2.3); what is neither, or past, is 0.
func retryAfter(value string, now time.Time) time.Duration {
	var wait time.Duration
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		wait = time.Duration(min(seconds, uint64(longestWait/time.Second))) * time.Second
	} else if date, err := http.ParseTime(value); err == nil {
		wait = date.Sub(now)
	}
	return min(max(wait, 0), longestWait)
}
