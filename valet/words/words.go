// Package words holds every sentence that a person reads, in the window, on the command line and in the browser.
//
// A sentence has an id, "room.place.what", and stands in LANGUAGE/ROOM.json in the form of go-i18n: a text, or an object with
// the plural forms of that language. Blanks are written {{.Name}}. English is the language that is whole by itself; what
// another one lacks is said in English. Numbers, days and times are written by [Number], [Day], [When] and [Clock], as the
// language does.
//
// The language is chosen when the first sentence is said: the one that the person named, see [Prefer], else the first of the
// system's that there is, else English. A room's file is read when its first sentence is said; a verb that says nothing reads
// none, and does not ask for the language either. There is a language for those who try the program out, [Pseudo], made from
// English while it is read: longer, accented, in brackets; what stays plain in it is no sentence of ours, and what is cut off
// loses its bracket.
//
// Nothing here knows the window; nothing elsewhere holds prose. Everything exported is safe for many goroutines.
package words

import (
	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// T gives the sentence id with its blanks filled from pairs: T("panel.connected", "Shop", name). An id without a sentence gives
// the id, and a test fails.
func T(id string, pairs ...any) string {
	t := current()
	return t.said.again(id, pairs, func() string {
		return t.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data(pairs)})
	})
}

// N is T for a sentence that counts; {{.Count}} is count, as the language writes it.
func N(id string, count int, pairs ...any) string {
	t := current()
	pairs = append(pairs, "Count", count)
	return t.said.again(id, pairs, func() string {
		blanks := data(pairs)
		blanks["Count"] = t.number(count)
		return t.localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: count, TemplateData: blanks})
	})
}

func data(pairs []any) map[string]any {
	blanks := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		blanks[pairs[i].(string)] = pairs[i+1]
	}
	return blanks
}
