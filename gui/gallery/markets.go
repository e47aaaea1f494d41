//go:build !nogui

package main

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/places"
	"valetkey/gui/walk"
	"valetkey/valet"
	"valetkey/valet/words"
)

// acme is a market as a provider file describes it; its hosts are harmless.
var acme = decoded(`{"id": "acme", "name": "Acme Market", "protocol": "oauth2", "authorization_endpoint": "https://id.acme.example/allow",
	"token_endpoint": "https://api.acme.example/token", "client_id": "abc", "token_endpoint_auth_method": "client_secret_basic",
	"redirect_uri": "http://localhost:3003/oauth/redirect", "api": "https://api.acme.example", "scopes": [
		{"name": "orders_r", "title": "Read orders", "risk": "read"}, {"name": "orders_w", "title": "Change orders", "risk": "change"},
		{"name": "stock_d", "title": "Delete stock for good", "risk": "delete"}]}`)

// lookalike is one whose hosts pass for others.
var lookalike = decoded(`{"id": "shop", "name": "Shop", "protocol": "oauth1", "authorization_endpoint": "https://www.xn--tsy-qdd.com/allow",
	"temporary_credentials_endpoint": "https://xn--mller-kva.example/request", "token_endpoint": "https://api.shop.example/access",
	"client_id": "abc", "redirect_uri": "oob"}`)

// fairs are the screens where markets come and go.
func fairs() []state {
	first := []valet.Market{etsyLike, endedLike(), market, olderPractice()}
	own := append(first, acme)
	review := func(name string, s places.ReviewState) state {
		return state{"review-" + name, func() fyne.CanvasObject { return framed(rack, "", places.NewReview(s, nil, nil).Container) }}
	}
	before := acme
	before.API = "https://acme.example"
	return []state{
		{"markets", func() fyne.CanvasObject {
			return framed(nil, "", places.NewMarkets(first, nil, places.MarketsActions{}).Container)
		}},
		{"markets-own", func() fyne.CanvasObject {
			return framed(rack, "", places.NewMarkets(own, twoKeys, places.MarketsActions{}).Container)
		}},
		{"markets-remove", func() fyne.CanvasObject {
			return framed(rack, "", places.NewRemoval(words.T("window.remove.key.title", "Name", "my own shop"), words.T("window.remove.key.text"), nil, nil))
		}},
		{"add-market", func() fyne.CanvasObject { return framed(rack, "", places.NewAddMarket(nil, nil, nil).Container) }},
		review("plain", places.ReviewState{Market: acme}),
		review("doubtful", places.ReviewState{Market: lookalike}),
		review("replaces", places.ReviewState{Market: acme, Old: &before}),
		{"setup-own", func() fyne.CanvasObject { return framed(nil, "", walk.NewSetup(acme, walk.SetupActions{}).Container) }},
		{"setup-ended", func() fyne.CanvasObject {
			return framed(nil, "", walk.NewSetup(endedLike(), walk.SetupActions{}).Container)
		}},
	}
}

// endedLike and olderPractice are the older interfaces that come with the program.
func endedLike() valet.Market {
	m := older
	m.ID, m.Name, m.BuiltIn, m.ClientID, m.SucceededBy = "etsy-v2", "Etsy, older API", true, "", "etsy"
	return m
}

func olderPractice() valet.Market {
	m := older
	m.ID, m.Name, m.BuiltIn, m.Practice, m.SucceededBy = "practice-v2", "Practice market, older API", true, true, "practice"
	return m
}
