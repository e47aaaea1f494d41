//go:build !nogui

package walk

import (
	"strings"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// ShowSteps shows what to do on the provider's page, and the picture of its address for the phone.
func (a *Approve) ShowSteps() {
	if a.aside {
		tidy(a)
	}
	begins, loopback := kit.Origin(a.state.URL)
	if a.state.URL == "" {
		begins = "…"
	}
	if a.state.Typed {
		a.fill(typedSteps(a, begins, loopback))
		return
	}
	left := withChange(a, parts.Column(2*parts.Unit, steps(parts.Lead,
		addressStep(begins, loopback),
		words.T("window.approve.step.signin", "Provider", a.state.Market.Name),
		allowStep(a.state.Market)), parts.Roomy(kit.AtLeft(a.pieces.picture))))
	var phone fyne.CanvasObject
	if a.state.URL != "" && !loopback && a.state.Market.OAuth1 == nil {
		phone = qrPicture(a.state.URL)
	}
	if phone == nil {
		a.fill(left)
		return
	}
	caption := parts.NewText(parts.Small, words.T("window.approve.phone")).Coloured(parts.Muted).Centred()
	a.fill(parts.Aside(4*parts.Unit, 240, left, parts.Column(parts.Unit, phone, caption)))
}

// addressStep says how the page's address begins. Browsers hide the http:// of a page on this computer.
func addressStep(begins string, loopback bool) string {
	if plain, ok := strings.CutPrefix(begins, "http://"); ok && loopback {
		return words.T("window.approve.step.address.hidden", "Address", strings.TrimSuffix(plain, "/"))
	}
	return words.T("window.approve.step.address", "Address", begins)
}

// typedSteps lead to the page on whatever device, and back here with the code that it shows.
func typedSteps(a *Approve, begins string, loopback bool) fyne.CanvasObject {
	first := words.T("window.code.step.open")
	if loopback {
		first = words.T("window.code.step.open.here")
	}
	to := withChange(a, parts.Column(2*parts.Unit, steps(parts.Body, first,
		addressStep(begins, loopback),
		words.T("window.code.step.allow"), words.T("window.code.step.type")),
		parts.Row(parts.Unit, parts.NewButton(parts.Link, words.T("window.approve.errors"), a.ShowErrors))))
	if a.state.URL == "" {
		return to
	}
	phone := qrPicture(a.state.URL)
	if phone == nil {
		return to
	}
	return parts.Beside(2*parts.Unit, 0, parts.Fixed(phone), to)
}

// withChange offers to ask for something else, where that can be wished.
func withChange(a *Approve, column *fyne.Container) *fyne.Container {
	if a.state.Changes {
		column.Add(parts.Row(parts.Unit, parts.NewButton(parts.Link, words.T("window.change"), a.actions.Change)))
	}
	return column
}

// steps are sentences in their order, and that no password is typed here.
func steps(size fyne.ThemeSizeName, sentences ...string) *fyne.Container {
	column := parts.Column(1.25 * parts.Unit)
	for i, sentence := range sentences {
		column.Add(kit.Numbered(size, i+1, sentence))
	}
	column.Add(parts.InsetEach(3*parts.Unit, 0.5*parts.Unit, 0, 0, kit.Small(words.T("window.password"))))
	return column
}

// allowStep says what to press there, by the name that the button has where we know it.
func allowStep(m valet.Market) string {
	switch {
	case m.Practice:
		return words.T("window.approve.step.allow.practice")
	case m.EtsyAPI:
		return words.T("window.approve.step.allow")
	}
	return words.T("window.approve.step.allow.other")
}

func (a *Approve) fill(objects ...fyne.CanvasObject) {
	a.aside = false
	a.pieces.middle.Objects = objects
	a.Container.Refresh()
}
