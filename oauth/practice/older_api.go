package practice

import (
	"net/http"
	"slices"
	"strconv"
)

// self stands for the account whose key signs, wherever an id may stand.
const self = "__SELF__"

// olderScopes says what the key opens.
func olderScopes(c *olderCall) answer {
	return found(len(c.key.Scopes), "ArrayString", nil, c.key.Scopes)
}

// mine reports whether the path's user is the one whose key signs.
func (c *olderCall) mine() bool {
	user := c.r.PathValue("user")
	return user == self || user == strconv.FormatInt(shopByID(c.key.Shop).UserID, 10)
}

func olderUser(c *olderCall) answer {
	if !c.mine() {
		return refusePlain(http.StatusNotFound, "No such user")
	}
	s := shopByID(c.key.Shop)
	user := map[string]any{
		"user_id": s.UserID, "login_name": s.Slug, "creation_tsz": s.Created,
		"feedback_info": map[string]any{"count": s.Reviews, "score": int(s.Rating * 20)}, // of a hundred
	}
	if slices.Contains(c.key.Scopes, "email_r") {
		user["primary_email"] = s.email()
	}
	return found(1, "User", map[string]any{"user_id": c.r.PathValue("user")}, []any{user})
}

func olderShopsOfUser(c *olderCall) answer {
	if !c.mine() {
		return refusePlain(http.StatusNotFound, "No such user")
	}
	return found(1, "Shop", map[string]any{"user_id": c.r.PathValue("user")}, []any{shopByID(c.key.Shop).olderJSON()})
}

// shop finds the shop that the path names: by its number, by one of its names, or as the signer's own.
func (c *olderCall) shop() shop {
	wanted := c.r.PathValue("shop")
	return findShop(func(s shop) bool {
		return wanted == strconv.FormatInt(s.ID, 10) || wanted == s.Slug || wanted == s.Name || wanted == self && s.ID == c.key.Shop
	})
}

func olderShop(c *olderCall) answer {
	s := c.shop()
	if s.ID == 0 {
		return refusePlain(http.StatusNotFound, "No such shop")
	}
	return found(1, "Shop", map[string]any{"shop_id": c.r.PathValue("shop")}, []any{s.olderJSON()})
}

// olderListings lists what is on sale, which everybody may see, or the drafts, which only a key of this shop shows.
func olderListings(c *olderCall) answer {
	s, state := c.shop(), c.r.PathValue("at")
	switch {
	case s.ID == 0:
		return refusePlain(http.StatusNotFound, "No such shop")
	case state != "active" && state != "draft":
		return refusePlain(http.StatusNotFound, "Not Found")
	case state == "draft" && (s.ID != c.key.Shop || !slices.Contains(c.key.Scopes, "listings_r")):
		return refuseSigned(problem(permissionDenied), "listings_r of this shop is required")
	}
	results := []any{}
	for _, l := range c.st.Titles.on(s).Goods {
		if l.State == state {
			results = append(results, l.olderJSON(s))
		}
	}
	return c.olderPage("Listing", map[string]any{"shop_id": c.r.PathValue("shop")}, results)
}

// olderJSON is the shop as the older API shows it.
func (s shop) olderJSON() map[string]any {
	return map[string]any{
		"shop_id": s.ID, "shop_name": s.Name, "user_id": s.UserID, "login_name": s.Slug, "title": s.Title, "currency_code": s.Currency,
		"creation_tsz": s.Created, "is_vacation": false, "listing_active_count": s.Listings(),
		"url": "https://practice-market.example/shop/" + s.Slug,
	}
}
