package practice

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// exactly compares an answer's JSON with what it should be, member for member.
func (r olderReply) exactly(t *testing.T, what, want string) {
	t.Helper()
	var got, wanted any
	if err := json.Unmarshal([]byte(r.Text), &got); err != nil {
		t.Errorf("%s: HTTP %d %q", what, r.Status, r.Text)
		return
	}
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatal(err)
	}
	a, errA := json.Marshal(got)
	b, errB := json.Marshal(wanted)
	if errA != nil || errB != nil || !bytes.Equal(a, b) || r.Status != 200 {
		t.Errorf("%s: HTTP %d\ngot  %s\nwant %s", what, r.Status, a, b)
	}
}

func TestOlderScopes(t *testing.T) {
	s := newPractice(t)
	wonOlder(t, s, "listings_w email_r listings_r").ask(t, s, "GET", "/v2/oauth/scopes", nil).
		exactly(t, "three", `{"count":3,"results":["email_r","listings_r","listings_w"],"params":null,"type":"ArrayString","pagination":{}}`)
	wonOlder(t, s, "").ask(t, s, "GET", "/v2/oauth/scopes", nil).
		exactly(t, "none", `{"count":0,"results":[],"params":null,"type":"ArrayString","pagination":{}}`)
}

func TestOlderUser(t *testing.T) {
	s := newPractice(t)
	const user = `"user_id":84120937,"login_name":"blue-fern-pottery","creation_tsz":1521115200,"feedback_info":{"count":387,"score":98}`
	wonOlder(t, s, "").ask(t, s, "GET", "/v2/users/__SELF__", nil).
		exactly(t, "no e-mail", `{"count":1,"results":[{`+user+`}],"params":{"user_id":"__SELF__"},"type":"User","pagination":{}}`)
	key := wonOlder(t, s, "email_r")
	key.ask(t, s, "GET", "/v2/users/84120937", nil).
		exactly(t, "e-mail", `{"count":1,"results":[{`+user+`,"primary_email":"blue-fern-pottery@practice-market.example"}],"params":{"user_id":"84120937"},"type":"User","pagination":{}}`)
	for _, path := range []string{"/v2/users/90375518", "/v2/users/x/shops", "/v2/shops/x", "/v2/shops/x/listings/active", "/v2/shops/__SELF__/listings/sold", "/v2/", "/v2/oauth/scope"} {
		if got := key.ask(t, s, "GET", path, nil); got.Status != 404 || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/plain") {
			t.Errorf("%s: HTTP %d %s", path, got.Status, got.Text)
		}
	}
	if got := key.ask(t, s, "PUT", pathRequestToken, nil); got.Status != 404 {
		t.Errorf("PUT %s: HTTP %d", pathRequestToken, got.Status)
	}
}

func TestOlderShops(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "listings_r")
	for _, path := range []string{"/v2/users/__SELF__/shops", "/v2/shops/__SELF__", "/v2/shops/51730426", "/v2/shops/blue-fern-pottery"} {
		got := key.ask(t, s, "GET", path, nil).json(t)
		shop := got["results"].([]any)[0].(map[string]any)
		if got["count"] != 1.0 || got["type"] != "Shop" || shop["shop_id"] != 51730426.0 || shop["shop_name"] != "Blue Fern Pottery" {
			t.Errorf("%s: %v", path, got)
		}
	}
	for path, count := range map[string]float64{
		"/v2/shops/__SELF__/listings/active": 10, "/v2/shops/Blue%20Fern%20Pottery/listings/draft": 1, "/v2/shops/red-oak-prints/listings/active": 5,
	} {
		if got := key.ask(t, s, "GET", path, nil).json(t); got["count"] != count || got["type"] != "Listing" {
			t.Errorf("%s: %v", path, got)
		}
	}
	key.ask(t, s, "GET", "/v2/shops/red-oak-prints/listings/draft", nil).is(t, "drafts of others", 403, "permission_denied")
	wonOlder(t, s, "").ask(t, s, "GET", "/v2/shops/__SELF__/listings/draft", nil).is(t, "no scope", 403, "permission_denied")
}

