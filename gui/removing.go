//go:build !nogui

package gui

import (
	"context"
	"slices"

	"valetkey/gui/kit"
	"valetkey/gui/places"
	"valetkey/valet"
	"valetkey/valet/words"
)

// removing takes everything of ours off this computer, after saying what goes and what stays elsewhere.
type removing struct{ *study }

func (r removing) ask() {
	r.work(func(context.Context) func() {
		file := r.app.File.Exists()
		return func() {
			if r.present.view == r.view.Container {
				r.confirm(file)
			}
		}
	})
}

// state counts what there is.
func (r removing) state(file bool) places.RemovalState {
	s := places.RemovalState{File: file}
	for _, c := range r.app.Service.Connections() {
		s.Keys++
		if !c.Practice && c.Status != valet.Returned && c.WithdrawPage != "" && !slices.Contains(s.Listed, c.ProviderName) {
			s.Listed = append(s.Listed, c.ProviderName)
		}
	}
	for _, key := range r.app.Keys.List() {
		if !key.BuiltIn {
			s.AppKeys++
		}
	}
	return s
}

func (r removing) confirm(file bool) {
	var view *places.RemoveAll
	state := r.state(file)
	remove := func() {
		view.SetBusy(true)
		if k := r.hall.walk; k != nil {
			k.cancel()
		}
		r.work(func(ctx context.Context) func() {
			left := r.app.ForgetAll(ctx)
			return func() {
				view.SetBusy(false)
				if len(left.Keys)+len(left.AppKeys)+len(left.Files) > 0 {
					view.Stays(left)
					return
				}
				r.gone(state)
			}
		})
	}
	view = places.NewRemoveAll(state, remove, r.open)
	r.show(screen{view: view.Container, escape: r.open})
}

// gone begins anew, as on a first start, and says where a key is listed still.
func (r removing) gone(before places.RemovalState) {
	r.board.clear()
	r.study.now, r.study.bare = valet.Settings{}, true
	if r.wear != nil {
		r.wear(r.study.now.Look)
	}
	r.app.Unread, r.desk.id = nil, ""
	r.desk.clear()
	r.home()
	told := words.Trouble{What: words.T("help.remove.done")}
	if len(before.Listed) > 0 {
		told.Means = words.T("help.remove.listed", "Providers", kit.Several(before.Listed))
	}
	r.banner.Tell(told, nil)
}
