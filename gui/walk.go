//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/valet"
	"valetkey/valet/words"
)

// walk is one connection being won: from the browser's question to the key in the rack. UI goroutine alone, but for the
// functions of host, which run on the goroutine of Connect.
type walk struct {
	w        *window
	market   valet.Market
	request  valet.ConnectRequest
	cancel   context.CancelFunc
	pasted   chan string
	approve  *Approve
	asked    ApproveState
	receive  *Receive
	received ReceiveState
}

// begin opens the browser and waits. While a walk waits, its screen is shown instead: one at a time.
func (w *window) begin(market valet.Market, request valet.ConnectRequest) {
	if w.walk != nil {
		w.resume()
		return
	}
	ctx, cancel := context.WithCancel(w.ctx)
	k := &walk{w: w, market: market, request: request, cancel: cancel, pasted: make(chan string, 1)}
	k.asked = ApproveState{Provider: market.Name, Redirect: w.redirect(market, request.AppKey), Scopes: market.Scopes, Asked: request.Scopes}
	k.received = ReceiveState{Provider: market.Name, Keyring: w.app.Keyring, Scopes: market.Scopes, Detail: valet.Detail{Asked: request.Scopes}}
	k.approve = NewApprove(ApproveActions{OpenAgain: k.openAgain, CopyLink: k.copyLink, CopyRedirect: k.copyRedirect, Paste: k.paste, Cancel: cancel})
	k.receive = NewReceive(cancel)
	k.approve.Show(k.asked, time.Now())
	k.request.Host = k.host()
	w.walk = k
	w.resume()
	w.second.run(w.ctx, true)
	go func() {
		c, err := w.app.Service.Connect(ctx, k.request)
		cancel()
		w.dispatch(func() { k.end(c, err) })
	}()
}

// redirect is the exact address that the provider has to know.
func (w *window) redirect(market valet.Market, appKey string) string {
	for _, key := range w.app.Keys.List() {
		if key.Provider == market.ID && (appKey == "" || key.ID == appKey || key.Label == appKey) && key.Redirect != "" {
			return key.Redirect
		}
	}
	return market.Redirect
}

// resume brings the walk that waits to the front.
func (w *window) resume() {
	k := w.walk
	w.leave()
	w.rack.Select("")
	if len(k.received.Done) > 0 {
		w.show(screen{view: k.receive.Container, escape: k.cancel})
		return
	}
	w.show(screen{view: k.approve.Container, enter: k.openAgain, escape: func() {
		if !k.approve.Back() {
			k.cancel()
		}
	}})
}

// host is what Connect calls; each function hops to the UI goroutine.
func (k *walk) host() valet.Host {
	dispatch := k.w.dispatch
	return valet.Host{
		Step:   func(_ valet.Step, d valet.Detail) { dispatch(func() { k.step(d) }) },
		Open:   k.w.app.OpenBrowser,
		Pasted: k.pasted,
		PasteRefused: func(err error) {
			dispatch(func() { k.approve.Notice.Trouble(words.Sentence(err)) })
		},
		WrongShop: func(ctx context.Context, want, got valet.Account) valet.Decision {
			answer := make(chan valet.Decision, 1)
			dispatch(func() { k.wrongShop(want, got, answer) })
			select {
			case d := <-answer:
				return d
			case <-ctx.Done():
				return valet.TryAgain
			}
		},
	}
}

// step takes over what has just happened.
func (k *walk) step(d valet.Detail) {
	if k.w.walk != k {
		return
	}
	switch d.Moment {
	case valet.Listening:
		k.asked.URL, k.asked.Deadline = d.URL, d.Deadline
		k.approve.Show(k.asked, time.Now())
		return
	case valet.Opened:
		return
	case valet.OpenFailed:
		k.asked.OpenFailed = true
		k.approve.Show(k.asked, time.Now())
		return
	}
	first := len(k.received.Done) == 0
	k.received.add(d)
	k.receive.Show(k.received)
	if first {
		k.w.resume()
	}
}

// add takes over the fields that the moment sets.
func (s *ReceiveState) add(d valet.Detail) {
	s.Done = append(s.Done, d.Moment)
	switch d.Moment {
	case valet.Exchanged:
		s.Detail.Asked, s.Detail.Granted = d.Asked, d.Granted
	case valet.Identified:
		s.Detail.Account = d.Account
	case valet.Stored:
		s.Detail.Store = d.Store
	}
}

func (k *walk) wrongShop(want, got valet.Account, answer chan<- valet.Decision) {
	k.receive.Question(&WrongShop{
		Want: accountName(want, k.market.Name), Got: accountName(got, k.market.Name),
		Answer: func(d valet.Decision) { answer <- d },
	})
	k.w.resume()
}

// end shows what came of it.
func (k *walk) end(c valet.Connection, err error) {
	w := k.w
	if w.walk != k || w.ctx.Err() != nil {
		return
	}
	w.walk = nil
	switch {
	case err == nil:
		w.kept(c, k.market)
	case valet.KindOf(err) == valet.Cancelled:
		w.back()
	default:
		k.stumble(err)
	}
}

func (k *walk) openAgain() {
	if k.asked.URL == "" {
		return
	}
	notice := k.approve.Notice
	k.w.work(func(ctx context.Context) func() {
		err := k.w.app.OpenBrowser(ctx, k.asked.URL)
		return func() {
			if err != nil {
				notice.Trouble(words.Sentence(err))
			}
		}
	})
}

func (k *walk) copyLink() {
	if k.asked.URL != "" {
		k.w.board.put(k.asked.URL)
		k.approve.Notice.Say(words.T("window.link.copied"))
	}
}

func (k *walk) copyRedirect() {
	k.w.board.put(k.asked.Redirect)
	k.approve.Notice.Say(words.T("window.redirect.copied"))
}

// paste hands a pasted address on; while one is being looked at, a second is dropped.
func (k *walk) paste(address string) {
	k.approve.Notice.Clear()
	select {
	case k.pasted <- address:
	default:
	}
}
