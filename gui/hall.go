//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/gui/places"
	"valetkey/gui/walk"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// hall is where keys are won: the first screen, which shop, what it may open, the app key, and the walk.
type hall struct {
	*window
	walk *connecting // nil: nobody is being asked

	drafts map[string]*walk.SetupDraft // of app keys that are not kept yet, by the id of their provider; nil: none was begun
}

// recommended is the purpose that is chosen before the seller chooses.
const recommended = "storefront"

// welcome is the first screen of all.
func (h *hall) welcome() {
	h.desk.clear()
	h.desk.id = ""
	practice, real := firstMarkets(h.app.Providers.List())
	tryIt := func() { h.practise(practice) }
	view := places.NewWelcome(practice.Scopes, purposeScopes(practice, recommended), real, places.WelcomeActions{Practice: tryIt, Real: func() { h.proceed(real) }, Others: fair{h}.reopen})
	h.show(screen{view: view, enter: tryIt})
}

// firstMarkets gives the practice shop and the real provider that the first screen offers.
func firstMarkets(markets []valet.Market) (practice, real valet.Market) {
	for _, m := range markets {
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
func (h *hall) practise(m valet.Market) {
	h.begin(m, valet.ConnectRequest{Provider: m.ID, Scopes: purposeScopes(m, recommended)})
}

// connect leads to a new key; a walk that waits is shown instead.
func (h *hall) connect() {
	if h.walk != nil {
		h.resume()
		return
	}
	h.desk.clear()
	h.rack.Select("")
	h.show(screen{view: places.NewChoose(places.Usuals(h.app.Providers.List()), h.proceed, fair{h}.reopen, h.back), escape: h.back})
}

// proceed asks what the key may open, or for an app key where there is none yet; before the first real shop, for agreement.
func (h *hall) proceed(m valet.Market) { agreed(h, m, func() { proceedAgreed(h, m) }) }

func proceedAgreed(h *hall, m valet.Market) {
	var keys []valet.AppKey
	for _, key := range h.app.Keys.List() {
		if key.Provider == m.ID {
			keys = append(keys, key)
		}
	}
	h.desk.clear()
	h.rack.Select("")
	if len(keys) == 0 {
		h.setup(m)
		return
	}
	purpose := recommended
	if purposeScopes(m, purpose) == nil {
		purpose = walk.Choose
	}
	ask := walk.NewAsk(m, purpose, keys, walk.AskActions{Back: h.back, Start: func(scopes []oauth.Scope, appKey string) {
		h.begin(m, valet.ConnectRequest{Provider: m.ID, AppKey: appKey, Scopes: scopes, Store: storeOf(keys, appKey)})
	}})
	h.show(screen{view: ask.Container, enter: ask.Start, escape: h.back})
}

// setup leads to an app key, and with it to the shop.
func (h *hall) setup(m valet.Market) { setupThen(h, m, func() { h.proceed(m) }) }

// setupThen leads to an app key, and on: where there are several kinds of them, by the question which it shall be.
func setupThen(h *hall, m valet.Market, then func()) {
	agreed(h, m, func() {
		if !m.EtsyAPI || m.Practice {
			typeAppKey(h, m, h.back, then)
			return
		}
		var kinds func()
		kinds = func() {
			have := func() { typeAppKey(h, m, kinds, then) }
			var view *walk.Kinds
			view = walk.NewKinds(m, walk.KindsActions{Have: have, Back: h.back, Open: func(page string) {
				view.Opened()
				h.browse(page, view.Notice)
			}})
			h.show(screen{view: view.Container, enter: have, escape: h.back})
		}
		kinds()
	})
}

// typeAppKey asks for the two values, and goes on with what is then.
func typeAppKey(h *hall, m valet.Market, back, then func()) {
	var s *walk.Setup
	s = walk.NewSetup(m, walk.SetupActions{
		Save: func(n valet.NewAppKey) { h.saveAppKey(s, n) },
		Copy: func(redirect string) {
			h.board.put(redirect)
			s.Notice.Say(words.T("window.redirect.copied"))
		},
		Open:     func(address string) { h.browse(address, s.Notice) },
		Continue: then,
		Back:     back,
		Focus:    h.canvas.Focus,
	})
	s.Resume(draftOf(h, m.ID))
	h.show(screen{view: s.Container, enter: s.Save, escape: back})
}

// draftOf is what was typed last for an app key of provider.
func draftOf(h *hall, provider string) *walk.SetupDraft {
	if h.drafts == nil {
		h.drafts = make(map[string]*walk.SetupDraft)
	}
	if h.drafts[provider] == nil {
		h.drafts[provider] = &walk.SetupDraft{}
	}
	return h.drafts[provider]
}

// saveAppKey keeps an app key and asks the provider whether it knows it. One that is refused stays, to be corrected; where it
// cannot be kept, the seller is asked for another place.
func (h *hall) saveAppKey(s *walk.Setup, n valet.NewAppKey) {
	s.SetBusy(true)
	h.work(func(ctx context.Context) func() {
		key, err := h.app.Keys.Set(ctx, n)
		kept := err == nil
		if kept {
			err = h.app.Keys.Check(ctx, key.ID)
		}
		return func() {
			s.SetBusy(false)
			switch {
			case kept && valet.KindOf(err) == valet.Unreachable:
				s.Unchecked()
			case err == nil:
				delete(h.drafts, n.Provider)
				s.Accepted(words.StoreName(key.Store, h.app.Keyring))
			case valet.KindOf(err) == valet.StoreTrouble && h.present.view == s.Container:
				keepElsewhere(h, s, n, err)
			default:
				h.trouble(s.Notice, err, valet.Visit{Provider: n.Provider})
				s.Wrong(err)
			}
		}
	})
}

// storeOf is where a key belongs that is won with an app key: to the app key, as both are needed to renew it.
func storeOf(keys []valet.AppKey, id string) valet.StoreKind {
	for _, key := range keys {
		if key.ID == id || len(keys) == 1 {
			return key.Store
		}
	}
	return ""
}

// kept is the last step: the key hangs in the rack.
func (h *hall) kept(c valet.Connection, m valet.Market, old valet.Fate) {
	h.desk.clear()
	h.rack.Show(h.app.Service.Connections(), time.Now())
	h.rack.Select(c.ID)
	keep := walk.NewKeep(c, m.Scopes, h.app.Keyring, words.OldKey(old, m.Name), walk.KeepActions{Copy: h.desk.copyToken, Try: func() { tryKey(h.desk) }, Done: h.back})
	h.desk.look(c.ID, keep.Notice)
	h.show(screen{view: keep.Container, enter: h.desk.copyToken, escape: h.back})
}

// unread is shown in the place of the first screen while the list cannot be read.
func (h *hall) unread(err error) {
	h.desk.clear()
	h.desk.id = ""
	var u *places.Unread
	again := func() { h.readAgain(u) }
	u = places.NewUnread(words.Sentence(err), again, h.helpFor(err, valet.Visit{}))
	h.show(screen{view: u.Container, enter: again})
}

func (h *hall) readAgain(u *places.Unread) {
	if u.Busy() {
		return
	}
	u.SetBusy(true)
	h.work(func(ctx context.Context) func() {
		err := h.app.Load(ctx)
		return func() {
			h.app.Unread = err
			if err == nil {
				h.home()
				return
			}
			u.SetBusy(false)
			u.Notice.Say(words.T("window.unread.still"))
		}
	})
}
