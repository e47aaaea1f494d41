//go:build !nogui

package trial

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/gui/trial/answer"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// reply is an answer as it is shown: how it went, what is left of today's calls, and the answer itself in one of three ways.
type reply struct {
	*fyne.Container
	pane  *pane
	of    *Result
	ways  map[string]*parts.Card
	place *fyne.Container
	tree  *answer.Tree
	rows  []answer.Row
	list  *list // of the tree; nil until it is shown
}

// The ways in which an answer can be shown.
const (
	asTable = "trial.view.table"
	asTree  = "trial.view.tree"
	asText  = "trial.view.text"
)

func newReply(p *pane, of *Result) *reply {
	r := &reply{pane: p, of: of, ways: map[string]*parts.Card{}, place: parts.Layered()}
	head := parts.Column(parts.Unit)
	if of.Reply.Status != 0 {
		head.Add(r.status())
	}
	if of.Err != nil {
		head.Add(r.trouble())
	}
	if of.Reply.Status != 0 && of.Err == nil {
		head.Add(r.page())
	}
	if of.Answer.Hidden {
		head.Add(kit.Small(words.T("trial.hidden.note")))
	}
	above := parts.InsetEach(0, 0, 0, parts.Unit, head)
	r.Container = parts.Rest(above, r.place)
	if of.Err != nil { // a long explanation leaves some lines of the answer in sight
		r.Container = parts.Above(8*parts.Unit, above, r.place)
	}
	switch {
	case of.Reply.Status == 0:
	case of.Answer.Text == "":
		r.place.Add(parts.Column(0, kit.Muted(words.T("trial.nothing", "Method", of.Request.Method))))
	case of.Answer.Table != nil:
		r.show(asTable)
	case of.Answer.Root != nil:
		r.show(asTree)
	default:
		r.show(asText)
	}
	return r
}

// status says how it went, how long it took and how large the answer is; beside it are the ways to look at it.
func (r *reply) status() fyne.CanvasObject {
	reply := r.of.Reply
	said, colour := statusWords(reply.Status, r.pane.trial.state.Key.ProviderName)
	line := kit.Plain(parts.Body, "")
	line.SetRuns(parts.Run{Text: said, Bold: true, Colour: colour},
		parts.Run{Text: "  " + words.T("trial.line", "Status", reply.Status, "Took", words.Seconds(reply.Took), "Size", words.Size(len(reply.Body))), Small: true, Colour: parts.Muted})
	row := parts.Row(parts.Unit/2, line.Whole(), parts.Spring())
	for _, way := range []struct {
		id    string
		there bool
	}{{asTable, r.of.Answer.Table != nil}, {asTree, r.of.Answer.Root != nil}, {asText, r.of.Answer.Root != nil}} {
		if way.there {
			card := parts.NewChip(words.T(way.id), func() { r.show(way.id) })
			r.ways[way.id] = card
			row.Add(card)
		}
	}
	return row
}

// page says which part of a list it is, and what is left of today's calls.
func (r *reply) page() fyne.CanvasObject {
	line := parts.Row(1.5 * parts.Unit)
	if p, ok := r.of.Answer.PageOf(r.of.Request.Path); ok && p.To >= p.From {
		line.Add(kit.Small(words.T("trial.page", "From", words.Number(p.From), "To", words.Number(p.To), "Of", words.Number(p.Of))).Whole())
		if p.Next != "" && r.of.Request.Method == "GET" {
			line.Add(parts.NewButton(parts.Link, words.T("trial.page.next"), func() { r.pane.trial.next(p.Next) }))
		}
	}
	line.Add(parts.Spring())
	if said, share, known := callsLeft(r.of.Reply); said != "" {
		left := kit.Small(said).Whole()
		bar := parts.NewBar(3)
		bar.Set(share)
		show(bar, known)
		line.Add(parts.Column(2, left, bar))
	}
	return line
}

