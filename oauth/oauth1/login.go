package oauth1

import (
	"errors"
	"net/url"
	"strings"

	"valetkey/oauth"
)

// ErrBadLoginURL refuses a login_url that is not a page of the provider's, for the temporary token it came with.
var ErrBadLoginURL = errors.New("oauth1: the sign-in address that the server sent is not the provider's")

// loginAddress checks login_url, in which some servers say where the seller approves (RFC 5849 2.2 leaves it to the
// documentation). It has to be an address like the authorization endpoint: same scheme and port, the same host or one below it,
// and for our token, which is added where it is missing. The error is [ErrBadLoginURL] and does not quote it.
func loginAddress(raw, endpoint string, token oauth.Secret) (oauth.Secret, error) {
	if oauth.CheckEndpoint(raw) != nil {
		return oauth.Secret{}, ErrBadLoginURL
	}
	given, err := url.Parse(raw)
	known, knownErr := url.Parse(endpoint)
	if err != nil || knownErr != nil || !sameOrBelow(given, known) {
		return oauth.Secret{}, ErrBadLoginURL
	}
	query, err := url.ParseQuery(given.RawQuery)
	if err != nil {
		return oauth.Secret{}, ErrBadLoginURL
	}
	if !query.Has("oauth_token") {
		return oauth.NewSecret(withQuery(raw, "oauth_token="+encode(token.Reveal()))), nil
	}
	if !only(query, "oauth_token", token) {
		return oauth.Secret{}, ErrBadLoginURL
	}
	return oauth.NewSecret(raw), nil
}

// sameOrBelow compares scheme, port and host. A name below a host is its owner's to give away; a name beside it may be anybody's.
func sameOrBelow(given, known *url.URL) bool {
	if given.Scheme != known.Scheme || port(given) != port(known) {
		return false
	}
	host, above := strings.ToLower(given.Hostname()), strings.ToLower(known.Hostname())
	return host == above || given.Scheme == "https" && strings.HasSuffix(host, "."+above)
}

// port gives the port an address means.
func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "http":
		return "80"
	}
	return "443"
}
