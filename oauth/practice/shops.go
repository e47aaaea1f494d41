package practice

import (
	"slices"
	"strconv"
)

// shop is one practice shop and its owner's account: here, as at a real market, one account has one shop.
type shop struct {
	ID, UserID int64
	Name       string
	Slug       string // in element ids and addresses
	Title      string
	Currency   string
	Country    string
	Listings   int // active
	Drafts     int
	Sold       int
	Reviews    int
	Rating     float64
	Created    int64 // Unix seconds
	Goods      []listing
}

// listing is one thing on offer. Cents is the price in hundredths of the shop's currency.
type listing struct {
	ID    int64
	Title string
	Cents int
	Stock int
	State string
}

// shops are the three that can be practised with. The first is chosen unless another is.
var shops = []shop{
	{
		ID: 51730426, UserID: 84120937, Name: "Blue Fern Pottery", Slug: "blue-fern-pottery",
		Title: "Stoneware for slow breakfasts", Currency: "EUR", Country: "IE",
		Listings: 3, Drafts: 1, Sold: 1262, Reviews: 387, Rating: 4.9312, Created: 1521115200,
		Goods: []listing{
			{1640021101, "Speckled mug, 300 ml", 2800, 14, "active"},
			{1640021102, "Fern plate, set of two", 5400, 6, "active"},
			{1640021103, "Small ash-glaze vase", 3650, 3, "active"},
			{1640021104, "Tea bowl, moss green", 3200, 0, "draft"},
		},
	},
	{
		ID: 52284917, UserID: 90375518, Name: "Red Oak Prints", Slug: "red-oak-prints",
		Title: "Linocuts of trees, pulled by hand", Currency: "USD", Country: "US",
		Listings: 3, Drafts: 0, Sold: 3904, Reviews: 1045, Rating: 4.8704, Created: 1455580800,
		Goods: []listing{
			{1715530201, "Red oak in October, A4 linocut", 3400, 22, "active"},
			{1715530202, "Birch row, limited edition of 40", 7200, 11, "active"},
			{1715530203, "Leaf cards, pack of six", 1500, 60, "active"},
		},
	},
	{
		ID: 53961840, UserID: 97726104, Name: "Maple & Thread Handmade Gifts", Slug: "maple-and-thread",
		Title: "Embroidered things for new homes", Currency: "GBP", Country: "GB",
		Listings: 2, Drafts: 0, Sold: 208, Reviews: 61, Rating: 5, Created: 1614556800,
		Goods: []listing{
			{1802241301, "Maple leaf cushion cover", 2950, 4, "active"},
			{1802241302, "Name hoop, 15 cm", 2400, 9, "active"},
		},
	},
}

// shopByID finds a practice shop; an unknown id gives the zero shop.
func shopByID(id int64) shop { return findShop(func(s shop) bool { return s.ID == id }) }

// shopByUser finds the shop of an account; an account without one gives the zero shop.
func shopByUser(id int64) shop { return findShop(func(s shop) bool { return s.UserID == id }) }

func findShop(is func(shop) bool) shop {
	if i := slices.IndexFunc(shops, is); i >= 0 {
		return shops[i]
	}
	return shop{}
}

// otherShop is the one that answers when the wrong one should.
func otherShop(id int64) shop {
	i := slices.IndexFunc(shops, func(s shop) bool { return s.ID == id })
	return shops[(i+1)%len(shops)]
}

// json is the shop as the API shows it.
func (s shop) json() map[string]any {
	return map[string]any{
		"shop_id": s.ID, "user_id": s.UserID, "shop_name": s.Name, "title": s.Title,
		"currency_code": s.Currency, "is_vacation": false, "login_name": s.Slug,
		"url": "https://practice-market.example/shop/" + s.Slug, "icon_url_fullxfull": nil,
		"listing_active_count": s.Listings, "digital_listing_count": 0, "transaction_sold_count": s.Sold,
		"shop_location_country_iso": s.Country, "shipping_from_country_iso": s.Country, "languages": []string{"en"},
		"is_etsy_payments_onboarded": true, "review_average": s.Rating, "review_count": s.Reviews,
		"created_timestamp": s.Created, "updated_timestamp": s.Created,
	}
}

// email is the account's address, where no mail arrives.
func (s shop) email() string { return s.Slug + "@practice-market.example" }

// json is the listing as the API shows it.
func (l listing) json(s shop) map[string]any {
	return map[string]any{
		"listing_id": l.ID, "user_id": s.UserID, "shop_id": s.ID, "title": l.Title, "state": l.State, "quantity": l.Stock,
		"description": l.Title + ". Made by hand at " + s.Name + ", one at a time.", "tags": []string{"handmade", "practice"}, "who_made": "i_did",
		"listing_type": "physical", "is_personalizable": false, "url": "https://practice-market.example/listing/" + strconv.FormatInt(l.ID, 10),
		"created_timestamp": s.Created, "updated_timestamp": s.Created,
		"price": map[string]any{"amount": l.Cents, "divisor": 100, "currency_code": s.Currency},
	}
}
