//go:build !nogui

package walk

import (
	"strings"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// ShowPaste shows a field for the address the browser ended on: for another browser, another computer, or a phone.
func (a *Approve) ShowPaste() {
	entry := parts.NewTallEntry(words.T("window.paste.hint"), 3).Named(words.T("window.paste.field"))
	send := func() {
		if text := strings.TrimSpace(entry.Text); text != "" {
			a.actions.Paste(text)
		}
	}
	entry.Done = send
	a.fill(parts.NewText(parts.Lead, words.T("window.paste.title")), kit.Muted(words.T("window.paste.text")), entry, kit.Small(words.T("window.paste.phone")),
		parts.Row(parts.Unit, parts.NewButton(parts.Outline, words.T("window.paste.send"), send),
			parts.NewButton(parts.Quiet, words.T("window.paste.back"), a.ShowSteps)))
	a.aside = true
	a.actions.Focus(entry)
}

// ShowErrors explains what a provider's page is known to say, with the one string that has to be right.
func (a *Approve) ShowErrors() {
	about := func(id string) fyne.CanvasObject {
		return parts.Column(2, kit.Body("**"+words.T(id+".said")+"**"), kit.Muted(words.T(id+".means", "Provider", a.state.Market.Name)))
	}
	known := parts.Column(1.5 * parts.Unit)
	if !a.state.Typed { // else the browser is sent nowhere
		redirect := kit.Body("")
		redirect.SetRuns(parts.Run{Text: a.state.Redirect, Mono: true})
		known.Add(parts.Beside(2*parts.Unit, 1, parts.Column(4, about("window.known.redirect"), redirect),
			parts.Fixed(parts.NewButton(parts.Outline, words.T("window.known.copy"), a.actions.CopyRedirect))))
	}
	if a.state.Market.OAuth1 == nil {
		known.Add(about("window.known.denied"))
	} else { // what was denied cannot be opened again
		known.Add(about("window.known.refused"))
		known.Add(about("window.known.over"))
	}
	if a.state.Market.EtsyAPI {
		known.Add(about("window.known.pending"))
		known.Add(about("window.known.stitch"))
	}
	known.Add(parts.Row(parts.Unit, parts.NewButton(parts.Quiet, words.T("window.paste.back"), a.ShowSteps)))
	a.fill(known)
	a.aside = true
}
