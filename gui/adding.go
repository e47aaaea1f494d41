//go:build !nogui

package gui

import (
	"context"

	"valetkey/gui/places"
	"valetkey/valet"
	"valetkey/valet/words"
)

// fair is where markets come and go: the less usual ones, those that are added, and the app keys.
type fair struct{ *hall }

// open shows the less usual markets.
func (f fair) open() *places.Markets {
	var set []valet.AppKey
	for _, key := range f.app.Keys.List() {
		if !key.BuiltIn {
			set = append(set, key)
		}
	}
	f.desk.clear()
	f.rack.Select("")
	view := places.NewMarkets(f.app.Providers.List(), set, places.MarketsActions{Choose: f.proceed, Add: f.ask, Back: f.leave, NewKey: f.setup,
		RemoveKey: f.askRemoveKey, RemoveMarket: f.askRemoveMarket, Rescue: rescuing(f).ask,
		Exchange: func(m valet.Market) { upgrading(f).paste(valet.UpgradeRequest{Provider: m.ID}) }})
	f.show(screen{view: view.Container, escape: f.leave})
	return view
}

func (f fair) reopen() { f.open() }

// leave goes back to where the less usual was asked for.
func (f fair) leave() {
	if len(f.app.Service.Connections()) > 0 {
		f.connect()
		return
	}
	f.back()
}

// ask wants a provider file.
func (f fair) ask() { f.askFor() }

func (f fair) askFor() *places.AddMarket {
	f.desk.clear()
	f.rack.Select("")
	var view *places.AddMarket
	view = places.NewAddMarket(
		func() {
			f.pick(func(path string) { bring(f, path, true) })
		},
		func(text string) {
			f.read(view, func(ctx context.Context) (*valet.Draft, error) { return f.app.Providers.Draft(ctx, []byte(text)) })
		}, f.reopen)
	f.show(screen{view: view.Container, enter: view.Look, escape: f.reopen})
	return view
}

func (f fair) readFile(view *places.AddMarket, path string) {
	f.read(view, func(ctx context.Context) (*valet.Draft, error) { return f.app.Providers.DraftFile(ctx, path) })
}

// read has the file checked, and shows what would be trusted.
func (f fair) read(view *places.AddMarket, draft func(context.Context) (*valet.Draft, error)) {
	view.SetBusy(true)
	f.work(func(ctx context.Context) func() {
		d, err := draft(ctx)
		return func() {
			view.SetBusy(false)
			switch {
			case f.present.view != view.Container:
			case err != nil:
				f.trouble(view.Notice, err, valet.Visit{})
			default:
				f.review(d)
			}
		}
	})
}

// review asks whether the market is trusted.
func (f fair) review(d *valet.Draft) {
	s := places.ReviewState{Market: d.Market, Old: d.Old, Same: d.Same}
	if other, shared := valet.SharesCallback(d.Market, f.app.Keys.List(), f.app.Providers.List()); shared {
		s.Shared = words.SharedCallback(d.Market, other)
	}
	var view *places.Review
	add := func() {
		f.work(func(context.Context) func() {
			err := d.Keep()
			return func() {
				switch {
				case f.present.view != view.Container:
				case err != nil:
					f.trouble(view.Notice, err, valet.Visit{})
				default:
					f.proceed(d.Market)
				}
			}
		})
	}
	view = places.NewReview(s, add, f.ask)
	obvious := add
	if places.Doubtful(d.Market) {
		obvious = f.ask
	}
	f.show(screen{view: view.Container, enter: obvious, escape: f.ask})
}

func (f fair) askRemoveKey(key valet.AppKey) {
	f.confirm(words.T("window.remove.key.title", "Name", key.Label), words.T("window.remove.key.text"),
		words.T("window.removed", "Name", key.Label), func(ctx context.Context) error { return f.app.Keys.Remove(ctx, key.ID) })
}

// askRemoveMarket takes the app keys along that were set for it: without the market they are of no use.
func (f fair) askRemoveMarket(m valet.Market) {
	f.confirm(words.T("window.remove.market.title", "Provider", m.Name), words.T("window.remove.market.text"),
		words.T("window.removed", "Name", m.Name), func(ctx context.Context) error {
			for _, key := range f.app.Keys.List() {
				if key.Provider == m.ID && !key.BuiltIn {
					if err := f.app.Keys.Remove(ctx, key.ID); err != nil {
						return err
					}
				}
			}
			return f.app.Providers.Remove(m.ID)
		})
}

// confirm asks, does it, and says what came of it.
func (f fair) confirm(title, text, done string, remove func(context.Context) error) {
	do := func() {
		view := f.open()
		f.work(func(ctx context.Context) func() {
			err := remove(ctx)
			return func() {
				switch {
				case f.present.view != view.Container:
				case err != nil:
					f.trouble(view.Notice, err, valet.Visit{})
				default:
					f.open().Notice.Say(done)
				}
			}
		})
	}
	f.show(screen{view: places.NewRemoval(title, text, do, f.reopen), escape: f.reopen})
}
