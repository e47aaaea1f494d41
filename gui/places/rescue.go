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

// RescueAsk asks for a file with tokens.
type RescueAsk struct {
	*fyne.Container
	Notice *kit.Notice
}

// NewRescueAsk asks for it; pick lets the seller choose.
func NewRescueAsk(pick, back func()) *RescueAsk {
	a := &RescueAsk{}
	a.Notice = kit.NewSlip(func() { a.Container.Refresh() })
	head := parts.Column(2, kit.Heading(words.T("window.rescue.title")), kit.Muted(words.T("window.rescue.text")))
	middle := parts.Column(2*parts.Unit, namedCard(words.T("window.rescue.file"), words.T("window.rescue.file.text"), pick),
		kit.PlainMuted(words.T("window.rescue.hidden")))
	foot := parts.Row(parts.Unit, parts.NewButton(parts.Outline, words.T("window.back"), back))
	a.Container = parts.Framed(parts.PageWithSlip(head, middle, a.Notice.Container, foot))
	return a
}

// FoundState is a file with keys in it, and what it lacks.
type FoundState struct {
	File              string // its name
	Provider          string // where the keys are tried
	Keys              []valet.FoundKey
	Unusable          []string
	Shops             []string // of Keys, where the rack knows the account; "" where not
	Keystring, Secret bool     // has to be typed
}

// Found shows what is in a file, and never a value.
type Found struct {
	*fyne.Container
	Notice *kit.Notice
	fields struct{ keystring, secret *parts.Entry }
	keep   func(keystring string, secret oauth.Secret)
}

// NewFound shows s; keep gets what was typed.
func NewFound(s FoundState, keep func(keystring string, secret oauth.Secret), back func()) *Found {
	f := &Found{Notice: kit.NewNotice(), keep: keep}
	f.fields.keystring, f.fields.secret = parts.NewEntry(words.T("window.setup.clientid.hint"), false), parts.NewEntry(words.T("window.setup.secret.hint"), true)
	f.fields.keystring.Done, f.fields.secret.Done = f.Keep, f.Keep
	title := kit.Heading("")
	kit.SetHeading(title, words.N("window.found.title", len(s.Keys), "File", s.File))
	lines := parts.Column(1.5 * parts.Unit)
	for i, key := range s.Keys {
		lines.Add(s.line(i, key))
	}
	middle := parts.Column(3*parts.Unit, lines)
	if len(s.Unusable) > 0 {
		middle.Add(kit.Plain(parts.Body, words.T("window.found.unusable", "Names", strings.Join(s.Unusable, ", "))).Coloured(parts.BrassInk))
	}
	middle.Add(kit.PlainMuted(words.T("window.found.next", "Provider", s.Provider)))
	foot := parts.Column(1.5 * parts.Unit)
	if s.Keystring || s.Secret { // what has to be typed stays on the screen
		foot.Add(f.lacking(s))
	}
	foot.Add(f.Notice.Container)
	foot.Add(parts.Row(parts.Unit,
		parts.NewButton(parts.Filled, words.N("window.found.do", len(s.Keys)), f.Keep), parts.NewButton(parts.Quiet, words.T("window.back"), back)))
	f.Container = parts.Framed(parts.Page(parts.Column(2, title, kit.PlainMuted(words.T("window.found.text"))), middle, foot))
	return f
}

// line is one key: whose it is, as far as that is known, and what the file has of it.
func (s FoundState) line(i int, key valet.FoundKey) fyne.CanvasObject {
	name := s.Name(i)
	text := kit.Plain(parts.Lead, "")
	text.SetRuns(parts.Run{Text: name, Bold: true})
	return parts.Column(2, text, kit.PlainMuted(strings.Join(foundParts(key), " · ")))
}

// Name is what a key in the file is called here.
func (s FoundState) Name(i int) string {
	switch {
	case s.Keys[i].Label != "":
		return s.Keys[i].Label
	case i < len(s.Shops) && s.Shops[i] != "":
		return s.Shops[i]
	case len(s.Keys) > 1:
		return words.T("window.found.nth", "Number", i+1)
	}
	return words.T("window.found.key")
}

// foundParts say what a file has of a key, and of a token no more than its end.
func foundParts(key valet.FoundKey) []string {
	var all []string
	for _, part := range []struct {
		there   bool
		id, end string
	}{
		{key.AccessEnd != "" && !key.Older, "window.found.access", key.AccessEnd},
		{key.RefreshEnd != "", "window.found.refresh", key.RefreshEnd},
		{key.Older, "window.found.older", key.AccessEnd},
		{key.HasKeystring, "window.found.keystring", ""},
		{key.HasSecret, "window.found.shared", ""},
	} {
		if part.there {
			all = append(all, words.T(part.id, "End", part.end))
		}
	}
	return all
}

// lacking asks for the halves of the app key that are in no place.
func (f *Found) lacking(s FoundState) fyne.CanvasObject {
	field := func(id string, entry *parts.Entry) fyne.CanvasObject {
		return parts.Column(4, kit.Body("**"+words.T(id)+"**"), entry.Named(words.T(id)))
	}
	var fields []fyne.CanvasObject
	if s.Keystring {
		fields = append(fields, field("window.setup.clientid", f.fields.keystring))
	}
	fields = append(fields, field("window.setup.secret", f.fields.secret))
	return parts.Column(parts.Unit, kit.Plain(parts.Body, words.T("window.found.lacks", "Provider", s.Provider)),
		parts.Grid(2, 128, 2*parts.Unit, parts.Unit, fields...))
}

// Keep hands on what was typed.
func (f *Found) Keep() {
	f.keep(strings.TrimSpace(f.fields.keystring.Text), oauth.NewSecret(strings.TrimSpace(f.fields.secret.Text)))
}
