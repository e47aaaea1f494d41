//go:build !nogui

package main

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/trial"
	"valetkey/gui/trial/answer"
	"valetkey/oauth"
	"valetkey/valet"
)

// trials are a key being tried.
func trials() []state {
	ask := func(name string, c valet.Connection, more func(*trial.Trial)) state {
		return state{"trial-" + name, func() fyne.CanvasObject { return trialOf(c, more) }}
	}
	answered := func(path, body string, status int, err error) func(*trial.Trial) {
		return func(t *trial.Trial) {
			t.Propose("GET", path, "")
			t.Answered(resultOf(path, body, status, err))
		}
	}
	narrow := rack[0]
	narrow.Granted = []oauth.Scope{"shops_r"}
	refused := &valet.Error{Kind: valet.TokenRefused, Provider: "Practice market", Subject: "insufficient_scope"}
	return []state{
		ask("list", rack[0], nil),
		ask("little", narrow, nil),
		ask("waiting", rack[0], func(t *trial.Trial) { t.Propose("GET", "/v3/application/shops/51730426/listings?limit=25", "") }),
		ask("table", rack[0], answered("/v3/application/shops/51730426/listings?limit=25", sampleListings(12, 38), 200, nil)),
		ask("receipts", rack[0], answered("/v3/application/shops/51730426/receipts?limit=25", sampleReceipts, 200, nil)),
		ask("tree", rack[0], answered("/v3/application/shops/51730426", sampleShop, 200, nil)),
		ask("long", rack[0], answered("/v3/application/shops/51730426/listings?limit=25", sampleListings(9000, 9000), 200, nil)),
		ask("text", rack[0], answered("/elsewhere", "<html>\n<body>\n  <h1>502 Bad Gateway</h1>\n"+strings.Repeat("  <p>The server is being looked after. Please come back in a while, it will not take long.</p>\n", 12)+"</body>\n", 502,
			&valet.Error{Kind: valet.Busy, Provider: "Practice market"})),
		ask("refused", narrow, answered("/v3/application/shops/51730426/receipts?limit=25", `{"error":"insufficient_scope","error_description":"Insufficient scope"}`, 403, refused)),
		ask("notfound", rack[0], answered("/v3/application/shops/1", `{"error":"Could not find a shop with shop_id = 1"}`, 404,
			&valet.Error{Kind: valet.Declined, Provider: "Practice market", Subject: "404 Not Found"})),
		ask("offline", rack[0], answered("/v3/application/users/me", "", 0, &valet.Error{Kind: valet.Unreachable, Provider: "Practice market"})),
		ask("secret", rack[0], answered("/echo", `{"authorization":"Bearer 12345678.abc","token_type":"bearer","note":"what was sent comes back"}`, 200, nil)),
		ask("confirm", rack[0], func(t *trial.Trial) {
			answered("/v3/application/shops/51730426/listings?limit=25", sampleListings(12, 38), 200, nil)(t)
			t.Propose("PATCH", "/v3/application/shops/51730426/listings/1640021101", "title=Speckled mug, moon white")
		}),
		ask("free", rack[1], nil),
	}
}

func trialOf(c valet.Connection, more func(*trial.Trial)) fyne.CanvasObject {
	c.Account.ShopID = "51730426"
	t := trial.New(trial.State{Key: c, Market: market, Questions: valet.Inquiries(market, c, now), Now: func() time.Time { return now }}, trial.Actions{
		Ask: func(valet.Request) {}, Stop: func() {}, Leave: func() {}, Change: func() {}, Reconnect: func() {},
		Address: func(path string) (string, error) { return "http://127.0.0.1:3004" + path, nil },
	})
	if more != nil {
		more(t)
	}
	return framed(rack, c.ID, t.Container)
}

func resultOf(path, body string, status int, err error) trial.Result {
	header := http.Header{"X-Remaining-Today": {"4986"}, "X-Limit-Per-Day": {"5000"}}
	reply := valet.Reply{Status: status, Header: header, Body: []byte(body), Took: 120 * time.Millisecond, CallsLeft: 4986, CallsADay: 5000}
	return trial.Result{
		Request: valet.Request{Method: http.MethodGet, Path: path}, Reply: reply, Err: err,
		Answer: answer.Read([]byte(body), "[hidden]", func(text string) string { return text }),
	}
}

// sampleListings is a page of listings.
func sampleListings(shown, all int) string {
	goods := []struct {
		title string
		cents int
	}{{"Speckled mug, 300 ml", 2800}, {"Fern plate, set of two", 5400}, {"Small ash-glaze vase", 3650}, {"Serving plate with pressed ferns, 32 cm, for six or for a very long table", 17800}, {"Bud vase, sea blue", 2250}}
	var rows []string
	for i := range shown {
		g := goods[i%len(goods)]
		rows = append(rows, fmt.Sprintf(`{"listing_id":%d,"user_id":84120937,"shop_id":51730426,"title":%q,"description":"%s. Made by hand, one at a time.","state":"active","quantity":%d,
			"price":{"amount":%d,"divisor":100,"currency_code":"EUR"},"tags":["handmade"],"url":"https://practice-market.example/listing/%d","created_timestamp":1763820120}`,
			1640021101+i, g.title, g.title, 3+i%15, g.cents, 1640021101+i))
	}
	return fmt.Sprintf(`{"count":%d,"results":[%s]}`, all, strings.Join(rows, ","))
}

const sampleReceipts = `{"count":2,"results":[
	{"receipt_id":5173042638,"name":"Buyer 1042","status":"Paid","is_paid":true,"is_shipped":false,"created_timestamp":1795345200,"grandtotal":{"amount":3250,"divisor":100,"currency_code":"EUR"},"transactions":[{"title":"Speckled mug, 300 ml"}]},
	{"receipt_id":5173042637,"name":"Buyer 1041","status":"Completed","is_paid":true,"is_shipped":true,"created_timestamp":1795233600,"grandtotal":{"amount":11250,"divisor":100,"currency_code":"EUR"},"transactions":[{"title":"Fern plate, set of two"}]}]}`

const sampleShop = `{"shop_id":51730426,"user_id":84120937,"shop_name":"Blue Fern Pottery","title":"Stoneware for slow breakfasts","currency_code":"EUR","is_vacation":false,
	"announcement":"The kiln is cold until Monday. Orders placed now are fired in the week after, and leave the workshop wrapped in straw, as they always did; thank you for your patience with clay and with me.",
	"languages":["en","de","fr","nl"],"icon_url_fullxfull":null,"listing_active_count":10,"transaction_sold_count":1262,"review_average":4.9312,"review_count":387,"created_timestamp":1521115200,
	"policies":{"shipping":"1 to 3 days","returns":"within 14 days","privacy":null}}`
