//go:build !nogui

package places

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// NewTerms shows our own terms. agree is called where they are agreed to; nil: they are only read again.
func NewTerms(agree, back func()) *fyne.Container {
	lines := parts.Column(1.5 * parts.Unit)
	for _, term := range [][2]string{
		{words.T("help.terms.does"), words.T("help.terms.does.text")},
		{words.T("help.terms.keys"), words.T("help.terms.keys.text")},
		{words.T("help.terms.warranty"), words.T("help.terms.warranty.text")},
	} {
		line := kit.Body("")
		line.SetRuns(parts.Run{Text: term[0], Bold: true}, parts.Run{Text: "\n" + term[1]})
		lines.Add(line)
	}
	lines.Add(kit.PlainMuted(words.T("window.trademark")))
	head, text := words.T("help.terms.title"), words.T("help.terms.text")
	foot := parts.Row(parts.Unit)
	if agree == nil {
		head, text = words.T("help.terms.again"), ""
		foot.Add(parts.NewButton(parts.Filled, words.T("window.back"), back))
	} else {
		foot.Add(parts.NewButton(parts.Filled, words.T("help.terms.agree"), agree))
		foot.Add(parts.NewButton(parts.Quiet, words.T("window.back"), back))
	}
	title := parts.Column(2, kit.Heading(head))
	if text != "" {
		title.Add(kit.Muted(text))
	}
	return parts.Framed(parts.Page(title, lines, foot))
}
