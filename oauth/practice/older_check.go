package practice

import (
	"fmt"
	"slices"
	"strconv"

	"valetkey/oauth/practice/signed"
)

// stampShape is a timestamp: a whole number above 0, without a sign (RFC 5849 3.3).
var stampShape = pattern(`^[1-9][0-9]{0,11}$`)

// check makes sure of everything that a signed request says before it is believed (RFC 5849 3.2). The nonce comes last, so
// that a request which is not signed cannot use one up.
func (c *olderCall) check(rt olderRoute) (refusal answer, ok bool) {
	for _, step := range []func(olderRoute) (*signed.Problem, string){c.complete, c.fresh, c.known, c.genuine, c.permitted} {
		if p, detail := step(rt); p != nil {
			return refuseSigned(p, detail), false
		}
	}
	return answer{}, true
}

// complete looks for everything that must be there, and for what this market can read.
func (c *olderCall) complete(rt olderRoute) (*signed.Problem, string) {
	if c.bad != nil {
		p, _ := c.bad.(*signed.Problem)
		return p, "a parameter is damaged, given twice, or not encoded as RFC 5849 3.6 says"
	}
	names := []string{"oauth_consumer_key", "oauth_signature_method", "oauth_signature", "oauth_timestamp", "oauth_nonce"}
	if rt.use != byApp {
		names = append(names, "oauth_token")
	}
	version := c.q.Get("oauth_version")
	switch absent := c.q.Absent(names...); {
	case len(absent) > 0:
		return signed.Absent(absent...), "the request is not signed, or not wholly"
	case version != "" && version != "1.0":
		return &signed.Problem{Name: versionRejected, Field: "oauth_acceptable_versions", Value: "1.0-1.0"}, "oauth_version must be 1.0"
	case !c.q.KnownMethod():
		return problem(signed.SignatureMethodRejected), "HMAC-SHA1 and HMAC-SHA256 are taken"
	case c.q.Get("oauth_consumer_key") != OlderClientID:
		return problem(consumerKeyUnknown), "the app's keystring is not known"
	case rt.use == byApp && c.q.Get("oauth_token") != "":
		return signed.Rejected("oauth_token"), "there is no token yet at this point"
	}
	return nil, ""
}

// fresh compares the timestamp with our clock.
func (c *olderCall) fresh(olderRoute) (*signed.Problem, string) {
	text := c.q.Get("oauth_timestamp")
	stamp, err := strconv.ParseInt(text, 10, 64)
	if c.stamp = stamp; err != nil || !stampShape().MatchString(text) {
		return signed.Rejected("oauth_timestamp"), "oauth_timestamp must be a whole number of seconds"
	}
	now, window := c.now.Unix(), int64(c.st.Older.Window)
	if stamp < now-window || stamp > now+window {
		accepted := fmt.Sprintf("%d-%d", now-window, now+window)
		return &signed.Problem{Name: timestampRefused, Field: "oauth_acceptable_timestamps", Value: accepted}, "the clocks do not agree"
	}
	return nil, ""
}

// known finds the credentials of the token. What has become of them is only told to whoever can sign with them.
func (c *olderCall) known(rt olderRoute) (*signed.Problem, string) {
	c.token = c.q.Get("oauth_token")
	switch hash := digest(c.token); rt.use {
	case byTemporary:
		c.waiting = c.st.Older.Temporary[hash]
	case byKey:
		c.key = c.st.Older.Keys[hash]
	}
	if rt.use != byApp && c.waiting == nil && c.key == nil {
		return problem(tokenRejected), "the token is not known"
	}
	return nil, ""
}

// genuine works the signature out again, and lets no request come twice.
func (c *olderCall) genuine(olderRoute) (*signed.Problem, string) {
	secret := ""
	if c.token != "" {
		secret = c.st.Older.secretOf(c.token)
	}
	if !c.q.Matches(OlderClientSecret, secret) {
		return &signed.Problem{Name: signatureInvalid, Field: "debug_sbs", Value: c.q.BaseString()}, "the signature does not belong to this base string"
	}
	nonce := digest(c.token + " " + c.q.Get("oauth_timestamp") + " " + c.q.Get("oauth_nonce"))
	if _, used := c.st.Older.Nonces[nonce]; used {
		return &signed.Problem{Name: nonceUsed, Field: "oauth_nonce", Value: c.q.Get("oauth_nonce")}, "this request has been here before"
	}
	c.st.Older.Nonces[nonce] = c.stamp
	return nil, ""
}

// permitted asks whether the key still opens anything, and this.
func (c *olderCall) permitted(rt olderRoute) (*signed.Problem, string) {
	switch {
	case c.key == nil:
		return nil, ""
	case !c.key.live():
		return problem(tokenRevoked), "the key was taken back"
	case rt.scope != "" && !slices.Contains(c.key.Scopes, rt.scope):
		return problem(permissionDenied), rt.scope + " is required"
	}
	return nil, ""
}
