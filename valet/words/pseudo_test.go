package words

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// mark is what the window, a terminal or the command line reads in a sentence.
var mark = regexp.MustCompile("{{[^}]*}}|`[^`]*`|\\*\\*|\\[[yYnN/]*\\]|https?://\\S+|--[a-z-]+|\n")

// TestPseudoKeepsMarks: blanks, markup and line ends stay, the rest is accented, longer, and between brackets.
func TestPseudoKeepsMarks(t *testing.T) {
	count := 0
	for id, several := range sentences(t) {
		for _, english := range several {
			made := pseudo(english)
			if !slices.Equal(mark.FindAllString(english, -1), mark.FindAllString(strings.TrimSuffix(made[1:], "]"), -1)) {
				t.Errorf("%s: %s", id, made)
			}
			plain := utf8.RuneCountInString(kept().ReplaceAllString(english, ""))
			more := utf8.RuneCountInString(made) - utf8.RuneCountInString(english)
			if more < 2 || plain > 20 && (more*100 < plain*35 || more*100 > plain*55) {
				t.Errorf("%s: %d letters became %d more: %s", id, plain, more, made)
			}
			if !strings.HasPrefix(made, "[") || !strings.HasSuffix(made, "]") {
				t.Errorf("%s has no brackets: %s", id, made)
			}
			if plain > 20 && made == "["+english+"]" {
				t.Errorf("%s is as it was", id)
			}
			count++
		}
	}
	if count < 500 {
		t.Errorf("only %d sentences were seen", count)
	}
}

// TestPseudoIsSpoken: every room can be read in it, counts too, and a person can still answer.
func TestPseudoIsSpoken(t *testing.T) {
	speak(t, Pseudo)
	if got, want := N("status.left.minutes", 47), "[47 mîñütéš ëñð]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for id := range sentences(t) {
		if text := T(id); text == id || id != answers && !strings.HasPrefix(text, "[") {
			t.Errorf("%s: %q", id, text)
		}
	}
	if got := T(answers); got != "y yes" {
		t.Errorf("yes is %q", got)
	}
}
