//go:build !nogui

package trial

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// pane is where the answer comes: nothing yet, waiting for it, a question before something is changed, or the answer.
type pane struct {
	*fyne.Container
	trial *Trial
	back  *fyne.Container // to the questions, where there is room for one of the two
	way   *parts.Button   // in it
	stage *fyne.Container
	whole *whole
	takes []*parts.Button // what can be done with an answer
	standing
}

// standing is how far it is.
type standing struct {
	shown  *Result // nil: no answer is shown
	reply  *reply
	busy   bool // an answer is waited for
	asking bool // before something is changed
}

func newPane(t *Trial) *pane {
	p := &pane{trial: t, stage: parts.Layered()}
	p.way = parts.NewButton(parts.Link, words.T("trial.questions.back"), func() { t.turn(false) })
	p.back = parts.Fixed(p.way)
	p.whole = newWhole(func(text string) { t.actions.Copy(text) }, p.close)
	p.Container = parts.Rest(parts.Column(0, p.back), container.New(&stacked{}, p.stage, p.whole.Container))
	p.back.Hide()
	return p
}

// slim shows the way back to the questions.
func (p *pane) slim(slim bool) {
	show(p.back, slim)
	p.Container.Refresh()
}

// set puts something on the stage.
func (p *pane) set(o fyne.CanvasObject) {
	p.close()
	p.standing = standing{}
	p.trial.line.fold(false)
	p.stage.Objects = []fyne.CanvasObject{o}
	p.stage.Refresh()
	p.offer()
}

// offer bars what cannot be done without an answer; a question has the room to itself.
func (p *pane) offer() {
	for _, take := range p.takes {
		show(take, !p.asking)
		take.SetBusy(p.shown == nil || p.shown.Reply.Status == 0)
	}
	p.trial.Container.Refresh()
}

func (p *pane) empty() { p.set(parts.Column(0, kit.Muted(words.T("trial.empty")))) }

// wait says what is waited for, and lets the seller stop.
func (p *pane) wait(r valet.Request) {
	stop := parts.NewButton(parts.Outline, words.T("trial.stop"), func() { p.trial.actions.Stop() })
	path := kit.Plain(parts.Small, "")
	path.SetRuns(parts.Run{Text: r.Method + " " + r.Path, Mono: true, Colour: parts.Muted})
	p.set(parts.Column(1.5*parts.Unit, parts.Column(4, kit.Plain(parts.Lead, words.T("trial.waiting", "Provider", p.trial.state.Key.ProviderName)), path),
		parts.Fixed(stop)))
	p.busy = true
}

// confirm shows exactly what will be sent, and asks.
func (p *pane) confirm(r valet.Request, address string) {
	key := p.trial.state.Key
	title := kit.Plain(parts.Lead, "")
	title.SetRuns(parts.Run{Text: words.T("trial.confirm.title", "Provider", key.ProviderName), Bold: true})
	text := words.T("trial.confirm.text", "Provider", key.ProviderName)
	if key.Practice {
		text = words.T("trial.confirm.practice")
	}
	mono := func(text string) *parts.Text {
		t := kit.Plain(parts.Body, "")
		t.SetRuns(parts.Run{Text: text, Mono: true})
		return t
	}
	sent := parts.Column(parts.Unit, mono(r.Method+" "+address))
	if len(r.Body) > 0 {
		sent.Add(mono(readable(string(r.Body))))
		sent.Add(mono("Content-Type: " + r.ContentType).Coloured(parts.Muted))
	} else {
		sent.Add(kit.Small(words.T("trial.confirm.nobody")))
	}
	weight := parts.Filled
	if r.Method == "DELETE" {
		weight = parts.RedFilled
	}
	no := parts.NewButton(parts.Outline, words.T("trial.confirm.no"), p.refuse)
	yes := parts.NewButton(weight, words.T("trial.confirm.yes"), func() { p.trial.send(r) })
	told := parts.Column(2, title)
	if becomes := p.trial.state.becomes(r); becomes != "" {
		told.Add(kit.Plain(parts.Body, becomes))
	}
	told.Add(kit.Muted(text))
	p.set(parts.Page(told, parts.Column(parts.Unit, kit.Small(words.T("trial.confirm.sent")), sent), parts.Row(parts.Unit, yes, no)))
	p.asking = true
	p.offer()
	p.trial.line.fold(true)
	p.trial.line.focus(no)
}

// readable is a body as it is sent, in lines that a screen can take; a longer one is shown by its beginning, with dots after it.
func readable(body string) string {
	const most = 4000
	if len(body) > most {
		return strings.ToValidUTF8(body[:most], "") + "…"
	}
	return body
}

// refuse takes back what was to be changed: nothing was sent.
func (p *pane) refuse() {
	p.empty()
	p.trial.Notice.Say(words.T("trial.confirm.not-sent"))
}

// show shows an answer, or why there is none.
func (p *pane) show(r *Result) {
	answer := newReply(p, r)
	p.set(answer.Container)
	p.shown, p.reply = r, answer
	p.offer()
}

// open shows the whole of a value; close takes it away.
func (p *pane) open(name, text string) {
	p.whole.show(name, text)
	p.Container.Refresh()
}

func (p *pane) close() {
	p.whole.Hide()
	p.Container.Refresh()
}

// stacked has its second object below the first, at two fifths of the height at most.
type stacked struct{}

func (*stacked) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 100) }

func (*stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := size.Height
	if objects[1].Visible() {
		below := min(184, size.Height*0.45)
		height -= below + parts.Unit
		put(objects[1], 0, height+parts.Unit, size.Width, below)
	}
	put(objects[0], 0, 0, size.Width, max(0, height))
}
