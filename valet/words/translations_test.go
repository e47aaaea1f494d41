package words

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// alike lists the sentences that may read the same in German: names, and what is made of blanks alone.
var alike = []string{
	"window.title", "window.language.en", "window.language.de", "window.settings.about", "window.setup.clientid", "window.setup.elsewhere.clientid.hint", "window.setup.elsewhere.secret.hint", "window.paste.hint",
	"window.passphrase.first", "doctor.name.browser", "doctor.name.token", "doctor.name.port", "doctor.report.desktop", "doctor.report.program",
	"errors.blank.etsy", "dialog.name", "dialog.ok", "status.when", "status.month.4", "status.month.8", "status.month.9", "status.month.11",
	"cli.list.name", "cli.list.account", "cli.show.name", "cli.show.account", "cli.show.different", "cli.check.account", "cli.key.list.redirect",
	"cli.key.list.keystring", "cli.key.list.label", "cli.provider.list.name", "cli.provider.show.name", "cli.provider.show.api", "cli.provider.show.issuer",
	"cli.provider.show.redirect", "cli.provider.show.token", "cli.manual.name", "cli.ask.keystring", "cli.request.status",
	"window.token", "trial.json", "trial.line", "trial.view.text", "trial.size.kb", "trial.size.mb",
	"status.left-short.moment", "status.left-short.seconds", "status.left-short.minutes", "status.left-short.hours",
}

// translations gives each language but English, sentence by sentence.
func translations(t *testing.T) map[string]map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]map[string]string{}
	for _, tag := range written()[1:] {
		found[tag] = sentencesIn(t, tag)
	}
	if len(found) == 0 {
		t.Fatal("there is no other language")
	}
	return found
}

// TestTranslationsAreWhole: each sentence, in the plural forms that the language has, and nothing besides.
func TestTranslationsAreWhole(t *testing.T) {
	english := sentencesIn(t, source)
	for tag, said := range translations(t) {
		for id, several := range english {
			if said[id] == nil {
				t.Errorf("%s lacks %s", tag, id)
				continue
			}
			want := []string{"other"}
			if len(several) > 1 {
				want = formsOf(language.Make(tag))
			}
			if got := slices.Sorted(maps.Keys(said[id])); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the forms %q, want %q", tag, id, got, want)
			}
			same := said[id]["other"] == several["other"]
			if listed := slices.Contains(alike, id); same && !listed || !same && listed {
				t.Errorf("%s: %s is %q: the same as in English? %v", tag, id, said[id]["other"], same)
			}
		}
		for id := range said {
			if english[id] == nil {
				t.Errorf("%s: %s is said nowhere", tag, id)
			}
		}
	}
}

// formsOf lists the plural forms that a whole number can take in a language, by CLDR.
func formsOf(tag language.Tag) []string {
	names := map[plural.Form]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}
	found := map[string]bool{"other": true}
	for n := range 1000 {
		found[names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// typed is what stands in a sentence as it is typed, in any language.
var typed = regexp.MustCompile("`[A-Z:=]+`|\\*\\*|https?://[^\\s,]+|--[a-z-]+|\\b[A-Z]{4,}")

// TestTranslationsKeepMarks: the same blanks, markup, placeholders, options and commands as in English.
func TestTranslationsKeepMarks(t *testing.T) {
	english := sentencesIn(t, source)
	var verbs []string
	for id := range english {
		if verb, ok := strings.CutSuffix(strings.TrimPrefix(id, "cli."), ".long"); ok {
			verbs = append(verbs, verb)
		}
	}
	slices.Sort(verbs)
	command := regexp.MustCompile(`valetkey (` + strings.Join(verbs, "|") + `)\b[a-z -]*?\b(NAME|PROVIDER|FILE)?`)
	marks := func(text string) []string {
		if strings.ToUpper(text) == text {
			return blank.FindAllString(text, -1) // the head of a column
		}
		found := append(blank.FindAllString(text, -1), append(typed.FindAllString(text, -1), command.FindAllString(text, -1)...)...)
		slices.Sort(found)
		return found
	}
	for tag, said := range translations(t) {
		for id, several := range said {
			if english[id] == nil {
				continue // which the test above says
			}
			for form, text := range several {
				from, ok := english[id][form]
				if !ok {
					from = english[id]["other"]
				}
				if got, want := marks(text), marks(from); !slices.Equal(got, want) {
					t.Errorf("%s: %s (%s) has %q, want %q", tag, id, form, got, want)
				}
			}
		}
	}
}

// TestToneInGerman: as calm as the English, in German marks, and to a person one knows.
func TestToneInGerman(t *testing.T) {
	unwanted := regexp.MustCompile(`!|\t|”|' |[\pL,}] (Ihnen|Ihre?[mnrs]?|Deine?[mnrs]?|D[iu]r?|Dich)\b|\b([Bb]itte\b|Ups|Hoppla|[Ss]orry|[Uu]ngültig)`)
	english := sentencesIn(t, source)
	for id, several := range translations(t)["de"] {
		for _, form := range several {
			if found := unwanted.FindString(form); found != "" {
				t.Errorf("%s has %q: %s", id, found, form)
			}
			if form == "" || strings.TrimSpace(form) != form || strings.Contains(form, "  ") && !strings.Contains(form, "\n") {
				t.Errorf("%s: %q", id, form)
			}
			if strings.Contains(form, `"`) && !strings.Contains(english[id]["other"], `"`) {
				t.Errorf("%s has other quotation marks than „…“: %s", id, form)
			}
			if strings.Count(form, "„") != strings.Count(form, "“") {
				t.Errorf("%s: a quotation does not end: %s", id, form)
			}
			if rest := blank.ReplaceAllString(form, ""); strings.ContainsAny(rest, "{}") {
				t.Errorf("%s: a blank is written in another way: %s", id, form)
			}
		}
	}
}
