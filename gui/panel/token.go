//go:build !nogui

package panel

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// token is the line of the access token: its last four characters, and all of it while its button is held.
type token struct {
	line    *fyne.Container
	end     *parts.Text
	hold    *parts.Hold
	letters *parts.Letters
	card    *fyne.Container // around letters, right above the line: where that is seen, it is seen too
}

func newToken(hold, release func()) *token {
	t := &token{end: parts.NewText(parts.Small, "").Whole(), letters: parts.NewLetters(words.T("window.token.shown"))}
	t.hold = parts.NewHold(words.T("window.token.reveal"), hold, release)
	t.line = parts.Row(1.5*parts.Unit, t.end, t.hold)
	card := parts.Layered(parts.NewShape(parts.Selected, parts.Unit, fyne.NewSize(1, 1)), parts.Inset(1.5*parts.Unit, parts.Unit, t.letters))
	t.card = parts.Layered(parts.NewShape(parts.Paper, 0, fyne.NewSize(1, 1)), parts.Foot(0, parts.Space(1, 1), card))
	t.card.Hide()
	return t
}

// show shows what is known of the token without looking at it.
func (t *token) show(s State) {
	usable := s.Key.Status == valet.Connected || s.Key.Status == valet.Refreshing
	kit.ShowIf(t.line, usable)
	if !usable {
		t.hold.Release()
	}
	t.hold.SetBusy(s.Busy)
	end := "…" + s.End
	if s.End == "" {
		end = "••••"
	}
	t.end.SetRuns(parts.Run{Text: words.T("window.token") + "  ", Colour: parts.Muted, Mono: true}, parts.Run{Text: end, Mono: true})
}

// ShowToken shows the token until HideToken is called. Nothing keeps plain itself.
func (p *Panel) ShowToken(plain string) {
	p.token.letters.Set(plain)
	p.token.card.Show()
	p.Container.Refresh()
}

// HideToken takes the token off the screen and out of memory, and lets go of the button that showed it.
func (p *Panel) HideToken() {
	p.token.hold.Release()
	if !p.token.letters.Empty() {
		p.token.letters.Set("")
		p.token.card.Hide()
		p.Container.Refresh()
	}
}
