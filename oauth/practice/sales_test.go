package practice

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// rowsOf gives the results of an answer that has to be a good one.
func rowsOf(t *testing.T, what string, got reply) []map[string]any {
	t.Helper()
	results, _ := got.Body["results"].([]any)
	if got.Status != 200 || len(results) == 0 {
		t.Fatalf("%s: HTTP %d %v", what, got.Status, got.Body)
	}
	var rows []map[string]any
	for _, one := range results {
		rows = append(rows, one.(map[string]any))
	}
	return rows
}

// What a shop is told of belongs together: sold listings, reviews of what was sold, fees of the same sales.
func TestTheSamplesBelongTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		later(60 * 24 * time.Hour) // no ledger begins before the year 2000
		s := newPractice(t)
		access, _ := won(t, s, "scope", "listings_r shops_r transactions_r")
		const home = "/shops/51730426"
		titles, sections, sold := map[any]any{}, map[any]bool{}, map[any]bool{}
		for _, l := range rowsOf(t, "listings", callAPI(t, s, access, home+"/listings")) {
			titles[l["listing_id"]] = l["title"]
			sections[l["shop_section_id"]] = true
		}
		shown := rowsOf(t, "sections", callAPI(t, s, "", home+"/sections"))
		for _, section := range shown {
			if !sections[section["shop_section_id"]] || section["title"] == "" {
				t.Errorf("no listing belongs to %v", section)
			}
		}
		for _, one := range rowsOf(t, "transactions", callAPI(t, s, access, home+"/transactions?limit=100")) {
			if one["title"] != titles[one["listing_id"]] || one["title"] == nil {
				t.Errorf("sold what the shop does not have: %v", one)
			}
			sold[one["transaction_id"]] = true
		}
		for _, review := range rowsOf(t, "reviews", callAPI(t, s, "", home+"/reviews")) {
			if stars := review["rating"].(float64); !sold[review["transaction_id"]] || stars < 1 || stars > 5 {
				t.Errorf("a review of what was not sold: %v", review)
			}
		}
		rowsOf(t, "shipping", callAPI(t, s, access, home+"/shipping-profiles"))
		now := time.Now().Unix()
		span := fmt.Sprintf("?min_created=%d&max_created=%d&limit=100", now-30*86400, now)
		entries := rowsOf(t, "ledger", callAPI(t, s, access, home+"/payment-account/ledger-entries"+span))
		for i, e := range entries[1:] {
			if before := entries[i]; before["balance"].(float64)-before["amount"].(float64) != e["balance"].(float64) {
				t.Errorf("%v does not follow from %v", before, e)
			}
		}
		callAPI(t, s, access, home+"/payment-account/ledger-entries?min_created=1").
			is(t, 400, "min_created must be a moment in seconds from 946684800", "")
	})
}

func patch(t *testing.T, s *Server, access, path string, form url.Values) reply {
	t.Helper()
	return send(t, s, "PATCH", "/v3/application"+path, form, "x-api-key", goodKey, "Authorization", "Bearer "+access)
}

func TestAListingIsRenamed(t *testing.T) {
	s := newPractice(t)
	access, _ := won(t, s, "scope", "listings_r listings_w")
	const path = "/shops/51730426/listings/1640021101"
	title := url.Values{"title": {" Speckled mug, moon white "}}
	if got := patch(t, s, access, path, title); got.Status != 200 || got.text("title") != "Speckled mug, moon white" || got.Body["quantity"] != 14.0 {
		t.Fatalf("HTTP %d %v", got.Status, got.Body)
	}
	again := Open(s.store.path)
	if got := callAPI(t, again, "", "/listings/1640021101"); got.text("title") != "Speckled mug, moon white" {
		t.Errorf("kept: %v", got.Body)
	}
	if got := rowsOf(t, "listings", callAPI(t, again, access, "/shops/51730426/listings")); got[0]["title"] != "Speckled mug, moon white" {
		t.Errorf("listed: %v", got[0])
	}
	for name, form := range map[string]url.Values{
		"steering": {"title": {"a \x1b[2J"}}, "turned": {"title": {"\u202egum"}},
		"empty": {"title": {" "}}, "missing": {}, "twice": {"title": {"a", "b"}}, "long": {"title": {strings.Repeat("ä", 141)}}, "more": {"title": {"a"}, "price": {"1"}},
	} {
		if got := patch(t, s, access, path, form); got.Status != 400 {
			t.Errorf("%s: HTTP %d %v", name, got.Status, got.Body)
		}
	}
	for other, status := range map[string]int{"/shops/51730426/listings/1715530201": 404, "/shops/51730426/listings/x": 404, "/shops/52284917/listings/1715530201": 403} {
		if got := patch(t, s, access, other, title); got.Status != status {
			t.Errorf("%s: HTTP %d", other, got.Status)
		}
	}
	reader, _ := won(t, s, "scope", "listings_r")
	patch(t, s, reader, path, title).is(t, 403, "insufficient_scope", "Insufficient scope")
}

func TestOlderGoods(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "listings_r listings_w transactions_r feedback_r")
	for path, kind := range map[string]string{
		"/v2/shops/Blue%20Fern%20Pottery/sections": "ShopSection", "/v2/shops/__SELF__/receipts?limit=3": "Receipt",
		"/v2/shops/__SELF__/transactions": "Transaction", "/v2/users/__SELF__/feedback/as-seller": "Feedback", "/v2/listings/1640021104": "Listing",
	} {
		got := key.ask(t, s, "GET", path, nil).json(t)
		if results, _ := got["results"].([]any); got["type"] != kind || len(results) == 0 {
			t.Errorf("%s: %v", path, got)
		}
	}
	last := key.ask(t, s, "GET", "/v2/shops/__SELF__/receipts?limit=20&offset=20", nil).json(t)["pagination"].(map[string]any)
	if last["next_offset"] != nil || last["effective_offset"] != 20.0 {
		t.Errorf("the last page: %v", last)
	}
	key.ask(t, s, "PUT", "/v2/listings/1640021101", url.Values{"title": {"Moon mug"}}).
		exactly(t, "renamed", `{"count":1,"type":"Listing","params":{"listing_id":"1640021101"},"pagination":{},"results":[{"listing_id":1640021101,"state":"active",
		"user_id":84120937,"title":"Moon mug","price":"28.00","currency_code":"EUR","quantity":14}]}`)
	if got := callAPI(t, s, "", "/listings/1640021101"); got.text("title") != "Moon mug" {
		t.Errorf("both APIs have one shop: %v", got.Body)
	}
	for path, status := range map[string]int{
		"/v2/listings/x": 404, "/v2/listings/1715530206": 404, "/v2/shops/red-oak-prints/receipts": 404, "/v2/shops/none/sections": 404, "/v2/shops/__SELF__/receipts?limit=0": 400,
	} {
		if got := key.ask(t, s, "GET", path, nil); got.Status != status {
			t.Errorf("%s: HTTP %d %s", path, got.Status, got.Text)
		}
	}
	poor := wonOlder(t, s, "")
	poor.ask(t, s, "GET", "/v2/shops/__SELF__/receipts", nil).is(t, "receipts", 403, "permission_denied")
	poor.ask(t, s, "PUT", "/v2/listings/1640021101", url.Values{"title": {"x"}}).is(t, "rename", 403, "permission_denied")
}
