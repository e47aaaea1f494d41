//go:build !nogui

package main

import (
	"time"

	"valetkey/gui/walk"
	"valetkey/oauth"
	"valetkey/valet"
)

// now is the moment every picture is taken at.
var now = time.Date(2026, time.November, 22, 14, 2, 0, 0, time.UTC)

const keyring = "GNOME Keyring"

var storefront = []oauth.Scope{"listings_r", "listings_w", "listings_d", "shops_r", "shops_w", "transactions_r", "transactions_w"}

var scopes = []oauth.ScopeInfo{
	{Name: "shops_r", Risk: oauth.RiskRead}, {Name: "shops_w", Risk: oauth.RiskChange},
	{Name: "listings_r", Risk: oauth.RiskRead}, {Name: "listings_w", Risk: oauth.RiskChange}, {Name: "listings_d", Risk: oauth.RiskDelete},
	{Name: "transactions_r", Risk: oauth.RiskRead}, {Name: "transactions_w", Risk: oauth.RiskChange},
	{Name: "profile_r", Risk: oauth.RiskRead}, {Name: "profile_w", Risk: oauth.RiskChange}, {Name: "email_r", Risk: oauth.RiskRead},
	{Name: "address_r", Risk: oauth.RiskRead}, {Name: "address_w", Risk: oauth.RiskChange},
}

var purposes = []valet.Purpose{
	{ID: "look", Scopes: []oauth.Scope{"shops_r", "listings_r"}},
	{ID: "fees", Scopes: []oauth.Scope{"shops_r", "transactions_r"}},
	{ID: "research", Scopes: []oauth.Scope{"shops_r", "listings_r"}},
	{ID: "listings", Scopes: []oauth.Scope{"shops_r", "listings_r", "listings_w"}},
	{ID: "orders", Scopes: []oauth.Scope{"shops_r", "transactions_r", "transactions_w"}},
	{ID: "storefront", Scopes: storefront},
	{ID: "everything", Scopes: names(scopes)},
}

func names(infos []oauth.ScopeInfo) []oauth.Scope {
	list := make([]oauth.Scope, len(infos))
	for i, info := range infos {
		list[i] = info.Name
	}
	return list
}

var market = valet.Market{
	Provider: oauth.Provider{ID: "practice", Name: "Practice market", Scopes: scopes}, Practice: true, BuiltIn: true,
	Purposes: purposes, AlwaysAsked: []oauth.Scope{"shops_r"}, EtsyAPI: true, Redirect: "http://localhost:3003/oauth/redirect",
}

var etsyLike = valet.Market{
	Provider: oauth.Provider{
		ID: "etsy", Name: "Etsy", Scopes: scopes, AuthorizationEndpoint: "https://www.etsy.com/oauth/connect",
		TokenEndpoint: "https://api.etsy.com/v3/public/oauth/token", API: "https://openapi.etsy.com",
		Headers: map[string]string{"x-api-key": "{client_id}:{client_secret}"},
	},
	BuiltIn: true, Purposes: purposes, AlwaysAsked: []oauth.Scope{"shops_r"}, EtsyAPI: true, Redirect: "http://localhost:3003/oauth/redirect",
}

var twoKeys = []valet.AppKey{
	{ID: "key-1", Label: "my own shop", Provider: "etsy", ClientID: "1aa2bb33c44d55eeeeee6fff"},
	{ID: "key-2", Label: "my sister's shop", Provider: "etsy", ClientID: "9zz8yy77x66w55vvvvvv4uuu"},
}

var asked = walk.ApproveState{
	Market: etsyLike, Redirect: "http://localhost:3003/oauth/redirect", Deadline: now.Add(4*time.Minute + 32*time.Second),
	Asked: storefront,
	URL: "https://www.etsy.com/oauth/connect?response_type=code&client_id=1aa2bb33c44d55eeeeee6fff&redirect_uri=http%3A%2F%2Flocalhost%3A3003%2Foauth%2Fredirect" +
		"&scope=listings_r%20listings_w%20listings_d%20shops_r%20shops_w%20transactions_r%20transactions_w" +
		"&state=Lq0vJ3yXcK2dWm8RtZ5hPnQeUbAgFsVw7x4iYoTjMlE&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
}

var rack = []valet.Connection{
	{
		ID: "1", Name: "blue-fern-pottery", Provider: "practice", ProviderName: "Practice market", Practice: true, Status: valet.Connected, Store: valet.InKeyring, Renewable: true,
		Account: valet.Account{UserID: "12345678", ShopID: "1", ShopName: "Blue Fern Pottery", Person: "Ada"}, Asked: storefront, Granted: storefront,
		Connected: now.Add(-24 * time.Hour), Refreshed: now.Add(-13 * time.Minute), AccessExpires: now.Add(47 * time.Minute), AccessLife: time.Hour,
		RefreshExpires: now.Add(90*24*time.Hour - 13*time.Minute), WithdrawPage: "http://127.0.0.1:3004/your/apps",
	},
	{
		ID: "2", Name: "red-oak-prints", Provider: "etsy", ProviderName: "Etsy", Status: valet.Connected, Store: valet.InKeyring, Renewable: true,
		Account: valet.Account{UserID: "2", ShopName: "Red Oak Prints"}, Asked: storefront[:4], Granted: storefront[:4],
		Connected: now.Add(-40 * 24 * time.Hour), Refreshed: now.Add(-34 * 24 * time.Hour), AccessExpires: now.Add(-34*24*time.Hour + time.Hour), AccessLife: time.Hour,
		RefreshExpires: now.Add(56 * 24 * time.Hour), WithdrawPage: "https://www.etsy.com/your/apps",
	},
	{
		ID: "3", Name: "maple-thread", Provider: "etsy", ProviderName: "Etsy", Status: valet.NeedsAuthorization, Store: valet.InKeyring, Reason: "invalid_grant",
		Account: valet.Account{UserID: "3", ShopName: "Maple & Thread Handmade Gifts"}, Asked: storefront, Granted: storefront,
		Connected: now.Add(-200 * 24 * time.Hour), AccessLife: time.Hour, WithdrawPage: "https://www.etsy.com/your/apps",
	},
	{
		ID: "4", Name: "kiln-co", Provider: "etsy", ProviderName: "Etsy", Status: valet.Returned, Store: valet.InKeyring, Returned: now.Add(-24 * time.Hour),
		Account: valet.Account{UserID: "4", ShopName: "Kiln & Co"}, Asked: storefront[:4], Granted: storefront[:4],
		Connected: now.Add(-90 * 24 * time.Hour), WithdrawPage: "https://www.etsy.com/your/apps",
	},
}

// look stands for what a button would look for.
func look() {}
