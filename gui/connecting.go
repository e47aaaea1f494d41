//go:build !nogui

package gui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/walk"
	"valetkey/valet"
	"valetkey/valet/words"
)

// connecting is one connection being won: from the browser's question to the key in the rack. UI goroutine alone, but for the
// functions of host, which run on the goroutine of Connect.
type connecting struct {
	hall     *hall
	market   valet.Market
	request  valet.ConnectRequest
	cancel   context.CancelFunc
	pasted   chan string
	approve  *walk.Approve // nil: nobody is asked in a browser
	asked    walk.ApproveState
	receive  *walk.Receive
	received walk.ReceiveState
	ladder   *ladder // nil: the key can be kept where it was meant to be
	old      valet.Fate
	then     func() // where a walk that was cancelled leads; nil: back
}

// host is what Connect calls; each function hops to the UI goroutine.
func (k *connecting) host() valet.Host {
	dispatch := k.hall.dispatch
	open := k.hall.app.OpenBrowser
	if k.request.NoListen { // the seller wants it elsewhere
		open = nil
	}
	return valet.Host{
		Step:   func(_ valet.Step, d valet.Detail) { dispatch(func() { k.step(d) }) },
		Open:   open,
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
		Unlock: func(ctx context.Context, _ error) error {
			answer := make(chan error, 1)
			dispatch(func() { k.unlock(answer) })
			select {
			case err := <-answer:
				return err
			case <-ctx.Done():
				return ctx.Err()
			}
		},
		PasteRefused: func(err error) {
			dispatch(func() { k.approve.Refused(walk.PasteTrouble(k.asked, err)) })
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
func (k *connecting) step(d valet.Detail) {
	if k.hall.walk != k {
		return
	}
	switch d.Moment {
	case valet.Listening:
		k.asked.URL, k.asked.Deadline, k.asked.Typed = d.URL, d.Deadline, d.Typed
		k.approve.Show(k.asked, time.Now())
		k.descend()
		return
	case valet.Opened:
		return
	case valet.Replaced:
		k.old = d.Old
		return
	case valet.OpenFailed:
		k.asked.OpenFailed = true
		k.approve.Show(k.asked, time.Now())
		return
	}
	if k.approve == nil {
		k.descend()
	}
	first := len(k.received.Done) == 0
	k.received.Add(d)
	showReceived(k)
	if first {
		k.hall.resume()
	}
}

// showReceived shows what has been received so far.
func showReceived(k *connecting) {
	k.received.Picture = k.hall.album.of(valet.Connection{Provider: k.market.ID, Account: k.received.Detail.Account})
	k.receive.Show(k.received)
}

// chooseStore asks where to keep the key, before it is won.
func (k *connecting) chooseStore(trouble error, answer chan<- valet.StoreKind) {
	before := k.ladder
	l := &ladder{window: k.hall.window, key: kit.KeyOf("?", k.market.Scopes, k.request.Scopes), leave: k.cancel, ready: func(kind valet.StoreKind) { answer <- kind }}
	k.ladder = l
	if k.request.Reconnect != "" {
		l.said = words.T("window.ladder.moves")
	}
	if locked(trouble) {
		l.at = k.hall.present
		l.file(k.cancel)
		return
	}
	l.ask(trouble, before != nil)
}

// unlock asks for the passphrase of the locked file once it is known that the key renews one in there.
func (k *connecting) unlock(answer chan<- error) {
	done := func(err error) {
		answer <- err
		k.ladder = nil
		k.hall.resume()
	}
	k.ladder = &ladder{window: k.hall.window, at: k.hall.present, said: words.T("window.passphrase.renews"),
		ready: func(valet.StoreKind) { done(nil) }}
	k.ladder.file(func() { done(context.Canceled) })
}

// changeInstead leaves the walk for the question what the key may open.
func changeInstead(k *connecting) {
	k.then = func() {
		if c, ok := find(k.hall.app.Service.Connections(), k.request.Reconnect); ok {
			askChange(k.hall, k.market, c)
			return
		}
		k.hall.back()
	}
	k.cancel()
}

// descend leaves the ladder: there is a place for the key.
func (k *connecting) descend() {
	l := k.ladder
	k.ladder = nil
	if l != nil && l.seen() {
		k.hall.resume()
	}
}

func (k *connecting) wrongShop(want, got valet.Account, answer chan<- valet.Decision) {
	k.receive.Question(&walk.WrongShop{
		Want: walk.AccountName(want, k.market.Name), Got: walk.AccountName(got, k.market.Name),
		Answer: func(d valet.Decision) { answer <- d },
	})
	k.hall.resume()
}

// end shows what came of it.
func (k *connecting) end(c valet.Connection, err error) {
	h := k.hall
	if h.walk != k || h.ctx.Err() != nil {
		return
	}
	h.walk = nil
	switch {
	case err == nil:
		h.kept(c, k.market, k.old)
	case valet.KindOf(err) == valet.Cancelled && k.then != nil:
		k.then()
	case valet.KindOf(err) == valet.Cancelled:
		h.back()
	case locked(err):
		opened(h.window, func() { h.begin(k.market, k.request) }, h.back)
	default:
		k.stumble(err)
	}
}

func (k *connecting) openAgain() {
	if k.asked.URL != "" {
		k.approve.Notice.Clear()
		k.hall.browse(k.asked.URL, k.approve.Notice)
	}
}

func (k *connecting) copyLink() {
	if k.asked.URL != "" {
		k.hall.board.put(k.asked.URL)
		k.approve.Notice.Say(words.T("window.link.copied"))
	}
}

func (k *connecting) copyRedirect() {
	k.hall.board.put(k.asked.Redirect)
	k.approve.Notice.Say(words.T("window.redirect.copied"))
}

// byCode asks once more, for a code that is typed here: the page can then be opened anywhere.
func byCode(k *connecting) {
	k.then = func() {
		k.request.NoListen = true
		k.hall.begin(k.market, k.request)
	}
	k.cancel()
}

// focusIn leads the keyboard to a field of the second step, while that is shown.
func focusIn(k *connecting, field fyne.Focusable) {
	if k.hall.present.view == k.approve.Container {
		k.hall.canvas.Focus(field)
	}
}

// paste hands on what was pasted or typed; while one is being looked at, a second is dropped.
func (k *connecting) paste(text string) {
	k.approve.Notice.Clear()
	select {
	case k.pasted <- text:
	default:
	}
}

// stumble shows why a walk ended early, and the ways on.
func (k *connecting) stumble(err error) {
	h := k.hall
	again := func() { h.begin(k.market, k.request) }
	ways := []kit.Way{{Text: words.T("window.again"), Press: again}, {Text: words.T("window.back"), Press: h.back}}
	setup := kit.Way{Text: words.T("window.setup.title", "Provider", k.market.Name), Press: func() { h.setup(k.market) }}
	switch kind := valet.KindOf(err); {
	case k.market.Practice:
	case kind == valet.StoreTrouble: // perhaps the app key is in there
		ways = slices.Insert(ways, 1, setup)
	case kind == valet.NoAppKey, kind == valet.BadAppKey, kind == valet.AppKeyRefused, kind == valet.UnknownAppKey, kind == valet.ClientRefused:
		again = setup.Press
		ways = slices.Insert(ways, 0, setup)
	}
	ways = h.helpWays(err, valet.Visit{Key: k.request.Reconnect, Provider: k.market.ID}, ways)
	step := valet.Approve
	if len(k.received.Done) > 0 {
		step = valet.Receive
	}
	h.desk.clear()
	key := kit.KeyOf("?", k.market.Scopes, k.request.Scopes)
	h.show(screen{view: walk.NewStumble(step, words.Sentence(err), key, ways...), enter: again, escape: h.back})
}
