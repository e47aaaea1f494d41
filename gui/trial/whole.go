//go:build !nogui

package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/gui/trial/answer"
	"valetkey/valet/words"
)

// text is any length of text in letters of one width, broken where the width ends.
type text struct {
	*fyne.Container
	list  *list
	of    string
	lines []string
	fits  int // letters
}

func newText(of string) *text {
	t := &text{of: of}
	t.list = newList(func() int { return len(t.lines) }, func() fyne.CanvasObject { return newLineRow() },
		func(at int, row fyne.CanvasObject) { row.(*lineRow).show(t.lines[at]) }, nil)
	held := t.list.held()
	t.Container = container.New(breaking{t}, held)
	return t
}

func (t *text) set(of string) {
	t.of, t.fits = of, 0
	t.fit(t.Size().Width)
	t.list.ScrollToTop()
}

// fit breaks the text for a width.
func (t *text) fit(width float32) {
	if fits := columnsIn(width - parts.Unit); fits != t.fits && width > 0 {
		t.fits, t.lines = fits, answer.Lines(t.of, fits)
		t.list.Refresh()
	}
}

// breaking breaks a text anew when its width changes.
type breaking struct{ text *text }

func (breaking) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(64, 48) }

func (l breaking) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.text.fit(size.Width)
	put(objects[0], 0, 0, size.Width, size.Height)
}

// whole shows all of a value that was cut.
type whole struct {
	*fyne.Container
	name *parts.Text
	text *text
	of   string
}

func newWhole(copyText func(string), shut func()) *whole {
	w := &whole{name: kit.Small("").Cut(), text: newText("")}
	take := parts.NewButton(parts.Link, words.T("trial.copy.value"), func() { copyText(w.of) })
	head := parts.Beside(parts.Unit, 1, w.name, parts.Row(1.5*parts.Unit, take, parts.NewButton(parts.Link, words.T("trial.close"), shut)))
	w.Container = parts.Rest(parts.Column(parts.Unit/2, parts.NewRule(), head), w.text.Container)
	w.Hide()
	return w
}

func (w *whole) show(name, of string) {
	w.of = of
	w.name.SetRuns(parts.Run{Text: letters(answer.OneLine(name))})
	w.Show()
	w.text.set(of)
}
