//go:build !nogui

package panel

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// NewGiveBack asks before a key is given back, and says what will happen and what will not.
// signed tells that each of its requests is signed.
func NewGiveBack(c valet.Connection, scopes []oauth.ScopeInfo, signed bool, revoke, keep func()) *fyne.Container {
	picture := kit.NewKeyPicture(336)
	picture.Set(words.ShopName(c), scopes, c.Granted, true)
	title := kit.Heading("")
	kit.SetHeading(title, words.T("window.giveback.title", "Shop", words.ShopName(c)))
	happens := []fyne.CanvasObject{kit.Numbered(parts.Lead, 1, words.T("window.giveback.here"))}
	if c.WithdrawPage != "" {
		begins, _ := kit.Origin(c.WithdrawPage)
		happens = append(happens, kit.Numbered(parts.Lead, 2, words.T("window.giveback.page", "Provider", c.ProviderName, "Address", begins)),
			kit.Numbered(parts.Lead, 3, words.T("window.giveback.there", "Provider", c.ProviderName)))
	}
	middle := parts.Column(3*parts.Unit, kit.AtLeft(picture), parts.Column(1.25*parts.Unit, happens...),
		kit.PlainMuted(words.T("window.giveback.note")))
	foot := parts.Row(parts.Unit,
		parts.NewButton(parts.RedFilled, words.T("window.giveback.do"), revoke),
		parts.NewButton(parts.Quiet, words.T("window.giveback.keep"), keep))
	text := words.T("window.giveback.text")
	if signed {
		text = words.T("window.giveback.signed")
	}
	return parts.Framed(parts.Page(parts.Column(2, title, kit.PlainMuted(text)), middle, foot))
}

// NewForget asks before a line is taken out of the rack.
func NewForget(c valet.Connection, scopes []oauth.ScopeInfo, forget, keep func()) *fyne.Container {
	title := kit.Heading("")
	kit.SetHeading(title, words.T("window.forget.title", "Shop", words.ShopName(c)))
	text := words.T("window.forget.text")
	if c.Status == valet.NeedsAuthorization || c.Status == valet.Returned {
		text = kit.Joined(text, words.T("window.forget.listed", "Provider", c.ProviderName))
	}
	foot := parts.Row(parts.Unit,
		parts.NewButton(parts.RedFilled, words.T("window.forget.do"), forget),
		parts.NewButton(parts.Quiet, words.T("window.giveback.keep"), keep))
	picture := kit.NewKeyPicture(336)
	picture.Set(words.ShopName(c), scopes, c.Granted, true)
	return parts.Framed(parts.Page(title, parts.Column(3*parts.Unit, kit.AtLeft(picture), kit.Plain(parts.Lead, text)), foot))
}
