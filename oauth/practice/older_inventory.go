package practice

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"valetkey/oauth/practice/signed"
)

// product is one variant of a listing, as the older API has it.
type product struct {
	ID        int64      `json:"product_id"`
	SKU       string     `json:"sku"`
	Values    []any      `json:"property_values"`
	Offerings []offering `json:"offerings"`
}

// offering is what a product costs and how many there are. The price is text, in the shop's currency.
type offering struct {
	ID       int64     `json:"offering_id"`
	Price    priceText `json:"price"`
	Quantity int       `json:"quantity"`
}

// priceText is a price such as 5.00. Programs send it as text or as a number, and are told it as text.
type priceText string

var priceShape = pattern(`^[0-9]{1,7}(\.[0-9]{1,2})?$`)

// UnmarshalJSON takes text and numbers.
func (p *priceText) UnmarshalJSON(text []byte) error {
	var value string
	if json.Unmarshal(text, &value) != nil {
		value = string(text)
	}
	if value != "" && !priceShape().MatchString(value) {
		return fmt.Errorf("practice: a price must be like 5.00")
	}
	*p = priceText(value)
	return nil
}

// price is the listing's price as text.
func (l listing) price() string { return decimal(l.Cents) }

// stocked is the listing that the path names, if it belongs to the key's shop.
func (c *olderCall) stocked() (listing, bool) {
	id, err := strconv.ParseInt(c.r.PathValue("id"), 10, 64)
	goods := shopByID(c.key.Shop).Goods
	i := slices.IndexFunc(goods, func(l listing) bool { return err == nil && l.ID == id })
	if i < 0 {
		return listing{}, false
	}
	return goods[i], true
}

// products is a listing's inventory: what was put there, or else the one product it began with.
func (o *olderState) products(l listing) []product {
	if put, changed := o.Stock[l.ID]; changed {
		return put
	}
	first := offering{ID: l.ID*10 + 1, Price: priceText(l.price()), Quantity: l.Stock}
	return []product{{ID: l.ID * 10, Values: []any{}, Offerings: []offering{first}}}
}

func inventory(c *olderCall) answer {
	l, ok := c.stocked()
	if !ok {
		return refusePlain(http.StatusNotFound, "No such listing in this shop")
	}
	return inventoryOf(c, l)
}

func inventoryOf(c *olderCall, l listing) answer {
	products := c.st.Older.products(l)
	return found(len(products), "ListingInventory", map[string]any{"listing_id": c.r.PathValue("id")}, map[string]any{"products": products})
}

// putInventory replaces a listing's inventory by the form's products, a JSON array.
func putInventory(c *olderCall) answer {
	l, ok := c.stocked()
	if !ok {
		return refusePlain(http.StatusNotFound, "No such listing in this shop")
	}
	given := c.q.Values("products")
	if len(given) == 0 {
		return refuseSigned(signed.Absent("products"), "products must be in the form")
	}
	var products []product
	if err := json.Unmarshal([]byte(given[0]), &products); err != nil || len(given) > 1 {
		return refusePlain(http.StatusBadRequest, "products must be one JSON array of products, with prices like 5.00 and whole quantities")
	}
	for i, p := range products {
		if len(p.Offerings) == 0 || slices.ContainsFunc(p.Offerings, func(o offering) bool { return o.Price == "" || o.Quantity < 0 }) {
			return refusePlain(http.StatusBadRequest, fmt.Sprintf("products[%d] needs an offering with a price and a quantity", i))
		}
	}
	if len(products) == 0 {
		return refusePlain(http.StatusBadRequest, "products must not be empty")
	}
	c.st.Older.Stock[l.ID] = products
	return inventoryOf(c, l)
}
