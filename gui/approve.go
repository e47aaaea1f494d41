//go:build !nogui

package gui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// ApproveActions are the wishes of the second step.
type ApproveActions struct {
	OpenAgain, CopyLink, CopyRedirect, Change, Cancel func()
	Paste                                             func(address string)
}

// ApproveState is what the second step shows. URL is empty until the door is open.
type ApproveState struct {
	Market     valet.Market
	URL        string
	Redirect   string // exactly as registered
	Deadline   time.Time
	OpenFailed bool // no browser could be started
	Asked      []oauth.Scope
	Changes    bool // it renews a key, which could open something else from now on
}

// Approve is the second step: the browser asks the seller.
type Approve struct {
	*fyne.Container
	Notice  *Notice
	actions ApproveActions
	state   ApproveState
	waiting *parts.Text
	picture *KeyPicture
	middle  *fyne.Container // the steps, the field to paste into, or the known errors
	aside   bool            // the steps made room for something else
}

// NewApprove makes the second step.
func NewApprove(actions ApproveActions) *Approve {
	a := &Approve{Notice: NewNotice(), actions: actions, waiting: muted(""), picture: NewKeyPicture(272), middle: parts.Column(2 * parts.Unit)}
	again := parts.NewButton(parts.Filled, words.T("window.approve.again"), actions.OpenAgain)
	foot := parts.Column(1.5*parts.Unit, a.Notice.Container, parts.Row(parts.Unit, again,
		parts.NewButton(parts.Outline, words.T("window.approve.link"), actions.CopyLink),
		parts.NewButton(parts.Outline, words.T("window.approve.paste"), a.ShowPaste),
		parts.NewButton(parts.Quiet, words.T("window.approve.errors"), a.ShowErrors),
		parts.Spring(),
		parts.NewButton(parts.Quiet, words.T("window.cancel"), actions.Cancel)))
	head := walkHead(valet.Approve, heading(words.T("window.approve.title")), a.waiting)
	a.Container = framed(parts.Page(head, a.middle, foot))
	return a
}

// Show shows where the walk stands.
func (a *Approve) Show(s ApproveState, now time.Time) {
	a.state = s
	a.picture.Set("?", s.Market.Scopes, s.Asked, false)
	a.Tick(now)
	a.ShowSteps()
	if s.OpenFailed {
		a.Notice.Say(words.T("window.approve.nobrowser"))
	}
}

// Tick moves the countdown.
func (a *Approve) Tick(now time.Time) {
	if a.state.Deadline.IsZero() {
		a.waiting.Set(words.T("window.approve.starting"))
		return
	}
	rest := max(0, a.state.Deadline.Sub(now)).Round(time.Second)
	clock := fmt.Sprintf("%d:%02d", int(rest.Minutes()), int(rest.Seconds())%60)
	a.waiting.Set(words.T("window.approve.waiting", "Left", clock))
}

// ShowSteps shows what to do in the browser, and the code for the phone.
func (a *Approve) ShowSteps() {
	begins, loopback := origin(a.state.URL)
	if a.state.URL == "" {
		begins = "…"
	}
	steps := parts.Column(1.25*parts.Unit,
		numbered(1, words.T("window.approve.step.address", "Address", begins)),
		numbered(2, words.T("window.approve.step.signin", "Provider", a.state.Market.Name)),
		numbered(3, allowStep(a.state.Market)),
		parts.InsetEach(3*parts.Unit, 0.5*parts.Unit, 0, 0, small(words.T("window.password"))))
	var phone fyne.CanvasObject
	if a.state.URL != "" && !loopback {
		phone = qrPicture(a.state.URL)
	}
	left := parts.Column(2*parts.Unit, steps, atLeft(a.picture))
	if a.state.Changes {
		left.Add(parts.Row(parts.Unit, parts.NewButton(parts.Link, words.T("window.change"), a.actions.Change)))
	}
	if phone == nil {
		a.fill(left)
		return
	}
	caption := parts.NewText(parts.Small, words.T("window.approve.phone")).Coloured(parts.Muted).Centred()
	a.fill(parts.Aside(4*parts.Unit, 240, left, parts.Column(parts.Unit, phone, caption)))
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

func numbered(n int, text string) fyne.CanvasObject {
	number := parts.NewText(parts.Lead, fmt.Sprintf("%d.", n)).Coloured(parts.Muted).Whole()
	return parts.Beside(parts.Unit, 0, number, parts.NewText(parts.Lead, text))
}

func (a *Approve) fill(objects ...fyne.CanvasObject) {
	a.aside = false
	a.middle.Objects = objects
	a.Container.Refresh()
}
