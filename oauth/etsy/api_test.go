package etsy

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"valetkey/oauth"
)

// calls: each call of the API, as the server has to see it.
var calls = map[string]struct {
	call          func(context.Context, *API) error
	request, body string
	bearer        bool
}{
	"ping": {func(ctx context.Context, a *API) error { return a.Ping(ctx) }, "GET /v3/application/openapi-ping", "", false},
	"me": {func(ctx context.Context, a *API) error { _, err := a.Me(ctx, access); return err },
		"GET /v3/application/users/me", "", true},
	"shop": {func(ctx context.Context, a *API) error { _, err := a.Shop(ctx, access, 77); return err },
		"GET /v3/application/shops/77", "", true},
	"shop, without a token": {func(ctx context.Context, a *API) error { _, err := a.Shop(ctx, oauth.Secret{}, 77); return err },
		"GET /v3/application/shops/77", "", false},
	"scopes": {func(ctx context.Context, a *API) error { _, err := a.Scopes(ctx, access); return err },
		"POST /v3/application/scopes", "12345678.accessSECRET", false},
}

func TestWhatEtsySees(t *testing.T) {
	for name, test := range calls {
		for _, secret := range []string{"", "appSECRET"} {
			t.Run(fmt.Sprintf("%s, secret %t", name, secret != ""), func(t *testing.T) {
				var seen *http.Request
				api := serve(t, func(w http.ResponseWriter, r *http.Request) {
					r.ParseForm()
					seen = r
					reply(w, 200, `{"application_id":1,"user_id":12345678,"shop_id":77,"scopes":[]}`)
				})
				api.Key = func() (string, oauth.Secret) { return "keystring", oauth.NewSecret(secret) }
				if err := test.call(t.Context(), api); err != nil {
					t.Fatal(err)
				}
				key := strings.TrimSuffix("keystring:"+secret, ":")
				if got := seen.Header["X-Api-Key"]; !slices.Equal(got, []string{key}) {
					t.Errorf("x-api-key = %q, want %q", got, key)
				}
				if got := seen.Method + " " + seen.RequestURI; got != test.request || seen.PostForm.Get("token") != test.body {
					t.Errorf("request = %s with token %q, want %s", got, seen.PostForm.Get("token"), test.request)
				}
				if got := seen.Header.Get("Authorization"); got != "" != test.bearer || test.bearer && got != "Bearer 12345678.accessSECRET" {
					t.Errorf("Authorization = %q, want bearer = %v", got, test.bearer)
				}
				if seen.UserAgent() != oauth.UserAgent {
					t.Errorf("User-Agent = %q", seen.UserAgent())
				}
			})
		}
	}
}

func TestMe(t *testing.T) {
	for body, want := range map[string]Me{
		`{"user_id":12345678,"shop_id":77}`:         {12345678, 77},
		`{"user_id":9876543210,"shop_id":77,"x":1}`: {9876543210, 77},
		`{"user_id":12345678,"shop_id":null}`:       {12345678, 0},
		`{"user_id":12345678}`:                      {12345678, 0},
		`{"user_id":12345678,"shop_id":0}`:          {12345678, 0},
		`{"user_id":12345678,"shop_id":-1}`:         {12345678, 0},
	} {
		api := serve(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, body) })
		if me, err := api.Me(t.Context(), access); err != nil || me != want {
			t.Errorf("%s: %+v, %v, want %+v", body, me, err, want)
		}
	}
	for _, body := range []string{``, `{}`, `null`, `[]`, `{"user_id":null}`, `{"user_id":"SECRET"}`, `{"user_id":1.5}`, `<html>`, `{"user_id":-3}`} {
		api := serve(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, body) })
		_, err := api.Me(t.Context(), access)
		if _, ok := errors.AsType[*oauth.AnswerError](err); !ok || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: error = %v, want an AnswerError", body, err)
		}
	}
}

func TestShop(t *testing.T) {
	for body, want := range map[string]Shop{
		`{"shop_id":77,"user_id":5,"shop_name":"BlueBarn","title":"Pots","url":"https://www.etsy.com/shop/BlueBarn",` +
			`"icon_url_fullxfull":"https://i.etsystatic.com/isla/1.jpg"}`: {
			77, 5, "BlueBarn", "Pots", "https://www.etsy.com/shop/BlueBarn", "https://i.etsystatic.com/isla/1.jpg"},
		`{"shop_id":77,"shop_name":null,"title":null,"icon_url_fullxfull":null}`: {ID: 77},
		`{"shop_name":"a\u001b[2K\n\u202eb"}`:                                    {Name: "a [2K b"},
		`{"url":"javascript:alert(1)","icon_url_fullxfull":"http://i.example/"}`: {},
		`{"url":"https://u:p@x.example/","icon_url_fullxfull":"https:///x"}`:     {},
		`{"url":"file:///etc/passwd","icon_url_fullxfull":"//i.example/x"}`:      {},
	} {
		api := serve(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, body) })
		if shop, err := api.Shop(t.Context(), access, 77); err != nil || shop != want {
			t.Errorf("%s: %+v, %v, want %+v", body, shop, err, want)
		}
	}
}