// trouble says what went wrong, what is missing, and offers the one thing to do next.
func (r *reply) trouble() fyne.CanvasObject {
	t := r.pane.trial
	told := trouble(r.of, t.state.Key.ProviderName)
	what := kit.Body("")
	what.SetRuns(parts.Run{Text: told.What, Bold: true, Colour: parts.Red})
	column := parts.Column(4, what, kit.PlainMuted(kit.Joined(told.Means, told.Next)))
	if q, ok := t.state.needs(r.of.Request); ok && r.of.Reply.Status == 403 {
		column.Add(kit.PlainMuted(t.state.needed(q)))
	}
	way := kit.Way{Text: words.T("window.again"), Press: func() { t.ask() }}
	switch kind := valet.KindOf(r.of.Err); {
	case kind == valet.TokenRefused && r.of.Reply.Status == 403 && t.actions.Change != nil:
		way = kit.Way{Text: words.T("trial.change"), Press: t.actions.Change}
	case kind == valet.TokenRefused, kind == valet.NeedsConsent:
		way = kit.Way{Text: words.T("window.reconnect"), Press: t.actions.Reconnect}
	case kind == valet.Declined:
		return column // the same again would be declined again
	}
	column.Add(parts.InsetEach(0, parts.Unit, 0, 0, parts.Fixed(parts.NewButton(parts.Outline, way.Text, way.Press))))
	return column
}

// show shows the answer in one of the ways.
func (r *reply) show(way string) {
	for id, card := range r.ways {
		card.SetChosen(id == way)
	}
	r.pane.close()
	var o fyne.CanvasObject
	switch way {
	case asTable:
		o = r.asTable()
	case asTree:
		o = r.asTree()
	default:
		o = newText(r.of.Answer.Text).Container
	}
	r.place.Objects = []fyne.CanvasObject{o}
	r.place.Refresh()
}

// asTable shows the list; a row that is pressed is shown whole, in the tree.
func (r *reply) asTable() fyne.CanvasObject {
	table := r.of.Answer.Table
	g := newGrid(table, r.pane.trial.state.Now())
	rows := newList(func() int { return len(table.Rows) }, func() fyne.CanvasObject { return newTableRow(g, parts.Body) },
		func(at int, row fyne.CanvasObject) { row.(*tableRow).show(at) },
		func(at int) { r.reveal(table.Rows[at]) })
	return parts.Rest(parts.Column(2, newTableRow(g, parts.Small).names(), parts.NewRule()), rows.held())
}

// asTree shows all of it, folded where it is long.
func (r *reply) asTree() fyne.CanvasObject {
	if r.tree == nil {
		r.tree = answer.NewTree(r.of.Answer.Root)
		r.rows = r.tree.Rows()
		r.list = newList(func() int { return len(r.rows) }, func() fyne.CanvasObject { return newTreeRow() },
			func(at int, row fyne.CanvasObject) {
				said, raw := r.say(r.rows[at])
				row.(*treeRow).show(r.rows[at], said, raw)
			}, r.press)
	}
	return r.list.held()
}

// say is what a row says. A permission that a key opens is said in words, beside its code.
func (r *reply) say(row answer.Row) (said, raw string) {
	s := r.pane.trial.state
	said, raw = row.Say(s.Now())
	if row.Kind != answer.String || row.Above == nil || row.Above.Kind != answer.List || !s.asksScopes(r.of.Request) {
		return said, raw
	}
	if title := kit.TitleOf(s.Market.Scopes, oauth.Scope(row.Text)); title != row.Text {
		return title, said
	}
	return said, raw
}

// press folds a row, or shows the whole of its value.
func (r *reply) press(at int) {
	row := r.rows[at]
	r.pane.trial.state.aim(row.Node)
	if row.Scalar() {
		r.pane.open(row.Name, row.Text)
		return
	}
	r.tree.Toggle(row.Node)
	r.rows = r.tree.Rows()
	r.list.Refresh()
}

// reveal shows a node in the tree, unfolded. The keyboard was in the table, which is gone.
func (r *reply) reveal(n *answer.Node) {
	r.pane.trial.state.aim(n)
	r.show(asTree)
	r.pane.trial.line.focus(r.ways[asTree])
	r.tree.Unfold(n)
	r.rows = r.tree.Rows()
	r.list.Refresh()
	for at, row := range r.rows {
		if row.Node == n {
			r.list.ScrollTo(len(r.rows) - 1) // so that the row comes to the top
			r.list.ScrollTo(at)
		}
	}
}
