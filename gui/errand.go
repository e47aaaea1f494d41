//go:build !nogui

package gui

import (
	"context"

	"valetkey/gui/kit"
	"valetkey/gui/walk"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// errand is a key being won without a browser: exchanged, or taken out of a file. It is a walk that begins at its third step.
type errand struct {
	market       valet.Market
	title, story string
	lines        []valet.Moment // that it ticks
	asked        []oauth.Scope
	do           func(ctx context.Context, host valet.Host) (valet.Connection, error)
	end          func(k *connecting, c valet.Connection, err error) // not called once the window has gone
}

// run does the errand. While a walk waits, its screen is shown instead: one at a time.
func (e errand) run(h *hall) {
	if h.walk != nil {
		h.resume()
		return
	}
	if !e.market.Practice && !h.study.now.Agreed() {
		agreed(h, e.market, func() { e.run(h) })
		return
	}
	ctx, cancel := context.WithCancel(h.ctx)
	k := &connecting{hall: h, market: e.market, request: valet.ConnectRequest{Provider: e.market.ID, Scopes: e.asked}, cancel: cancel}
	k.received = walk.ReceiveState{Provider: e.market.Name, Keyring: h.app.Keyring, Scopes: e.market.Scopes, Detail: valet.Detail{Asked: e.asked}}
	k.receive = walk.NewErrand(e.title, e.story, e.lines, cancel)
	k.receive.Show(k.received)
	h.walk = k
	h.resume()
	go func() {
		c, err := e.do(ctx, k.host())
		cancel()
		h.dispatch(func() {
			if h.walk == k && h.ctx.Err() == nil {
				h.walk = nil
				e.end(k, c, err)
			}
		})
	}()
}

// halt shows it. The last of the ways is what Esc does.
func halt(h *hall, err error, key *kit.KeyPicture, ways ...kit.Way) {
	ways = h.helpWays(err, valet.Visit{}, ways)
	h.desk.clear()
	h.show(screen{view: walk.NewHalt(words.Sentence(err), key, ways...), enter: ways[0].Press, escape: ways[len(ways)-1].Press})
}

// lacks gives the ways on from an errand that lacks an app key of m, or has several; again goes on with the one that was meant,
// "" for the only one.
func lacks(h *hall, err error, m valet.Market, again func(appKey string)) []kit.Way {
	switch valet.KindOf(err) {
	case valet.NoAppKey, valet.AppKeyRefused, valet.UnknownAppKey, valet.ClientRefused:
		return []kit.Way{{Text: words.T("window.setup.title", "Provider", m.Name), Press: func() { setupThen(h, m, func() { again("") }) }}}
	case valet.SeveralAppKeys:
		var ways []kit.Way
		for _, key := range h.app.Keys.List() {
			if key.Provider == m.ID {
				ways = append(ways, kit.Way{Text: words.T("window.errand.with", "Label", key.Label), Press: func() { again(key.ID) }})
			}
		}
		return ways
	}
	return nil
}
