package practice

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// The three refusals of x-api-key, word for word as clients have to know them.
const (
	errKeyShape   = "Invalid API key: should be in the format 'keystring:shared_secret'."
	errKeySecret  = "Shared secret is required in x-api-key header."
	errKeyUnknown = "API key not found or not active, or incorrect shared secret for API key."
)

// checkKey looks at x-api-key, before anything else of a request is looked at.
func checkKey(r *http.Request) (refusal answer, ok bool) {
	keystring, secret, colon := strings.Cut(r.Header.Get("X-Api-Key"), ":")
	known := same(keystring, ClientID)
	switch {
	case known && same(secret, ClientSecret):
		return answer{}, true
	case known && secret == "":
		return refuse(http.StatusForbidden, errKeySecret, ""), false
	case !colon:
		return refuse(http.StatusForbidden, errKeyShape, ""), false
	}
	return refuse(http.StatusForbidden, errKeyUnknown, ""), false
}

// checkBearer finds the grant behind the request's access token (RFC 6750 2.1) and asks for one scope; need may be empty.
func (c *call) checkBearer(need string) (refusal answer, ok bool) {
	scheme, token, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return refuse(http.StatusUnauthorized, "invalid_token", "access token is required"), false
	}
	c.g, refusal, ok = c.st.checkAccess(token, c.now)
	if ok && need != "" && !slices.Contains(c.g.Scopes, need) {
		return refuse(http.StatusForbidden, "insufficient_scope", "Insufficient scope"), false
	}
	return refusal, ok
}

// checkAccess tells the four fates of an access token apart: good, expired, revoked, never ours.
func (st *state) checkAccess(token string, now time.Time) (g *grant, refusal answer, ok bool) {
	g, _ = st.grantOf(token, accessKind)
	switch {
	case g == nil:
		return nil, refuse(http.StatusUnauthorized, "invalid_token", "access token is invalid"), false
	case !g.Ended.IsZero():
		return nil, refuse(http.StatusForbidden, "invalid_token", "access token has been revoked"), false
	case !g.opens(token, now):
		return nil, refuse(http.StatusUnauthorized, "invalid_token", "access token is expired"), false
	}
	return g, answer{}, true
}
