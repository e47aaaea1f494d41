package valet

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"valetkey/oauth"
	"valetkey/oauth/oauth1"
)

// clientSecretBlank is where a header of a provider file wants the secret.
const clientSecretBlank = "{client_secret}"

// Market is a provider with what this app knows about asking it: a built-in one, or a provider file.
type Market struct {
	oauth.Provider
	OAuth1 *oauth1.Provider // of a market that speaks OAuth 1.0a: its endpoints, and those of Provider are empty. nil: OAuth 2.0

	ClientID string // of a provider file: the app key's public half
	Redirect string // registered there; the default for new app keys
	BuiltIn  bool
	Practice bool
	EtsyAPI  bool // speaks Etsy's API v3: user ids in tokens, users/me, shops, scopes, ping
	Purposes []Purpose

	FromIssuer bool          // of a provider file: endpoints are as its issuer says (RFC 8414)
	Offers     []oauth.Scope // permissions that the issuer lists, where the file lists none. None is asked for unless named

	// SucceededBy is the id of the market of today at which a key of this one, an older API, can be exchanged by Etsy's grant
	// token_exchange; empty: none.
	SucceededBy string
	// ScopesAt is where an API that is not of Etsy's form today says what a key opens; zero: nowhere.
	ScopesAt ScopesLookup
	// RefreshDays is how long a refresh token lives unused, where the provider has said so; 0: unknown.
	RefreshDays int
	// KeepsPrevious marks a provider that does not say whether a spent refresh token dies at once: it is kept until its
	// successor has been used, and sent once at most, where the successor is refused.
	KeepsPrevious bool
	// AlwaysAsked are permissions without which nothing works here.
	AlwaysAsked []oauth.Scope
}

// ScopesLookup is an address of a provider's API, and where in its answer the list of permissions stands (RFC 6901).
type ScopesLookup struct{ URL, List string }

// Purpose is a set of permissions that belongs to one wish: "work out my fees". words has its title.
type Purpose struct {
	ID     string
	Scopes []oauth.Scope
}

// NeedsSecret reports whether the app key has a secret half that is sent somewhere.
func (m Market) NeedsSecret() bool {
	if m.OAuth1 != nil || m.AuthMethod != "" && m.AuthMethod != oauth.AuthNone {
		return true
	}
	for _, value := range m.Headers {
		if strings.Contains(value, clientSecretBlank) {
			return true
		}
	}
	return false
}

// Hosts gives the hosts that show the consent page, receive credentials or say who does, each once. See [Market.Trust].
func (m Market) Hosts() []string {
	var hosts []string
	addresses := []string{m.AuthorizationEndpoint, m.TokenEndpoint, m.RevocationEndpoint, m.API, m.Account.URL}
	if o := m.OAuth1; o != nil {
		addresses = append([]string{o.AuthorizationEndpoint, o.TemporaryCredentialsEndpoint, o.TokenEndpoint}, addresses...)
	}
	if m.FromIssuer || !m.complete() {
		addresses = append(addresses, m.Issuer) // who said, or will say, which the others are
	}
	for _, address := range addresses {
		parsed, err := url.Parse(address)
		if err == nil && parsed.Host != "" && !slices.Contains(hosts, parsed.Host) {
			hosts = append(hosts, parsed.Host)
		}
	}
	return hosts
}

// scopes gives asked in the provider's order, each once, with those that are always asked; none asked means all there are.
// A scope that the provider does not list is an error, unless it lists none at all.
func (m Market) scopes(asked []oauth.Scope) ([]oauth.Scope, error) {
	if len(asked) == 0 {
		asked = nil
		for _, info := range m.Scopes {
			asked = append(asked, info.Name)
		}
	} else {
		asked = append(slices.Clone(asked), m.AlwaysAsked...)
	}
	if len(m.Scopes) == 0 {
		return asked, nil
	}
	for _, scope := range asked {
		if !slices.ContainsFunc(m.Scopes, func(info oauth.ScopeInfo) bool { return info.Name == scope }) {
			return nil, &Error{Kind: UnknownScope, Subject: printable(string(scope)), Provider: m.Name}
		}
	}
	var ordered []oauth.Scope
	for _, info := range m.Scopes {
		if slices.Contains(asked, info.Name) {
			ordered = append(ordered, info.Name)
		}
	}
	return ordered, nil
}

// Signs is how requests to a market of OAuth 1.0a are signed, as provider files name it; "" for OAuth 2.
func (m Market) Signs() string {
	if m.OAuth1 == nil {
		return ""
	}
	return string(cmp.Or(m.OAuth1.SignatureMethod, oauth1.HMACSHA1))
}

func (m Market) protocol() Protocol {
	if m.OAuth1 != nil {
		return OAuth10
	}
	return OAuth2
}

// goodRedirect reports whether uri can be the callback of an app key of this market.
func (m Market) goodRedirect(uri string) bool {
	if m.OAuth1 != nil {
		return goodRedirect1(uri)
	}
	return oauth.CheckRedirect(uri) == nil
}

// fingerprint is [endpointsOf] for the market whole: what a key was won from, whichever protocol it was won by.
func (m Market) fingerprint(key AppKey) string {
	p := m.Provider
	if o := m.OAuth1; o != nil {
		p.AuthorizationEndpoint, p.TokenEndpoint = o.AuthorizationEndpoint, o.TokenEndpoint
		p.RevocationEndpoint = strings.Join([]string{protocol1, o.TemporaryCredentialsEndpoint, string(o.SignatureMethod), o.Realm}, " ")
	}
	return endpointsOf(p, key)
}
