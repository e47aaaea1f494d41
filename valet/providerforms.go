package valet

import (
	"strings"

	"valetkey/oauth"
	"valetkey/oauth/oauth1"
)

// Protocols that a provider file may name.
const (
	protocol2 = "oauth2"
	protocol1 = "oauth1"
)

// checksOfProtocol names what each protocol wants of its own fields, and that the other's are left out.
func (f providerFile) checksOfProtocol() []fieldCheck {
	switch f.Protocol {
	case protocol2:
		return f.checks2()
	case protocol1:
		return f.checks1()
	}
	return []fieldCheck{{"protocol", false}}
}

func (f providerFile) checks2() []fieldCheck {
	complete := f.Issuer == ""
	return []fieldCheck{
		{"temporary_credentials_endpoint", f.TemporaryEndpoint == ""},
		{"signature_method", f.SignatureMethod == ""},
		{"scope_parameter", f.ScopeParameter == ""},
		{"realm", f.Realm == ""},
		{"exact_callback", !f.ExactCallback},
		{"issuer", f.Issuer == "" || oauth.CheckIssuer(f.Issuer) == nil},
		{"authorization_response_iss_parameter_supported", !f.SendsIssuer || f.Issuer != ""},
		{"authorization_endpoint", goodAddress(f.AuthorizationEndpoint, complete) && oauth.CheckAuthorizationQuery(f.AuthorizationEndpoint) == nil},
		{"token_endpoint", goodAddress(f.TokenEndpoint, complete)},
		{"revocation_endpoint", goodAddress(f.RevocationEndpoint, false)},
		{"token_endpoint_auth_method", knownMethod(f.AuthMethod)},
		{"redirect_uri", oauth.CheckRedirect(f.RedirectURI) == nil},
	}
}

func (f providerFile) checks1() []fieldCheck {
	// Each field is tried in a provider that is good but for it, so that the refusal names the one that is not.
	good := func(spoil func(*oauth1.Provider)) bool {
		const address = "https://localhost/"
		trial := oauth1.Provider{TemporaryCredentialsEndpoint: address, AuthorizationEndpoint: address, TokenEndpoint: address}
		spoil(&trial)
		return trial.Check() == nil
	}
	return []fieldCheck{
		{"issuer", f.Issuer == ""},
		{"authorization_response_iss_parameter_supported", !f.SendsIssuer},
		{"revocation_endpoint", f.RevocationEndpoint == ""},
		{"token_endpoint_auth_method", f.AuthMethod == ""},
		{"headers", len(f.Headers) == 0},
		{"temporary_credentials_endpoint", good(func(p *oauth1.Provider) { p.TemporaryCredentialsEndpoint = f.TemporaryEndpoint })},
		{"authorization_endpoint", good(func(p *oauth1.Provider) { p.AuthorizationEndpoint = f.AuthorizationEndpoint })},
		{"token_endpoint", good(func(p *oauth1.Provider) { p.TokenEndpoint = f.TokenEndpoint })},
		{"signature_method", good(func(p *oauth1.Provider) { p.SignatureMethod = f.SignatureMethod }) && f.secretsCovered()},
		{"scope_parameter", good(func(p *oauth1.Provider) { p.ScopeParameter = f.ScopeParameter })},
		{"realm", good(func(p *oauth1.Provider) { p.Realm = f.Realm })},
		{"redirect_uri", goodRedirect1(f.RedirectURI)},
	}
}

// secretsCovered: PLAINTEXT sends both secrets as they are, so every address that is signed for has to be https (RFC 5849 3.4.4).
func (f providerFile) secretsCovered() bool {
	if f.SignatureMethod != oauth1.Plaintext {
		return true
	}
	for _, address := range []string{f.TemporaryEndpoint, f.TokenEndpoint, f.API, f.Account.URL} {
		if address != "" && !strings.HasPrefix(strings.ToLower(address), "https:") {
			return false
		}
	}
	return true
}

// goodRedirect1 accepts a callback of OAuth 1.0a: an address of this machine, or none, where the seller types what is shown.
func goodRedirect1(uri string) bool {
	return uri == oauth1.OutOfBand || strings.HasPrefix(uri, "http:") && oauth.CheckRedirect(uri) == nil
}

// signed is the server of OAuth 1.0a that the file describes; nil for a file of OAuth 2.0.
func (f providerFile) signed() *oauth1.Provider {
	if f.Protocol != protocol1 {
		return nil
	}
	return &oauth1.Provider{
		TemporaryCredentialsEndpoint: f.TemporaryEndpoint, AuthorizationEndpoint: f.AuthorizationEndpoint, TokenEndpoint: f.TokenEndpoint,
		SignatureMethod: f.SignatureMethod, ScopeParameter: f.ScopeParameter, Realm: f.Realm, ExactCallback: f.ExactCallback,
	}
}

func goodAddress(address string, required bool) bool {
	return address == "" && !required || oauth.CheckEndpoint(address) == nil
}

func knownMethod(m oauth.AuthMethod) bool {
	switch m {
	case "", oauth.AuthNone, oauth.AuthSecretPost, oauth.AuthSecretBasic:
		return true
	}
	return false
}

// ourHeaders are those that this program writes itself: a file that sets one would say something untrue, or break the request.
var ourHeaders = map[string]bool{
	"authorization": true, "proxy-authorization": true, "host": true, "connection": true, "content-length": true, "content-type": true,
	"transfer-encoding": true, "te": true, "upgrade": true, "accept-encoding": true, "user-agent": true, "cookie": true,
}
