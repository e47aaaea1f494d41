//go:build !nogui

package main

import (
	"fmt"
	"slices"
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

// state is a screen in one of the states it can be in.
type state struct {
	name string
	draw func() fyne.CanvasObject
}

func states() []state {
	all := []state{
		{"welcome", func() fyne.CanvasObject {
			return framed(nil, "", places.NewWelcome(market.Scopes, storefront, etsyLike, places.WelcomeActions{}))
		}},
		{"choose", func() fyne.CanvasObject {
			return framed(rack, "", places.NewChoose([]valet.Market{market, etsyLike}, nil, nil, nil))
		}},
		{"ask", func() fyne.CanvasObject {
			return framed(rack, "", walk.NewAsk(etsyLike, "storefront", nil, walk.AskActions{}).Container)
		}},
		{"ask-look", func() fyne.CanvasObject {
			return framed(rack, "", walk.NewAsk(etsyLike, "look", twoKeys, walk.AskActions{}).Container)
		}},
		{"setup", func() fyne.CanvasObject {
			return framed(nil, "", walk.NewSetup(etsyLike, walk.SetupActions{}).Container)
		}},
		{"setup-refused", setupRefused},
		{"giveback", func() fyne.CanvasObject {
			return framed(rack, "1", panel.NewGiveBack(rack[0], market.Scopes, false, nil, nil))
		}},
		{"forget", func() fyne.CanvasObject { return framed(rack, "4", panel.NewForget(rack[3], market.Scopes, nil, nil)) }},
		{"stumble", stumble},
		{"keep", func() fyne.CanvasObject {
			return framed(rack, "1", walk.NewKeep(rack[0], market.Scopes, keyring, "", walk.KeepActions{}).Container)
		}},
		{"unread", unread},
		{"damaged", damaged},
		{"rack-40", func() fyne.CanvasObject { return panelOf(many(40), rack[0], nil) }},
		{"rack-400", func() fyne.CanvasObject { return panelOf(many(400), rack[0], nil) }},
	}
	return slices.Concat(all, panels(), panelMore(), approves(), receives(), pages(), reconnects(), signed(), fairs(), upgrades(), sideBySide(), rescues(), choices(), trials())
}

func framed(keys []valet.Connection, selected valet.ID, view fyne.CanvasObject) fyne.CanvasObject {
	r := panel.NewRack()
	r.Show(keys, now)
	r.Select(selected)
	return panel.Frame(r.Container, view)
}

func panelOf(keys []valet.Connection, c valet.Connection, more func(*panel.Panel)) fyne.CanvasObject {
	p := panel.New(panel.Actions{})
	p.Show(panel.State{Key: c, Scopes: market.Scopes, Keyring: keyring, Now: now, Awake: true, Movable: c.Status == valet.Connected})
	if more != nil {
		more(p)
	}
	return framed(keys, c.ID, p.Container)
}

func panels() []state {
	shown := func(name string, c valet.Connection, more func(*panel.Panel)) state {
		return state{"panel-" + name, func() fyne.CanvasObject {
			keys := append([]valet.Connection{c}, rack[1:]...)
			return panelOf(keys, c, more)
		}}
	}
	changed := func(change func(*valet.Connection)) valet.Connection {
		c := rack[0]
		change(&c)
		return c
	}
	return []state{
		shown("fresh", rack[0], nil),
		shown("copied", rack[0], func(p *panel.Panel) { p.Notice.Count(words.T("window.copied", "Seconds", 31), 31.0/45) }),
		shown("tried", rack[0], func(p *panel.Panel) {
			p.Notice.Say(words.T("window.tried", "Provider", "Practice market", "Took", words.Seconds(120*time.Millisecond)) + " " + words.N("window.tried.calls", 9986))
		}),
		shown("trouble", rack[0], func(p *panel.Panel) {
			p.Notice.Trouble(words.Sentence(&valet.Error{Kind: valet.Unreachable, Provider: "Etsy"}))
			p.Notice.Help(look)
		}),
		shown("differs", changed(func(c *valet.Connection) { c.Granted = []oauth.Scope{"shops_r", "listings_r", "email_r"} }), nil),
		shown("refreshing", changed(func(c *valet.Connection) { c.Status = valet.Refreshing }), nil),
		shown("unsaved", changed(func(c *valet.Connection) { c.Unsaved = true }), nil),
		shown("session", changed(func(c *valet.Connection) { c.Store = valet.InSession }), nil),
		shown("file", changed(func(c *valet.Connection) { c.Store = valet.InFile }), nil),
		shown("long", changed(func(c *valet.Connection) {
			c.Account.ShopName = "The Extraordinarily Long Named Workshop of Hand-Thrown Stoneware & Salt-Glazed Curiosities of the North"
		}), nil),
		shown("ends-soon", changed(func(c *valet.Connection) {
			c.Renewable, c.Refreshed, c.RefreshExpires = true, now.Add(-84*24*time.Hour), now.Add(6*24*time.Hour)
			c.AccessExpires = c.Refreshed.Add(time.Hour)
		}), nil),
		{"panel-offline", offline},
		shown("ended", rack[2], nil),
		shown("returned", rack[3], nil),
		{"panel-proven", proven},
		shown("missing", changed(func(c *valet.Connection) { c.Status = valet.Missing }), nil),
	}
}

func approves() []state {
	approve := func(name string, s walk.ApproveState, more func(*walk.Approve)) state {
		return state{"approve-" + name, func() fyne.CanvasObject {
			a := walk.NewApprove(approving)
			a.Show(s, now)
			if more != nil {
				more(a)
			}
			return framed(rack, "", a.Container)
		}}
	}
	local, failed, starting := asked, asked, asked
	local.URL, local.Market = "http://127.0.0.1:3004/oauth/connect?state=x", market
	failed.OpenFailed = true
	starting.URL, starting.Deadline = "", time.Time{}
	return []state{
		approve("phone", asked, nil),
		approve("practice", local, nil),
		approve("starting", starting, nil),
		approve("nobrowser", failed, nil),
		approve("paste", asked, (*walk.Approve).ShowPaste),
		approve("errors", asked, (*walk.Approve).ShowErrors),
	}
}

func receives() []state {
	receive := func(name string, s walk.ReceiveState, q *walk.WrongShop) state {
		return state{"receive-" + name, func() fyne.CanvasObject {
			r := walk.NewReceive(nil)
			r.Show(s)
			if q != nil {
				r.Question(q)
			}
			return framed(rack, "", r.Container)
		}}
	}
	half := walk.ReceiveState{Provider: "Etsy", Keyring: keyring, Scopes: market.Scopes, Done: []valet.Moment{valet.Answered},
		Detail: valet.Detail{Asked: storefront}}
	all := half
	all.Done = []valet.Moment{valet.Answered, valet.Exchanged, valet.Identified, valet.Stored}
	all.Detail = valet.Detail{Asked: storefront, Granted: storefront[:5], Account: rack[0].Account, Store: valet.InKeyring}
	wrong := all
	wrong.Done = all.Done[:3]
	return []state{
		receive("half", half, nil),
		receive("all", all, nil),
		receive("wrongshop", wrong, &walk.WrongShop{Got: "Blue Fern Pottery", Want: "Red Oak Prints"}),
	}
}

func setupRefused() fyne.CanvasObject {
	s := walk.NewSetup(etsyLike, walk.SetupActions{})
	s.Notice.Trouble(words.Cause("key-unknown"))
	s.Notice.Help(look)
	return framed(nil, "", s.Container)
}

func stumble() fyne.CanvasObject {
	t := words.Sentence(&valet.Error{Kind: valet.TimedOut, Provider: "Etsy"})
	key := asking()
	again := kit.Way{Text: words.T("window.again")}
	return framed(rack, "", walk.NewStumble(valet.Approve, t, key, again, kit.Way{Text: words.T("help.open")}, kit.Way{Text: words.T("window.back")}))
}

func offline() fyne.CanvasObject {
	return panelOf(rack, rack[0], func(p *panel.Panel) {
		p.Show(panel.State{Key: rack[0], Scopes: market.Scopes, Keyring: keyring, Now: now, Offline: true})
		p.Notice.Trouble(words.Sentence(&valet.Error{Kind: valet.Unreachable, Provider: rack[0].ProviderName}))
		p.Notice.Help(look)
	})
}

func proven() fyne.CanvasObject {
	c := rack[3]
	c.Proven = c.Returned.Add(3 * time.Minute)
	return panelOf(rack, c, func(p *panel.Panel) { p.Notice.Say(words.T("window.returned.proven", "Provider", "Etsy")) })
}

func unread() fyne.CanvasObject {
	r := panel.NewRack()
	r.Show(nil, now)
	r.Unread(true)
	t := words.Sentence(&valet.Error{Kind: valet.IndexUnreadable, Subject: "index.json"})
	return panel.Frame(r.Container, places.NewUnread(t, nil, look).Container)
}

func damaged() fyne.CanvasObject {
	r := panel.NewRack()
	r.Show(rack, now)
	r.Select("1")
	p := panel.New(panel.Actions{})
	p.Show(panel.State{Key: rack[0], Scopes: market.Scopes, Keyring: keyring, Now: now, Awake: true})
	b := panel.NewBanner(p.Container)
	b.Tell(words.Sentence(&valet.Error{Kind: valet.IndexDamaged, Subject: "index.damaged-20261122"}), look)
	return panel.Frame(r.Container, b.Container)
}

func many(n int) []valet.Connection {
	keys := make([]valet.Connection, n)
	for i := range keys {
		keys[i] = rack[i%len(rack)]
		if i > 0 {
			keys[i].ID = valet.ID(fmt.Sprint("many", i))
		}
	}
	return keys
}
