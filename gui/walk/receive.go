//go:build !nogui

package walk

import (
	"slices"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// WrongShop is the question of a reconnect that another shop answered. Answer is called once.
type WrongShop struct {
	Want, Got string
	Answer    func(valet.Decision)
}

// Receive is the third step: lines that tick one by one as they really happen.
type Receive struct {
	*fyne.Container
	moments  []valet.Moment
	ticks    map[valet.Moment]*parts.Tick
	lines    map[valet.Moment]*parts.Text
	differs  *parts.Text
	aside    *fyne.Container // around differs
	picture  *kit.KeyPicture
	key      *fyne.Container // around picture
	question wrongShop
}

// wrongShop is where the question stands: what it is above the lines, and the answers in the foot, both always in sight.
type wrongShop struct{ said, foot *fyne.Container }

// received are the lines, in the order of the walk.
var received = []valet.Moment{valet.Answered, valet.Exchanged, valet.Identified, valet.Stored}

// NewReceive makes the third step; cancel ends the walk.
func NewReceive(cancel func()) *Receive {
	head := walkHead(valet.Receive, kit.Heading(words.T("window.receive.title")), kit.Muted(words.T("window.receive.story")))
	return newReceive(head, received, cancel)
}

func newReceive(head fyne.CanvasObject, moments []valet.Moment, cancel func()) *Receive {
	r := &Receive{moments: moments, ticks: map[valet.Moment]*parts.Tick{}, lines: map[valet.Moment]*parts.Text{}, picture: kit.NewKeyPicture(336),
		differs: kit.Muted(""), question: wrongShop{said: parts.Column(parts.Unit)}}
	r.key, r.aside = kit.AtLeft(r.picture), parts.InsetEach(30, 0, 0, 0, r.differs)
	lines := parts.Column(1.5 * parts.Unit)
	for _, m := range moments {
		r.ticks[m], r.lines[m] = parts.NewTick(false), parts.NewText(parts.Lead, "")
		lines.Objects = append(lines.Objects, parts.Marker(r.ticks[m], r.lines[m]))
		if m == valet.Exchanged {
			lines.Objects = append(lines.Objects, r.aside)
		}
	}
	middle := parts.Column(3*parts.Unit, r.key, r.question.said, lines)
	r.question.foot = parts.Row(parts.Unit, parts.Spring(), parts.NewButton(parts.Quiet, words.T("window.cancel"), cancel))
	r.Question(nil)
	r.Container = parts.Framed(parts.Page(head, middle, r.question.foot))
	return r
}

// Show ticks what has happened.
func (r *Receive) Show(s ReceiveState) {
	held := s.Detail.Granted
	if !slices.Contains(s.Done, valet.Exchanged) {
		held = s.Detail.Asked
	}
	name := "?"
	if slices.Contains(s.Done, valet.Identified) {
		name = AccountName(s.Detail.Account, s.Provider)
	}
	r.picture.SetPicture(s.Picture)
	r.picture.Set(name, s.Scopes, held, false)
	for _, m := range r.moments {
		done := slices.Contains(s.Done, m)
		r.ticks[m].Set(done)
		colour := parts.Muted
		if done {
			colour = parts.Ink
		}
		r.lines[m].Coloured(colour).SetRuns(parts.Run{Text: s.line(m, done)})
	}
	r.differs.Set(s.difference())
	kit.ShowIf(r.aside, r.differs.String() != "")
	r.Container.Refresh()
}

// Question asks what to do with a key of another shop; nil takes the question away.
func (r *Receive) Question(q *WrongShop) {
	kit.ShowIf(r.key, q == nil) // the question is to be seen at once
	kit.ShowIf(r.question.said, q != nil)
	foot := r.question.foot
	foot.Objects = foot.Objects[len(foot.Objects)-2:] // the spring and Cancel stay
	if q != nil {
		said, answers := q.objects(func() { r.Question(nil) })
		r.question.said.Objects, foot.Objects = said, append(answers, foot.Objects...)
	}
	if r.Container != nil {
		r.Container.Refresh()
	}
}

// objects are the question and its answers; asked is called when one is given.
func (q *WrongShop) objects(asked func()) (said, answers []fyne.CanvasObject) {
	answer := func(d valet.Decision) func() {
		return func() {
			asked()
			q.Answer(d)
		}
	}
	said = []fyne.CanvasObject{
		kit.Plain(parts.Lead, words.T("window.wrongshop.title", "Got", q.Got, "Want", q.Want)),
		kit.PlainMuted(words.T("window.wrongshop.text", "Got", q.Got, "Want", q.Want)),
	}
	answers = []fyne.CanvasObject{
		parts.NewButton(parts.Filled, words.T("window.wrongshop.again"), answer(valet.TryAgain)),
		parts.NewButton(parts.Outline, words.T("window.wrongshop.both"), answer(valet.KeepBoth)),
	}
	return said, answers
}

// NewErrand makes the lines of an errand; cancel ends it, as far as it can still be ended.
func NewErrand(title, story string, lines []valet.Moment, cancel func()) *Receive {
	name := kit.Heading("")
	kit.SetHeading(name, title)
	return newReceive(parts.Column(2, name, kit.PlainMuted(story)), lines, cancel)
}
