//go:build !nogui

package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// questions is the list of what can be asked. What the key does not open stands in it too, below, and says what it would need when it is pressed.
type questions struct {
	*fyne.Container
	list *list
	all  []valet.Inquiry // first those that it opens; one without an id stands above the others
}

func newQuestions(s State, choose func(valet.Inquiry)) *questions {
	q := &questions{}
	var closed []valet.Inquiry
	for _, one := range s.Questions {
		if one.Opens {
			q.all = append(q.all, one)
		} else {
			closed = append(closed, one)
		}
	}
	if len(closed) > 0 {
		q.all = append(append(q.all, valet.Inquiry{}), closed...)
	}
	q.list = newList(func() int { return len(q.all) }, func() fyne.CanvasObject { return newQuestion() },
		func(at int, row fyne.CanvasObject) { row.(*question).show(q.all[at]) },
		func(at int) {
			if q.all[at].ID != "" {
				choose(q.all[at])
			}
		})
	q.list.name = words.T("trial.questions")
	title := kit.Small(q.list.name)
	q.Container = parts.Rest(parts.InsetEach(parts.Unit, 0, 0, parts.Unit/2, title), q.list.held())
	return q
}

// question is one of them.
type question struct {
	widget.BaseWidget
	title *parts.Text
	all   *fyne.Container
}

func newQuestion() *question {
	q := &question{title: kit.Body(" ").Cut()}
	q.all = parts.Inset(parts.Unit, 2, q.title)
	q.ExtendBaseWidget(q)
	return q
}

// show shows a question; without an id it is the line above those that the key does not open.
func (q *question) show(one valet.Inquiry) {
	switch {
	case one.ID == "":
		q.title.SetRuns(parts.Run{Text: words.T("trial.closed"), Small: true, Colour: parts.Muted})
	case one.Opens:
		q.title.SetRuns(parts.Run{Text: words.InquiryTitle(one.ID)})
	default:
		q.title.SetRuns(parts.Run{Text: words.InquiryTitle(one.ID), Colour: parts.Muted})
	}
	q.all.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (q *question) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(q.all) }

// AccessibilityLabel implements [fyne.Accessible].
func (q *question) AccessibilityLabel() string { return q.title.String() }

// AccessibilityRole implements [fyne.Accessible].
func (q *question) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
