package oauth

import (
	"net/http"
	"strings"
)

// Scope names one permission (RFC 6749 3.3).
type Scope string

// Risk says how much harm a permission can do.
type Risk string

// The three risks, from the least.
const (
	RiskRead   Risk = "read"
	RiskChange Risk = "change"
	RiskDelete Risk = "delete"
)

// ScopeInfo describes one permission to a person.
type ScopeInfo struct {
	Name  Scope
	Title string // plain words, as a person would say it
	Risk  Risk
}

// AuthMethod is how a client proves itself to the token endpoint (RFC 7591 2, token_endpoint_auth_method).
type AuthMethod string

// The methods we speak. AuthNone is a public client: no secret goes to the token endpoint.
const (
	AuthNone        AuthMethod = "none" // so is the zero value
	AuthSecretPost  AuthMethod = "client_secret_post"
	AuthSecretBasic AuthMethod = "client_secret_basic"
)

// AccountLookup says where to ask who connected: URL answers JSON in which ID and Name are RFC 6901 pointers.
type AccountLookup struct {
	URL, ID, Name string
}

// Provider is an authorization server and the API behind it, as data. It holds no secret.
type Provider struct {
	ID, Name string

	Issuer                string // empty: unknown. If set, a redirection that carries iss must carry this (RFC 9207)
	AuthorizationEndpoint string
	TokenEndpoint         string
	RevocationEndpoint    string // empty: the provider has none
	AuthMethod            AuthMethod
	RequiresIssuer        bool // a redirection without iss is refused: Issuer says that it always sends it (RFC 9207 2.4)

	Scopes       []ScopeInfo
	API          string            // base of the resource server; requests go nowhere else
	Account      AccountLookup     // zero: nobody to ask
	Headers      map[string]string // sent to API and Account; {client_id} and {client_secret} are filled in
	WithdrawPage string            // where the person takes the key back at the provider
}

// Client is this app as the provider knows it. Its methods are safe for use by many goroutines; the fields are not to be
// changed after the first call.
type Client struct {
	Provider     Provider
	ClientID     string
	ClientSecret Secret
	RedirectURI  string // sent byte for byte alike in both requests

	// Transport carries the token, revocation and account calls; nil means a transport with the limits of this package.
	Transport http.RoundTripper
}

// APIHeader gives the headers that the provider wants on every request to its API, with this client's halves filled in.
// The result is the caller's to change; it may hold the client secret.
func (c *Client) APIHeader() http.Header {
	header := make(http.Header)
	blanks := strings.NewReplacer("{client_id}", c.ClientID, "{client_secret}", c.ClientSecret.Reveal())
	for name, value := range c.Provider.Headers {
		header.Set(name, blanks.Replace(value))
	}
	return header
}
