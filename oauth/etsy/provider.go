// Package etsy is what is Etsy's own beside plain OAuth 2.0: endpoints and scopes of Open API v3, the x-api-key header, the
// few calls that say who connected, and what Etsy's refusals mean.
//
// [Provider] is the data, [TokenTransport] the two habits of the token endpoint, [API] the calls, [Refusal] and [CauseOf] the
// meaning of errors. Whatever Etsy does not document is read with care and never relied on.
package etsy

import "valetkey/oauth"

// DefaultRedirect is the redirect URI of Etsy's own quick start. Etsy compares it letter for letter with what is registered.
const DefaultRedirect = "http://localhost:3003/oauth/redirect"

// The hosts of API v3, which Etsy calls interchangeable. The token endpoint is documented on the first, the API on the second.
const (
	tokenHost = "api.etsy.com"
	apiHost   = "openapi.etsy.com"
)

// Provider is Etsy's authorization server and API v3, as data. There is no revocation endpoint and no issuer.
func Provider() oauth.Provider {
	return oauth.Provider{
		ID:                    "etsy",
		Name:                  "Etsy",
		AuthorizationEndpoint: "https://www.etsy.com/oauth/connect",
		TokenEndpoint:         "https://" + tokenHost + "/v3/public/oauth/token",
		AuthMethod:            oauth.AuthNone,
		Scopes: []oauth.ScopeInfo{
			{Name: "shops_r", Risk: oauth.RiskRead},
			{Name: "shops_w", Risk: oauth.RiskChange},
			{Name: "listings_r", Risk: oauth.RiskRead},
			{Name: "listings_w", Risk: oauth.RiskChange},
			{Name: "listings_d", Risk: oauth.RiskDelete},
			{Name: "transactions_r", Risk: oauth.RiskRead},
			{Name: "transactions_w", Risk: oauth.RiskChange},
			{Name: "profile_r", Risk: oauth.RiskRead},
			{Name: "profile_w", Risk: oauth.RiskChange},
			{Name: "email_r", Risk: oauth.RiskRead},
			{Name: "address_r", Risk: oauth.RiskRead},
			{Name: "address_w", Risk: oauth.RiskDelete}, // "change or delete"
		},
		API:          "https://" + apiHost,
		Account:      oauth.AccountLookup{URL: "https://" + apiHost + pathMe, ID: "/user_id"},
		Headers:      map[string]string{"x-api-key": "{client_id}:{client_secret}"},
		WithdrawPage: "https://www.etsy.com/your/apps",
	}
}

// Purpose is a set of scopes that a person would name together.
type Purpose struct {
	ID     string
	Scopes []oauth.Scope
}

// Purposes are offered in this order. shops_r is in all of them: it is what says whose key it is.
func Purposes() []Purpose {
	everything := Purpose{ID: "everything"}
	for _, scope := range Provider().Scopes {
		everything.Scopes = append(everything.Scopes, scope.Name)
	}
	return []Purpose{
		{"look", []oauth.Scope{"shops_r", "listings_r"}},
		{"fees", []oauth.Scope{"shops_r", "transactions_r"}},
		{"research", []oauth.Scope{"shops_r", "listings_r"}},
		{"listings", []oauth.Scope{"shops_r", "listings_r", "listings_w"}}, // deleting is a box of its own
		{"orders", []oauth.Scope{"shops_r", "transactions_r", "transactions_w"}},
		{"storefront", []oauth.Scope{
			"shops_r", "shops_w", "listings_r", "listings_w", "listings_d", "transactions_r", "transactions_w"}},
		everything,
	}
}
