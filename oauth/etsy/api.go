package etsy

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"valetkey/oauth"
)

// Paths of API v3.
const (
	pathPing   = "/v3/application/openapi-ping"
	pathMe     = "/v3/application/users/me"
	pathShops  = "/v3/application/shops/"
	pathScopes = "/v3/application/scopes"
)

// API makes the few calls that say whether an app key and a token work and whose they are. Each call has the limits of
// [oauth.Call]; errors are *[Refusal], *[oauth.TransportError] and *[oauth.AnswerError]. It is safe for use by many
// goroutines; the fields are not to be changed after the first call.
type API struct {
	Base      string                                        // "" means https://openapi.etsy.com
	Key       func() (clientID string, secret oauth.Secret) // the app key, asked for at each call
	Transport http.RoundTripper                             // nil means oauth.DefaultTransport

	mu     sync.Mutex
	limits Limits // as last reported, valid if seen
	seen   bool
}

// Me is who a token speaks for.
type Me struct {
	UserID int64
	ShopID int64 // 0: the member has no shop
}

// Shop is what a person recognises a shop by. Texts are printable and one line long; all may be empty.
type Shop struct {
	ID, Owner   int64
	Name, Title string
	Page        string // https address of the shop
	Picture     string // https address of the shop's icon, in full size
}

// Ping asks whether the app key is good (openapi-ping). It says nothing of any token.
func (a *API) Ping(ctx context.Context) error {
	_, err := a.call(ctx, http.MethodGet, pathPing, nil, oauth.Secret{})
	return err
}

// Me asks who the token speaks for; it takes the scope shops_r. A member without a shop is no error.
func (a *API) Me(ctx context.Context, access oauth.Secret) (Me, error) {
	answer, err := a.call(ctx, http.MethodGet, pathMe, nil, access)
	if err != nil {
		return Me{}, err
	}
	var me struct {
		UserID int64  `json:"user_id"`
		ShopID *int64 `json:"shop_id"`
	}
	if err := answer.Decode(&me); err != nil {
		return Me{}, err
	}
	if me.UserID <= 0 {
		return Me{}, &oauth.AnswerError{Reason: "no user_id", Status: answer.Status}
	}
	if me.ShopID == nil {
		me.ShopID = new(int64)
	}
	return Me{UserID: me.UserID, ShopID: max(*me.ShopID, 0)}, nil
}

// Shop asks for a shop by its number, which comes from [API.Me]: a user's number is not a shop's.
func (a *API) Shop(ctx context.Context, access oauth.Secret, shopID int64) (Shop, error) {
	answer, err := a.call(ctx, http.MethodGet, pathShops+strconv.FormatInt(shopID, 10), nil, access)
	if err != nil {
		return Shop{}, err
	}
	var shop struct {
		ShopID int64  `json:"shop_id"`
		UserID int64  `json:"user_id"`
		Name   string `json:"shop_name"`
		Title  string `json:"title"`
		URL    string `json:"url"`
		Icon   string `json:"icon_url_fullxfull"`
	}
	if err := answer.Decode(&shop); err != nil {
		return Shop{}, err
	}
	return Shop{
		ID: shop.ShopID, Owner: shop.UserID,
		Name: oauth.CleanText(shop.Name, 100), Title: oauth.CleanText(shop.Title, 200),
		Page: httpsOnly(shop.URL), Picture: httpsOnly(shop.Icon),
	}, nil
}

// Scopes asks what a token may do. The shape of the answer is not documented: an object with the member scopes and a bare
// array of names are both read.
func (a *API) Scopes(ctx context.Context, access oauth.Secret) ([]oauth.Scope, error) {
	answer, err := a.call(ctx, http.MethodPost, pathScopes, url.Values{"token": {access.Reveal()}}, access)
	if err != nil {
		return nil, err
	}
	var names []oauth.Scope
	if answer.Decode(&names) != nil {
		var object struct{ Scopes []oauth.Scope }
		if err := answer.Decode(&object); err != nil {
			return nil, err
		}
		names = object.Scopes
	}
	if names == nil {
		return nil, &oauth.AnswerError{Reason: "no scopes", Status: answer.Status}
	}
	scopes := []oauth.Scope{}
	for _, name := range names {
		if oauth.ValidScope(name) {
			scopes = append(scopes, name)
		}
	}
	return scopes, nil
}

// call sends one request with the app key, and the token as bearer unless the form carries it or there is none.
func (a *API) call(ctx context.Context, method, path string, form url.Values, access oauth.Secret) (*oauth.Answer, error) {
	base := a.Base
	if base == "" {
		base = Provider().API
	}
	request, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(base, "/")+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, errors.New("etsy: the base of the API is not an address")
	}
	clientID, secret := a.Key()
	request.Header.Set("x-api-key", HeaderKey(clientID, secret))
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	} else if !access.IsZero() {
		request.Header.Set("Authorization", "Bearer "+access.Reveal())
	}
	answer, err := oauth.Call(a.Transport, request, access, secret)
	if err != nil {
		return nil, err
	}
	a.note(answer.Header)
	switch {
	case answer.Redirected():
		return nil, &oauth.AnswerError{Reason: "it redirects elsewhere", Status: answer.Status}
	case !answer.Success():
		return nil, refusal(answer, !access.IsZero())
	}
	return answer, nil
}

// HeaderKey is the value of x-api-key: keystring, colon, shared secret. Without a secret it is the keystring alone, which
// Etsy refuses in words that say so.
func HeaderKey(clientID string, secret oauth.Secret) string {
	if secret.IsZero() {
		return clientID
	}
	return clientID + ":" + secret.Reveal()
}

// UserID is the member's number that Etsy puts before the dot of both tokens, or "" if there is none. It says who connected
// without asking anybody.
func UserID(token oauth.Secret) string {
	number, _, dotted := strings.Cut(token.Reveal(), ".")
	if !dotted || len(number) > 19 || strings.Trim(number, "0123456789") != "" {
		return ""
	}
	return number
}

// httpsOnly gives an address that may be fetched or opened, or "".
func httpsOnly(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "https" || parsed.Hostname() == "" || parsed.User != nil {
		return ""
	}
	return parsed.String()
}
