//go:build !nogui

package main

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/walk"
	"valetkey/valet"
	"valetkey/valet/words"
)

// ails is a store's trouble as the store says it.
type ails valet.Trouble

func (a ails) Error() string   { return string(a) }
func (a ails) Trouble() string { return string(a) }

// pages are the screens that lead to a place for a key.
func pages() []state {
	file := walk.Rung{Title: words.T("window.rung.file"), Text: words.T("window.rung.file.text")}
	session := walk.Rung{Title: words.T("window.rung.session"), Text: words.T("window.rung.session.text")}
	again := walk.Rung{Title: words.T("window.rung.again"), Text: words.T("window.rung.keyring.text")}
	create := walk.Rung{Title: words.T("window.rung.make"), Text: words.T("window.rung.make.text")}
	ladder := func(name string, first walk.Rung, trouble valet.Trouble, say string) state {
		return state{"ladder-" + name, func() fyne.CanvasObject {
			t := words.Sentence(&valet.Error{Kind: valet.StoreTrouble, Cause: ails(trouble)})
			text := t.Means + " " + t.Next
			if trouble == valet.TroubleNoCollection {
				text = t.Means
			}
			r := walk.NewRungs(t.What, text, asking(), words.T("window.ladder.question"), []walk.Rung{first, file, session}, nil)
			r.Notice.Say(say)
			r.Help(look)
			return framed(rack, "", r.Container)
		}}
	}
	passphrase := func(name string, p func() *walk.Passphrase) state {
		return state{"passphrase-" + name, func() fyne.CanvasObject { return framed(rack, "", p().Container) }}
	}
	return []state{
		ladder("absent", again, valet.TroubleAbsent, ""),
		ladder("no-collection", create, valet.TroubleNoCollection, ""),
		ladder("locked", again, valet.TroubleLocked, words.T("window.ladder.still")),
		passphrase("new", func() *walk.Passphrase {
			p := walk.NewFirstPassphrase(nil, nil)
			p.Notice.Say(words.T("window.passphrase.short"))
			return p
		}),
		passphrase("open", func() *walk.Passphrase { return walk.NewPassphrase(nil, nil) }),
		passphrase("wrong", func() *walk.Passphrase {
			p := walk.NewPassphrase(nil, nil)
			p.Notice.Trouble(words.Sentence(ails(valet.TroublePassphrase)))
			return p
		}),
		{"move", func() fyne.CanvasObject {
			return framed(rack, "1", walk.NewMove(rack[0], scopes, keyring, []walk.Rung{file, session}, nil).Container)
		}},
	}
}

// asking is the key that would be won.
func asking() *kit.KeyPicture {
	key := kit.NewKeyPicture(336)
	key.Set("?", scopes, storefront, false)
	return key
}
