package practice

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// olderPage answers with one page of results, as the older API pages.
func (c *olderCall) olderPage(kind string, params map[string]any, results []any) answer {
	limit, offset, wrong := pageOf(c.r.URL.Query())
	if wrong != "" {
		return refusePlain(http.StatusBadRequest, wrong)
	}
	from := min(offset, len(results))
	to := min(from+limit, len(results))
	a := found(len(results), kind, params, results[from:to])
	var next any
	if to < len(results) {
		next = to
	}
	a.body.(map[string]any)["pagination"] = map[string]any{"effective_limit": limit, "effective_offset": offset, "next_offset": next}
	return a
}

// ofMine is an operation on the signer's own shop, the one that the path has to name.
func ofMine(kind string, each func(s shop, now time.Time) []any) func(*olderCall) answer {
	return func(c *olderCall) answer {
		s := c.shop()
		if s.ID == 0 || s.ID != c.key.Shop {
			return refusePlain(http.StatusNotFound, "No such shop of this key")
		}
		return c.olderPage(kind, map[string]any{"shop_id": c.r.PathValue("shop")}, each(c.st.Titles.on(s), c.now))
	}
}

// decimal is an amount as the older API writes it: as text, without its currency.
func decimal(amount int) string { return fmt.Sprintf("%d.%02d", amount/100, amount%100) }

func olderReceipts(s shop, now time.Time) []any {
	var results []any
	for _, one := range s.sales(now) {
		results = append(results, map[string]any{
			"receipt_id": one.id, "seller_user_id": s.UserID, "buyer_user_id": one.buyerID, "name": one.buyer, "creation_tsz": one.sold.Unix(),
			"was_paid": true, "was_shipped": one.sent, "total_price": decimal(one.total), "total_shipping_cost": decimal(one.shipping),
			"grandtotal": decimal(one.total + one.shipping), "currency_code": s.Currency,
		})
	}
	return results
}

func olderTransactions(s shop, now time.Time) []any {
	var results []any
	for _, one := range s.sales(now) {
		results = append(results, map[string]any{
			"transaction_id": one.id*10 + 1, "title": one.goods.Title, "quantity": one.pieces, "price": one.goods.price(), "currency_code": s.Currency,
			"listing_id": one.goods.ID, "receipt_id": one.id, "creation_tsz": one.sold.Unix(),
		})
	}
	return results
}

// olderFeedback lists what buyers wrote of the signer: 1, 0 and -1 stood for good, neutral and bad.
func olderFeedback(c *olderCall) answer {
	if !c.mine() {
		return refusePlain(http.StatusNotFound, "No such user")
	}
	var results []any
	for _, one := range shopByID(c.key.Shop).sales(c.now) {
		if said := praise[one.number/2%len(praise)]; one.reviewed {
			results = append(results, map[string]any{
				"feedback_id": one.id*10 + 2, "transaction_id": one.id*10 + 1, "value": min(1, said.Stars-3), "message": said.Text,
				"creation_tsz": one.sold.Add(4 * 24 * time.Hour).Unix(),
			})
		}
	}
	return c.olderPage("Feedback", map[string]any{"user_id": c.r.PathValue("user")}, results)
}

func olderSections(c *olderCall) answer {
	s := c.shop()
	if s.ID == 0 {
		return refusePlain(http.StatusNotFound, "No such shop")
	}
	var results []any
	for i, title := range s.Sections {
		results = append(results, map[string]any{"shop_section_id": s.section(i), "title": title, "rank": i + 1, "user_id": s.UserID})
	}
	return c.olderPage("ShopSection", map[string]any{"shop_id": c.r.PathValue("shop")}, results)
}

// olderJSON is the listing as the older API shows it.
func (l listing) olderJSON(s shop) map[string]any {
	return map[string]any{
		"listing_id": l.ID, "state": l.State, "user_id": s.UserID, "title": l.Title, "price": l.price(),
		"currency_code": s.Currency, "quantity": l.Stock,
	}
}

// olderListing shows one listing: one that is on sale to all, any other to its own shop's key.
func olderListing(c *olderCall) answer {
	id, err := strconv.ParseInt(c.r.PathValue("id"), 10, 64)
	for _, s := range shops {
		i := slices.IndexFunc(s.Goods, func(l listing) bool { return err == nil && l.ID == id })
		if i < 0 || s.Goods[i].State != "active" && s.ID != c.key.Shop {
			continue
		}
		return found(1, "Listing", map[string]any{"listing_id": c.r.PathValue("id")}, []any{c.st.Titles.on(s).Goods[i].olderJSON(s)})
	}
	return refusePlain(http.StatusNotFound, "No such listing")
}

// olderUpdate changes a listing of the signer's shop, as far as that can be practised.
func olderUpdate(c *olderCall) answer {
	s := shopByID(c.key.Shop)
	l, ours, wrong := c.st.Titles.rename(s, c.r.PathValue("id"), c.q.Values("title"))
	switch {
	case !ours:
		return refusePlain(http.StatusNotFound, "No such listing in this shop")
	case wrong != "":
		return refusePlain(http.StatusBadRequest, wrong)
	}
	return found(1, "Listing", map[string]any{"listing_id": c.r.PathValue("id")}, []any{l.olderJSON(s)})
}
