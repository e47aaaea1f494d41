//go:build !nogui

package walk

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// KeepActions are the wishes of the last step.
type KeepActions struct{ Copy, Try, Done func() }

// Keep is the last step: the key hangs in the rack.
type Keep struct {
	*fyne.Container
	Notice *kit.Notice
}

// NewKeep shows the key that was won. old says what became of the one before, if there was one.
func NewKeep(c valet.Connection, scopes []oauth.ScopeInfo, keyring, old string, actions KeepActions) *Keep {
	title, story := keptHead(c, keyring)
	return newKeep(walkHead(valet.Keep, title, story), c, scopes, old, actions)
}

// NewKept shows a key that was won without a browser; said is what else came of it.
func NewKept(c valet.Connection, scopes []oauth.ScopeInfo, keyring, old, said string, actions KeepActions) *Keep {
	title, story := keptHead(c, keyring)
	return newKeep(parts.Column(2, title, kit.Plain(parts.Body, said), story), c, scopes, old, actions)
}

// keptHead says whose key hangs in the rack, and where it is kept.
func keptHead(c valet.Connection, keyring string) (title, story *parts.Text) {
	title = kit.Heading("")
	kit.SetHeading(title, words.T("window.keep.title", "Shop", words.ShopName(c)))
	return title, kit.Muted(words.T("window.keep.story", "Store", words.StoreName(c.Store, keyring)))
}

func newKeep(head fyne.CanvasObject, c valet.Connection, scopes []oauth.ScopeInfo, old string, actions KeepActions) *Keep {
	k := &Keep{}
	k.Notice = kit.NewSlip(func() { k.Container.Refresh() })
	picture := kit.NewKeyPicture(400)
	picture.Set(words.ShopName(c), scopes, c.Granted, false)
	back := words.T("window.keep.back", "Provider", c.ProviderName)
	if c.Practice {
		back = words.T("window.keep.practice")
	}
	middle := parts.Column(3*parts.Unit, kit.AtLeft(picture), kit.PermissionLines(kit.PermissionsOfKey(scopes, c, c.Connected), false), kit.Muted(back))
	foot := parts.Row(parts.Unit,
		parts.NewButton(parts.Filled, words.T("window.copy"), actions.Copy),
		parts.NewButton(parts.Outline, words.T("window.try"), actions.Try),
		parts.Spring(),
		parts.NewButton(parts.Quiet, words.T("window.done"), actions.Done))
	k.Container = parts.Framed(parts.PageWithSlip(head, middle, k.Notice.Container, foot))
	k.Notice.Say(old)
	return k
}
