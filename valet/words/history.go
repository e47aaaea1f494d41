package words

import (
	"time"

	"valetkey/valet"
)

// Event says what was done with a key: "Access token handed on, 24 times since 14:02". Its own time and [EventBy] stand beside it.
func Event(e valet.Event, now time.Time) string {
	what := deed(e)
	if e.Failure != "" {
		what = T("history.failed", "What", tried(e), "Why", why(e.Failure))
	}
	if e.Count > 1 {
		return N("history.times", e.Count, "What", what, "When", When(e.Since, now))
	}
	return what
}

// EventBy says by what it was done: "in the window", "valetkey token, called by bash". Nothing where that is not known.
func EventBy(e valet.Event) string {
	switch {
	case e.Place == valet.PlaceWindow:
		return T("history.by.window")
	case e.Place == valet.PlaceItself:
		return T("history.by.itself")
	case e.Verb != "" && e.Program != "":
		return T("history.by.program", "Verb", e.Verb, "Program", e.Program)
	case e.Verb != "":
		return T("history.by.verb", "Verb", e.Verb)
	}
	return ""
}

func deed(e valet.Event) string {
	const room = "history.deed."
	for _, id := range []string{room + string(e.Deed) + "." + e.How, room + string(e.Deed)} {
		if known(id) {
			return T(id, "How", e.How)
		}
	}
	return T("history.deed.other", "Deed", string(e.Deed))
}

func tried(e valet.Event) string {
	if id := "history.tried." + string(e.Deed); known(id) {
		return T(id, "How", e.How)
	}
	return T("history.tried.other")
}

func why(kind valet.Kind) string {
	if id := "history.why." + string(kind); known(id) && kind != valet.OtherFailure {
		return T(id)
	}
	return T("history.why.other", "Kind", string(kind))
}
