package words

import (
	"slices"
	"testing"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"valetkey/valet"
)

// TestChoose: what the person named comes first, then what the system speaks, then English.
func TestChoose(t *testing.T) {
	for _, row := range []struct {
		want   string
		wanted []string
	}{
		{"en", nil},
		{"en", []string{""}},
		{"en", []string{"", "fr"}},
		{"en", []string{"", "C"}},
		{"de", []string{"", "de"}},
		{"de", []string{"", "de-AT"}},
		{"de", []string{"", "de_CH"}},
		{"de", []string{"", "de-DE@euro"}},
		{"de", []string{"", "fr", "de", "en"}},
		{"en", []string{"", "fr", "en", "de"}},
		{"en", []string{"", "en-GB", "de"}},
		{"de", []string{"de", "en-US"}},
		{"en", []string{"en", "de"}},
		{"de", []string{"xx", "de"}},
		{"de", []string{"not a tag", "de"}},
		{Pseudo, []string{"", "en-XA"}},
		{Pseudo, []string{"", "qps-PLOC"}},
		{Pseudo, []string{Pseudo, "de"}},
		{"de", []string{"de", Pseudo}},
	} {
		if got := choose(row.wanted); got != row.want {
			t.Errorf("%q: %s, want %s", row.wanted, got, row.want)
		}
	}
}

// TestPreferIsAskedOnce: not before a sentence is said, and not again.
func TestPreferIsAskedOnce(t *testing.T) {
	asked := 0
	speak(t, source)
	Prefer(func() string { asked++; return "de" })
	if asked != 0 {
		t.Error("asked before anything is said")
	}
	for range 3 {
		if got := T("window.language.de"); got != "Deutsch" {
			t.Errorf("Deutsch is %q", got)
		}
	}
	if asked != 1 || Language() != "de" {
		t.Errorf("asked %d times, speaks %s", asked, Language())
	}
}

// TestForms: numbers, days, times and counts as each language writes them.
func TestForms(t *testing.T) {
	now := time.Date(2026, time.November, 21, 14, 2, 0, 0, time.UTC)
	then := time.Date(2025, time.March, 1, 9, 5, 0, 0, time.UTC)
	for tag, want := range map[string][]string{
		"en": {"10,000", "999", "14:02", "20 November, 14:02", "1 March 2025, 09:05", "1 minute", "84 days", "0.12", "1,234.50", "0.01"},
		"de": {"10.000", "999", "14:02", "20. November, 14:02", "1. März 2025, 09:05", "1 Minute", "84 Tage", "0,12", "1.234,50", "0,01"},
	} {
		speak(t, tag)
		got := []string{Number(10000), Number(999), When(now, now), When(now.AddDate(0, 0, -1), now), When(then, now),
			Left(time.Minute), Left(84 * 24 * time.Hour), Seconds(120 * time.Millisecond), Seconds(1234500 * time.Millisecond), Seconds(0)}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", tag, got)
		}
	}
}

// TestCountsAreGrouped: a count within a sentence is written as any number.
func TestCountsAreGrouped(t *testing.T) {
	for tag, want := range map[string]string{"en": "12,345 days", "de": "12.345 Tage"} {
		speak(t, tag)
		if got := Left(12345 * 24 * time.Hour); got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
}

// TestWhatIsLacking: a room or a sentence that a language lacks is said in English.
func TestWhatIsLacking(t *testing.T) {
	bare := &tongue{tag: "de", also: tongueOf(source)}
	if got := bare.localize(sentence("window.title")); got != "Valet Key" {
		t.Errorf("%q", got)
	}
	half := newTongue("de", tongueOf(source))
	for _, id := range []string{"window.nothing.of.the.kind", "nowhere.at.all"} {
		if got := half.localize(sentence(id)); got != id {
			t.Errorf("%q", got)
		}
	}
}

// TestPagesSayTheirLanguage: what the browser shows at the end is in the language, and says which it is.
func TestPagesSayTheirLanguage(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "This answer was already used", "de": "Diese Antwort wurde schon verwendet", Pseudo: "[Thîš áñšwér wáš álréádý üšéd ëñð ëñð ëñð]",
	} {
		speak(t, tag)
		door, result := DoorPages().Used, ResultPage(valet.Connection{}, nil)
		if door.Lang != tag || result.Lang != tag || door.Heading != want || result.Heading != T("result.connected.heading") {
			t.Errorf("%s: %q %q, %q %q", tag, door.Lang, door.Heading, result.Lang, result.Heading)
		}
	}
}

func sentence(id string) *i18n.LocalizeConfig { return &i18n.LocalizeConfig{MessageID: id} }
