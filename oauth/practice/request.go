package practice

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

const defaultRedirect = "http://localhost:3003/oauth/redirect"

// loopbackRedirect is the registered redirect on a loopback literal, where any port will do (RFC 8252 7.3).
var loopbackRedirect = pattern(`^http://(?:127\.0\.0\.1|\[::1\])(?::([1-9][0-9]{0,4}))?/oauth/redirect$`)

// challengeShape is the S256 of any verifier (RFC 7636 4.2).
var challengeShape = pattern(`^[A-Za-z0-9_-]{43}$`)

// The refusals that must not be sent anywhere, because nobody vouches for the address (RFC 6749 4.1.2.1).
const (
	badLink     = "link"
	badClient   = "client"
	badRedirect = "redirect"
)

// request is an authorization request (RFC 6749 4.1.1) whose client and redirect are known to be good.
type request struct {
	Client, Redirect, State, Challenge string
	Scopes                             []string
}

// readRequest checks the query of the authorization endpoint. A page that is not empty names the refusal to show here;
// a refusal that is not nil goes back to the redirect.
func readRequest(rawQuery string, redirects []string) (req request, refusal url.Values, page string) {
	q, err := url.ParseQuery(rawQuery)
	switch {
	case err != nil || len(q["client_id"]) > 1 || len(q["redirect_uri"]) > 1:
		return req, nil, badLink
	case q.Get("client_id") != ClientID:
		return req, nil, badClient
	case !permitted(q.Get("redirect_uri"), redirects):
		return req, nil, badRedirect
	}
	req = request{
		Client: q.Get("client_id"), Redirect: q.Get("redirect_uri"), State: q.Get("state"),
		Challenge: q.Get("code_challenge"), Scopes: strings.Fields(q.Get("scope")),
	}
	slices.Sort(req.Scopes)
	req.Scopes = slices.Compact(req.Scopes)
	code, description := req.wrong(q)
	if code == "" {
		return req, nil, ""
	}
	refusal = url.Values{"error": {code}, "error_description": {description}}
	return req, refusal, ""
}

// wrong finds what a registered client did wrong, as an error code and a sentence.
func (req request) wrong(q url.Values) (code, description string) {
	for name, values := range q {
		if len(values) > 1 {
			return "invalid_request", cleanName(name, 40) + " is given more than once"
		}
	}
	switch {
	case strings.TrimSpace(req.State) == "":
		return "invalid_request", "state is required"
	case q.Get("response_type") == "":
		return "invalid_request", "response_type is required"
	case q.Get("response_type") != "code":
		return "unsupported_response_type", "response_type must be code"
	case req.Challenge == "":
		return "invalid_request", "code_challenge is required"
	case q.Get("code_challenge_method") != "S256":
		return "invalid_request", "code_challenge_method must be S256"
	case !challengeShape().MatchString(req.Challenge):
		return "invalid_request", "code_challenge must be 43 characters of base64url"
	case len(req.Scopes) == 0:
		return "invalid_scope", "scope is required"
	}
	for _, name := range req.Scopes {
		if !slices.Contains(scopeNames, name) {
			return "invalid_scope", "scope " + cleanName(name, 40) + " is not known"
		}
	}
	return "", ""
}

// back is the redirect with the answer in its query, and the state as it came.
func (req request) back(values url.Values) string {
	if req.State != "" {
		values.Set("state", req.State)
	}
	return withQuery(req.Redirect, values)
}

// withQuery adds values to a redirect. A query it already has is kept.
func withQuery(redirect string, values url.Values) string {
	join := "?"
	if strings.Contains(redirect, "?") {
		join = "&"
	}
	return redirect + join + values.Encode()
}

// permitted compares letter for letter; only the port of a loopback literal may differ.
func permitted(redirect string, registered []string) bool {
	if redirect == defaultRedirect || slices.Contains(registered, redirect) {
		return true
	}
	match := loopbackRedirect().FindStringSubmatch(redirect)
	if match == nil {
		return false
	}
	port, err := strconv.Atoi(match[1])
	return match[1] == "" || err == nil && port <= 65535
}

// cleanName makes text from outside fit to be shown: one line, printable, no direction tricks, at most limit runes.
func cleanName(text string, limit int) string {
	var out strings.Builder
	for _, r := range strings.TrimSpace(text) {
		if limit == 0 {
			break
		}
		if r != unicode.ReplacementChar && unicode.IsPrint(r) {
			out.WriteRune(r)
			limit--
		}
	}
	return strings.TrimSpace(out.String())
}
