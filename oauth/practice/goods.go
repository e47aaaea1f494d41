package practice

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	usualPage   = 25 // results, unless a request says otherwise
	largestPage = 100
	salesShown  = 12 // of each shop
)

// page is what a request asked to see of a list: limit and offset, as at the real place.
func (c call) page() (limit, offset int, refusal answer, ok bool) {
	limit, offset = usualPage, 0
	q := c.r.URL.Query()
	for name, place := range map[string]struct {
		value             *int
		smallest, largest int
	}{"limit": {&limit, 1, largestPage}, "offset": {&offset, 0, 12000}} {
		if !q.Has(name) {
			continue
		}
		n, err := strconv.Atoi(q.Get(name))
		if err != nil || n < place.smallest || n > place.largest {
			sentence := fmt.Sprintf("%s must be a whole number from %d to %d", name, place.smallest, place.largest)
			return 0, 0, refuse(http.StatusBadRequest, sentence, ""), false
		}
		*place.value = n
	}
	return limit, offset, answer{}, true
}

// list answers with one page of results, and how many there are in all.
func (c call) list(results []map[string]any) answer {
	limit, offset, refusal, ok := c.page()
	if !ok {
		return refusal
	}
	from := min(offset, len(results))
	shown := results[from:min(from+limit, len(results))]
	return answer{status: http.StatusOK, body: map[string]any{"count": len(results), "results": shown}}
}

// receipts lists a shop's last sales, the newest first.
func receipts(c call) answer {
	if c.id() != c.g.Shop {
		return refuse(http.StatusForbidden, fmt.Sprintf("User does not own Shop %d", c.id()), "")
	}
	s := shopByID(c.g.Shop)
	results := []map[string]any{}
	for i := range salesShown {
		results = append(results, s.sale(i, c.now))
	}
	return c.list(results)
}

// sale is the shop's sale number i, counted back from now: always the same goods to the same buyers, and never long ago.
func (s shop) sale(i int, now time.Time) map[string]any {
	goods := s.Goods[i%len(s.Goods)]
	pieces := 1 + i%3
	sold := now.Add(-time.Duration(5+31*i) * time.Hour).Unix()
	id := s.ID*100 + int64(salesShown-i)
	money := func(cents int) map[string]any {
		return map[string]any{"amount": cents, "divisor": 100, "currency_code": s.Currency}
	}
	const shipping = 450
	sent := i > 1
	status := "Paid"
	if sent {
		status = "Completed"
	}
	return map[string]any{
		"receipt_id": id, "seller_user_id": s.UserID, "buyer_user_id": 70000001 + i, "name": fmt.Sprintf("Buyer %d", i+1), "buyer_email": nil,
		"first_line": fmt.Sprintf("%d Practice Lane", i+1), "second_line": nil, "city": "Practice Town", "state": nil, "zip": fmt.Sprintf("P%04d", i+1), "country_iso": s.Country,
		"status": status, "is_paid": true, "is_shipped": sent, "is_gift": i == 3, "message_from_buyer": "",
		"created_timestamp": sold, "updated_timestamp": sold,
		"subtotal": money(goods.Cents * pieces), "total_shipping_cost": money(shipping), "grandtotal": money(goods.Cents*pieces + shipping),
		"transactions": []map[string]any{{
			"transaction_id": id*10 + 1, "listing_id": goods.ID, "title": goods.Title, "quantity": pieces, "price": money(goods.Cents),
		}},
	}
}

// listingOf shows one listing that is on sale, to anybody with an app key.
func listingOf(c call) answer {
	for _, s := range shops {
		for _, l := range s.Goods {
			if l.ID == c.id() && l.State == "active" {
				return answer{status: http.StatusOK, body: l.json(s)}
			}
		}
	}
	return refuse(http.StatusNotFound, fmt.Sprintf("Could not find a listing with listing_id = %d", c.id()), "")
}
