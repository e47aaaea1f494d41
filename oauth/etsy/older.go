package etsy

import (
	"slices"

	"valetkey/oauth"
)

// Where API v2 gave temporary credentials, had them approved and traded them (RFC 5849 2.1 to 2.3). The scopes stood in the
// query parameter [OlderScopeParameter] of the first.
const (
	OlderTemporaryCredentials = "https://" + apiHost + "/v2/oauth/request_token"
	OlderAuthorization        = "https://www.etsy.com/oauth/signin"
	OlderToken                = "https://" + apiHost + "/v2/oauth/access_token"
	OlderScopeParameter       = "scope"
)

// OlderEnded is how every refusal by API v2 begins since it was ended.
const OlderEnded = "API v2 deprecated"

// OlderProvider is Etsy's API v2 as data, but for its endpoints: it spoke OAuth 1.0a. Etsy ended it in April 2023: what it was is of
// use for a key from then, which the grant token_exchange may turn into one of today, and for practice.
func OlderProvider() oauth.Provider {
	return oauth.Provider{
		ID:   "etsy-v2",
		Name: "Etsy, older API",
		Scopes: []oauth.ScopeInfo{
			{Name: "email_r", Risk: oauth.RiskRead},
			{Name: "shops_rw", Risk: oauth.RiskChange},
			{Name: "listings_r", Risk: oauth.RiskRead},
			{Name: "listings_w", Risk: oauth.RiskChange},
			{Name: "listings_d", Risk: oauth.RiskDelete},
			{Name: "transactions_r", Risk: oauth.RiskRead},
			{Name: "transactions_w", Risk: oauth.RiskChange},
			{Name: "billing_r", Risk: oauth.RiskRead},
			{Name: "profile_r", Risk: oauth.RiskRead},
			{Name: "profile_w", Risk: oauth.RiskChange},
			{Name: "address_r", Risk: oauth.RiskRead},
			{Name: "address_w", Risk: oauth.RiskDelete}, // "update and delete"
			{Name: "favorites_rw", Risk: oauth.RiskChange},
			{Name: "cart_rw", Risk: oauth.RiskChange},
			{Name: "recommend_rw", Risk: oauth.RiskChange},
			{Name: "feedback_r", Risk: oauth.RiskRead},
			{Name: "treasury_r", Risk: oauth.RiskRead},
			{Name: "treasury_w", Risk: oauth.RiskDelete}, // "create and delete"
		},
		API: "https://" + apiHost,
		Account: oauth.AccountLookup{
			URL: "https://" + apiHost + "/v2/users/__SELF__/shops", ID: "/results/0/user_id", Name: "/results/0/shop_name",
		},
		WithdrawPage: Provider().WithdrawPage,
	}
}

// OlderPurposes are those of API v2, in this order.
func OlderPurposes() []Purpose {
	everything := Purpose{ID: "everything"}
	for _, scope := range OlderProvider().Scopes {
		everything.Scopes = append(everything.Scopes, scope.Name)
	}
	return []Purpose{
		{"look", []oauth.Scope{"listings_r"}},
		{"fees", []oauth.Scope{"transactions_r", "billing_r"}},
		{"listings", []oauth.Scope{"listings_r", "listings_w"}},
		{"orders", []oauth.Scope{"transactions_r", "transactions_w"}},
		{"storefront", []oauth.Scope{"shops_rw", "listings_r", "listings_w", "listings_d", "transactions_r", "transactions_w"}},
		everything,
	}
}

// successors are the scopes of API v3 that have another name than in v2. Those that v3 does not have any more have none.
var successors = map[oauth.Scope][]oauth.Scope{
	"shops_rw":     {"shops_r", "shops_w"},
	"billing_r":    nil,
	"favorites_rw": nil,
	"cart_rw":      nil,
	"recommend_rw": nil,
	"feedback_r":   nil,
	"treasury_r":   nil,
	"treasury_w":   nil,
}

// Successors gives the scopes of API v3 that stand for older, in v3's order; gone are those of older that v3 has none for.
func Successors(older []oauth.Scope) (today, gone []oauth.Scope) {
	var have []oauth.Scope
	for _, scope := range older {
		next, renamed := successors[scope]
		switch {
		case renamed && len(next) == 0:
			gone = append(gone, scope)
		case renamed:
			have = append(have, next...)
		default:
			have = append(have, scope)
		}
	}
	for _, info := range Provider().Scopes {
		if slices.Contains(have, info.Name) {
			today = append(today, info.Name)
		}
	}
	return today, gone
}
