//go:build !nogui

package gui

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// Notice is the one place of a view where it says what came of a press: a sentence, the ring of the clipboard, or a trouble
// in three lines. It keeps room for two lines, so that nothing jumps when a sentence comes.
type Notice struct {
	*fyne.Container
	line *parts.Text
	what *parts.Text
	next *parts.Text
	ring *parts.Ring
	mark *fyne.Container // holds the ring
	said *fyne.Container
	bad  *fyne.Container
}

// NewNotice makes an empty notice.
func NewNotice() *Notice {
	n := &Notice{line: muted(""), what: body(""), next: muted(""), ring: parts.NewRing()}
	n.mark = parts.Fixed(n.ring)
	n.said = parts.Beside(10, 0, n.mark, n.line)
	n.bad = parts.Column(2, n.what, n.next)
	n.Container = parts.AtLeast(6*parts.Unit, parts.Column(0, n.said, n.bad))
	n.Clear()
	return n
}

// Clear says nothing.
func (n *Notice) Clear() { n.Say("") }

// Say shows a sentence.
func (n *Notice) Say(sentence string) {
	n.show(true, false)
	n.line.Set(sentence)
	n.Container.Refresh()
}

// Count shows a sentence and a ring of which share is left.
func (n *Notice) Count(sentence string, share float32) {
	n.show(true, true)
	n.ring.Set(share)
	n.line.Set(sentence)
	n.Container.Refresh()
}

// Trouble says what happened, what it means and the one thing to do next.
func (n *Notice) Trouble(t words.Trouble) {
	n.show(false, false)
	n.what.SetRuns(parts.Run{Text: t.What, Bold: true, Colour: parts.Red})
	n.next.SetRuns(parts.Run{Text: joined(t.Means, t.Next)})
	n.Container.Refresh()
}

func (n *Notice) show(said, ring bool) {
	shown(n.said, said)
	shown(n.bad, !said)
	shown(n.mark, ring)
}

// shown shows or hides.
func shown(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

func joined(sentences ...string) string {
	text := ""
	for _, s := range sentences {
		if s != "" && text != "" {
			text += " "
		}
		text += s
	}
	return text
}
