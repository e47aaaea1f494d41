package etsy

import "valetkey/oauth"

// Question is something that can be asked of the API with a key: one request that is of use to look at. Its path is a template:
// {shop_id}, {user_id}, {shop_name}, {listing_id}, {month_ago} and {now} (Unix seconds) stand for what whoever asks knows.
type Question struct {
	ID     string // who, shop, listings ...
	Method string // GET unless it changes something, or sends the token
	Path   string
	Needs  oauth.Scope // the permission that opens it; "": the app key is enough
	Form   string      // a field of its form that the seller fills in; only where it changes something
	Token  string      // the field of its form that the access token is sent in; the request changes nothing
}

// Questions are those of API v3, the usual first.
func Questions() []Question {
	const shop = pathShops + "{shop_id}"
	return []Question{
		{ID: "who", Method: "GET", Path: pathMe, Needs: "shops_r"},
		{ID: "shop", Method: "GET", Path: shop},
		{ID: "listings", Method: "GET", Path: shop + "/listings?limit=25", Needs: "listings_r"},
		{ID: "listing", Method: "GET", Path: "/v3/application/listings/{listing_id}"},
		{ID: "sections", Method: "GET", Path: shop + "/sections"},
		{ID: "reviews", Method: "GET", Path: shop + "/reviews?limit=25"},
		{ID: "receipts", Method: "GET", Path: shop + "/receipts?limit=25", Needs: "transactions_r"},
		{ID: "transactions", Method: "GET", Path: shop + "/transactions?limit=25", Needs: "transactions_r"},
		{ID: "ledger", Method: "GET", Needs: "transactions_r",
			Path: shop + "/payment-account/ledger-entries?min_created={month_ago}&max_created={now}&limit=25"},
		{ID: "shipping", Method: "GET", Path: shop + "/shipping-profiles", Needs: "shops_r"},
		{ID: "user", Method: "GET", Path: "/v3/application/users/{user_id}", Needs: "email_r"},
		{ID: "scopes", Method: "POST", Path: pathScopes, Token: "token"},
		{ID: "rename", Method: "PATCH", Path: shop + "/listings/{listing_id}", Needs: "listings_w", Form: "title"},
	}
}

// OlderQuestions are those of API v2, which took the name of a shop for its number.
func OlderQuestions() []Question {
	const shop = "/v2/shops/{shop_name}"
	return []Question{
		{ID: "who", Method: "GET", Path: "/v2/users/__SELF__"},
		{ID: "shop", Method: "GET", Path: "/v2/users/__SELF__/shops"},
		{ID: "listings", Method: "GET", Path: shop + "/listings/active?limit=25"},
		{ID: "drafts", Method: "GET", Path: shop + "/listings/draft?limit=25", Needs: "listings_r"},
		{ID: "listing", Method: "GET", Path: "/v2/listings/{listing_id}"},
		{ID: "inventory", Method: "GET", Path: "/v2/listings/{listing_id}/inventory", Needs: "listings_r"},
		{ID: "sections", Method: "GET", Path: shop + "/sections"},
		{ID: "reviews", Method: "GET", Path: "/v2/users/__SELF__/feedback/as-seller?limit=25", Needs: "feedback_r"},
		{ID: "receipts", Method: "GET", Path: shop + "/receipts?limit=25", Needs: "transactions_r"},
		{ID: "transactions", Method: "GET", Path: shop + "/transactions?limit=25", Needs: "transactions_r"},
		{ID: "scopes", Method: "GET", Path: "/v2/oauth/scopes"},
		{ID: "rename", Method: "PUT", Path: "/v2/listings/{listing_id}", Needs: "listings_w", Form: "title"},
	}
}
