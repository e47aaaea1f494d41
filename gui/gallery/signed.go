//go:build !nogui

package main

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/panel"
	"valetkey/gui/walk"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// older is a market that speaks OAuth 1.0a, from a provider file as one is added.
var older = decoded(`{"id": "kontor", "name": "Kontor", "protocol": "oauth1", "client_id": "1aa2bb33c44d",
	"temporary_credentials_endpoint": "https://api.kontor.example/request", "authorization_endpoint": "https://kontor.example/allow",
	"token_endpoint": "https://api.kontor.example/access", "redirect_uri": "http://localhost:3003/oauth/redirect",
	"api": "https://api.kontor.example", "scopes": [
		{"name": "shops_r", "title": "See the shop", "risk": "read"}, {"name": "listings_r", "title": "See listings", "risk": "read"},
		{"name": "listings_w", "title": "Edit listings", "risk": "change"}, {"name": "stock_d", "title": "Delete stock for good", "risk": "delete"}]}`)

// approving is for a second step that nobody takes.
var approving = walk.ApproveActions{Paste: func(string) {}, Focus: func(fyne.Focusable) {}}

// kontor is a key that signs each request.
func kontor() valet.Connection {
	return valet.Connection{
		ID: "5", Name: "kontor", Provider: "kontor", ProviderName: "Kontor", Status: valet.Connected, Store: valet.InKeyring,
		Account: valet.Account{UserID: "77", ShopName: "Hafen & Kontor"}, Asked: names(older.Scopes), Granted: names(older.Scopes),
		Connected: now.Add(-3 * 24 * time.Hour), Refreshed: now.Add(-3 * 24 * time.Hour), WithdrawPage: "https://kontor.example/apps",
	}
}

// decoded reads a provider file that is known to be good.
func decoded(text string) valet.Market {
	m, err := new(valet.Providers).Decode([]byte(text))
	if err != nil {
		panic(err)
	}
	return m
}

// widest is a market with as many permissions as Etsy's older API has.
func widest() valet.Market {
	m := older
	m.Scopes = slices.Concat(scopes, []oauth.ScopeInfo{
		{Name: "treasury_r", Risk: oauth.RiskRead}, {Name: "treasury_w", Risk: oauth.RiskChange}, {Name: "activity_r", Risk: oauth.RiskRead},
		{Name: "collection_rw", Risk: oauth.RiskChange}, {Name: "cart_rw", Risk: oauth.RiskChange}, {Name: "feedback_r", Risk: oauth.RiskRead},
	})
	m.Purposes, m.AlwaysAsked = purposes, nil
	return m
}

// signed are the screens of a market that speaks OAuth 1.0a.
func signed() []state {
	code := asked
	code.Market, code.Typed, code.Asked = older, true, names(older.Scopes)
	code.URL = "https://kontor.example/allow?oauth_consumer_key=1aa2bb33c44d&oauth_token=7b1f8d0e4c2a9035d6e8f17a2b3c4d&service=v2_prod"
	callback, here, starting := code, code, code
	callback.Typed = false
	here.URL, starting.URL, starting.Deadline = "http://127.0.0.1:3004/oauth/signin?oauth_token=7b1f8d0e4c2a9035d6e8f17a2b3c4d", "", time.Time{}
	approve := func(name string, s walk.ApproveState, typed string, more func(*walk.Approve)) state {
		return state{"approve-" + name, func() fyne.CanvasObject {
			a := walk.NewApprove(approving)
			a.Show(s, now)
			a.Type(typed)
			if more != nil {
				more(a)
			}
			return framed(rack, "", a.Container)
		}}
	}
	shown := func(name string, more func(*panel.Panel)) state {
		return state{"panel-signed" + name, func() fyne.CanvasObject {
			p := panel.New(panel.Actions{})
			p.Show(panel.State{Key: kontor(), Scopes: older.Scopes, Keyring: keyring, Now: now, Signed: true, Movable: true})
			if more != nil {
				more(p)
			}
			return framed(append([]valet.Connection{kontor()}, rack[1:]...), "5", p.Container)
		}}
	}
	wrong := words.Sentence(&valet.Error{Kind: valet.WrongVerifier, Provider: older.Name})
	return []state{
		{"ask-older", func() fyne.CanvasObject {
			return framed(rack, "", walk.NewAsk(widest(), "storefront", nil, walk.AskActions{}).Container)
		}},
		approve("signed", callback, "", nil),
		approve("code", code, "", nil),
		approve("code-here", here, "4711", nil),
		approve("code-starting", starting, "", nil),
		approve("code-trying", code, "4711 0815", (*walk.Approve).Obvious),
		approve("code-wrong", code, "4711 0816", func(a *walk.Approve) { a.Refused(wrong) }),
		approve("code-long", code, "7b1f8d0e4c2a90", nil),
		approve("code-pasted", code, "https://kontor.example/done?oauth_token=7b1f8d0e4c2a9035d6e8f17a2b3c4d&oauth_verifier=47110815", nil),
		shown("", nil),
		shown("-copied", func(p *panel.Panel) {
			p.Notice.Say(words.T("window.signed.copied", "Name", kontor().Name))
			p.Notice.Count(words.T("window.copied", "Seconds", 31), 31.0/45)
		}),
		{"giveback-signed", func() fyne.CanvasObject {
			return framed(rack, "", panel.NewGiveBack(kontor(), older.Scopes, true, nil, nil))
		}},
		approve("code-errors", code, "", (*walk.Approve).ShowErrors),
	}
}
