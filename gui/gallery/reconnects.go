//go:build !nogui

package main

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/walk"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// renewed is a key that opens something else since it was connected anew.
func renewed() valet.Connection {
	c := rack[0]
	c.Before, c.Connected = storefront, now
	c.Asked = []oauth.Scope{"shops_r", "listings_r", "listings_w", "transactions_r", "email_r", "profile_r"}
	c.Granted = c.Asked[:5]
	return c
}

// reconnects are the screens of a key that is to open something else.
func reconnects() []state {
	change := func(name string, c valet.Connection, purpose string) state {
		return state{"change-" + name, func() fyne.CanvasObject {
			a := walk.NewChange(etsyLike, c, walk.AskActions{})
			if purpose != "" {
				a.Take(purpose)
			}
			return framed(rack, c.ID, a.Container)
		}}
	}
	return []state{
		change("same", rack[1], ""),
		change("other", rack[1], "orders"),
		change("everything", rack[1], "everything"),
		change("ended", rack[2], "look"),
		{"panel-changed", func() fyne.CanvasObject {
			return panelOf(append([]valet.Connection{renewed()}, rack[1:]...), renewed(), nil)
		}},
		{"approve-change", func() fyne.CanvasObject {
			s := asked
			s.Changes = true
			a := walk.NewApprove(approving)
			a.Show(s, now)
			return framed(rack, "", a.Container)
		}},
		{"receive-changed", func() fyne.CanvasObject {
			c := renewed()
			r := walk.NewReceive(nil)
			r.Show(walk.ReceiveState{Provider: "Etsy", Keyring: keyring, Scopes: market.Scopes, Ends: true,
				Done:   []valet.Moment{valet.Answered, valet.Exchanged, valet.Identified, valet.Stored},
				Detail: valet.Detail{Asked: c.Asked, Granted: c.Granted, Before: c.Before, Account: c.Account, Store: valet.InKeyring}})
			return framed(rack, "", r.Container)
		}},
		{"keep-changed", func() fyne.CanvasObject {
			k := walk.NewKeep(renewed(), market.Scopes, keyring, words.OldKey(valet.FateDropped, "Etsy"), walk.KeepActions{})
			return framed(rack, "1", k.Container)
		}},
		{"passphrase-renews", func() fyne.CanvasObject {
			p := walk.NewPassphrase(nil, nil)
			p.Notice.Say(words.T("window.passphrase.renews"))
			return framed(rack, "", p.Container)
		}},
	}
}
