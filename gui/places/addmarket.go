//go:build !nogui

package places

import (
	"strings"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// AddMarket takes a provider file: dropped, picked or pasted.
type AddMarket struct {
	*fyne.Container
	Notice *kit.Notice
	look   *parts.Button
	text   *parts.Entry
	read   func(text string)
}

// NewAddMarket asks for the file. pick lets the seller choose one, read takes the pasted text.
func NewAddMarket(pick func(), read func(text string), back func()) *AddMarket {
	a := &AddMarket{text: parts.NewTallEntry(words.T("window.add.hint"), 7), read: read}
	a.Notice = kit.NewSlip(func() { a.Container.Refresh() })
	a.text.Done = a.Look
	a.look = parts.NewButton(parts.Filled, words.T("window.add.look"), a.Look)
	head := parts.Column(2, kit.Heading(words.T("window.add.title")), kit.Muted(words.T("window.add.text")))
	middle := parts.Column(2*parts.Unit,
		namedCard(words.T("window.add.file"), words.T("window.add.file.text"), pick),
		parts.Column(4, kit.Body("**"+words.T("window.add.paste")+"**"), a.text.Named(words.T("window.add.paste"))))
	foot := parts.Row(parts.Unit, a.look, parts.NewButton(parts.Quiet, words.T("window.back"), back))
	a.Container = parts.Framed(parts.PageWithSlip(head, middle, a.Notice.Container, foot))
	return a
}

// Look hands the pasted text on.
func (a *AddMarket) Look() {
	if text := strings.TrimSpace(a.text.Text); text != "" && !a.look.Busy() {
		a.read(text)
	}
}

// SetBusy bars the button while the file is read, and its issuer may be asked.
func (a *AddMarket) SetBusy(busy bool) {
	a.look.SetBusy(busy)
	if busy {
		a.Notice.Say(words.T("window.add.reading"))
	}
}

// ReviewState is a market that was read from a file, before it is trusted.
type ReviewState struct {
	Market valet.Market
	Old    *valet.Market // what it would take the place of
	Same   bool          // it is here already
	Shared string        // a warning about its callback address; may be empty
}

// Review shows whom the seller would trust, in plain letters.
type Review struct {
	*fyne.Container
	Notice *kit.Notice
}

// NewReview shows s. Where a host is doubtful, leaving is the obvious way.
func NewReview(s ReviewState, add, back func()) *Review {
	r := &Review{}
	r.Notice = kit.NewSlip(func() { r.Container.Refresh() })
	m := s.Market
	title := kit.Heading("")
	kit.SetHeading(title, words.T("window.review.title", "Provider", m.Name))
	middle := parts.Column(2*parts.Unit, hostLines(m.Trust()), kit.Small(words.T("window.review.hosts")))
	for _, said := range s.warnings() {
		middle.Add(kit.Plain(parts.Body, said).Coloured(parts.BrassInk))
	}
	middle.Add(kit.PlainMuted(kit.Joined(protocolLine(m), issuerLine(m), secretLine(m))))
	middle.Add(reviewPermissions(m))
	do := words.T("window.review.add")
	if s.Same {
		do = words.T("window.review.same.do")
	}
	ways := []fyne.CanvasObject{parts.NewButton(parts.Filled, do, add), parts.NewButton(parts.Quiet, words.T("window.back"), back)}
	if Doubtful(m) {
		ways = []fyne.CanvasObject{parts.NewButton(parts.Filled, words.T("window.review.leave"), back), parts.Spring(), parts.NewButton(parts.RedQuiet, do, add)}
	}
	head := parts.Column(2, title, kit.Muted(words.T("window.review.text")))
	r.Container = parts.Framed(parts.PageWithSlip(head, middle, r.Notice.Container, parts.Row(parts.Unit, ways...)))
	return r
}

// warnings are what has to be said besides the hosts.
func (s ReviewState) warnings() []string {
	var said []string
	switch {
	case s.Same:
		said = append(said, words.T("window.review.same"))
	case s.Old != nil:
		said = append(said, words.T("window.review.old", "Provider", s.Market.ID, "Hosts", kit.Several(s.Old.Hosts())))
	}
	if s.Shared != "" {
		said = append(said, s.Shared)
	}
	return said
}

// Doubtful reports whether a host looks like what it is not.
func Doubtful(m valet.Market) bool {
	for _, note := range m.Trust() {
		if note.Doubt != "" && note.Doubt != valet.Foreign {
			return true
		}
	}
	return false
}

// hostLines show each host letter by letter, and below it what makes it doubtful.
func hostLines(notes []valet.HostNote) *fyne.Container {
	lines := parts.Column(1.5 * parts.Unit)
	for _, note := range notes {
		host := parts.NewText(parts.Lead, "")
		host.SetRuns(parts.Run{Text: note.Host, Bold: true})
		line := parts.Column(2, host)
		if warning := words.HostWarning(note); warning != "" {
			colour := parts.Red
			if note.Doubt == valet.Foreign {
				colour = parts.BrassInk
			}
			line.Add(kit.Plain(parts.Body, warning).Coloured(colour))
		}
		lines.Add(line)
	}
	return lines
}

func protocolLine(m valet.Market) string {
	if m.OAuth1 != nil {
		return words.T("window.review.oauth1")
	}
	return words.T("window.review.oauth2")
}

func issuerLine(m valet.Market) string {
	if !m.FromIssuer {
		return ""
	}
	return words.T("window.review.issuer", "Issuer", m.Issuer)
}

func secretLine(m valet.Market) string {
	if !m.NeedsSecret() {
		return ""
	}
	return words.T("window.review.secret")
}

// reviewPermissions are those that the file knows.
func reviewPermissions(m valet.Market) fyne.CanvasObject {
	if len(m.Scopes) == 0 {
		return kit.PlainMuted(words.T("window.review.none"))
	}
	names := scopeNames(m)
	return parts.Column(parts.Unit, kit.Body("**"+words.T("window.review.permissions")+"**"), kit.PermissionLines(kit.PermissionsOf(m.Scopes, names, names), false))
}

// scopeNames are all permissions of a market.
func scopeNames(m valet.Market) []oauth.Scope {
	names := make([]oauth.Scope, len(m.Scopes))
	for i, info := range m.Scopes {
		names[i] = info.Name
	}
	return names
}
