//go:build !nogui

package gui

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// NewGiveBack asks before a key is given back, and says what will happen and what will not.
// signed tells that each of its requests is signed.
func NewGiveBack(c valet.Connection, scopes []oauth.ScopeInfo, signed bool, revoke, keep func()) *fyne.Container {
	picture := NewKeyPicture(336)
	picture.Set(words.ShopName(c), scopes, c.Granted, true)
	title := heading("")
	setHeading(title, words.T("window.giveback.title", "Shop", words.ShopName(c)))
	happens := []fyne.CanvasObject{numbered(1, words.T("window.giveback.here"))}
	if c.WithdrawPage != "" {
		begins, _ := origin(c.WithdrawPage)
		happens = append(happens, numbered(2, words.T("window.giveback.page", "Provider", c.ProviderName, "Address", begins)),
			numbered(3, words.T("window.giveback.there", "Provider", c.ProviderName)))
	}
	middle := parts.Column(3*parts.Unit, atLeft(picture), parts.Column(1.25*parts.Unit, happens...),
		plainMuted(words.T("window.giveback.note")))
	foot := parts.Row(parts.Unit,
		parts.NewButton(parts.RedFilled, words.T("window.giveback.do"), revoke),
		parts.NewButton(parts.Quiet, words.T("window.giveback.keep"), keep))
	text := words.T("window.giveback.text")
	if signed {
		text = words.T("window.giveback.signed")
	}
	return framed(parts.Page(parts.Column(2, title, plainMuted(text)), middle, foot))
}

// NewForget asks before a line is taken out of the rack.
func NewForget(c valet.Connection, scopes []oauth.ScopeInfo, forget, keep func()) *fyne.Container {
	title := heading("")
	setHeading(title, words.T("window.forget.title", "Shop", words.ShopName(c)))
	text := words.T("window.forget.text")
	if c.Status == valet.NeedsAuthorization || c.Status == valet.Returned {
		text = joined(text, words.T("window.forget.listed", "Provider", c.ProviderName))
	}
	foot := parts.Row(parts.Unit,
		parts.NewButton(parts.RedFilled, words.T("window.forget.do"), forget),
		parts.NewButton(parts.Quiet, words.T("window.giveback.keep"), keep))
	picture := NewKeyPicture(336)
	picture.Set(words.ShopName(c), scopes, c.Granted, true)
	return framed(parts.Page(title, parts.Column(3*parts.Unit, atLeft(picture), plain(parts.Lead, text)), foot))
}
