package practice

import "slices"

// olderScopeNames are the eighteen permissions of the older API, in the order in which they are shown. Its rw is one
// permission for both.
var olderScopeNames = []string{
	"listings_r", "transactions_r", "billing_r", "feedback_r", "email_r", "profile_r", "address_r", "treasury_r",
	"shops_rw", "listings_w", "transactions_w", "profile_w", "address_w", "favorites_rw", "cart_rw", "recommend_rw", "treasury_w",
	"listings_d",
}

// olderOnly are those that today's API knows by another name, or no more.
var olderOnly = map[string][]string{
	"shops_rw":  {"shops_r", "shops_w"},
	"billing_r": {}, "feedback_r": {}, "favorites_rw": {}, "cart_rw": {}, "recommend_rw": {}, "treasury_r": {}, "treasury_w": {},
}

// today is what permissions of the older API are in today's; those that have no successor fall away.
func today(older []string) []string {
	scopes := []string{}
	for _, name := range older {
		if now, changed := olderOnly[name]; changed {
			scopes = append(scopes, now...)
		} else {
			scopes = append(scopes, name)
		}
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}
