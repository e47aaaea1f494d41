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
	hall     *hall
	market   valet.Market
	request  valet.ConnectRequest
	cancel   context.CancelFunc
	pasted   chan string
	approve  *Approve
	asked    ApproveState
	receive  *Receive
	received ReceiveState
	ladder   *ladder // nil: the key can be kept where it was meant to be
}

// host is what Connect calls; each function hops to the UI goroutine.
func (k *walk) host() valet.Host {
	dispatch := k.hall.dispatch
	return valet.Host{
		Step:   func(_ valet.Step, d valet.Detail) { dispatch(func() { k.step(d) }) },
		Open:   k.hall.app.OpenBrowser,
		Pasted: k.pasted,
		ChooseStore: func(ctx context.Context, trouble error) (valet.StoreKind, error) {
			answer := make(chan valet.StoreKind, 1)
			dispatch(func() { k.chooseStore(trouble, answer) })
			select {
			case kind := <-answer:
				return kind, nil
			case <-ctx.Done():
				return "", &valet.Error{Kind: valet.Cancelled, Cause: ctx.Err()}
			}
		},
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
	if k.hall.walk != k {
		return
	}
	switch d.Moment {
	case valet.Listening:
		k.asked.URL, k.asked.Deadline = d.URL, d.Deadline
		k.approve.Show(k.asked, time.Now())
		k.descend()
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
		k.hall.resume()
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

// chooseStore asks where to keep the key, before it is won.
func (k *walk) chooseStore(trouble error, answer chan<- valet.StoreKind) {
	before := k.ladder
	l := &ladder{window: k.hall.window, key: plainKey("?", k.market.Scopes, k.request.Scopes), leave: k.cancel, ready: func(kind valet.StoreKind) { answer <- kind }}
	k.ladder = l
	if locked(trouble) {
		l.at = k.hall.present
		l.file(k.cancel)
		return
	}
	l.ask(trouble, before != nil)
}

// descend leaves the ladder: there is a place for the key.
func (k *walk) descend() {
	l := k.ladder
	k.ladder = nil
	if l != nil && l.seen() {
		k.hall.resume()
	}
}

func (k *walk) wrongShop(want, got valet.Account, answer chan<- valet.Decision) {
	k.receive.Question(&WrongShop{
		Want: accountName(want, k.market.Name), Got: accountName(got, k.market.Name),
		Answer: func(d valet.Decision) { answer <- d },
	})
	k.hall.resume()
}

// end shows what came of it.
func (k *walk) end(c valet.Connection, err error) {
	h := k.hall
	if h.walk != k || h.ctx.Err() != nil {
		return
	}
	h.walk = nil
	switch {
	case err == nil:
		h.kept(c, k.market)
	case valet.KindOf(err) == valet.Cancelled:
		h.back()
	case locked(err):
		opened(h.window, func() { h.begin(k.market, k.request) }, h.back)
	default:
		k.stumble(err)
	}
}

func (k *walk) openAgain() {
	if k.asked.URL != "" {
		k.hall.browse(k.asked.URL, k.approve.Notice)
	}
}

func (k *walk) copyLink() {
	if k.asked.URL != "" {
		k.hall.board.put(k.asked.URL)
		k.approve.Notice.Say(words.T("window.link.copied"))
	}
}

func (k *walk) copyRedirect() {
	k.hall.board.put(k.asked.Redirect)
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

// stumble shows why a walk ended early, and the ways on.
func (k *walk) stumble(err error) {
	h := k.hall
	again := func() { h.begin(k.market, k.request) }
	ways := []Way{{words.T("window.again"), again}, {words.T("window.back"), h.back}}
	switch valet.KindOf(err) {
	case valet.NoAppKey, valet.AppKeyRefused, valet.UnknownAppKey, valet.ClientRefused:
		if !k.market.Practice {
			again = func() { h.setup(k.market) }
			ways = append([]Way{{words.T("window.setup.title", "Provider", k.market.Name), again}}, ways...)
		}
	}
	step := valet.Approve
	if len(k.received.Done) > 0 {
		step = valet.Receive
	}
	h.desk.clear()
	key := plainKey("?", k.market.Scopes, k.request.Scopes)
	h.show(screen{view: NewStumble(step, words.Sentence(err), key, ways...), enter: again, escape: h.back})
}
