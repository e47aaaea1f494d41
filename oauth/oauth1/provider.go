package oauth1

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"valetkey/oauth"
)

// SignatureMethod is how a request is signed (RFC 5849 3.4).
type SignatureMethod string

// The methods we speak.
const (
	HMACSHA1   SignatureMethod = "HMAC-SHA1"   // RFC 5849 3.4.2; so is the zero value
	HMACSHA256 SignatureMethod = "HMAC-SHA256" // as HMAC-SHA1 with the longer sum; in no RFC, but widely understood
	Plaintext  SignatureMethod = "PLAINTEXT"   // RFC 5849 3.4.4; https alone
)

func (m SignatureMethod) orUsual() SignatureMethod {
	if m == "" {
		return HMACSHA1
	}
	return m
}

// Provider is a server of OAuth 1.0a, as data. It holds no secret.
type Provider struct {
	TemporaryCredentialsEndpoint string // RFC 5849 2.1
	AuthorizationEndpoint        string // RFC 5849 2.2
	TokenEndpoint                string // RFC 5849 2.3

	SignatureMethod SignatureMethod
	ScopeParameter  string // query parameter of the first request that names the scopes, a space between; empty: there is none
	Realm           string // of the Authorization header; empty: not sent
	ExactCallback   bool   // the provider compares callbacks letter for letter, so we may not add a value of ours to it
}

// What a provider can be refused for, besides the errors of [oauth.CheckEndpoint].
var (
	errScopeParameter = errors.New("oauth1: the scope parameter is not a plain name, or one of the signature's")
	errRealm          = errors.New("oauth1: the realm holds a quote, a backslash or something that cannot be printed")
	errNotDecoded     = errors.New("oauth1: its query cannot be read")
)

// Check reports why requests would not be sent to this provider; nil means that they would. Endpoints are https, or http on a
// loopback host, and set no parameter that is the protocol's. The error names what it is about and never shows a value.
func (p Provider) Check() error {
	for _, endpoint := range []struct {
		name, address string
		signed        bool
	}{
		{"temporary credentials endpoint", p.TemporaryCredentialsEndpoint, true},
		{"authorization endpoint", p.AuthorizationEndpoint, false},
		{"token endpoint", p.TokenEndpoint, true},
	} {
		err := p.checkEndpoint(endpoint.address, endpoint.signed)
		if err != nil {
			return fmt.Errorf("oauth1: %s: %w", endpoint.name, err)
		}
	}
	switch p.SignatureMethod.orUsual() {
	case HMACSHA1, HMACSHA256, Plaintext:
	default:
		return ErrSignatureMethod
	}
	if encode(p.ScopeParameter) != p.ScopeParameter || isReserved([]byte(p.ScopeParameter)) {
		return errScopeParameter
	}
	if !visible(strings.ReplaceAll(p.Realm, " ", "")) || strings.ContainsAny(p.Realm, `"\`) {
		return errRealm
	}
	return nil
}

// checkEndpoint looks at one address; signed tells whether signatures go there.
func (p Provider) checkEndpoint(address string, signed bool) error {
	if err := oauth.CheckEndpoint(address); err != nil {
		return err
	}
	u, err := url.Parse(address)
	if err != nil {
		return oauth.ErrNoAddress // the error of net/url quotes it
	}
	if signed && p.SignatureMethod == Plaintext && u.Scheme != "https" {
		return ErrPlaintext
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return errNotDecoded
	}
	for name := range query {
		if isReserved([]byte(name)) {
			return ErrReserved
		}
	}
	return nil
}
