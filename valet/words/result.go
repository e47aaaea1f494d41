package words

import (
	"strings"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/valet"
	"valetkey/valet/keyart"
)

// Steps names the four steps of the walk, in the order of [valet.Ask] to [valet.Keep].
func Steps() []string {
	return []string{T("result.step.ask"), T("result.step.approve"), T("result.step.receive"), T("result.step.keep")}
}

// ResultPage is the page that the browser ends on, once it is known what came of the walk: err is nil where c hangs in the
// rack. It shows no text that came with the answer but the names of shops.
func ResultPage(c valet.Connection, err error) oauth.Page {
	place, step := ending(err)
	blanks := append(blanksOf(asError(err)), "Shop", ShopName(c))
	heading := opening("result."+place+".heading", blanks)
	page := oauth.Page{
		Lang: Language(), Title: heading, Heading: heading, Text: opening("result."+place+".text", blanks),
		Steps: Steps(), Step: int(step), OK: err == nil,
	}
	if err == nil {
		page.Art = art(c)
	}
	return page
}

// art is the key in both schemes; the page shows the one that fits.
func art(c valet.Connection) string {
	key := keyart.Key{Initial: ShopName(c), Teeth: keyart.Teeth(scopesOf(c), c.Granted), Label: KeyLabel(len(c.Granted))}
	key.Palette = keyart.Light
	light := keyart.Draw(key)
	key.Palette = keyart.Dark
	return `<div class="light">` + light + `</div><div class="dark">` + keyart.Draw(key) + `</div>`
}

// DoorPages are what the browser shows to anything but the answer that is waited for.
func DoorPages() oauth.DoorPages {
	page := func(name string) oauth.Page {
		heading := T("result.door." + name + ".heading")
		return oauth.Page{Lang: Language(), Title: heading, Heading: heading, Text: T("result.door." + name + ".text")}
	}
	return oauth.DoorPages{Nothing: page("nothing"), Stranger: page("stranger"), Used: page("used"), Back: page("back")}
}

// KeyLabel says to a screen reader what the picture of a key shows.
func KeyLabel(permissions int) string { return N("status.key-label", permissions) }

// ending says which page tells what happened, and at which step the walk ended.
func ending(err error) (place string, step valet.Step) {
	if err == nil {
		return "connected", valet.Keep
	}
	switch valet.KindOf(err) {
	case valet.Denied:
		return "denied", valet.Approve
	case valet.TimedOut:
		return "expired", valet.Approve
	case valet.Cancelled:
		return "cancelled", valet.Approve
	case valet.WrongShop:
		return "wrong-shop", valet.Receive
	case valet.NotKept, valet.StoreTrouble, valet.Held:
		return "not-kept", valet.Keep
	case valet.ExchangeRefused:
		if asError(err).Subject == string(oauth.InvalidGrant) {
			return "expired", valet.Receive
		}
		return "refused", valet.Receive
	case valet.ConsentError, valet.BadAnswer, valet.ClientRefused, valet.TokenRefused:
		return "refused", valet.Receive
	case valet.Unreachable:
		return "unreachable", valet.Receive
	}
	return "other", valet.Receive
}

// scopesOf gives the permissions of the connection's provider in order. A provider that is not Etsy or like it is known here
// by what was asked alone.
func scopesOf(c valet.Connection) []oauth.ScopeInfo {
	list := etsy.Provider().Scopes
	names := make(map[oauth.Scope]bool, len(list))
	for _, info := range list {
		names[info.Name] = true
	}
	var asked []oauth.ScopeInfo
	foreign := false
	for _, scope := range c.Asked {
		foreign = foreign || !names[scope]
		asked = append(asked, oauth.ScopeInfo{Name: scope, Risk: guess(scope)})
	}
	if foreign {
		return asked
	}
	return list
}

// guess takes a permission that says "read" in its name for one that reads, and any other for one that changes.
func guess(scope oauth.Scope) oauth.Risk {
	name := strings.ToLower(string(scope))
	if strings.HasSuffix(name, "_r") || strings.Contains(name, "read") && !strings.Contains(name, "write") {
		return oauth.RiskRead
	}
	return oauth.RiskChange
}
