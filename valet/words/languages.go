package words

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	locale "github.com/jeandeaual/go-locale"
	"golang.org/x/text/language"
)

// source is the language that the sentences are first written in.
const source = "en"

// chosen is the language in use, nil until the first sentence is said, and what finds it.
var chosen struct {
	tongue atomic.Pointer[tongue]
	mu     sync.Mutex
	prefer func() string
}

// Prefer hands over what gives the language that the person named, a tag of BCP 47; "", and one that there is not, stand for
// the system's. It is called when the next sentence is said, once, and may take its time; it must say nothing itself. What was
// chosen before holds no longer. Call it before the first sentence: one that was said stays as it is on the screen.
func Prefer(named func() string) {
	chosen.mu.Lock()
	defer chosen.mu.Unlock()
	chosen.prefer = named
	chosen.tongue.Store(nil)
}

// current is the language in use.
func current() *tongue {
	if t := chosen.tongue.Load(); t != nil {
		return t
	}
	chosen.mu.Lock()
	defer chosen.mu.Unlock()
	if t := chosen.tongue.Load(); t != nil {
		return t
	}
	t := tongueOf(choose(append([]string{named()}, ofSystem()...)))
	chosen.tongue.Store(t)
	return t
}

// named is what the person named; chosen must be locked.
func named() string {
	if chosen.prefer == nil {
		return ""
	}
	return chosen.prefer()
}

// ofSystem lists the languages that the system speaks, dearest first. One that does not say speaks none.
func ofSystem() []string {
	tags, err := locale.GetLocales()
	if err != nil {
		return nil
	}
	return tags
}

// choose gives the first of the wanted languages that there is: de for de_AT.UTF-8, English for none.
func choose(wanted []string) string {
	there := written()
	tags := make([]language.Tag, len(there))
	for i, tag := range there {
		tags[i] = language.Make(tag)
	}
	matcher := language.NewMatcher(tags)
	for _, want := range wanted {
		want, _, _ = strings.Cut(want, "@")
		if isPseudo(want) {
			return Pseudo
		}
		if _, i, sure := matcher.Match(language.Make(want)); sure > language.No {
			return there[i]
		}
	}
	return source
}

// written lists the languages that have files, English first.
func written() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // they are part of the program
	}
	found := []string{source}
	for _, entry := range entries {
		if entry.Name() != source {
			found = append(found, entry.Name())
		}
	}
	return found
}

// Language is the tag of the language in use: one of [Languages].
func Language() string { return current().tag }

// Languages are the tags of those that can be chosen, English first. [Pseudo] is among them only where the system or the person
// names it.
func Languages() []string {
	list := written()
	if Language() == Pseudo || slices.ContainsFunc(ofSystem(), isPseudo) {
		list = append(list, Pseudo)
	}
	return list
}

// LanguageName is what a language calls itself.
func LanguageName(tag string) string { return T("window.language." + strings.ToLower(tag)) }
