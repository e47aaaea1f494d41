//go:build !nogui

package gui

import (
	"cmp"
	"context"
	"errors"
	"time"

	"valetkey/gui/kit"
	"valetkey/gui/places"
	"valetkey/gui/walk"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// upgrading exchanges keys of an older API for keys of today's.
type upgrading struct{ *hall }

// askFor shows what would become of a key that hangs in the rack.
func (u upgrading) askFor(id valet.ID) { u.ask(valet.UpgradeRequest{Connection: id}) }

func (u upgrading) ask(request valet.UpgradeRequest) {
	if u.walk != nil {
		u.resume()
		return
	}
	c, _ := find(u.app.Service.Connections(), request.Connection)
	u.desk.clear()
	u.rack.Select(request.Connection)
	plan, err := u.app.Upgrades.Plan(request)
	if err != nil {
		u.fail(request, err, u.ask)
		return
	}
	market, _ := u.app.Providers.Get(c.Provider)
	exchange := func() { u.exchange(request, plan) }
	view := places.NewUpgrade(places.UpgradeState{Plan: plan, Scopes: market.Scopes, Keyring: u.app.Keyring}, exchange, u.back)
	u.show(screen{view: view.Container, enter: exchange, escape: u.back})
}

// paste asks for an older token that hangs in no rack, once there is an app key to exchange it with.
func (u upgrading) paste(request valet.UpgradeRequest) {
	if u.walk != nil {
		u.resume()
		return
	}
	u.desk.clear()
	u.rack.Select("")
	plan, err := u.app.Upgrades.Plan(request)
	if err != nil {
		u.fail(request, err, u.paste)
		return
	}
	request.Store = plan.AppKey.Store // both are needed to renew it
	view := places.NewOlderToken(plan.Provider, func(token oauth.Secret) {
		request.Token = token
		u.exchange(request, plan)
	}, fair(u).reopen)
	u.show(screen{view: view.Container, enter: view.Use, escape: fair(u).reopen})
	u.canvas.Focus(view.First())
}

// again exchanges once more, with what has changed meanwhile.
func (u upgrading) again(request valet.UpgradeRequest) {
	plan, err := u.app.Upgrades.Plan(request)
	if err != nil {
		u.fail(request, err, u.again)
		return
	}
	u.exchange(request, plan)
}

var exchanged = []valet.Moment{valet.Exchanged, valet.Identified, valet.Stored}

func (u upgrading) exchange(request valet.UpgradeRequest, plan valet.UpgradePlan) {
	errand{
		market: plan.Provider, asked: plan.Today, lines: exchanged,
		title: words.T("window.upgrade.doing"), story: words.T("window.receive.story"),
		do: func(ctx context.Context, host valet.Host) (valet.Connection, error) {
			request.Host = host
			return u.app.Upgrades.Upgrade(ctx, request)
		},
		end: func(k *connecting, c valet.Connection, err error) {
			switch {
			case c.ID != "":
				u.kept(k, c, plan, err)
			case valet.KindOf(err) == valet.Cancelled:
				u.back()
			case locked(err):
				opened(u.window, func() { u.again(request) }, u.back)
			default:
				u.fail(request, err, u.again)
			}
		},
	}.run(u.hall)
}

// kept shows the new key, and says where the older one is now.
func (u upgrading) kept(k *connecting, c valet.Connection, plan valet.UpgradePlan, err error) {
	keys := u.app.Service.Connections()
	older, _ := find(keys, plan.Older.ID)
	u.desk.clear()
	u.rack.Show(keys, time.Now())
	u.rack.Select(c.ID)
	keep := walk.NewKept(c, plan.Provider.Scopes, u.app.Keyring, words.OldKey(k.old, plan.Provider.Name), olderNow(older, plan.Provider.Name),
		walk.KeepActions{Copy: u.desk.copyToken, Try: func() { tryKey(u.desk) }, Done: u.back})
	u.desk.look(c.ID, keep.Notice)
	if err != nil {
		u.trouble(keep.Notice, err, valet.Visit{Key: c.ID})
	}
	u.show(screen{view: keep.Container, enter: u.desk.copyToken, escape: u.back})
}

// olderNow says where an older key stands once it was exchanged, as far as that is known.
func olderNow(c valet.Connection, provider string) string {
	switch {
	case c.ID == "": // it hung in no rack
		return words.T("window.upgrade.pasted")
	case c.Status != valet.Returned:
		return words.T("window.upgrade.stays")
	case c.Proven.IsZero():
		return words.T("window.upgrade.left", "Provider", provider)
	}
	return words.T("window.upgrade.ended", "Provider", provider)
}

// fail says why there is no new key, and the ways on; again goes on with another request.
func (u upgrading) fail(request valet.UpgradeRequest, err error, again func(valet.UpgradeRequest)) {
	c, _ := find(u.app.Service.Connections(), request.Connection)
	older, _ := u.app.Providers.Get(cmp.Or(c.Provider, request.Provider)) // of one that was removed, nothing is known
	today, _ := u.app.Providers.Get(older.SucceededBy)
	ways := lacks(u.hall, err, today, func(appKey string) {
		request.AppKey = appKey
		again(request)
	})
	retry := kit.Way{Text: words.T("window.again"), Press: func() { again(request) }}
	connect := kit.Way{Text: words.T("window.setup.continue"), Press: func() { u.proceed(today) }}
	var told *valet.Error
	switch refused := errors.As(err, &told) && told.Subject != ""; {
	case len(ways) > 0:
	case valet.KindOf(err) == valet.OlderEnded, valet.KindOf(err) == valet.OlderLost && refused, valet.KindOf(err) == valet.NotKept:
		ways = []kit.Way{connect}
	case valet.KindOf(err) == valet.OlderLost:
		ways = []kit.Way{retry, connect}
	default:
		ways = []kit.Way{retry}
	}
	halt(u.hall, err, kit.KeyOf("?", older.Scopes, c.Granted), append(ways, kit.Way{Text: words.T("window.back"), Press: u.back})...)
}
