//go:build !nogui

package trial

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"valetkey/gui/kit"
	"valetkey/gui/trial/answer"
	"valetkey/valet"
	"valetkey/valet/words"
)

// known is what answers have told that paths want to know, as a path writes it.
type known map[string]string

// learn keeps the numbers that other questions need; the number of a listing is the newest that is the account's own.
func (k known) learn(a answer.Answer, own valet.Account) {
	shop := part(a, "shop_id")
	if id := part(a, "listing_id"); id != "" && (shop == "" || own.ShopID == "" || shop == own.ShopID) {
		k["listing_id"] = id
	}
	for name, value := range map[string]string{"shop_id": shop, "user_id": part(a, "user_id"), "shop_name": part(a, "shop_name")} {
		if k[name] == "" {
			k[name] = value
		}
	}
}

// without is what is known but for one name.
func (k known) without(name string) known {
	less := maps.Clone(k)
	delete(less, name)
	return less
}

// longestPart is how long a part of a path may be that is learned, in octets.
const longestPart = 100

// part is a member of an answer as a path writes it; "" if it is none that leads to where the path says. Numbers are numbers.
func part(a answer.Answer, name string) string {
	text := a.Find(name)
	number := strings.HasSuffix(name, "_id")
	if len(text) > longestPart || number && strings.Trim(text, "0123456789") != "" || strings.Trim(text, ".") == "" {
		return ""
	}
	return url.PathEscape(text)
}

// needed says which permission a question needs.
func (s State) needed(q valet.Inquiry) string {
	return words.T("trial.needs", "Title", kit.TitleOf(s.Market.Scopes, q.Needs), "Scope", q.Needs)
}

// asksScopes reports whether a request asks what the key opens.
func (s State) asksScopes(r valet.Request) bool {
	return slices.ContainsFunc(s.Questions, func(q valet.Inquiry) bool { return q.ID == "scopes" && q.Method == r.Method && q.Path == r.Path })
}

// needs gives the question whose permission a request needs that was refused, if one of them tells.
func (s State) needs(r valet.Request) (valet.Inquiry, bool) {
	at := slices.IndexFunc(s.Questions, func(q valet.Inquiry) bool {
		return q.Needs != "" && q.Method == r.Method && q.With(s.known).Path == r.Path
	})
	if at < 0 {
		return valet.Inquiry{}, false
	}
	return s.Questions[at], true
}
