package oauth1

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"valetkey/oauth"
)

// ErrDenied is what a [ProblemError] is where the seller said no.
var ErrDenied = errors.New("oauth1: the seller refused")

// Problem is the code of a problem report (oauth_problem, an extension that servers share).
type Problem string

// The problems that this app tells apart.
const (
	ConsumerKeyRejected Problem = "consumer_key_rejected"
	ConsumerKeyUnknown  Problem = "consumer_key_unknown"
	NonceUsed           Problem = "nonce_used"
	PermissionDenied    Problem = "permission_denied"
	PermissionUnknown   Problem = "permission_unknown" // not answered yet
	SignatureInvalid    Problem = "signature_invalid"
	TimestampRefused    Problem = "timestamp_refused"
	TokenExpired        Problem = "token_expired"
	TokenRejected       Problem = "token_rejected"
	TokenRevoked        Problem = "token_revoked"
	TokenUsed           Problem = "token_used"
	UserRefused         Problem = "user_refused"
	VerifierInvalid     Problem = "verifier_invalid"
)

// registered are passed on as they are, even if a secret is a part of one: a verifier may be as short as a letter.
var registered = []Problem{
	ConsumerKeyRejected, ConsumerKeyUnknown, NonceUsed, PermissionDenied, PermissionUnknown, SignatureInvalid, TimestampRefused,
	TokenExpired, TokenRejected, TokenRevoked, TokenUsed, UserRefused, VerifierInvalid,
	"additional_authorization_required", "consumer_key_refused", "parameter_absent", "parameter_rejected",
	"signature_method_rejected", "version_rejected",
}

// Limits of what is kept of a server's words, in characters.
const (
	longestProblem = 64
	longestAdvice  = 200
)

// ProblemError is a refusal by the server. It never holds the body it came in.
type ProblemError struct {
	Problem    Problem       // cleaned; empty: the server named none
	Advice     string        // cleaned: one line, printable, 200 characters at most
	Status     int           // HTTP status; 0 for a refusal that came by redirection
	RetryAfter time.Duration // one hour at most; 0 if absent
	ClockOff   time.Duration // how far the server's clock is ahead of ours, by its Date; 0 if unknown or within a minute
}

// Error says the problem and the status, never more than the server's cleaned advice.
func (e *ProblemError) Error() string {
	text := string(e.Problem)
	if text == "" {
		text = "no OAuth problem"
	}
	if e.Status != 0 {
		text = fmt.Sprintf("%s (HTTP %d)", text, e.Status)
	}
	if e.Advice != "" {
		text += ": " + e.Advice
	}
	return "oauth1: server answered " + text
}

// Is makes a refusal by the seller an [ErrDenied].
func (e *ProblemError) Is(target error) bool {
	return target == ErrDenied && (e.Problem == UserRefused || e.Problem == PermissionDenied)
}

// Transient reports whether the same request, signed again, may succeed later: 408, 425, 429 and every 5xx.
func (e *ProblemError) Transient() bool {
	return (&oauth.ErrorResponse{Status: e.Status}).Transient()
}

// Problem reads a refusal out of what [Client.Fetch] gave; nil if it is none. credentials are those that it was asked with:
// they are taken out of the server's words should it repeat them.
func (c *Client) Problem(received *oauth.Received, credentials Credentials) *ProblemError {
	return readProblem(received, c.secrets(credentials))
}

// readProblem gives nil for a success without a problem. Some servers refuse with 200.
func readProblem(received *oauth.Received, sent []oauth.Secret) *ProblemError {
	problem, advice := problemOf(received.Header, received.Body)
	if received.Status < 400 && problem == "" {
		return nil
	}
	plain := received.Answer(sent...).Refusal() // Retry-After, and what servers of today say
	refusal := &ProblemError{Status: received.Status, RetryAfter: plain.RetryAfter}
	if problem == "" && advice == "" {
		advice = strings.Trim(string(plain.Code)+": "+plain.Description, ": ")
	}
	if problem != SignatureInvalid { // or else it tells base strings and signatures
		refusal.Advice = clean(advice, longestAdvice, sent)
	}
	refusal.Problem = problem
	if !slices.Contains(registered, problem) {
		refusal.Problem = Problem(clean(string(problem), longestProblem, sent))
	}
	if offset, known := ahead(received.Header, time.Now()); known && offset.Abs() > clockFar {
		refusal.ClockOff = offset
	}
	return refusal
}

// problemOf looks into the WWW-Authenticate header (RFC 5849 3.2 and 3.5.1) and then into the body, whatever it says it is.
// Nothing of it is cleaned.
func problemOf(header http.Header, body []byte) (problem Problem, advice string) {
	for _, challenge := range header.Values("WWW-Authenticate") {
		if fields := challengeFields(challenge); fields["oauth_problem"] != "" {
			return Problem(fields["oauth_problem"]), fields["oauth_problem_advice"]
		}
	}
	fields, _ := url.ParseQuery(strings.TrimSpace(string(body))) // as much as can be read
	return Problem(fields.Get("oauth_problem")), fields.Get("oauth_problem_advice")
}

// challengeFields reads the fields of one challenge of the scheme OAuth, decoded.
func challengeFields(challenge string) map[string]string {
	scheme, rest, _ := strings.Cut(strings.TrimSpace(challenge), " ")
	if !strings.EqualFold(scheme, "OAuth") {
		return nil
	}
	fields := map[string]string{}
	quoted := false
	for _, field := range strings.FieldsFunc(rest, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ',' && !quoted
	}) {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		value = strings.Trim(value, `" `)
		if decoded, err := url.PathUnescape(value); err == nil {
			value = decoded
		}
		fields[name] = value
	}
	return fields
}
