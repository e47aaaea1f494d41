//go:build !nogui

package gui

import (
	"context"
	"errors"
	"io/fs"

	"valetkey/gui/kit"
	"valetkey/gui/walk"
	"valetkey/valet"
	"valetkey/valet/words"
)

// ladder leads to a place where a key can be kept, when the one that was meant cannot be used: the system's keyring, a file
// locked by a passphrase, this session only. Never plain text. UI goroutine alone.
type ladder struct {
	*window
	key   *kit.KeyPicture       // what is to be kept
	at    screen                // what it shows
	ready func(valet.StoreKind) // called once, when a place was chosen and made ready
	leave func()
	said  string // what comes of it, where that is not plain
	busy  bool
}

// climb shows a screen of the ladder.
func (l *ladder) climb(to screen) {
	l.at, l.busy = to, false
	l.desk.clear()
	l.show(to)
}

// seen reports whether the person still looks at this ladder.
func (l *ladder) seen() bool { return l.present.view == l.at.view }

// ask says what ails the place that was meant, and offers the others. A trouble that was told before was looked at again.
func (l *ladder) ask(trouble error, told bool) {
	said := words.Sentence(trouble)
	if creatable(l.app, trouble) {
		said.Next = "" // it is the first thing that is offered
	}
	var view *walk.Rungs
	var rungs []walk.Rung
	for _, kind := range l.app.Stores.Offered() {
		rungs = append(rungs, l.rung(kind, trouble, func(saying string) { view.Notice.Say(saying) }))
	}
	view = walk.NewRungs(said.What, kit.Joined(said.Means, said.Next, l.said), l.key, words.T("window.ladder.question"), rungs, l.leave)
	view.Help(l.helpFor(trouble, valet.Visit{}))
	if told {
		view.Notice.Say(words.T("window.ladder.still"))
	}
	l.climb(screen{view: view.Container, enter: rungs[0].Press, escape: l.leave})
}

// rung is a place as it is offered after a trouble.
func (l *ladder) rung(kind valet.StoreKind, trouble error, say func(string)) walk.Rung {
	back := func() { l.ask(trouble, false) }
	once := func(saying string, do func()) func() {
		return func() {
			if !l.busy {
				l.busy = true
				say(saying)
				do()
			}
		}
	}
	switch {
	case kind == valet.InFile:
		return walk.RungOf(kind, "", once("", func() { l.file(back) }))
	case kind == valet.InSession:
		return walk.RungOf(kind, "", once("", func() { l.ready(kind) }))
	case creatable(l.app, trouble):
		return walk.Rung{Title: words.T("window.rung.make"), Text: words.T("window.rung.make.text"),
			Press: once(words.T("window.ladder.making"), func() { l.create(trouble) })}
	}
	if ofFile(trouble) {
		return walk.RungOf(kind, l.app.Keyring, once(words.T("window.ladder.asking"), func() { l.ready(kind) }))
	}
	return walk.Rung{Title: words.T("window.rung.again"), Text: words.T("window.rung.keyring.text"),
		Press: once(words.T("window.ladder.asking"), func() { l.ready(kind) })}
}

// ofFile reports whether it is the locked file that ails.
func ofFile(trouble error) bool {
	switch valet.TroubleOf(trouble) {
	case valet.TroubleFileGone, valet.TroubleFileTimeout, valet.TroubleFileOther, valet.TroubleReplaced:
		return true
	}
	return false
}

// creatable reports whether the trouble is a keyring that the system could make.
func creatable(app App, trouble error) bool {
	return app.CreateKeyring != nil && valet.TroubleOf(trouble) == valet.TroubleNoCollection
}

// create has the system make its keyring, by its own prompt.
func (l *ladder) create(trouble error) {
	l.work(func(ctx context.Context) func() {
		err := l.app.CreateKeyring(ctx)
		return func() {
			switch {
			case err == nil:
				l.ready(valet.InKeyring)
			case l.seen() && valet.TroubleOf(err) == valet.TroubleDenied: // the prompt was closed
				l.ask(trouble, true)
			case l.seen():
				l.ask(err, false)
			}
		}
	})
}

// file asks for the passphrase of the locked file, or for a first one where there is none. back leads out.
func (l *ladder) file(back func()) {
	file := l.app.File
	if file.Unlocked() {
		l.ready(valet.InFile)
		return
	}
	l.work(func(context.Context) func() {
		exists := file.Exists()
		return func() {
			if exists {
				l.passphrase(walk.NewPassphrase, words.T("window.passphrase.opening"), file.Unlock, back)
			} else {
				l.passphrase(walk.NewFirstPassphrase, words.T("window.passphrase.making"), file.Create, back)
			}
		}
	})
}

// passphrase asks until the file is open.
func (l *ladder) passphrase(with func(done func([]byte), leave func()) *walk.Passphrase, saying string, use func(context.Context, []byte) error, back func()) {
	var view *walk.Passphrase
	view = with(func(passphrase []byte) {
		view.SetBusy(saying)
		l.work(func(ctx context.Context) func() {
			err := use(ctx, passphrase)
			return func() {
				view.SetBusy("")
				view.Forget()
				switch {
				case err == nil:
					l.ready(valet.InFile)
				case errors.Is(err, fs.ErrExist) && l.seen(): // another program has made it meanwhile
					l.file(back)
				default:
					l.trouble(view.Notice, err, valet.Visit{})
				}
			}
		})
	}, back)
	view.Notice.Say(l.said)
	l.climb(screen{view: view.Container, enter: view.Done, escape: back})
	l.canvas.Focus(view.First())
}

// keepElsewhere asks for another place for an app key.
func keepElsewhere(h *hall, s *walk.Setup, n valet.NewAppKey, trouble error) {
	before := h.present
	back := func() { h.show(before) }
	l := &ladder{window: h.window, key: kit.KeyOf("?", nil, nil), leave: back}
	l.ready = func(kind valet.StoreKind) {
		if l.seen() {
			back()
			n.Store = kind
			h.saveAppKey(s, n)
		}
	}
	l.at = h.present
	if locked(trouble) {
		l.file(back)
		return
	}
	l.ask(trouble, n.Store != "")
}

// locked reports whether err only wants the locked file to be opened.
func locked(err error) bool { return valet.TroubleOf(err) == valet.TroubleFileLocked }

// opened asks for the passphrase of the locked file, once a session, and then goes on with what was asked.
func opened(w *window, goOn, leave func()) {
	l := &ladder{window: w, leave: leave}
	l.ready = func(valet.StoreKind) {
		if l.seen() {
			goOn()
		}
	}
	l.at = w.present
	l.file(leave)
}
