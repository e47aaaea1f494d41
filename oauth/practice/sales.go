package practice

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// salesShown is how many sales of each shop are told of.
const salesShown = 38

// A sale is always of the same goods to the same buyer, and never long ago. Amounts are in hundredths.
type sale struct {
	number    int // counted back from now, from 0
	id        int64
	goods     listing
	pieces    int
	sold      time.Time
	sent      bool
	buyer     string
	buyerID   int
	total     int // without shipping
	shipping  int
	reviewed  bool
	processor int // what card processing costs
}

// sale is the shop's sale number i, counted back from now.
func (s shop) sale(i int, now time.Time) sale {
	const newestBuyer, shipping = 1042, 450
	of := sale{
		number: i, id: s.ID*100 + int64(salesShown-i), goods: s.Goods[i%len(s.Goods)], pieces: 1 + i%3, sold: now.Add(-time.Duration(5+31*i) * time.Hour),
		sent: i > 1, buyer: fmt.Sprintf("Buyer %d", newestBuyer-i), buyerID: 70000000 + newestBuyer - i, shipping: shipping, reviewed: i > 2 && i%2 == 1,
	}
	of.total = of.goods.Cents * of.pieces
	of.processor = (of.total+of.shipping)*4/100 + 30
	return of
}

func (s shop) sales(now time.Time) []sale {
	all := make([]sale, salesShown)
	for i := range all {
		all[i] = s.sale(i, now)
	}
	return all
}

// money is an amount as the API writes it.
func (s shop) money(cents int) map[string]any {
	return map[string]any{"amount": cents, "divisor": 100, "currency_code": s.Currency}
}

// receipts lists a shop's last sales, the newest first.
func receipts(c call, s shop) answer {
	results := []map[string]any{}
	for _, one := range s.sales(c.now) {
		results = append(results, one.receipt(s))
	}
	return c.list(results)
}

func (one sale) receipt(s shop) map[string]any {
	status := "Paid"
	if one.sent {
		status = "Completed"
	}
	return map[string]any{
		"receipt_id": one.id, "seller_user_id": s.UserID, "buyer_user_id": one.buyerID, "name": one.buyer, "buyer_email": nil,
		"first_line": fmt.Sprintf("%d Practice Lane", one.number+1), "second_line": nil, "city": "Practice Town", "state": nil,
		"zip": fmt.Sprintf("P%04d", one.number+1), "country_iso": s.Country,
		"status": status, "is_paid": true, "is_shipped": one.sent, "is_gift": one.number == 3, "message_from_buyer": "",
		"created_timestamp": one.sold.Unix(), "updated_timestamp": one.sold.Unix(),
		"subtotal": s.money(one.total), "total_shipping_cost": s.money(one.shipping), "grandtotal": s.money(one.total + one.shipping),
		"transactions": []map[string]any{one.transaction(s)},
	}
}

// transactions lists what was sold, a line for each of a sale's goods.
func transactions(c call, s shop) answer {
	results := []map[string]any{}
	for _, one := range s.sales(c.now) {
		results = append(results, one.transaction(s))
	}
	return c.list(results)
}

func (one sale) transaction(s shop) map[string]any {
	return map[string]any{
		"transaction_id": one.id*10 + 1, "receipt_id": one.id, "listing_id": one.goods.ID, "title": one.goods.Title, "quantity": one.pieces,
		"price": s.money(one.goods.Cents), "shipping_cost": s.money(one.shipping), "buyer_user_id": one.buyerID,
		"created_timestamp": one.sold.Unix(), "paid_timestamp": one.sold.Unix(), "is_digital": false,
	}
}

// reviews lists what buyers wrote; it is open to all.
func reviews(c call, s shop) answer {
	results := []map[string]any{}
	for _, one := range s.sales(c.now) {
		if one.reviewed {
			said := praise[one.number/2%len(praise)]
			when := one.sold.Add(4 * 24 * time.Hour).Unix()
			results = append(results, map[string]any{
				"shop_id": s.ID, "listing_id": one.goods.ID, "transaction_id": one.id*10 + 1, "buyer_user_id": nil, "rating": said.Stars, "review": said.Text,
				"language": "en", "image_url_fullxfull": nil, "created_timestamp": when, "updated_timestamp": when,
			})
		}
	}
	return c.list(results)
}

// ledgerEntries lists what came in and what it cost, between two moments that have to be named.
func ledgerEntries(c call, s shop) answer {
	query, span := c.r.URL.Query(), [2]int64{}
	for i, name := range []string{"min_created", "max_created"} {
		moment, err := strconv.ParseInt(query.Get(name), 10, 64)
		if err != nil || moment < 946684800 {
			return refuse(http.StatusBadRequest, name+" must be a moment in seconds from 946684800", "")
		}
		span[i] = moment
	}
	results, balance := []map[string]any{}, 0
	sales := s.sales(c.now)
	for i := range sales {
		one := sales[len(sales)-1-i] // a balance counts from the oldest
		for n, part := range []struct {
			kind   string
			amount int
		}{{"PAYMENT_GROSS", one.total + one.shipping}, {"PAYMENT_PROCESSING_FEE", -one.processor}, {"transaction", -(one.total + one.shipping) * 65 / 1000}} {
			balance += part.amount
			if when := one.sold.Unix(); when >= span[0] && when <= span[1] {
				results = append([]map[string]any{{
					"entry_id": one.id*10 + int64(n), "ledger_id": s.ID, "sequence_number": i*3 + n + 1, "amount": part.amount, "currency": s.Currency,
					"description": part.kind, "balance": balance, "created_timestamp": when, "reference_type": "receipt", "reference_id": strconv.FormatInt(one.id, 10),
				}}, results...)
			}
		}
	}
	return c.list(results)
}
