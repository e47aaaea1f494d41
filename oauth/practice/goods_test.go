package practice

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func TestReceipts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPractice(t)
		access, _ := won(t, s, "scope", "shops_r transactions_r")
		got := callAPI(t, s, access, "/shops/51730426/receipts?limit=100")
		results, _ := got.Body["results"].([]any)
		if got.Status != 200 || got.Body["count"] != float64(salesShown) || len(results) != salesShown {
			t.Fatalf("HTTP %d %v", got.Status, got.Body)
		}
		last := float64(time.Now().Unix())
		seen := map[any]bool{}
		for i, one := range results {
			sale := one.(map[string]any)
			when := sale["created_timestamp"].(float64)
			if sale["name"] != fmt.Sprintf("Buyer %d", 1042-i) || seen[sale["receipt_id"]] || when >= last {
				t.Errorf("%d: %v", i, sale)
			}
			total, part, post := cents(sale["grandtotal"]), cents(sale["subtotal"]), cents(sale["total_shipping_cost"])
			bought := sale["transactions"].([]any)[0].(map[string]any)
			if total != part+post || part != cents(bought["price"])*bought["quantity"].(float64) {
				t.Errorf("%d does not add up: %v", i, sale)
			}
			last, seen[sale["receipt_id"]] = when, true
		}
		callAPI(t, s, access, "/shops/52284917/receipts").is(t, 403, "User does not own Shop 52284917", "")
		plain, _ := won(t, s)
		callAPI(t, s, plain, "/shops/51730426/receipts").is(t, 403, "insufficient_scope", "Insufficient scope")
	})
}

func cents(money any) float64 { return money.(map[string]any)["amount"].(float64) }

func TestPages(t *testing.T) {
	s := newPractice(t)
	access, _ := won(t, s, "scope", "transactions_r")
	for query, want := range map[string][2]float64{ // how many, and the first of them
		"": {25, 1042}, "?limit=5": {5, 1042}, "?limit=5&offset=35": {3, 1007}, "?offset=38": {0, 0}, "?offset=12000": {0, 0}, "?limit=100": {38, 1042},
	} {
		got := callAPI(t, s, access, "/shops/51730426/receipts"+query)
		results, _ := got.Body["results"].([]any)
		if got.Status != 200 || got.Body["count"] != 38.0 || float64(len(results)) != want[0] {
			t.Errorf("%s: HTTP %d, %d results of %v", query, got.Status, len(results), got.Body["count"])
		} else if want[0] > 0 && results[0].(map[string]any)["name"] != fmt.Sprintf("Buyer %.0f", want[1]) {
			t.Errorf("%s begins with %v", query, results[0])
		}
	}
	for query, says := range map[string]string{
		"?limit=0": "limit must be a whole number from 1 to 100", "?limit=101": "limit must be a whole number from 1 to 100",
		"?limit=": "limit must be a whole number from 1 to 100", "?offset=-1": "offset must be a whole number from 0 to 12000", "?offset=x": "offset must be a whole number from 0 to 12000",
	} {
		callAPI(t, s, access, "/shops/51730426/receipts"+query).is(t, 400, says, "")
	}
}

func TestListings(t *testing.T) {
	s := newPractice(t)
	access, _ := won(t, s)
	got := callAPI(t, s, access, "/shops/51730426/listings?limit=2&offset=1")
	results, _ := got.Body["results"].([]any)
	if got.Status != 200 || got.Body["count"] != 12.0 || len(results) != 2 || results[0].(map[string]any)["title"] != "Fern plate, set of two" {
		t.Errorf("HTTP %d %v", got.Status, got.Body)
	}
	if drafts := callAPI(t, s, access, "/shops/51730426/listings?state=draft"); drafts.Body["count"] != 1.0 {
		t.Errorf("drafts: %v", drafts.Body)
	}
	if one := callAPI(t, s, "", "/listings/1640021101"); one.Status != 200 || one.text("title") != "Speckled mug, 300 ml" || one.text("url") == "" {
		t.Errorf("HTTP %d %v", one.Status, one.Body)
	}
	for _, id := range []string{"1640021104", "1", "x"} {
		if got := callAPI(t, s, "", "/listings/"+id); got.Status != 404 {
			t.Errorf("%s: HTTP %d %v", id, got.Status, got.Body)
		}
	}
}
