package valet

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// Inquiry is something that can be asked with a key.
type Inquiry struct {
	ID     string // words has its title
	Method string
	Path   string      // what is not known of it stands in braces; see [Inquiry.Lacks]
	Needs  oauth.Scope // the permission that opens it; "": none in particular
	Opens  bool        // the key has that permission
	Form   string      // the field of its form that the seller fills in; "": it has no form

	tokenField string
}

// ledgerSpan is how far back a shop's fees are asked for.
const ledgerSpan = 30 * 24 * time.Hour

// Inquiries are what can be asked with a key at its market, the usual first, those that the key does not open among them. Of a
// market that nothing is known of, it is who connected, if even that.
func Inquiries(m Market, c Connection, now time.Time) []Inquiry {
	var questions []etsy.Question
	switch {
	case m.EtsyAPI:
		questions = etsy.Questions()
	case m.BuiltIn && m.OAuth1 != nil:
		questions = etsy.OlderQuestions()
	case m.Account.URL != "" && m.API != "":
		if path := below(strings.TrimSuffix(m.API, "/"), m.Account.URL); path != "" {
			questions = []etsy.Question{{ID: "who", Method: http.MethodGet, Path: path}}
		}
	}
	known := map[string]string{
		"shop_id": c.Account.ShopID, "user_id": c.Account.UserID, "shop_name": url.PathEscape(c.Account.ShopName),
		"now": strconv.FormatInt(now.Unix(), 10), "month_ago": strconv.FormatInt(now.Add(-ledgerSpan).Unix(), 10),
	}
	var all []Inquiry
	for _, q := range questions {
		i := Inquiry{ID: q.ID, Method: q.Method, Path: q.Path, Needs: q.Needs, Form: q.Form, tokenField: q.Token}
		i.Opens = q.Needs == "" || slices.Contains(c.Granted, q.Needs)
		all = append(all, i.With(known))
	}
	return all
}

// blank is a part of a path that is not known yet.
var blank = pattern(`\{([a-z_]+)\}`)

// Lacks names the first part of the path that is not known, such as listing_id; "" if it is complete.
func (i Inquiry) Lacks() string {
	if found := blank().FindStringSubmatch(i.Path); found != nil {
		return found[1]
	}
	return ""
}

// With fills in what is known; values are as a path writes them. An empty one is not known.
func (i Inquiry) With(known map[string]string) Inquiry {
	i.Path = blank().ReplaceAllStringFunc(i.Path, func(name string) string {
		if value := known[strings.Trim(name, "{}")]; value != "" {
			return value
		}
		return name
	})
	return i
}

// Request is the request that asks it, without what the seller fills in.
func (i Inquiry) Request() Request {
	return Request{Method: i.Method, Path: i.Path, TokenField: i.tokenField}
}

// Changes reports whether a request may change something at the provider.
func (r Request) Changes() bool {
	return r.Method != http.MethodGet && r.Method != http.MethodHead && r.TokenField == ""
}
