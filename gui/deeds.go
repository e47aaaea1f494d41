//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/gui/kit"
	"valetkey/valet"
	"valetkey/valet/words"
)

// copyToken copies the access token, refreshed first if it is stale. The plain text leaves the callback for the clipboard
// alone: the callback waits until it is there.
func (d *desk) copyToken() {
	c, ok := d.usable()
	if !ok {
		return
	}
	notice, said := d.notice, ""
	if d.state(c, time.Now()).Signed {
		said = words.T("window.signed.copied", "Name", c.Name)
	}
	d.perform(deed{saying: words.T("window.copying"), again: d.copyToken, do: func(ctx context.Context, id valet.ID) (string, error) {
		return said, d.app.Service.UseAccessToken(ctx, id, 0, func(plain string) error {
			return d.corner.hold(ctx, plain, "", func() {
				d.glimpse.note(id, plain)
				countdown(notice, "", heldFor)
			})
		})
	}})
}

// check asks the provider whether the key works, as a tool would.
func (d *desk) check() {
	c, ok := d.usable()
	if !ok {
		return
	}
	saying := words.T("window.trying", "Provider", c.ProviderName)
	d.perform(deed{saying: saying, asks: true, again: d.check, do: func(ctx context.Context, id valet.ID) (string, error) {
		health, err := d.app.Service.Check(ctx, id)
		if err != nil {
			return "", err
		}
		d.dispatch(func() { d.reports[id] = report{health.Reported, c.Connected} })
		said := words.T("window.tried", "Provider", c.ProviderName, "Took", words.Seconds(health.Took))
		if health.CallsLeft >= 0 {
			said = kit.Joined(said, words.N("window.tried.calls", health.CallsLeft))
		}
		return said, nil
	}})
}

// renew refreshes the token though it may still be fresh.
func (d *desk) renew() {
	c, ok := d.usable()
	if !ok {
		return
	}
	saying := words.T("window.refreshing", "Provider", c.ProviderName)
	d.perform(deed{saying: saying, asks: true, again: d.renew, do: func(ctx context.Context, id valet.ID) (string, error) {
		renewed, err := d.app.Service.Refresh(ctx, id)
		if err != nil || renewed.AccessExpires.IsZero() {
			return "", err
		}
		return words.T("window.refreshed", "Left", words.Left(time.Until(renewed.AccessExpires).Round(time.Second))), nil
	}})
}

// keyAndMarket gives the key that is looked at and its market, for a walk that renews it. ok is false while another deed is under
// way, and where the market is gone, which is said.
func keyAndMarket(d *desk) (c valet.Connection, m valet.Market, ok bool) {
	c, ok = d.key()
	if !ok || d.busy {
		return c, m, false
	}
	m, err := d.app.Providers.Get(c.Provider)
	if err != nil {
		d.trouble(d.notice, err, valet.Visit{Key: d.id})
	}
	return c, m, err == nil
}

// reconnect renews the key with the permissions it has: straight to the browser.
func (d *desk) reconnect() {
	c, market, ok := keyAndMarket(d)
	if !ok {
		return
	}
	d.hall.begin(market, valet.ConnectRequest{Provider: c.Provider, AppKey: c.AppKey, Scopes: c.Asked, Reconnect: c.ID})
}
