//go:build !nogui

package trial

import (
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// methods are those that can be sent.
var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

// line is the request as it will be sent: its method, its path, and a body where the method takes one.
type line struct {
	*fyne.Container
	method *parts.Button
	path   *parts.Entry
	send   *parts.Button
	grown  func()        // it is taller or less tall now
	from   valet.Request // what a question put there
	content
}

// content is the body.
type content struct {
	body           *parts.Entry
	below          *fyne.Container // around it
	form           []*parts.Card   // form, JSON
	json, bodiless bool
	folded         bool // it is shown elsewhere
}

func newLine(ask, grown func()) *line {
	l := &line{grown: grown, path: parts.NewEntry(words.T("trial.path.hint"), false), send: parts.NewButton(parts.Filled, words.T("trial.ask"), ask)}
	l.method = parts.NewButton(parts.Outline, http.MethodGet, l.offer)
	l.path.Done = ask
	l.path.OnChanged = func(string) { l.settle() }
	l.body = parts.NewTallEntry("", 3)
	l.body.Done = nil
	for i, id := range []string{"trial.form", "trial.json"} {
		card := parts.NewChip(words.T(id), func() { l.shape(i == 1) })
		l.form = append(l.form, card)
	}
	l.below = parts.Beside(parts.Unit, 0, parts.Column(parts.Unit/2, l.form[0], l.form[1]), l.body)
	l.Container = parts.Column(parts.Unit, parts.Beside(parts.Unit, 0, l.method, parts.Beside(parts.Unit, 1, parts.Inset(0, 2, l.path), l.send)), l.below)
	l.shape(false)
	l.choose(http.MethodGet)
	return l
}

// offer shows the methods below the button.
func (l *line) offer() {
	c := fyne.CurrentApp().Driver().CanvasForObject(l.method)
	if c == nil {
		return
	}
	menu := fyne.NewMenu("")
	for _, method := range methods {
		menu.Items = append(menu.Items, fyne.NewMenuItem(method, func() { l.choose(method) }))
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l.method)
	widget.ShowPopUpMenuAtPosition(menu, c, at.AddXY(0, l.method.Size().Height))
}

// choose sets the method, and shows the body where there can be one.
func (l *line) choose(method string) {
	l.method.SetText(method)
	l.folded = false
	l.settle()
}

// settle shows the body where the request as it stands takes one.
func (l *line) settle() {
	method := l.method.AccessibilityLabel()
	l.bodiless = method == http.MethodGet || method == http.MethodHead || l.asked() && l.from.TokenField != ""
	l.fold(l.folded)
}

// asked reports whether it is still what the question put there.
func (l *line) asked() bool {
	return l.method.AccessibilityLabel() == l.from.Method && strings.TrimSpace(l.path.Text) == l.from.Path
}

// fold hides the body while it is shown elsewhere.
func (l *line) fold(fold bool) {
	l.folded = fold
	if visible := !l.bodiless && !fold; visible != l.below.Visible() {
		show(l.below, visible)
		l.grown()
	}
}

// focus gives the keyboard to o, which may have come on the screen just now: the canvas is that of the path, which is always there.
func (l *line) focus(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l.path); c != nil {
		c.Focus(o)
	}
}

// mark selects the first part of the path of that text, so that typing replaces it, and gives the path the keyboard.
func (l *line) mark(part string) {
	l.focus(l.path)
	before, _, there := strings.Cut(l.path.Text, part)
	if !there {
		return
	}
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	l.path.CursorRow, l.path.CursorColumn = 0, utf8.RuneCountInString(before)
	l.path.KeyDown(shift)
	for range part {
		l.path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	l.path.KeyUp(shift)
}

// shape has the body be a form, or JSON.
func (l *line) shape(json bool) {
	l.json = json
	l.form[0].SetChosen(!json)
	l.form[1].SetChosen(json)
	l.body.SetPlaceHolder(words.T(map[bool]string{false: "trial.body.form.hint", true: "trial.body.json.hint"}[json]))
}

// set puts a question into the line.
func (l *line) set(q valet.Inquiry) {
	l.from = q.Request()
	l.path.SetText(q.Path)
	if l.body.SetText(""); q.Form != "" {
		l.shape(false)
		l.body.SetText(q.Form + "=")
		l.body.CursorColumn = len(q.Form) + 1
	}
	l.choose(q.Method)
}

func (l *line) setBusy(busy bool) {
	l.send.SetBusy(busy)
	l.method.SetBusy(busy)
}

// request reads the line; complaint says what of the body cannot be sent.
func (l *line) request() (r valet.Request, complaint string) {
	r = valet.Request{Method: l.method.AccessibilityLabel(), Path: strings.TrimSpace(l.path.Text)}
	if l.asked() {
		r.TokenField = l.from.TokenField
	}
	if l.bodiless || strings.TrimSpace(l.body.Text) == "" {
		return r, ""
	}
	if l.json {
		r.Body, r.ContentType = []byte(l.body.Text), valet.ContentTypeJSON
		if !json.Valid(r.Body) {
			return r, words.T("trial.body.json.bad")
		}
		return r, ""
	}
	fields, bad := formOf(l.body.Text)
	if bad != "" {
		return r, words.T("trial.body.form.bad", "Line", letters(bad))
	}
	r.Body, r.ContentType = valet.Form(fields)
	return r, ""
}

// formOf reads one field a line; bad is the first line that is none.
func formOf(text string) (fields []valet.Field, bad string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		name, value, paired := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		switch {
		case strings.TrimSpace(line) == "":
		case !paired || name == "":
			return nil, line
		default:
			fields = append(fields, valet.Field{Name: name, Value: value})
		}
	}
	return fields, ""
}