func TestScopesOfToken(t *testing.T) {
	for body, want := range map[string][]oauth.Scope{
		`{"scopes":["shops_r","listings_r"]}`: {"shops_r", "listings_r"},
		`["shops_r"]`:                         {"shops_r"},
		`{"scopes":["shops_r","a b","",7]}`:   nil, // a number among names: not what we think it is
		`{"scopes":["shops_r","a b",""]}`:     {"shops_r"},
		`{"scopes":[]}`:                       {},
		`[]`:                                  {},
		`{}`:                                  nil,
		`{"scopes":null}`:                     nil,
		`null`:                                nil,
		`"shops_r"`:                           nil,
	} {
		api := serve(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, body) })
		scopes, err := api.Scopes(t.Context(), access)
		if !slices.Equal(scopes, want) || (err == nil) != (want != nil) {
			t.Errorf("%s: %q, %v, want %q", body, scopes, err, want)
		}
	}
}

func TestLimits(t *testing.T) {
	const none = -1
	for name, test := range map[string]struct {
		header map[string]string
		want   Limits
	}{
		"none": {nil, Limits{none, none, none, none}},
		"all": {map[string]string{"x-limit-per-second": "10", "x-remaining-this-second": "9", "x-limit-per-day": "10000",
			"x-remaining-today": "9998"}, Limits{10, 9, 10000, 9998}},
		"misspelt":   {map[string]string{"x-remaining-this-secon": "4"}, Limits{none, 4, none, none}},
		"both":       {map[string]string{"x-remaining-this-secon": "4", "x-remaining-this-second": "5"}, Limits{none, 5, none, none}},
		"used up":    {map[string]string{"x-remaining-today": "0"}, Limits{none, none, none, 0}},
		"no numbers": {map[string]string{"x-remaining-today": "many", "x-limit-per-day": "-3"}, Limits{none, none, none, none}},
	} {
		t.Run(name, func(t *testing.T) {
			status := 200
			api := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				for key, value := range test.header {
					w.Header().Set(key, value)
				}
				reply(w, status, `{"application_id":1}`)
			})
			if got := api.Limits(); got != (Limits{none, none, none, none}) {
				t.Errorf("before the first call: %+v", got)
			}
			for _, status = range []int{200, 429} { // a refusal carries them too
				api.Ping(t.Context())
				if got := api.Limits(); got != test.want {
					t.Errorf("after %d: %+v, want %+v", status, got, test.want)
				}
			}
		})
	}
}

func TestLimitsOutliveAnAnswerWithoutThem(t *testing.T) {
	header := "17"
	api := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("x-remaining-today", header)
		reply(w, 200, `{}`)
	})
	api.Ping(t.Context())
	header = ""
	api.Ping(t.Context())
	if got := api.Limits().RemainingToday; got != 17 {
		t.Errorf("remaining today = %d, want 17", got)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	visited := false
	elsewhere := serve(t, func(http.ResponseWriter, *http.Request) { visited = true })
	api := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.Base, http.StatusFound) })
	_, err := api.Me(t.Context(), access)
	if _, ok := errors.AsType[*oauth.AnswerError](err); !ok || visited {
		t.Errorf("error = %v, visited = %v", err, visited)
	}
}

func TestBadBase(t *testing.T) {
	api := &API{Base: "http://SECRET\x7f/", Key: func() (string, oauth.Secret) { return "keystring", oauth.Secret{} }}
	if err := api.Ping(t.Context()); err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("error = %v", err)
	}
}

func TestDefaultBase(t *testing.T) {
	var host string
	api := &API{
		Key: func() (string, oauth.Secret) { return "keystring", oauth.Secret{} },
		Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			host = r.URL.Scheme + "://" + r.URL.Host
			return nil, errors.New("not today")
		}),
	}
	_, err := api.Me(t.Context(), access)
	if _, ok := errors.AsType[*oauth.TransportError](err); !ok || host != "https://openapi.etsy.com" {
		t.Errorf("asked %s: %v", host, err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
