//go:build !nogui

package gui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/walk"
	"valetkey/oauth"
	"valetkey/valet"
)

// begin opens the browser and waits. While a walk waits, its screen is shown instead: one at a time.
func (h *hall) begin(market valet.Market, request valet.ConnectRequest) {
	if h.walk != nil {
		h.resume()
		return
	}
	if !market.Practice && !h.study.now.Agreed() {
		agreed(h, market, func() { h.begin(market, request) })
		return
	}
	ctx, cancel := context.WithCancel(h.ctx)
	k := &connecting{hall: h, market: market, request: request, cancel: cancel, pasted: make(chan string, 1)}
	k.asked = walk.ApproveState{Market: market, Redirect: h.redirect(market, request.AppKey), Asked: request.Scopes}
	k.asked.Typed = market.OAuth1 != nil && (request.NoListen || k.asked.Redirect == walk.OutOfBand)
	k.asked.Changes = request.Reconnect != "" && len(market.Scopes) > 0
	k.received = walk.ReceiveState{Ends: request.Reconnect != "" && market.RevocationEndpoint != "", Provider: market.Name, Keyring: h.app.Keyring, Scopes: market.Scopes, Detail: valet.Detail{Asked: request.Scopes}}
	k.approve = walk.NewApprove(walk.ApproveActions{OpenAgain: k.openAgain, CopyLink: k.copyLink, CopyRedirect: k.copyRedirect, Paste: k.paste, Focus: func(field fyne.Focusable) { focusIn(k, field) }, Phone: func() { byCode(k) }, Change: func() { changeInstead(k) }, Cancel: cancel})
	k.receive = walk.NewReceive(cancel)
	k.approve.Show(k.asked, time.Now())
	k.request.Host = k.host()
	h.walk = k
	h.resume()
	h.second.run(h.ctx, true)
	go func() {
		c, err := h.app.Service.Connect(ctx, k.request)
		cancel()
		h.dispatch(func() { k.end(c, err) })
	}()
}

// redirect is the exact address that the provider has to know.
func (h *hall) redirect(market valet.Market, appKey string) string {
	for _, key := range h.app.Keys.List() {
		if key.Provider == market.ID && (appKey == "" || key.ID == appKey || key.Label == appKey) && key.Redirect != "" {
			return key.Redirect
		}
	}
	return market.Redirect
}

// resume brings the walk that waits to the front.
func (h *hall) resume() {
	k := h.walk
	h.desk.clear()
	h.rack.Select("")
	if k.ladder != nil {
		h.show(k.ladder.at)
		return
	}
	if len(k.received.Done) > 0 || k.approve == nil {
		h.show(screen{view: k.receive.Container, escape: k.cancel})
		return
	}
	h.show(screen{view: k.approve.Container, enter: k.approve.Obvious, escape: func() {
		if !k.approve.Back() {
			k.cancel()
		}
	}})
}

// changeKey asks what the key that is looked at may open from now on.
func changeKey(d *desk) {
	c, market, ok := keyAndMarket(d)
	if !ok {
		return
	}
	askChange(d.hall, market, c)
}

// askChange asks what a key may open from now on; a walk that waits is shown instead.
func askChange(h *hall, m valet.Market, c valet.Connection) {
	if h.walk != nil {
		h.resume()
		return
	}
	h.desk.clear()
	h.rack.Select(c.ID)
	ask := walk.NewChange(m, c, walk.AskActions{Back: h.back, Start: func(scopes []oauth.Scope, _ string) {
		h.begin(m, valet.ConnectRequest{Provider: m.ID, AppKey: c.AppKey, Scopes: scopes, Reconnect: c.ID})
	}})
	h.show(screen{view: ask.Container, enter: ask.Start, escape: h.back})
}
