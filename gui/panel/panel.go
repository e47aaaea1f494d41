//go:build !nogui

package panel

import (
	"image"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// Actions are the wishes a panel reports.
type Actions struct {
	Connect, Move, Copy, Try, Refresh, Check, Reconnect, Change, Upgrade, Revoke, Forget, OpenPage func()

	CopyAs        func(Form) // of the copy menu
	Hold, Release func()     // the token is to be shown, and no longer
	Past          func()     // all of the history
}

// State is what a panel shows.
type State struct {
	Key     valet.Connection
	Scopes  []oauth.ScopeInfo // all that the provider knows
	Keyring string            // what the system calls its keyring
	Now     time.Time
	Busy    bool        // something that was pressed is under way
	Awake   bool        // it is renewed ahead of need
	Movable bool        // there are other places to keep it
	Offline bool        // the provider could not be reached a moment ago
	Signed  bool        // it signs each request (OAuth 1.0a), and never expires
	Older   bool        // it can be exchanged for a key of today
	End     string      // the last characters of the access token; "": not known without looking at it
	Forms   []Form      // in which the token can be copied
	Picture image.Image // of the shop; nil: there is none, or it has not come yet

	Reported []oauth.Scope // what the provider says it opens, since it was tried; nil: not said
}

// Panel is one key: what it opens, for how long, and how it is taken back.
type Panel struct {
	*fyne.Container
	Notice *kit.Notice

	face   face
	gauges gauges
	token  *token
	opens  *fyne.Container
	tally  *parts.Text // of what was asked, granted and reported
	past   *past
	bar    *bar
}

type face struct {
	name, since, status *parts.Text
	practice, place     *parts.Badge
	api                 *parts.Badge // where it is the older one
	move, change, older *parts.Button
	key                 *kit.KeyPicture
}

type gauges struct {
	all             *fyne.Container
	access, renewal *parts.Gauge
}

// New makes a panel.
func New(actions Actions) *Panel {
	p := &Panel{opens: parts.Column(0), tally: kit.Small(""), bar: newBar(actions),
		token: newToken(actions.Hold, actions.Release), past: newPast(actions.Past)}
	p.face = face{
		name:     kit.Heading(""),
		since:    kit.Muted(""),
		status:   parts.NewText(parts.Lead, ""),
		practice: parts.NewBadge(words.T("window.practice")),
		place:    parts.NewBadge(words.T("window.session")),
		api:      parts.NewBadge(words.T("window.older")),
		move:     parts.NewButton(parts.Link, words.T("window.move"), actions.Move),
		change:   parts.NewButton(parts.Link, words.T("window.change"), actions.Change),
		older:    parts.NewButton(parts.Link, words.T("window.upgrade"), actions.Upgrade),
		key:      kit.NewKeyPicture(400),
	}
	p.gauges.access, p.gauges.renewal = parts.NewGauge(), parts.NewGauge()
	p.gauges.all = parts.Grid(2, 184, 3*parts.Unit, 2*parts.Unit, p.gauges.access.Container, p.gauges.renewal.Container)
	connect := parts.NewButton(parts.Filled, words.T("window.connect"), actions.Connect)
	head := parts.Column(parts.Unit,
		parts.Row(parts.Unit, kit.Muted(words.T("window.key")).Whole(), parts.Spring(), connect),
		parts.Column(2, parts.Hug(1.5*parts.Unit, p.face.name, container.NewHBox(p.face.practice, p.face.api, p.face.place)),
			parts.Hug(1.5*parts.Unit, p.face.since, p.face.move)))
	opens := parts.Column(1.5*parts.Unit, p.opens, p.tally, parts.Row(2*parts.Unit, p.face.change, p.face.older), p.past.Container)
	middle := parts.Column(2*parts.Unit, kit.AtLeft(p.face.key), parts.Over(parts.Column(2*parts.Unit, p.face.status, p.gauges.all), p.token.card),
		parts.Column(1.5*parts.Unit, p.token.line, opens))
	p.Notice = kit.NewSlip(func() { p.Container.Refresh() })
	p.Container = parts.Framed(parts.PageWithSlip(head, middle, p.Notice.Container, p.bar.Container))
	return p
}

// Show shows a key as it is now.
func (p *Panel) Show(s State) {
	c := s.Key
	gone := c.Status == valet.Returned || c.Status == valet.Missing
	kit.SetHeading(p.face.name, words.ShopName(c))
	p.face.since.SetRuns(parts.Run{Text: since(s)})
	kit.ShowIf(p.face.practice, c.Practice)
	p.face.place.Set(placeBadge(c.Store))
	kit.ShowIf(p.face.api, c.Protocol == valet.OAuth10)
	kit.ShowIf(p.face.place, placeBadge(c.Store) != "" && !gone)
	kit.ShowIf(p.face.move, s.Movable)
	p.face.move.SetBusy(s.Busy)
	kit.ShowIf(p.face.change, len(s.Scopes) > 0 && c.Status != valet.Returned)
	p.face.change.SetBusy(s.Busy || c.Status == valet.Revoking)
	p.face.key.SetPicture(s.Picture)
	p.face.key.Set(words.ShopName(c), s.Scopes, c.Granted, c.Status == valet.Returned)
	p.face.status.SetRuns(s.status()...)
	kit.ShowIf(p.gauges.all, !gone && !s.Signed && c.Status != valet.NeedsAuthorization)
	p.gauges.access.Set(accessName(c), left(c.AccessExpires, s.Now), accessShare(c, s.Now))
	p.gauges.renewal.Set(renewalName(c), left(c.RefreshExpires, s.Now), renewalShare(c, s.Now))
	p.opens.Objects = []fyne.CanvasObject{kit.PermissionLines(kit.WithReported(kit.PermissionsOfKey(s.Scopes, c, s.Now), s.Scopes, s.Reported), c.Status == valet.Returned)}
	p.tally.Set(s.tally())
	kit.ShowIf(p.tally, s.Reported != nil && !gone)
	kit.ShowIf(p.face.older, s.Older && !gone)
	p.face.older.SetBusy(s.Busy || c.Status == valet.Revoking)
	p.token.show(s)
	p.bar.offer(s)
	p.Container.Refresh()
}

// placeBadge names a place that is not the usual one.
func placeBadge(kind valet.StoreKind) string {
	switch kind {
	case valet.InSession:
		return words.T("window.session")
	case valet.InFile:
		return words.T("window.locked-file")
	}
	return ""
}

// since says when the key was won, by whom, and where it is kept.
func since(s State) string {
	c := s.Key
	date := words.Day(c.Connected, s.Now)
	text := words.T("window.since", "Date", date)
	if c.Account.Person != "" && c.Account.ShopName != "" {
		text = words.T("window.since.by", "Date", date, "Person", c.Account.Person)
	}
	switch c.Status {
	case valet.Missing: // its status says where it is not
		return text
	case valet.Returned:
		return text + " · " + words.T("window.kept.nowhere")
	}
	return text + " · " + words.StoreName(c.Store, s.Keyring)
}

// status puts the status, which is the news, in bold and in its colour, before what it means.
func (s State) status() []parts.Run {
	c, colour := s.Key, parts.Ink
	switch c.Status {
	case valet.Connected, valet.Refreshing:
		colour = parts.Green
	case valet.NeedsAuthorization:
		colour = parts.Red
	}
	status, stop := words.Status(c, s.Now), ". "
	if strings.HasSuffix(status, "…") {
		stop = " "
	}
	more := parts.Run{Text: words.StatusMore(c, s.Now, s.Awake)}
	switch {
	case s.Signed && c.Status == valet.Connected && !c.Unsaved:
		more.Text = words.T("window.signed.lasts")
	case s.Offline && c.Status == valet.Connected && !c.Unsaved:
		more.Text = words.Offline(c, s.Now)
	case words.Warning(c, s.Now) != "":
		more.Bold, more.Colour = true, parts.BrassInk
	}
	return []parts.Run{{Text: status, Bold: true, Colour: colour}, {Text: stop}, more}
}
