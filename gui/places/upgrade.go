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

// UpgradeState is an older key before it is exchanged.
type UpgradeState struct {
	Plan    valet.UpgradePlan
	Scopes  []oauth.ScopeInfo // of the older market
	Keyring string
}

// Upgrade says what would become of an older key: each permission beside those that stand for it now, and the key itself.
type Upgrade struct{ *fyne.Container }

// NewUpgrade shows s.
func NewUpgrade(s UpgradeState, exchange, back func()) *Upgrade {
	older, today := s.Plan.Older, s.Plan.Provider
	title := kit.Heading("")
	kit.SetHeading(title, words.T("window.upgrade.title", "Shop", words.ShopName(older)))
	head := parts.Column(2, title, kit.PlainMuted(words.T("window.upgrade.text", "Provider", today.Name)))
	happens := parts.Column(parts.Unit,
		kit.Numbered(parts.Body, 1, words.T("window.upgrade.first", "Store", words.StoreName(older.Store, s.Keyring))),
		kit.Numbered(parts.Body, 2, words.T("window.upgrade.then")),
		kit.Numbered(parts.Body, 3, words.T("window.upgrade.ends", "Provider", today.Name)))
	middle := parts.Column(3*parts.Unit, s.mapping(),
		parts.Column(1.25*parts.Unit, parts.NewText(parts.Lead, "**"+words.T("window.upgrade.happens")+"**"), happens))
	foot := parts.Row(parts.Unit, parts.NewButton(parts.Filled, words.T("window.upgrade.do"), exchange),
		parts.NewButton(parts.Quiet, words.T("window.back"), back))
	return &Upgrade{parts.Framed(parts.Page(head, middle, foot))}
}

// mapping has what the older key opens at the left, and at its right what stands for it now.
func (s UpgradeState) mapping() fyne.CanvasObject {
	if len(s.Plan.Successions) == 0 {
		return kit.Plain(parts.Body, words.T("window.upgrade.unknown", "Provider", s.Plan.Provider.Name))
	}
	pair := func(left, right fyne.CanvasObject) fyne.CanvasObject {
		return parts.Grid(2, 120, 3*parts.Unit, 2, left, right)
	}
	rows := parts.Column(1.5*parts.Unit, pair(kit.Small("**"+words.T("window.upgrade.older")+"**"), kit.Small("**"+words.T("window.upgrade.today")+"**")))
	for _, one := range s.Plan.Successions {
		var today fyne.CanvasObject = kit.Plain(parts.Body, words.T("window.upgrade.gone")).Coloured(parts.BrassInk)
		if len(one.Today) > 0 {
			lines := parts.Column(4)
			for _, scope := range one.Today {
				lines.Add(kit.OpenedLine(s.Plan.Provider.Scopes, scope))
			}
			today = lines
		}
		rows.Add(pair(kit.OpenedLine(s.Scopes, one.Older), today))
	}
	return rows
}

// OlderToken asks for a token of an older API that somebody has on paper. What is pasted is not shown.
type OlderToken struct {
	*fyne.Container
	Notice *kit.Notice
	field  *parts.Entry
	use    func(oauth.Secret)
}

// NewOlderToken asks for the token that today's market makes a key out of; use gets it.
func NewOlderToken(today valet.Market, use func(oauth.Secret), back func()) *OlderToken {
	t := &OlderToken{Notice: kit.NewNotice(), field: parts.NewEntry(words.T("window.oldtoken.hint"), true), use: use}
	t.field.Done, t.field.ActionItem = t.Use, parts.Space(0, 0) // no eye: nobody has to read it
	title := kit.Heading("")
	kit.SetHeading(title, words.T("window.oldtoken.title", "Provider", today.Name))
	head := parts.Column(2, title, kit.PlainMuted(words.T("window.oldtoken.text", "Provider", today.Name)))
	middle := parts.Column(2*parts.Unit, parts.Column(4, kit.Body("**"+words.T("window.oldtoken.field")+"**"), t.field.Named(words.T("window.oldtoken.field")), kit.Small(words.T("window.oldtoken.secret"))),
		kit.Plain(parts.Body, words.T("window.upgrade.unknown", "Provider", today.Name)),
		kit.Plain(parts.Body, words.T("window.upgrade.ends", "Provider", today.Name)))
	foot := parts.Column(1.5*parts.Unit, t.Notice.Container, parts.Row(parts.Unit,
		parts.NewButton(parts.Filled, words.T("window.upgrade.do"), t.Use), parts.NewButton(parts.Quiet, words.T("window.back"), back)))
	t.Container = parts.Framed(parts.Page(head, middle, foot))
	return t
}

// First is the field that the token goes into.
func (t *OlderToken) First() fyne.Focusable { return t.field }

// Use hands the token on and forgets what was typed.
func (t *OlderToken) Use() {
	token := oauth.NewSecret(strings.TrimSpace(t.field.Text))
	if token.IsZero() {
		t.Notice.Say(words.T("window.oldtoken.none"))
		return
	}
	t.field.SetText("")
	t.use(token)
}
