//go:build !nogui

package gui

import (
	"valetkey/gui/kit"
	"valetkey/gui/places"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// rescuing brings keys out of a file into a store.
type rescuing struct{ *hall }

// ask wants the file.
func (r rescuing) ask() { r.asked() }

func (r rescuing) asked() *places.RescueAsk {
	r.desk.clear()
	r.rack.Select("")
	pick := func() { r.pickAny(func(path string) { bring(fair(r), path, false) }) }
	view := places.NewRescueAsk(pick, fair(r).reopen)
	r.show(screen{view: view.Container, enter: pick, escape: fair(r).reopen})
	return view
}

// found shows what is in a file, or why there is nothing to take. appKey is the one that was chosen among several; "": none was.
func (r rescuing) found(file *valet.Rescue, err error, appKey string) {
	if err != nil {
		r.trouble(r.asked().Notice, err, valet.Visit{})
		return
	}
	c := &carrying{rescuing: r, file: file, request: valet.RescueRequest{AppKey: appKey}}
	market, err := c.survey()
	if err != nil {
		ways := lacks(r.hall, err, market, func(key string) { r.found(file, nil, key) })
		halt(r.hall, err, kit.KeyOf("?", nil, nil), append(ways, kit.Way{Text: words.T("window.back"), Press: r.ask})...)
		return
	}
	r.desk.clear()
	r.rack.Select("")
	var view *places.Found
	view = places.NewFound(c.state, func(keystring string, secret oauth.Secret) {
		c.request.Keystring, c.request.Secret = keystring, secret
		if err := c.complete(); err != nil {
			r.trouble(view.Notice, err, valet.Visit{})
			return
		}
		c.next()
	}, r.ask)
	r.show(screen{view: view.Container, enter: view.Keep, escape: r.ask})
}
