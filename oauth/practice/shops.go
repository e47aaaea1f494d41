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
	Sold       int
	Reviews    int
	Rating     float64
	Created    int64    // Unix seconds
	Sections   []string // its listings belong to one each
	Goods      []listing
}

// listing is one thing on offer. Cents is the price in hundredths of the shop's currency.
type listing struct {
	ID    int64
	Title string
	Cents int
	Stock int
	State string

	Section int // from 0
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
		"url": "https://practice-market.example/shop/" + s.Slug, "icon_url_fullxfull": s.icon(),
		"listing_active_count": s.Listings(), "digital_listing_count": 0, "transaction_sold_count": s.Sold,
		"shop_location_country_iso": s.Country, "shipping_from_country_iso": s.Country, "languages": []string{"en"},
		"is_etsy_payments_onboarded": true, "review_average": s.Rating, "review_count": s.Reviews,
		"created_timestamp": s.Created, "updated_timestamp": s.Created,
	}
}

// Listings is how many listings are on sale.
func (s shop) Listings() int {
	count := 0
	for _, l := range s.Goods {
		if l.State == "active" {
			count++
		}
	}
	return count
}

// section is the number of one of the shop's sections.
func (s shop) section(i int) int64 { return s.ID%1_000_000*10 + int64(i) + 1 }

// email is the account's address, where no mail arrives.
func (s shop) email() string { return s.Slug + "@practice-market.example" }

// json is the listing as the API shows it.
func (l listing) json(s shop) map[string]any {
	return map[string]any{
		"listing_id": l.ID, "user_id": s.UserID, "shop_id": s.ID, "title": l.Title, "state": l.State, "quantity": l.Stock,
		"description": l.Title + ". Made by hand at " + s.Name + ", one at a time.", "tags": []string{"handmade", "practice"}, "who_made": "i_did",
		"shop_section_id": s.section(l.Section), "listing_type": "physical", "is_personalizable": false, "url": "https://practice-market.example/listing/" + strconv.FormatInt(l.ID, 10),
		"created_timestamp": s.Created, "updated_timestamp": s.Created,
		"price": map[string]any{"amount": l.Cents, "divisor": 100, "currency_code": s.Currency},
	}
}
