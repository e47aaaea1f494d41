package valet

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/net/http/httpguts"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/oauth/oauth1"
)

// providerFile is the form of a provider file. It has no field for a secret.
type providerFile struct {
	ID                    string            `json:"id"`
	Name                  string            `json:"name"`
	Protocol              string            `json:"protocol"`
	Issuer                string            `json:"issuer"`
	AuthorizationEndpoint string            `json:"authorization_endpoint"`
	TokenEndpoint         string            `json:"token_endpoint"`
	RevocationEndpoint    string            `json:"revocation_endpoint"`
	SendsIssuer           bool              `json:"authorization_response_iss_parameter_supported"`
	ClientID              string            `json:"client_id"`
	AuthMethod            oauth.AuthMethod  `json:"token_endpoint_auth_method"`
	RedirectURI           string            `json:"redirect_uri"`
	Scopes                []scopeFile       `json:"scopes"`
	API                   string            `json:"api"`
	Account               accountFile       `json:"account"`
	Headers               map[string]string `json:"headers"`
	WithdrawPage          string            `json:"withdraw_page"`

	// OAuth 1.0a alone.
	TemporaryEndpoint string                 `json:"temporary_credentials_endpoint"`
	SignatureMethod   oauth1.SignatureMethod `json:"signature_method"`
	ScopeParameter    string                 `json:"scope_parameter"`
	Realm             string                 `json:"realm"`
	ExactCallback     bool                   `json:"exact_callback"`
}

type scopeFile struct {
	Name  oauth.Scope `json:"name"`
	Title string      `json:"title"`
	Risk  oauth.Risk  `json:"risk"`
}

type accountFile struct {
	URL  string `json:"url"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

var (
	idForm     = pattern(`^[a-z0-9][a-z0-9-]*$`)
	clientForm = pattern(`^[\x20-\x7E]+$`) // RFC 6749 A.1
)

// Decode checks the text of a provider file whole, and asks nobody: a market that leaves its endpoints to its issuer comes without
// them, see [Providers.Draft]. Errors: [BadProviderFile] and [SecretInFile], whose Subject is the field; never its value.
func (p *Providers) Decode(data []byte) (Market, error) {
	if len(data) > providerFileLimit {
		return Market{}, badField("256 KiB", whySize)
	}
	var f providerFile
	if err := strictly(trimmed(data), &f); err != nil {
		return Market{}, err
	}
	f.RedirectURI = cmp.Or(f.RedirectURI, etsy.DefaultRedirect) // the usual one of this app, for every provider
	if _, builtin := p.find(f.ID); builtin || passesFor(f.ID) { // it is typed in the place of a name, and begins variables
		return Market{}, badField("id", whyTaken)
	}
	if !goodName(f.Name, p.builtin) {
		return Market{}, badField("name", f.why(data, "name"))
	}
	for _, check := range f.checks() {
		if !check.ok {
			return Market{}, badField(check.field, f.why(data, check.field))
		}
	}
	return f.market(), nil
}

// trimmed is the text without the byte order mark that some editors put before it.
func trimmed(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\ufeff")) }

// scopeLimit is how long a permission's name may be: it is shown where there is no title.
const scopeLimit = 200

type fieldCheck struct {
	field string
	ok    bool
}

// checks names what is wanted of each field.
func (f providerFile) checks() []fieldCheck {
	checks := append([]fieldCheck{{"id", len(f.ID) <= nameLimit && idForm().MatchString(f.ID)}}, f.checksOfProtocol()...)
	checks = append(checks, []fieldCheck{
		{"client_id", goodClientID(f.ClientID)},
		{"api", goodAddress(f.API, false)},
		{"account.url", goodAddress(f.Account.URL, false)},
		{"account.id", goodPointer(f.Account.ID)},
		{"account.name", goodPointer(f.Account.Name)},
		{"withdraw_page", goodAddress(f.WithdrawPage, false)},
	}...)
	for n, scope := range f.Scopes {
		at := fmt.Sprintf("scopes[%d].", n)
		checks = append(checks,
			fieldCheck{at + "name", oauth.ValidScope(scope.Name) && len(scope.Name) <= scopeLimit},
			fieldCheck{at + "title", scope.Title == "" || goodLine(scope.Title)},
			fieldCheck{at + "risk", scope.Risk == "" || scope.Risk == oauth.RiskRead || scope.Risk == oauth.RiskChange || scope.Risk == oauth.RiskDelete})
	}
	for name, value := range f.Headers {
		ok := httpguts.ValidHeaderFieldName(name) && httpguts.ValidHeaderFieldValue(value) && !ourHeaders[strings.ToLower(name)]
		checks = append(checks, fieldCheck{"headers", ok})
	}
	return checks
}

func (f providerFile) market() Market {
	m := Market{
		Provider: oauth.Provider{
			ID: f.ID, Name: f.Name, Issuer: f.Issuer, RevocationEndpoint: f.RevocationEndpoint, AuthMethod: f.AuthMethod,
			RequiresIssuer: f.SendsIssuer, API: f.API, Account: oauth.AccountLookup(f.Account), Headers: f.Headers, WithdrawPage: f.WithdrawPage,
		},
		OAuth1: f.signed(), ClientID: f.ClientID, Redirect: f.RedirectURI,
	}
	if m.OAuth1 == nil { // what is signed for is never asked in the other way
		m.AuthorizationEndpoint, m.TokenEndpoint = f.AuthorizationEndpoint, f.TokenEndpoint
	}
	for _, s := range f.Scopes {
		if s.Risk == "" {
			s.Risk = oauth.RiskChange // unknown is not harmless
		}
		m.Scopes = append(m.Scopes, oauth.ScopeInfo{Name: s.Name, Title: s.Title, Risk: s.Risk})
	}
	return m
}

func goodClientID(id string) bool { return len(id) <= 500 && clientForm().MatchString(id) }
