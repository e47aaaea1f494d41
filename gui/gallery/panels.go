//go:build !nogui

package main

import (
	"image"
	"image/color"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/panel"
	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// everyForm is what the copy menu of a key at Etsy holds.
var everyForm = []panel.Form{
	panel.FormToken, panel.FormBearer, panel.FormHeaders, panel.FormConfig, panel.FormCommand,
	panel.FormDotenv, panel.FormPosix, panel.FormFish, panel.FormPower,
}

// lookedAt is how a key is shown whose token was read a moment ago.
func lookedAt(c valet.Connection) panel.State {
	return panel.State{Key: c, Scopes: market.Scopes, Keyring: keyring, Now: now, Awake: true, Movable: true, End: "x7Qp", Forms: everyForm}
}

// panelMore are what a panel shows besides the key's states: its menus, its token, its history, the shop's picture.
func panelMore() []state {
	shown := func(s panel.State, more func(*panel.Panel)) func() fyne.CanvasObject {
		return func() fyne.CanvasObject {
			return panelOf(rack, s.Key, func(p *panel.Panel) {
				p.Show(s)
				if more != nil {
					more(p)
				}
			})
		}
	}
	older := signedState("Etsy, older API")
	older.Forms = []panel.Form{panel.FormToken, panel.FormSigner}
	pictured := lookedAt(rack[0])
	pictured.Picture = bowlPicture()
	return []state{
		{"panel-looked-at", shown(lookedAt(rack[0]), nil)},
		{"panel-forms", shown(lookedAt(rack[0]), nil)},
		{"panel-forms-signed", shown(older, nil)},
		{"panel-more", shown(lookedAt(rack[0]), nil)},
		{"panel-revealing", shown(lookedAt(rack[0]), func(p *panel.Panel) { p.ShowToken(sampleToken) })},
		{"panel-history", shown(lookedAt(rack[0]), func(p *panel.Panel) { p.Past(happened, now) })},
		{"panel-history-short", shown(lookedAt(rack[0]), func(p *panel.Panel) { p.Past(happened[len(happened)-1:], now) })},
		{"panel-picture", func() fyne.CanvasObject {
			p := panel.New(panel.Actions{})
			p.Show(pictured)
			r := panel.NewRack()
			r.Picture = func(c valet.Connection) image.Image {
				if c.ID == "1" || c.ID == "4" {
					return pictured.Picture
				}
				return nil
			}
			r.Show(rack, now)
			r.Select("1")
			return panel.Frame(r.Container, p.Container)
		}},
		{"panel-twins", func() fyne.CanvasObject {
			return panelOf([]valet.Connection{rack[0], older.Key}, older.Key, func(p *panel.Panel) { p.Show(older) })
		}},
		{"history-long", func() fyne.CanvasObject { return wholeHistory(happened) }},
		{"history-empty", func() fyne.CanvasObject { return wholeHistory(nil) }},
	}
}

func signedState(name string) panel.State {
	c := rack[0]
	c.ID, c.ProviderName, c.Protocol, c.Renewable, c.Practice = "older", name, valet.OAuth10, false, false
	c.AccessExpires, c.AccessLife, c.RefreshExpires, c.Refreshed = time.Time{}, 0, time.Time{}, time.Time{}
	c.Asked = []oauth.Scope{"listings_r", "transactions_r"}
	c.Granted = c.Asked
	return panel.State{Key: c, Scopes: market.Scopes, Keyring: keyring, Now: now, Signed: true, Older: true}
}

func wholeHistory(events []valet.Event) fyne.CanvasObject {
	h := panel.NewHistory("Blue Fern Pottery", nil)
	h.Show(events, now)
	return framed(rack, "1", h.Container)
}

// sampleToken looks like a token, and opens nothing.
const sampleToken = "84120937.jKBPLnOiYt7vpWlsny_lDKqINn4Ny_jwH89hA4IZgggyzqmV_bmQHGJ3HOHH2DmZxOJn5V1qQFnVP9bCn9jnrggCRzx7Qp"

// happened is what was done with a key, the newest first.
var happened = []valet.Event{
	event(9*time.Minute, valet.DeedHandedOn, "token", 24, valet.Doer{Place: valet.PlaceVerb, Verb: "token"}, "bash"),
	event(13*time.Minute, valet.DeedRefreshed, "", 1, valet.Doer{Place: valet.PlaceItself}, ""),
	event(20*time.Minute, valet.DeedCopied, "header", 1, valet.Doer{Place: valet.PlaceWindow}, ""),
	event(41*time.Minute, valet.DeedShown, "", 2, valet.Doer{Place: valet.PlaceWindow}, ""),
	failedEvent(3*time.Hour, valet.DeedChecked, valet.Unreachable),
	event(5*time.Hour, valet.DeedRequested, "GET", 3, valet.Doer{Place: valet.PlaceVerb, Verb: "request"}, "monthly-report.sh"),
	event(21*time.Hour, valet.DeedMoved, "keyring", 1, valet.Doer{Place: valet.PlaceWindow}, ""),
	event(24*time.Hour, valet.DeedConnected, "", 1, valet.Doer{Place: valet.PlaceWindow}, ""),
}

func event(ago time.Duration, deed valet.Deed, how string, count int, by valet.Doer, program string) valet.Event {
	return valet.Event{At: now.Add(-ago), Since: now.Add(-ago - 15*time.Minute), Count: count, Key: "1", Name: "blue-fern-pottery",
		Deed: deed, How: how, Doer: by, Program: program}
}

func failedEvent(ago time.Duration, deed valet.Deed, why valet.Kind) valet.Event {
	e := event(ago, deed, "", 1, valet.Doer{Place: valet.PlaceWindow}, "")
	e.Failure = why
	return e
}

// opened names the menu that is open in a state.
func (s state) opened() string {
	switch s.name {
	case "panel-forms", "panel-forms-signed":
		return words.T("window.copy.forms")
	case "panel-more":
		return words.T("window.more.name")
	}
	return ""
}

// canvasOfSize is a canvas in memory.
type canvasOfSize interface {
	fyne.Canvas
	Resize(size fyne.Size)
}

// on shows a state on a canvas of that size.
func (s state) on(c canvasOfSize, size fyne.Size) {
	c.SetContent(s.draw())
	c.Resize(size)
	if s.opened() == "" {
		return
	}
	room := fyne.CurrentApp().NewWindow("") // a menu asks the driver for the room it has, which knows windows only
	defer room.Close()
	room.Resize(size)
	openMenu(c, c.Content(), fyne.NewPos(0, 0), s.opened())
}

// openMenu opens the menu of the button of that name in o, which stands in at.
func openMenu(c fyne.Canvas, o fyne.CanvasObject, at fyne.Position, name string) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *parts.MenuButton:
		if o.AccessibilityLabel() == name {
			o.OpenAt(c, at)
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			openMenu(c, child, at, name)
		}
	}
}

// bowlPicture stands for the picture of a shop.
func bowlPicture() image.Image {
	const side = 96
	p := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			at := color.RGBA{0xDD, 0xE7, 0xEC, 255}
			if dx, dy := x-side/2, y-side*2/5; y > side*2/5 && dx*dx+dy*dy < side*side/9 {
				at = color.RGBA{0x2F, 0x5D, 0x7C, 255}
			}
			p.SetRGBA(x, y, at)
		}
	}
	return p
}
