//go:build !nogui

package main

import (
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/panel"
	"valetkey/gui/places"
	"valetkey/gui/walk"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// elder is a key of the older API.
func elder() valet.Connection {
	opens := []oauth.Scope{"shops_rw", "listings_r", "listings_w", "favorites_rw", "transactions_r"}
	return valet.Connection{
		ID: "6", Name: "red-oak", Provider: "etsy-v2", ProviderName: "Etsy, older API", Status: valet.Connected, Store: valet.InKeyring,
		Account: valet.Account{UserID: "78", ShopName: "Red Oak Prints"}, Asked: opens, Granted: opens,
		Connected: now.Add(-3000 * 24 * time.Hour), Refreshed: now.Add(-3000 * 24 * time.Hour), WithdrawPage: "https://www.etsy.com/your/apps",
	}
}

// olderScopes are the permissions of elder, as the older API calls them.
var olderScopes = []oauth.ScopeInfo{
	{Name: "shops_rw", Risk: oauth.RiskChange}, {Name: "listings_r", Risk: oauth.RiskRead}, {Name: "listings_w", Risk: oauth.RiskChange},
	{Name: "favorites_rw", Risk: oauth.RiskChange}, {Name: "transactions_r", Risk: oauth.RiskRead},
}

// elderPlan is what its exchange would do.
func elderPlan() valet.UpgradePlan {
	return valet.UpgradePlan{
		Older: elder(), Provider: etsyLike, Opened: elder().Granted, Gone: []oauth.Scope{"favorites_rw"},
		Today: []oauth.Scope{"shops_r", "shops_w", "listings_r", "listings_w", "transactions_r"},
		Successions: []valet.Succession{
			{Older: "shops_rw", Today: []oauth.Scope{"shops_r", "shops_w"}}, {Older: "listings_r", Today: []oauth.Scope{"listings_r"}},
			{Older: "listings_w", Today: []oauth.Scope{"listings_w"}}, {Older: "favorites_rw"}, {Older: "transactions_r", Today: []oauth.Scope{"transactions_r"}},
		},
	}
}

// upgrades are the screens of an older key that is exchanged for one of today's.
func upgrades() []state {
	hung := append([]valet.Connection{elder()}, rack[1:]...)
	doing := func(moments ...valet.Moment) fyne.CanvasObject {
		r := walk.NewErrand(words.T("window.upgrade.doing"), words.T("window.receive.story"), []valet.Moment{valet.Exchanged, valet.Identified, valet.Stored}, nil)
		plan := elderPlan()
		r.Show(walk.ReceiveState{Provider: "Etsy", Keyring: keyring, Scopes: scopes, Done: moments,
			Detail: valet.Detail{Asked: plan.Today, Granted: plan.Today[1:], Account: elder().Account}})
		return framed(hung, "", r.Container)
	}
	kept := func(said string, err error) fyne.CanvasObject {
		c := rack[1]
		c.Account, c.Asked, c.Granted = elder().Account, elderPlan().Today, elderPlan().Today
		k := walk.NewKept(c, scopes, keyring, "", said, walk.KeepActions{})
		if err != nil {
			k.Notice.Trouble(words.Sentence(err))
			k.Notice.Help(look)
		}
		return framed(rack, c.ID, k.Container)
	}
	halt := func(err error, ways ...string) fyne.CanvasObject {
		var on []kit.Way
		for _, way := range append(ways, words.T("window.back")) {
			on = append(on, kit.Way{Text: way})
		}
		return framed(hung, "6", walk.NewHalt(words.Sentence(err), asking(), on...))
	}
	connect := words.T("window.setup.continue")
	unknown := elderPlan()
	unknown.Successions = nil
	return []state{
		{"upgrade", func() fyne.CanvasObject {
			return framed(hung, "6", places.NewUpgrade(places.UpgradeState{Plan: elderPlan(), Scopes: olderScopes, Keyring: keyring}, nil, nil).Container)
		}},
		{"upgrade-unknown", func() fyne.CanvasObject {
			return framed(hung, "6", places.NewUpgrade(places.UpgradeState{Plan: unknown, Scopes: olderScopes, Keyring: keyring}, nil, nil).Container)
		}},
		{"upgrade-token", func() fyne.CanvasObject { return framed(rack, "", places.NewOlderToken(etsyLike, nil, nil).Container) }},
		{"upgrade-doing", func() fyne.CanvasObject { return doing() }},
		{"upgrade-half", func() fyne.CanvasObject { return doing(valet.Exchanged, valet.Identified) }},
		{"upgrade-kept", func() fyne.CanvasObject {
			return kept(words.T("window.upgrade.ended", "Provider", "Etsy"), nil)
		}},
		{"upgrade-stays", func() fyne.CanvasObject {
			return kept(words.T("window.upgrade.stays"), &valet.Error{Kind: valet.StoreTrouble, Store: valet.InKeyring})
		}},
		{"upgrade-over", func() fyne.CanvasObject { return halt(&valet.Error{Kind: valet.OlderEnded, Provider: "Etsy"}, connect) }},
		{"upgrade-lost", func() fyne.CanvasObject {
			return halt(&valet.Error{Kind: valet.OlderLost, Provider: "Etsy"}, words.T("window.again"), connect)
		}},
		{"upgrade-noappkey", func() fyne.CanvasObject {
			return halt(&valet.Error{Kind: valet.NoAppKey, Provider: "Etsy"}, words.T("window.setup.title", "Provider", "Etsy"))
		}},
		{"upgrade-whichkey", func() fyne.CanvasObject {
			return halt(&valet.Error{Kind: valet.SeveralAppKeys, Provider: "Etsy"}, words.T("window.errand.with", "Label", twoKeys[0].Label), words.T("window.errand.with", "Label", twoKeys[1].Label))
		}},
	}
}

// sideBySide are keys that were tried, with what was asked, granted and reported.
func sideBySide() []state {
	shown := func(c valet.Connection, s panel.State) fyne.CanvasObject {
		p := panel.New(panel.Actions{})
		s.Key, s.Keyring, s.Now, s.Awake = c, keyring, now, true
		p.Show(s)
		return framed(append([]valet.Connection{c}, rack[1:]...), c.ID, p.Container)
	}
	differs := rack[0]
	differs.Granted = []oauth.Scope{"shops_r", "listings_r", "email_r"}
	return []state{
		{"panel-older", func() fyne.CanvasObject {
			return shown(elder(), panel.State{Scopes: olderScopes, Signed: true, Older: true})
		}},
		{"panel-older-reported", func() fyne.CanvasObject {
			return shown(elder(), panel.State{Scopes: olderScopes, Signed: true, Older: true, Reported: []oauth.Scope{"listings_r", "email_r"}})
		}},
		{"panel-reported", func() fyne.CanvasObject {
			return shown(differs, panel.State{Scopes: scopes, Reported: []oauth.Scope{"shops_r", "listings_r", "listings_w", "profile_r"}})
		}},
		{"panel-reported-same", func() fyne.CanvasObject { return shown(rack[0], panel.State{Scopes: scopes, Reported: storefront}) }},
	}
}
