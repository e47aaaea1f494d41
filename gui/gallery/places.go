//go:build !nogui

package main

import (
	"fyne.io/fyne/v2"

	"valetkey/gui"
	"valetkey/gui/kit"
	"valetkey/valet"
	"valetkey/valet/words"
)

// ails is a store's trouble as the store says it.
type ails valet.Trouble

func (a ails) Error() string   { return string(a) }
func (a ails) Trouble() string { return string(a) }

// places are the screens that lead to a place for a key.
func places() []state {
	file := gui.Rung{Title: words.T("window.rung.file"), Text: words.T("window.rung.file.text")}
	session := gui.Rung{Title: words.T("window.rung.session"), Text: words.T("window.rung.session.text")}
	again := gui.Rung{Title: words.T("window.rung.again"), Text: words.T("window.rung.keyring.text")}
	create := gui.Rung{Title: words.T("window.rung.make"), Text: words.T("window.rung.make.text")}
	ladder := func(name string, first gui.Rung, trouble valet.Trouble, say string) state {
		return state{"ladder-" + name, func() fyne.CanvasObject {
			t := words.Sentence(&valet.Error{Kind: valet.StoreTrouble, Cause: ails(trouble)})
			text := t.Means + " " + t.Next
			if trouble == valet.TroubleNoCollection {
				text = t.Means
			}
			r := gui.NewRungs(t.What, text, asking(), words.T("window.ladder.question"), []gui.Rung{first, file, session}, nil)
			r.Notice.Say(say)
			return framed(rack, "", r.Container)
		}}
	}
	passphrase := func(name string, p func() *gui.Passphrase) state {
		return state{"passphrase-" + name, func() fyne.CanvasObject { return framed(rack, "", p().Container) }}
	}
	return []state{
		ladder("absent", again, valet.TroubleAbsent, ""),
		ladder("no-collection", create, valet.TroubleNoCollection, ""),
		ladder("locked", again, valet.TroubleLocked, words.T("window.ladder.still")),
		passphrase("new", func() *gui.Passphrase {
			p := gui.NewFirstPassphrase(nil, nil)
			p.Notice.Say(words.T("window.passphrase.short"))
			return p
		}),
		passphrase("open", func() *gui.Passphrase { return gui.NewPassphrase(nil, nil) }),
		passphrase("wrong", func() *gui.Passphrase {
			p := gui.NewPassphrase(nil, nil)
			p.Notice.Trouble(words.Sentence(ails(valet.TroublePassphrase)))
			return p
		}),
		{"move", func() fyne.CanvasObject {
			return framed(rack, "1", gui.NewMove(rack[0], scopes, keyring, []gui.Rung{file, session}, nil).Container)
		}},
	}
}

// asking is the key that would be won.
func asking() *kit.KeyPicture {
	key := kit.NewKeyPicture(336)
	key.Set("?", scopes, storefront, false)
	return key
}
