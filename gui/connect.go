//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// recommended is the purpose that is chosen before the seller chooses.
const recommended = "storefront"

// welcome is the first screen of all.
func (w *window) welcome() {
	w.leave()
	w.desk.id = ""
	practice, real := w.firstMarkets()
	tryIt := func() { w.practise(practice) }
	view := NewWelcome(practice.Scopes, purposeScopes(practice, recommended), real, WelcomeActions{Practice: tryIt, Real: func() { w.proceed(real) }})
	w.show(screen{view: view, enter: tryIt})
}

// firstMarkets gives the practice shop and the real provider that the first screen offers.
func (w *window) firstMarkets() (practice, real valet.Market) {
	for _, m := range w.app.Providers.List() {
		switch {
		case m.Practice && practice.ID == "":
			practice = m
		case !m.Practice && real.ID == "":
			real = m
		}
	}
	return practice, real
}

func purposeScopes(m valet.Market, id string) []oauth.Scope {
	for _, p := range m.Purposes {
		if p.ID == id {
			return p.Scopes
		}
	}
	return nil
}

// practise goes straight to the browser: one press here, two there.
func (w *window) practise(m valet.Market) {
	w.begin(m, valet.ConnectRequest{Provider: m.ID, Scopes: purposeScopes(m, recommended)})
}

// connect leads to a new key; a walk that waits is shown instead.
func (w *window) connect() {
	if w.walk != nil {
		w.resume()
		return
	}
	markets := w.app.Providers.List()
	if len(markets) == 1 {
		w.proceed(markets[0])
		return
	}
	w.leave()
	w.rack.Select("")
	w.show(screen{view: NewChoose(markets, w.proceed, w.back), escape: w.back})
}

// proceed asks what the key may open, or for an app key where there is none yet.
func (w *window) proceed(m valet.Market) {
	var keys []valet.AppKey
	for _, key := range w.app.Keys.List() {
		if key.Provider == m.ID {
			keys = append(keys, key)
		}
	}
	w.leave()
	w.rack.Select("")
	if len(keys) == 0 {
		w.setup(m)
		return
	}
	purpose := recommended
	if purposeScopes(m, purpose) == nil {
		purpose = choose
	}
	ask := NewAsk(m, purpose, keys, AskActions{Back: w.back, Start: func(scopes []oauth.Scope, appKey string) {
		w.begin(m, valet.ConnectRequest{Provider: m.ID, AppKey: appKey, Scopes: scopes})
	}})
	w.show(screen{view: ask.Container, enter: ask.Start, escape: w.back})
}

// setup leads to an app key.
func (w *window) setup(m valet.Market) {
	var s *Setup
	s = NewSetup(m, SetupActions{
		Save: func(n valet.NewAppKey) { w.saveAppKey(s, n) },
		Copy: func(redirect string) {
			w.board.put(redirect)
			s.Notice.Say(words.T("window.redirect.copied"))
		},
		Open:     w.browse,
		Continue: func() { w.proceed(m) },
		Back:     w.back,
	})
	w.show(screen{view: s.Container, enter: s.Save, escape: w.back})
}

// saveAppKey keeps an app key and asks the provider whether it knows it. One that is refused stays, to be corrected.
func (w *window) saveAppKey(s *Setup, n valet.NewAppKey) {
	s.SetBusy(true)
	w.work(func(ctx context.Context) func() {
		key, err := w.app.Keys.Set(ctx, n)
		if err == nil {
			err = w.app.Keys.Check(ctx, key.ID)
		}
		return func() {
			s.SetBusy(false)
			if err != nil {
				s.Notice.Trouble(words.Sentence(err))
				return
			}
			s.Accepted()
		}
	})
}

// reconnect renews the key that is looked at, with the permissions it has: straight to the browser.
func (w *window) reconnect() {
	c, ok := w.key()
	if !ok || w.desk.busy {
		return
	}
	market, err := w.app.Providers.Get(c.Provider)
	if err != nil {
		w.desk.notice.Trouble(words.Sentence(err))
		return
	}
	w.begin(market, valet.ConnectRequest{Provider: c.Provider, AppKey: c.AppKey, Scopes: c.Asked, Reconnect: c.ID})
}

// kept is the last step: the key hangs in the rack.
func (w *window) kept(c valet.Connection, m valet.Market) {
	w.leave()
	w.rack.Show(w.app.Service.Connections(), time.Now())
	w.rack.Select(c.ID)
	keep := NewKeep(c, m.Scopes, w.app.Keyring, KeepActions{Copy: w.copyToken, Try: w.try, Done: w.back})
	w.desk = desk{id: c.ID}
	w.look(keep.Notice)
	w.show(screen{view: keep.Container, enter: w.copyToken, escape: w.back})
}

// stumble shows why a walk ended early, and the ways on.
func (k *walk) stumble(err error) {
	w := k.w
	again := func() { w.begin(k.market, k.request) }
	ways := []Way{{words.T("window.again"), again}, {words.T("window.back"), w.back}}
	switch valet.KindOf(err) {
	case valet.NoAppKey, valet.AppKeyRefused, valet.UnknownAppKey, valet.ClientRefused:
		if !k.market.Practice {
			again = func() { w.setup(k.market) }
			ways = append([]Way{{words.T("window.setup.title", "Provider", k.market.Name), again}}, ways...)
		}
	}
	step := valet.Approve
	if len(k.received.Done) > 0 {
		step = valet.Receive
	}
	w.leave()
	key := NewKeyPicture(336)
	key.Set("?", k.market.Scopes, k.request.Scopes, false)
	w.show(screen{view: NewStumble(step, words.Sentence(err), key, ways...), enter: again, escape: w.back})
}
