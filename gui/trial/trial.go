//go:build !nogui

package trial

import (
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/gui/trial/answer"
	"valetkey/valet"
	"valetkey/valet/words"
)

// State is the key that is tried.
type State struct {
	Key       valet.Connection
	Market    valet.Market
	Questions []valet.Inquiry
	Now       func() time.Time

	known  known // of paths, learned from answers
	titles titles
}

// Actions are the wishes that a trial reports. Ask is called with what was agreed to; the rest of the deed is told by
// [Trial.Answered]. Address says where a path leads, at once.
type Actions struct {
	Ask       func(valet.Request)
	Stop      func()
	Address   func(path string) (string, error)
	Copy      func(text string)
	Save      func(text string)
	Curl      func(valet.Request)
	Reconnect func()
	Change    func() // what the key opens
	Leave     func()
}

// Result is what came of a request.
type Result struct {
	Request valet.Request
	Reply   valet.Reply // Status 0: no answer came
	Answer  answer.Answer
	Err     error
}

// Trial is a key being tried.
type Trial struct {
	*fyne.Container
	Notice *kit.Notice

	state     State
	actions   Actions
	line      *line
	questions *questions
	pane      *pane
	split     *split
}

// New makes the screen of a key; nothing is asked yet.
func New(s State, actions Actions) *Trial {
	s.known, s.titles = known{}, titles{}
	t := &Trial{Notice: kit.NewNotice(), state: s, actions: actions}
	t.Container = &fyne.Container{}
	t.line = newLine(t.ask, func() { t.Container.Refresh() })
	t.questions = newQuestions(s, t.choose)
	t.pane = newPane(t)
	title := kit.Heading("")
	kit.SetHeading(title, words.T("trial.title"))
	about := words.T("trial.about", "Provider", s.Key.ProviderName, "Shop", words.ShopName(s.Key))
	if s.Key.Practice {
		about = kit.Joined(about, words.T("trial.about.practice"))
	}
	done := parts.NewButton(parts.Outline, words.T("window.done"), actions.Leave)
	head := parts.Column(1.5*parts.Unit, parts.Column(2, parts.Beside(parts.Unit, 1, title, done), parts.Roomy(kit.PlainMuted(about))), t.line.Container)
	t.split = newSplit(t.questions.Container, t.pane.Container, t.pane.slim)
	t.Container = frame(head, t.split.Container, parts.Column(parts.Unit, t.Notice.Container, t.bar()))
	t.Notice.OnResize(t.Container.Refresh)
	t.pane.empty()
	return t
}

// bar is what can be done with an answer.
func (t *Trial) bar() fyne.CanvasObject {
	take := func(use func(string)) func() {
		return func() {
			if r := t.pane.shown; r != nil && use != nil {
				use(r.Answer.Text)
			}
		}
	}
	t.pane.takes = []*parts.Button{
		parts.NewButton(parts.Outline, words.T("trial.copy"), take(t.actions.Copy)),
		parts.NewButton(parts.Outline, words.T("trial.save"), take(t.actions.Save)),
	}
	bar := parts.Row(parts.Unit, t.pane.takes[0], t.pane.takes[1])
	if t.state.Key.Protocol != valet.OAuth10 { // each of its requests has a signature of its own
		curl := parts.NewButton(parts.Outline, words.T("trial.curl"), func() { t.actions.Curl(t.pane.shown.Request) })
		t.pane.takes = append(t.pane.takes, curl)
		bar.Add(curl)
	}
	return bar
}

// choose puts a question into the line, and asks it where nothing of it is left open.
func (t *Trial) choose(q valet.Inquiry) {
	if t.pane.busy {
		return
	}
	if t.Notice.Clear(); !q.Opens {
		t.Notice.Say(t.state.needed(q))
		return
	}
	q = q.With(t.state.known)
	t.line.set(q)
	switch {
	case q.Lacks() != "":
		t.lacks(q.Lacks())
		t.line.mark("{" + q.Lacks() + "}")
	case q.Form != "":
		t.Notice.Say(t.fill())
		t.line.focus(t.line.body)
	default:
		t.ask()
	}
}

