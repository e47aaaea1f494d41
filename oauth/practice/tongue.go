package practice

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"sync"
	"time"
)

// tongue is a language that the pages speak.
type tongue struct {
	texts map[string]string
	pages func() *template.Template // read at the first page: a program that only talks to the token endpoint needs none
}

var inEnglish, inGerman = newTongue(english), newTongue(german)

func newTongue(texts map[string]string) *tongue {
	t := &tongue{texts: texts}
	t.pages = sync.OnceValue(func() *template.Template {
		return template.Must(template.New("pages").Funcs(template.FuncMap{
			"t":     t.text,
			"date":  func(when time.Time) string { return when.Local().Format(t.text("date")) },
			"css":   func() template.CSS { return template.CSS(pagesCSS) },
			"first": func(name string) string { return string([]rune(name)[:1]) },
		}).Parse(pagesHTML))
	})
	return t
}

// tongueFor takes the language that the browser likes best of those that there are (RFC 9110, section 12.5.4).
func tongueFor(accepted string) *tongue {
	best, liking := inEnglish, 0.0
	for wish := range strings.SplitSeq(accepted, ",") {
		tag, weight, _ := strings.Cut(wish, ";")
		language, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		said := map[string]*tongue{"de": inGerman, "en": inEnglish, "*": inEnglish}[language]
		liked := 1.0
		if value, weighed := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q="); weighed {
			var err error
			if liked, err = strconv.ParseFloat(value, 64); err != nil {
				continue
			}
		}
		if said != nil && liked > liking {
			best, liking = said, liked
		}
	}
	return best
}

// text is the sentence with that id, its places filled in.
func (t *tongue) text(id string, values ...any) string {
	sentence, known := t.texts[id]
	if !known {
		sentence, known = english[id]
	}
	if !known {
		panic("practice: no text " + id) // a slip of ours: a test walks through all of them
	}
	if len(values) == 0 {
		return sentence
	}
	return fmt.Sprintf(sentence, values...)
}

// text is what a program, or whoever has no browser, is told.
func text(id string, values ...any) string { return inEnglish.text(id, values...) }
