//go:build !nogui

package walk

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// leastPassphrase is how many characters a new passphrase has at least.
const leastPassphrase = 10

// Passphrase asks for the passphrase of the locked file: for a new one twice.
type Passphrase struct {
	*fyne.Container
	Notice *kit.Notice
	fields []*parts.Entry // the passphrase, and of a new one its repetition
	open   *parts.Button
	done   func(passphrase []byte)
}

// NewPassphrase asks for the passphrase of the file that is there. done gets it, and may be called again.
func NewPassphrase(done func(passphrase []byte), leave func()) *Passphrase {
	p := &Passphrase{done: done, fields: []*parts.Entry{parts.NewEntry(words.T("window.passphrase.first"), true)}}
	field := parts.Grid(2, 184, 3*parts.Unit, 0, p.fields[0], parts.Space(0, 0))
	p.build("window.passphrase.open", leave, kit.Muted(words.T("window.passphrase.open.text")), field)
	return p
}

// NewFirstPassphrase asks for the passphrase of a file that is still to be made.
func NewFirstPassphrase(done func(passphrase []byte), leave func()) *Passphrase {
	p := &Passphrase{done: done, fields: []*parts.Entry{parts.NewEntry("", true), parts.NewEntry("", true)}}
	field := func(id string, entry *parts.Entry) fyne.CanvasObject {
		return parts.Column(4, kit.Body("**"+words.T(id)+"**"), entry.Named(words.T(id)))
	}
	p.build("window.passphrase.new", leave, kit.Muted(words.T("window.passphrase.new.text")),
		parts.Grid(2, 184, 3*parts.Unit, 2*parts.Unit, field("window.passphrase.first", p.fields[0]), field("window.passphrase.second", p.fields[1])),
		kit.Small(words.N("window.passphrase.hint", leastPassphrase)), kit.Body(words.T("window.passphrase.lost")))
	return p
}

// build puts the fields between what is said before and after them.
func (p *Passphrase) build(id string, leave func(), text *parts.Text, middle ...fyne.CanvasObject) {
	p.Notice = kit.NewNotice()
	p.open = parts.NewButton(parts.Filled, words.T(id+".button"), p.Done)
	for _, e := range p.fields {
		e.Done, e.ActionItem = p.Done, parts.Space(0, 0) // one box shows all that is typed, so no field needs an eye
	}
	show := parts.NewCheck(kit.Body(words.T("window.passphrase.show")), false, p.reveal)
	last := middle[1:]
	middle = append([]fyne.CanvasObject{middle[0], show}, last...)
	foot := parts.Column(1.5*parts.Unit, p.Notice.Container,
		parts.Row(parts.Unit, p.open, parts.NewButton(parts.Quiet, words.T("window.cancel"), leave)))
	p.Container = parts.Framed(parts.Page(parts.Column(2, kit.Heading(words.T(id)), text), parts.Column(2*parts.Unit, middle...), foot))
}

// reveal shows what is typed, or dots.
func (p *Passphrase) reveal(shown bool) {
	for _, e := range p.fields {
		e.Password = !shown
		e.Refresh()
	}
}

// First is the field that is typed into first.
func (p *Passphrase) First() fyne.Focusable { return p.fields[0] }

// Done hands the passphrase on, if it can be one.
func (p *Passphrase) Done() {
	typed := p.fields[0].Text
	switch {
	case p.open.Busy() || typed == "":
	case len(p.fields) > 1 && utf8.RuneCountInString(typed) < leastPassphrase:
		p.Notice.Say(words.T("window.passphrase.short"))
	case len(p.fields) > 1 && typed != p.fields[1].Text:
		p.Notice.Say(words.T("window.passphrase.differ"))
	default:
		p.done([]byte(typed))
	}
}

// SetBusy bars the button while the file is made or opened, and says so.
func (p *Passphrase) SetBusy(saying string) {
	p.open.SetBusy(saying != "")
	p.Notice.Say(saying)
}

// Forget empties the fields.
func (p *Passphrase) Forget() {
	for _, e := range p.fields {
		e.SetText("")
	}
}
