//go:build !nogui

package kit

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// Notice is the one place of a view where it says what came of a press: a sentence or a trouble, and below it the ring of
// the clipboard. Nothing jumps when a sentence comes: it keeps room for two lines, or is a slip that lies over the page.
type Notice struct {
	*fyne.Container
	line *parts.Text
	bad  complaint

	ring  *parts.Ring
	count *parts.Text
	held  *fyne.Container // around ring and count

	slip    bool   // it is hidden while it has nothing to say
	resized func() // it is taller or lower than it was, or has come or gone
}

// complaint is a trouble as it is said, with the button that looks for its cause.
type complaint struct {
	*fyne.Container
	what, next *parts.Text
	help       *fyne.Container // holds the button, if there is one
}

func newComplaint() complaint {
	c := complaint{what: Body(""), next: Muted(""), help: parts.Row(0)}
	c.Container = parts.Column(2, c.what, c.next, c.help)
	return c
}

// NewNotice makes an empty notice.
func NewNotice() *Notice {
	n := &Notice{}
	n.Container = parts.AtLeast(6*parts.Unit, n.lines())
	n.Clear()
	return n
}

// NewSlip makes an empty notice for [parts.PageWithSlip]: it is hidden while it has nothing to say, and calls resized when the page
// has to be laid out anew.
func NewSlip(resized func()) *Notice {
	n := &Notice{slip: true}
	card := parts.Layered(parts.NewShape(parts.Line, parts.Unit, fyne.NewSize(1, 1)), parts.Inset(1, 1, parts.NewShape(parts.CardFill, parts.Unit, fyne.NewSize(1, 1))))
	n.Container = parts.Layered(card, parts.Inset(1.5*parts.Unit, parts.Unit, n.lines()))
	n.Clear()
	n.resized = resized
	n.Hide()
	return n
}

func (n *Notice) lines() *fyne.Container {
	n.line, n.bad, n.ring, n.count = Muted(""), newComplaint(), parts.NewRing(), Muted("")
	n.held = parts.Beside(10, 0, parts.Fixed(n.ring), n.count)
	n.held.Hide()
	return parts.Column(4, n.line, n.bad.Container, n.held)
}

// refresh shows what was said.
func (n *Notice) refresh() {
	n.Container.Refresh()
	if n.resized == nil {
		return
	}
	size, was := n.Container.Size(), n.Container.Visible()
	ShowIf(n.Container, !n.slip || n.line.Visible() || n.bad.Visible() || n.held.Visible())
	if was != n.Container.Visible() || parts.HeightOf(n.Container, size.Width) != size.Height {
		n.resized()
	}
}

// OnResize has resized called whenever the notice needs more room, or less, than it has.
func (n *Notice) OnResize(resized func()) { n.resized = resized }

// Clear says nothing; a ring stays.
func (n *Notice) Clear() { n.Say("") }

// Say shows a sentence.
func (n *Notice) Say(sentence string) {
	n.line.SetRuns(parts.Run{Text: sentence})
	ShowIf(n.line, sentence != "")
	n.bad.Hide()
	n.refresh()
}

// Trouble says what happened, what it means and the one thing to do next.
func (n *Notice) Trouble(t words.Trouble) {
	n.bad.what.SetRuns(parts.Run{Text: t.What, Bold: true, Colour: parts.Red})
	n.bad.next.SetRuns(parts.Run{Text: Joined(t.Means, t.Next)})
	n.bad.help.Hide()
	n.line.Hide()
	n.bad.Show()
	n.refresh()
}

// Help offers, below the trouble that was said last, to look for its cause; nil: nothing more can be found.
func (n *Notice) Help(look func()) {
	if look == nil {
		return
	}
	n.bad.help.Objects = []fyne.CanvasObject{parts.NewButton(parts.Link, words.T("help.open"), look)}
	n.bad.help.Show()
	n.refresh()
}

// Count shows a ring of which share is left, and what it stands for; an empty sentence takes it away.
func (n *Notice) Count(sentence string, share float32) {
	n.ring.Set(share)
	n.count.Set(sentence)
	ShowIf(n.held, sentence != "")
	n.refresh()
}
