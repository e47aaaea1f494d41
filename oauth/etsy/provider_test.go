package etsy

import (
	"slices"
	"strings"
	"testing"

	"valetkey/oauth"
)

func TestProvider(t *testing.T) {
	p := Provider()
	for what, pair := range map[string][2]string{
		"authorization endpoint": {p.AuthorizationEndpoint, "https://www.etsy.com/oauth/connect"},
		"token endpoint":         {p.TokenEndpoint, "https://api.etsy.com/v3/public/oauth/token"},
		"revocation endpoint":    {p.RevocationEndpoint, ""},
		"issuer":                 {p.Issuer, ""},
		"API":                    {p.API, "https://openapi.etsy.com"},
		"withdraw page":          {p.WithdrawPage, "https://www.etsy.com/your/apps"},
		"header":                 {p.Headers["x-api-key"], "{client_id}:{client_secret}"},
		"client authentication":  {string(p.AuthMethod), "none"},
		"id":                     {p.ID, "etsy"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s = %q, want %q", what, pair[0], pair[1])
		}
	}
	if err := oauth.CheckAuthorizationQuery(p.AuthorizationEndpoint); err != nil {
		t.Error(err)
	}
}

func TestScopes(t *testing.T) {
	var names []string
	for _, scope := range Provider().Scopes {
		names = append(names, string(scope.Name))
		want := map[byte]oauth.Risk{'r': oauth.RiskRead, 'w': oauth.RiskChange, 'd': oauth.RiskDelete}[scope.Name[len(scope.Name)-1]]
		if scope.Name == "address_w" {
			want = oauth.RiskDelete
		}
		if scope.Risk != want {
			t.Errorf("%s: risk %s, want %s", scope.Name, scope.Risk, want)
		}
	}
	slices.Sort(names)
	want := "address_r address_w email_r listings_d listings_r listings_w profile_r profile_w shops_r shops_w transactions_r transactions_w"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("scopes = %s, want the twelve of today: %s", got, want)
	}
}

func TestPurposes(t *testing.T) {
	known := map[oauth.Scope]bool{}
	for _, scope := range Provider().Scopes {
		known[scope.Name] = true
	}
	var ids []string
	for _, purpose := range Purposes() {
		ids = append(ids, purpose.ID)
		if !slices.Contains(purpose.Scopes, "shops_r") {
			t.Errorf("%s does not ask for shops_r", purpose.ID)
		}
		for i, scope := range purpose.Scopes {
			if !known[scope] || slices.Contains(purpose.Scopes[:i], scope) {
				t.Errorf("%s: %s is unknown or repeated", purpose.ID, scope)
			}
		}
	}
	if got := strings.Join(ids, " "); got != "look fees research listings orders storefront everything" {
		t.Errorf("purposes = %s", got)
	}
	if count := len(Purposes()[5].Scopes); count != 7 {
		t.Errorf("storefront asks for %d scopes, want seven", count)
	}
	if count := len(Purposes()[6].Scopes); count != 12 {
		t.Errorf("everything is %d scopes, want twelve", count)
	}
}

func TestUserID(t *testing.T) {
	for token, want := range map[string]string{
		"12345678.abc":           "12345678",
		"1234567890.a.b":         "1234567890",
		"12345678":               "",
		".abc":                   "",
		"":                       "",
		"12a.b":                  "",
		"-12.b":                  "",
		"１２.b":                   "",
		"12345678901234567890.b": "",
	} {
		if got := UserID(oauth.NewSecret(token)); got != want {
			t.Errorf("UserID(%q) = %q, want %q", token, got, want)
		}
	}
}
