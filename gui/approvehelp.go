//go:build !nogui

package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// ShowPaste shows a field for the address the browser ended on: for another browser, another computer, or a phone.
func (a *Approve) ShowPaste() {
	entry := parts.NewTallEntry(words.T("window.paste.hint"), 3)
	send := func() {
		if text := strings.TrimSpace(entry.Text); text != "" {
			a.actions.Paste(text)
		}
	}
	entry.Done = send
	a.fill(parts.NewText(parts.Lead, words.T("window.paste.title")), muted(words.T("window.paste.text")), entry,
		parts.Row(parts.Unit, parts.NewButton(parts.Outline, words.T("window.paste.send"), send),
			parts.NewButton(parts.Quiet, words.T("window.paste.back"), a.ShowSteps)))
	a.aside = true
	if c := fyne.CurrentApp().Driver().CanvasForObject(a.Container); c != nil {
		c.Focus(entry)
	}
}

// ShowErrors explains what a provider's page is known to say, with the one string that has to be right.
func (a *Approve) ShowErrors() {
	redirect := body("")
	redirect.SetRuns(parts.Run{Text: a.state.Redirect, Mono: true})
	about := func(id string) fyne.CanvasObject {
		return parts.Column(2, body("**"+words.T(id+".said")+"**"), muted(words.T(id+".means", "Provider", a.state.Market.Name)))
	}
	a.fill(parts.Column(1.5*parts.Unit,
		parts.Beside(2*parts.Unit, 1, parts.Column(4, about("window.known.redirect"), redirect),
			parts.Fixed(parts.NewButton(parts.Outline, words.T("window.known.copy"), a.actions.CopyRedirect))),
		about("window.known.denied"),
		about("window.known.pending"),
		about("window.known.stitch"),
		parts.Row(parts.Unit, parts.NewButton(parts.Quiet, words.T("window.paste.back"), a.ShowSteps))))
	a.aside = true
}

// Back leaves the field or the errors; it reports whether there was anything to leave.
func (a *Approve) Back() bool {
	aside := a.aside
	if aside {
		a.ShowSteps()
	}
	return aside
}
