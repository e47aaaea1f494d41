//go:build !nogui

package trial

import (
	"net/url"
	"slices"
	"strings"

	"valetkey/gui/trial/answer"
	"valetkey/valet"
	"valetkey/valet/words"
)

// titles are the names of the listings that answers have told, by number.
type titles map[string]string

// learn keeps the titles of a list, or of the one listing that an answer is. What was sold keeps the title that it had then.
func (all titles) learn(a answer.Answer) {
	rows := []*answer.Node{a.Root}
	if a.Table != nil {
		rows = a.Table.Rows
	}
	for _, n := range rows {
		id, title := n.Member("listing_id"), n.Member("title")
		if id != nil && title != nil && title.Kind == answer.String && title.Text != "" && n.Member("transaction_id") == nil {
			all[id.Text] = title.Text
		}
	}
}

// aim makes the listing that n is, or is a part of, the one that is meant from now on.
func (s State) aim(n *answer.Node) {
	for ; n != nil; n = n.Above {
		if n.Member("listing_id") != nil {
			s.known.learn(answer.Answer{Root: n}, s.Key.Account)
			return
		}
	}
}

// renamed reads which listing a request gives another title, and which; an empty id: it does something else, or more than that.
func (s State) renamed(r valet.Request) (id, title string) {
	at := slices.IndexFunc(s.Questions, func(q valet.Inquiry) bool { return q.ID == "rename" && q.Method == r.Method })
	if at < 0 || r.ContentType == valet.ContentTypeJSON {
		return "", ""
	}
	q := s.Questions[at]
	before, after, open := strings.Cut(q.With(s.known.without("listing_id")).Path, "{listing_id}")
	id, fits := strings.CutPrefix(r.Path, before)
	id, ends := strings.CutSuffix(id, after)
	fields, err := url.ParseQuery(string(r.Body))
	if !open || !fits || !ends || id == "" || strings.Trim(id, "0123456789") != "" || err != nil || len(fields) != 1 || len(fields[q.Form]) != 1 {
		return "", ""
	}
	return id, fields.Get(q.Form)
}

// becomes says in words what a request changes; "" where nothing is known of it but its letters.
func (s State) becomes(r valet.Request) string {
	id, title := s.renamed(r)
	was := s.titles[id]
	switch {
	case id == "":
		return ""
	case was == "":
		return words.T("trial.confirm.becomes.unseen", "Number", id, "New", titleOf(title))
	}
	return words.T("trial.confirm.becomes", "Old", titleOf(was), "New", titleOf(title))
}

// titleOf is a title in one line of a sentence.
func titleOf(text string) string { return letters(answer.OneLine(text)) }
