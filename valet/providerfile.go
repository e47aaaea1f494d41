package valet

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/http/httpguts"
	"golang.org/x/text/unicode/norm"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
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
	ClientID              string            `json:"client_id"`
	AuthMethod            oauth.AuthMethod  `json:"token_endpoint_auth_method"`
	RedirectURI           string            `json:"redirect_uri"`
	Scopes                []scopeFile       `json:"scopes"`
	API                   string            `json:"api"`
	Account               accountFile       `json:"account"`
	Headers               map[string]string `json:"headers"`
	WithdrawPage          string            `json:"withdraw_page"`
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
	idForm     = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	clientForm = regexp.MustCompile(`^[\x20-\x7E]+$`) // RFC 6749 A.1
)

// decode checks a provider file whole: what it returns can be used as it stands.
func (p *Providers) decode(data []byte) (Market, error) {
	if err := noDoubledKeys(data); err != nil {
		return Market{}, err
	}
	var f providerFile
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&f); err != nil {
		return Market{}, badField(jsonField(err))
	}
	if _, err := decoder.Token(); err != io.EOF {
		return Market{}, badField("end of file")
	}
	f.RedirectURI = cmp.Or(f.RedirectURI, etsy.DefaultRedirect) // the usual one of this app, for every provider
	if _, builtin := p.find(f.ID); builtin {
		return Market{}, badField("id")
	}
	for _, check := range f.checks() {
		if !check.ok {
			return Market{}, badField(check.field)
		}
	}
	return f.market(), nil
}

type fieldCheck struct {
	field string
	ok    bool
}

// checks names what is wanted of each field.
func (f providerFile) checks() []fieldCheck {
	address := func(s string, required bool) bool {
		return s == "" && !required || oauth.CheckEndpoint(s) == nil
	}
	checks := []fieldCheck{
		{"id", len(f.ID) <= nameLimit && idForm.MatchString(f.ID)},
		{"name", goodName(f.Name)},
		{"protocol", f.Protocol == "oauth2"},
		{"issuer", address(f.Issuer, false)},
		{"authorization_endpoint", address(f.AuthorizationEndpoint, true) && oauth.CheckAuthorizationQuery(f.AuthorizationEndpoint) == nil},
		{"token_endpoint", address(f.TokenEndpoint, true)},
		{"revocation_endpoint", address(f.RevocationEndpoint, false)},
		{"client_id", goodClientID(f.ClientID)},
		{"token_endpoint_auth_method", knownMethod(f.AuthMethod)},
		{"redirect_uri", oauth.CheckRedirect(f.RedirectURI) == nil},
		{"api", address(f.API, false)},
		{"account.url", address(f.Account.URL, false)},
		{"account.id", goodPointer(f.Account.ID)},
		{"account.name", goodPointer(f.Account.Name)},
		{"withdraw_page", address(f.WithdrawPage, false)},
	}
	for n, scope := range f.Scopes {
		at := fmt.Sprintf("scopes[%d].", n)
		checks = append(checks,
			fieldCheck{at + "name", oauth.ValidScope(scope.Name)},
			fieldCheck{at + "title", scope.Title == "" || goodName(scope.Title)},
			fieldCheck{at + "risk", scope.Risk == "" || scope.Risk == oauth.RiskRead || scope.Risk == oauth.RiskChange || scope.Risk == oauth.RiskDelete})
	}
	for name, value := range f.Headers {
		ok := httpguts.ValidHeaderFieldName(name) && httpguts.ValidHeaderFieldValue(value) && !strings.EqualFold(name, "authorization")
		checks = append(checks, fieldCheck{"headers", ok})
	}
	return checks
}

func (f providerFile) market() Market {
	m := Market{
		Provider: oauth.Provider{
			ID: f.ID, Name: f.Name, Issuer: f.Issuer, AuthorizationEndpoint: f.AuthorizationEndpoint,
			TokenEndpoint: f.TokenEndpoint, RevocationEndpoint: f.RevocationEndpoint, AuthMethod: f.AuthMethod,
			API: f.API, Account: oauth.AccountLookup(f.Account), Headers: f.Headers, WithdrawPage: f.WithdrawPage,
		},
		ClientID: f.ClientID, Redirect: f.RedirectURI,
	}
	for _, s := range f.Scopes {
		if s.Risk == "" {
			s.Risk = oauth.RiskChange // unknown is not harmless
		}
		m.Scopes = append(m.Scopes, oauth.ScopeInfo{Name: s.Name, Title: s.Title, Risk: s.Risk})
	}
	return m
}

func badField(field string) error { return &Error{Kind: BadProviderFile, Subject: printable(field)} }

// jsonField says where decoding stopped, without the value that stood there.
func jsonField(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return kind.Field
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return strings.Trim(name, `"`)
	}
	return "JSON"
}

// noDoubledKeys refuses an object that names a field twice: readers differ in which one counts.
func noDoubledKeys(data []byte) error {
	if !utf8.Valid(data) {
		return badField("UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	var open []map[string]bool // one set of keys for each object we are in; nil for an array
	var key []bool
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil // the decoder that follows says what is wrong with it
		}
		top := len(open) - 1
		switch token {
		case json.Delim('{'):
			open, key = append(open, map[string]bool{}), append(key, true)
			continue
		case json.Delim('['):
			open, key = append(open, nil), append(key, false)
			continue
		case json.Delim('}'), json.Delim(']'):
			open, key = open[:top], key[:top]
			top--
		default:
			if top >= 0 && open[top] != nil && key[top] {
				name := token.(string)
				folded := strings.ToLower(name) // as the decoder that follows matches it
				if open[top][folded] {
					return badField(name)
				}
				open[top][folded], key[top] = true, false
				continue
			}
		}
		if top >= 0 && open[top] != nil {
			key[top] = true
		}
	}
}

func goodClientID(id string) bool { return len(id) <= 500 && clientForm.MatchString(id) }

func knownMethod(m oauth.AuthMethod) bool {
	switch m {
	case "", oauth.AuthNone, oauth.AuthSecretPost, oauth.AuthSecretBasic:
		return true
	}
	return false
}

// lookalikes folds the letters that imitate those of a built-in name.
var lookalikes = strings.NewReplacer("е", "e", "ё", "e", "ε", "e", "т", "t", "τ", "t", "ѕ", "s", "у", "y", "ү", "y", "γ", "y", "3", "e", "5", "s", "7", "t", "$", "s")

// goodName accepts one line of printable text that does not pass for a built-in market.
func goodName(name string) bool {
	if name == "" || utf8.RuneCountInString(name) > 80 || name != printable(name) || name != strings.TrimSpace(name) {
		return false
	}
	var letters strings.Builder
	for _, r := range lookalikes.Replace(strings.ToLower(norm.NFKC.String(name))) {
		if r >= 'a' && r <= 'z' {
			letters.WriteRune(r)
		}
	}
	return letters.String() != "etsy"
}
