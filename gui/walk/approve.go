//go:build !nogui

package walk

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// ApproveActions are the wishes of the second step.
type ApproveActions struct {
	OpenAgain, CopyLink, CopyRedirect, Change, Cancel func()

	Phone func()            // ask once more, for a code that is typed here
	Paste func(text string) // an address, or a code
	Focus func(fyne.Focusable)
}

// ApproveState is what the second step shows. URL is empty until the door is open.
type ApproveState struct {
	Market     valet.Market
	URL        string
	Redirect   string // exactly as registered
	Deadline   time.Time
	OpenFailed bool // no browser could be started
	Typed      bool // the page shows a code, which is typed here
	Asked      []oauth.Scope
	Changes    bool // it renews a key, which could open something else from now on
}

// Approve is the second step: the provider asks the seller.
type Approve struct {
	*fyne.Container
	Notice  *kit.Notice
	actions ApproveActions
	state   ApproveState
	pieces  approvePieces
	aside   bool // the steps made room for something else
}

// approvePieces are what changes as the walk goes on.
type approvePieces struct {
	title, waiting *parts.Text
	picture        *kit.KeyPicture
	middle         *fyne.Container // the steps, the field to paste into, or the known errors
	code           *codeField
	buttons        *fyne.Container
}

// NewApprove makes the second step.
func NewApprove(actions ApproveActions) *Approve {
	a := &Approve{Notice: kit.NewNotice(), actions: actions}
	a.pieces = approvePieces{title: kit.Heading(""), waiting: kit.Muted(""), picture: kit.NewKeyPicture(272),
		middle: parts.Column(2 * parts.Unit), buttons: parts.Row(parts.Unit)}
	a.pieces.code = newCodeField(a.send, func() { typed(a) })
	foot := parts.Column(1.5*parts.Unit, a.Notice.Container, a.pieces.code.Container, a.pieces.buttons)
	a.Container = parts.Framed(parts.Page(walkHead(valet.Approve, a.pieces.title, a.pieces.waiting), a.pieces.middle, foot))
	return a
}

// Show shows where the walk stands.
func (a *Approve) Show(s ApproveState, now time.Time) {
	a.state = s
	a.pieces.picture.Set("?", s.Market.Scopes, s.Asked, false)
	title := words.T("window.approve.title")
	if s.Typed {
		title = words.T("window.code.title")
	}
	kit.SetHeading(a.pieces.title, title)
	kit.ShowIf(a.pieces.code.Container, s.Typed)
	a.pieces.buttons.Objects = a.buttons()
	a.Tick(now)
	a.ShowSteps()
	if s.OpenFailed {
		a.Notice.Say(words.T("window.approve.nobrowser"))
	}
	if s.Typed && s.URL != "" {
		a.actions.Focus(a.pieces.code.boxes)
	}
}

// buttons are the ways to the page, and out.
func (a *Approve) buttons() []fyne.CanvasObject {
	button := func(weight parts.Weight, id string, press func()) fyne.CanvasObject {
		return parts.NewButton(weight, words.T(id), press)
	}
	link := button(parts.Outline, "window.approve.link", a.actions.CopyLink)
	cancel := button(parts.Quiet, "window.cancel", a.actions.Cancel)
	if a.state.Typed { // the code needs the room, so what is left to see of an error stands among the steps
		return []fyne.CanvasObject{button(parts.Outline, "window.code.open", a.actions.OpenAgain), link, parts.Spring(), cancel}
	}
	elsewhere := button(parts.Outline, "window.approve.paste", a.ShowPaste)
	if a.state.Market.OAuth1 != nil {
		elsewhere = button(parts.Outline, "window.approve.elsewhere", a.actions.Phone)
	}
	return []fyne.CanvasObject{button(parts.Filled, "window.approve.again", a.actions.OpenAgain), link, elsewhere,
		button(parts.Quiet, "window.approve.errors", a.ShowErrors), parts.Spring(), cancel}
}

// Tick moves the countdown.
func (a *Approve) Tick(now time.Time) {
	switch {
	case a.state.Deadline.IsZero() && a.state.Typed:
		a.pieces.waiting.Set(words.T("window.code.starting", "Provider", a.state.Market.Name))
		return
	case a.state.Deadline.IsZero():
		a.pieces.waiting.Set(words.T("window.approve.starting"))
		return
	}
	rest := max(0, a.state.Deadline.Sub(now)).Round(time.Second)
	clock := fmt.Sprintf("%d:%02d", int(rest.Minutes()), int(rest.Seconds())%60)
	a.pieces.waiting.Set(words.T("window.approve.waiting", "Left", clock))
}

// Obvious is what Enter does.
func (a *Approve) Obvious() {
	if a.state.Typed {
		a.send()
		return
	}
	a.actions.OpenAgain()
}

// Type puts a text into the boxes, as if it was pasted there.
func (a *Approve) Type(text string) { a.pieces.code.boxes.Paste(text) }

// send hands the code on that was typed, or shows where to type it.
func (a *Approve) send() {
	text := a.pieces.code.boxes.Text()
	if text == "" {
		a.actions.Focus(a.pieces.code.boxes)
		return
	}
	if n := a.state.lacking(text); n > 0 {
		a.Refused(words.Trouble{What: words.N("window.code.lacks", n), Means: words.T("window.code.length")})
		return
	}
	a.pieces.code.busy(true)
	a.actions.Paste(text)
	a.Notice.Say(words.T("window.code.trying", "Provider", a.state.Market.Name))
}

// typed takes back what was said of the code before it was changed.
func typed(a *Approve) {
	if text := a.pieces.code.boxes.Text(); text != a.pieces.code.before {
		a.pieces.code.before = text
		a.Notice.Clear()
	}
	a.Container.Refresh()
}

// Refused says why what was typed or pasted did not count. It stays, to be corrected.
func (a *Approve) Refused(t words.Trouble) {
	a.Notice.Trouble(t)
	if a.state.Typed {
		a.pieces.code.busy(false)
		a.actions.Focus(a.pieces.code.boxes)
	}
}

// Back leaves the field or the errors; it reports whether there was anything to leave.
func (a *Approve) Back() bool {
	aside := a.aside
	if aside {
		a.ShowSteps()
	}
	return aside
}
