package practice

import (
	"net/url"
	"slices"
	"strings"

	"valetkey/oauth/practice/signed"
)

// outOfBand is the callback of an app that cannot be called back: the verifier is typed by hand.
const outOfBand = "oob"

// requestToken gives out temporary credentials (RFC 5849 2.1).
func requestToken(c *olderCall) answer {
	if absent := c.q.Absent("oauth_callback"); len(absent) > 0 {
		return refuseSigned(signed.Absent(absent...), "oauth_callback must be an address, or oob")
	}
	callback := c.q.Get("oauth_callback")
	if !callable(callback, c.st.Redirects) {
		return refuseSigned(signed.Rejected("oauth_callback"), "oauth_callback must be oob, a registered address, or one on this computer")
	}
	scopes, unknown := readOlderScopes(c.q.Values("scope"))
	if unknown != "" {
		return refuseSigned(signed.Rejected("scope"), "scope "+unknown+" is not known")
	}
	token := randomHex(olderTokenLength)
	c.st.Older.Temporary[digest(token)] = &temporary{Callback: callback, Scopes: scopes, Until: c.now.Add(temporaryTTL)}
	fields := []string{"login_url", c.loginURL(token), "oauth_token", token, "oauth_token_secret", c.st.Older.secretOf(token)}
	if c.st.take(faultUnconfirmed) == "" {
		fields = append(fields, "oauth_callback_confirmed", "true")
	}
	return credentials(append(fields, "oauth_consumer_key", OlderClientID, "oauth_callback", callback)...)
}

// loginURL is where the seller is to be sent.
func (c *olderCall) loginURL(token string) string {
	q := url.Values{"oauth_consumer_key": {OlderClientID}, "oauth_token": {token}, "service": {"v2_prod"}}.Encode()
	switch c.st.take(faultHostileLoginURL, faultForeignLoginURL) {
	case faultHostileLoginURL:
		return "javascript:alert(document.domain)//" + pathOlderSignIn + "?" + q
	case faultForeignLoginURL:
		return "https://signin.practice-market.example" + pathOlderSignIn + "?" + q
	}
	return c.pages + pathOlderSignIn + "?" + q
}

// callable takes oob, what is registered, and any address of this computer.
func callable(callback string, registered []string) bool {
	if callback == outOfBand || callback == defaultRedirect || slices.Contains(registered, callback) {
		return true
	}
	u, err := url.Parse(callback)
	return err == nil && checkRegistration(callback) == nil && u.Scheme == "http" && loopbackHost(u.Host)
}

// readOlderScopes reads the names; unknown is the first that this market does not know.
func readOlderScopes(values []string) (scopes []string, unknown string) {
	scopes = strings.Fields(strings.Join(values, " "))
	slices.Sort(scopes)
	scopes = slices.Compact(scopes)
	for _, name := range scopes {
		if !slices.Contains(olderScopeNames, name) {
			return nil, cleanName(name, 40)
		}
	}
	return scopes, ""
}

// accessTokenOlder turns temporary credentials that were allowed into a key (RFC 5849 2.3). They are good for one key, and
// for a few slips of the hand.
func accessTokenOlder(c *olderCall) answer {
	t := c.waiting
	verifier := c.q.Get("oauth_verifier")
	if c.st.take(faultVerifierExpired) != "" {
		t.Until = c.now
	}
	switch {
	case t.Used:
		return refuseSigned(problem(tokenUsed), "these temporary credentials have become a key already")
	case t.Denied:
		return refuseSigned(problem(permissionDenied), "the seller said no")
	case !c.now.Before(t.Until):
		return refuseSigned(problem(tokenExpired), "the temporary credentials have expired")
	case t.Wrong > wrongVerifiers:
		return refuseSigned(problem(tokenRejected), "the verifier was wrong too often")
	case verifier == "":
		return refuseSigned(signed.Absent("oauth_verifier"), "oauth_verifier is required")
	case t.Shop == 0:
		return refuseSigned(problem(permissionUnknown), "the seller has not answered yet")
	case !same(t.Verifier, verifierHash(c.token, verifier)):
		t.Wrong++
		return refuseSigned(problem(verifierInvalid), "the verifier is not the one that the seller was given")
	}
	t.Used = true
	token := randomHex(olderTokenLength)
	c.st.Older.Keys[digest(token)] = &olderKey{Shop: t.Shop, Name: t.Name, Scopes: t.Scopes, Since: c.now}
	return credentials("oauth_token", token, "oauth_token_secret", c.st.Older.secretOf(token))
}