// fill says what to write, and of which listing.
func (t *Trial) fill() string {
	if title := t.state.titles[t.state.known["listing_id"]]; title != "" {
		return words.T("trial.fill.listing", "Title", titleOf(title))
	}
	return words.T("trial.fill")
}

// lacks says what of a path is not known, and how it can be.
func (t *Trial) lacks(blank string) {
	if blank == "listing_id" {
		t.Notice.Say(words.T("trial.lacks.listing_id", "Blank", "{listing_id}"))
		return
	}
	t.Notice.Say(words.T("trial.lacks.other", "Blank", "{"+blank+"}", "First", words.InquiryTitle("who")))
}

// ask sends what stands in the line; what may change something asks first.
func (t *Trial) ask() {
	if t.pane.busy {
		return
	}
	t.Notice.Clear()
	r, complaint := t.line.request()
	if r.Path == "" {
		t.line.focus(t.line.path)
		return
	}
	if blank := (valet.Inquiry{Path: r.Path}).Lacks(); blank != "" {
		t.lacks(blank)
		t.line.mark("{" + blank + "}")
		return
	}
	if complaint != "" {
		t.Notice.Say(complaint)
		return
	}
	address, err := t.actions.Address(r.Path)
	switch {
	case err != nil:
		t.Notice.Trouble(words.Sentence(err))
	case r.Changes():
		t.turn(true)
		t.pane.confirm(r, address)
	default:
		t.send(r)
	}
}

// send is what happens once all is agreed.
func (t *Trial) send(r valet.Request) {
	t.turn(true)
	t.line.setBusy(true)
	t.pane.wait(r)
	t.actions.Ask(r)
}

// turn has the answer, or the questions, in front where there is no room for both. The keyboard does not stay in what cannot be seen.
func (t *Trial) turn(answer bool) {
	c := fyne.CurrentApp().Driver().CanvasForObject(t.line.path)
	inList := c != nil && c.Focused() == fyne.Focusable(t.questions.list)
	t.split.show(answer)
	switch {
	case !t.split.slim:
	case !answer:
		t.line.focus(t.questions.list)
	case inList:
		t.line.focus(t.pane.way)
	}
}

// next asks for another page of the list that is shown.
func (t *Trial) next(path string) {
	t.line.set(valet.Inquiry{Method: t.pane.shown.Request.Method, Path: path})
	t.ask()
}

// Propose puts a request into the line and asks for it, as if it had been typed: form is one field a line.
func (t *Trial) Propose(method, path, form string) {
	t.line.set(valet.Inquiry{Method: method, Path: path})
	t.line.body.SetText(form)
	t.ask()
}

// Answered shows what came of the request that was sent last.
func (t *Trial) Answered(r Result) {
	t.line.setBusy(false)
	if valet.KindOf(r.Err) == valet.Cancelled {
		t.pane.empty()
		t.Notice.Say(words.T("trial.stopped"))
		return
	}
	if r.Err == nil {
		t.state.known.learn(r.Answer, t.state.Key.Account)
		t.state.titles.learn(r.Answer)
	}
	t.pane.show(&r)
}

// Enter is what the key does where nothing has the focus; Escape goes one step back.
func (t *Trial) Enter() {
	if !t.pane.asking {
		t.ask()
	}
}

// Escape is documented at [Trial.Enter].
func (t *Trial) Escape() {
	switch {
	case t.pane.asking:
		t.pane.refuse()
	case t.pane.busy:
		t.actions.Stop()
	case t.pane.whole.Visible():
		t.pane.close()
	case t.split.slim && t.split.front:
		t.turn(false)
	default:
		t.actions.Leave()
	}
}