func TestInventory(t *testing.T) {
	s := newPractice(t)
	const path = "/v2/listings/1640021101/inventory"
	key := wonOlder(t, s, "listings_r listings_w")
	key.ask(t, s, "GET", path, nil).exactly(t, "as it began", `{"count":1,"type":"ListingInventory","params":{"listing_id":"1640021101"},"pagination":{},
		"results":{"products":[{"product_id":16400211010,"sku":"","property_values":[],"offerings":[{"offering_id":16400211011,"price":"28.00","quantity":14}]}]}}`)
	form := url.Values{"products": {`[{"product_id":91011,"property_values":[],"offerings":[{"offering_id":141516,"price":"5.00","quantity":1}]},` +
		`{"sku":"a b+c","property_values":[{"property_id":200,"values":["Grün & rot"]}],"offerings":[{"price":7.5,"quantity":0}]}]`}}
	want := `{"count":2,"type":"ListingInventory","params":{"listing_id":"1640021101"},"pagination":{},
		"results":{"products":[{"product_id":91011,"sku":"","property_values":[],"offerings":[{"offering_id":141516,"price":"5.00","quantity":1}]},
		{"product_id":0,"sku":"a b+c","property_values":[{"property_id":200,"values":["Grün & rot"]}],"offerings":[{"offering_id":0,"price":"7.5","quantity":0}]}]}}`
	key.ask(t, s, "PUT", path, form).exactly(t, "put", want)
	key.ask(t, Open(s.store.path), "GET", path, nil).exactly(t, "kept", want)

	for _, products := range []string{"", "[]", "{}", "[{}]", `[{"offerings":[]}]`, `[{"offerings":[{"quantity":1}]}]`, `[{"offerings":[{"price":"5,00","quantity":1}]}]`,
		`[{"offerings":[{"price":"5.00","quantity":-1}]}]`, `[{"offerings":[{"price":null,"quantity":1}]}]`} {
		if got := key.ask(t, s, "PUT", path, url.Values{"products": {products}}); got.Status != 400 {
			t.Errorf("%s: HTTP %d %s", products, got.Status, got.Text)
		}
	}
	key.ask(t, s, "PUT", path, url.Values{"product": {"[]"}}).is(t, "no products", 400, "parameter_absent")
	if got := key.ask(t, s, "PUT", path, url.Values{"products": {form.Get("products"), form.Get("products")}}); got.Status != 400 {
		t.Errorf("twice: HTTP %d", got.Status)
	}
	for _, other := range []string{"/v2/listings/1715530201/inventory", "/v2/listings/x/inventory"} {
		for _, method := range []string{"GET", "PUT"} {
			if got := key.ask(t, s, method, other, form); got.Status != 404 {
				t.Errorf("%s %s: HTTP %d %s", method, other, got.Status, got.Text)
			}
		}
	}
	key.ask(t, s, "GET", path, nil).exactly(t, "as it was put", want)
	reader := wonOlder(t, s, "listings_r").ask(t, s, "PUT", path, form)
	if reader.is(t, "may only read", 403, "permission_denied"); reader.Header.Get("X-Error-Detail") != "listings_w is required" {
		t.Errorf("the detail is %q", reader.Header.Get("X-Error-Detail"))
	}
	wonOlder(t, s, "listings_w").ask(t, s, "GET", path, nil).is(t, "may only write", 403, "permission_denied")
}

// A signed request that was changed on its way is refused, whatever was changed.
func TestAChangedByteIsRefused(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "listings_w")
	form := url.Values{"products": {`[{"offerings":[{"price":"5.00","quantity":1}]}]`}}
	change := func(change func(*http.Request)) olderReply {
		r := key.request(t, "PUT", olderHome+"/v2/listings/1640021101/inventory?a=1", form)
		change(r)
		return deliver(t, s, r)
	}
	if got := change(func(*http.Request) {}); got.Status != 200 {
		t.Fatalf("unchanged: HTTP %d %s", got.Status, got.Text)
	}
	for name, to := range map[string]func(*http.Request){
		"the body":   func(r *http.Request) { r.Body = body(strings.Replace(form.Encode(), "5.00", "6.00", 1)) },
		"more body":  func(r *http.Request) { r.Body = body(form.Encode() + "&x=") },
		"no body":    func(r *http.Request) { r.Body = http.NoBody },
		"the type":   func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") },
		"the query":  func(r *http.Request) { r.URL.RawQuery = "a=2" },
		"the path":   func(r *http.Request) { r.URL.Path = "/v2/listings/1640021102/inventory" },
		"its octets": func(r *http.Request) { r.URL.RawPath = "/v2/listings/164002110%31/inventory" },
		"the host":   func(r *http.Request) { r.Host = "other.example" },
		"the port":   func(r *http.Request) { r.Host = "api.practice.example:80" },
		"the scheme": func(r *http.Request) { r.URL.Scheme = "http" },
		"the header": func(r *http.Request) {
			r.Header.Set("Authorization", r.Header.Get("Authorization")+`, x="1"`)
		},
	} {
		change(to).is(t, name, 401, "signature_invalid")
	}
	if got := change(func(r *http.Request) { r.Body = body(strings.Repeat("x", maxBody+1)) }); got.Status != 413 {
		t.Errorf("too much: HTTP %d", got.Status)
	}
}

func body(text string) io.ReadCloser { return io.NopCloser(strings.NewReader(text)) }

func TestOlderKeysAreTakenBack(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "billing_r listings_d")
	bare := wonOlder(t, s, "")
	access, _ := won(t, s)
	b := newBrowser(t, s)
	b.open(home + pathApps)
	for _, want := range []string{text("scope.billing_r"), text("scope.shops_r"), text("scope.listings_d")} {
		if !strings.Contains(b.page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if strings.Count(b.page, `class="app"`) != 1 {
		t.Errorf("an app stands there more than once\n%s", b.page)
	}
	b.press("revoke")
	for _, sg := range []signer{key, bare} {
		sg.ask(t, s, "GET", "/v2/oauth/scopes", nil).is(t, "taken back", 403, "token_revoked")
	}
	callAPI(t, s, access, "/users/me").is(t, 403, "invalid_token", "access token has been revoked")
	wonOlder(t, s, "")
	if b.open(home + pathApps); !strings.Contains(b.page, `id="revoke"`) {
		t.Error("an older key alone is not listed")
	}
	b.press("revoke")
	if !strings.Contains(b.page, `id="returned"`) {
		t.Errorf("it was not taken back\n%s", b.page)
	}
}
