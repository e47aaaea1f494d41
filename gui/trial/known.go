//go:build !nogui

package trial

import (
	"net/url"
	"slices"

	"valetkey/gui/kit"
	"valetkey/gui/trial/answer"
	"valetkey/valet"
	"valetkey/valet/words"
)

// known is what answers have told that paths want to know, as a path writes it.
type known map[string]string

// learn keeps the numbers that other questions need; the number of a listing is the newest that is the account's own.
func (k known) learn(a answer.Answer, own valet.Account) {
	shop := a.Find("shop_id")
	if id := a.Find("listing_id"); id != "" && (shop == "" || own.ShopID == "" || shop == own.ShopID) {
		k["listing_id"] = id
	}
	for name, value := range map[string]string{"shop_id": shop, "user_id": a.Find("user_id"), "shop_name": url.PathEscape(a.Find("shop_name"))} {
		if k[name] == "" {
			k[name] = value
		}
	}
}

// needed says which permission a question needs.
func (s State) needed(q valet.Inquiry) string {
	return words.T("trial.needs", "Title", kit.TitleOf(s.Market.Scopes, q.Needs), "Scope", q.Needs)
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
