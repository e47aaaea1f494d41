package keyart

import (
	"strings"
	"testing"
)

func TestInitial(t *testing.T) {
	for name, want := range map[string]rune{
		"Blue Fern": 'B', "blue fern": 'B', "  “quoted”": 'Q', "4 Winds": '4', "éclair": 'E', "ßtil": 'S', "Ærø": 'A', "Øl": 'O',
		"łódź": 'L', "İpek": 'I', "ığdır": 'I', "ÿ": 'Y', "店": mark, "Ωmega": mark, "Жук": mark, "٣": mark, "": '?', "—&!": '?', "\xff": '?', "🏺 Pots": 'P',
	} {
		if got := Initial(name); got != want {
			t.Errorf("Initial(%q) = %c, want %c", name, got, want)
		}
	}
}

// TestGlyphs reads every line of the table, and keeps every letter in the eye of the bow.
func TestGlyphs(t *testing.T) {
	for _, r := range "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789?" {
		if letters[r] == "" {
			t.Errorf("no glyph for %c", r)
		}
	}
	for r, line := range letters {
		first, _, _ := strings.Cut(line, ";")
		if width := number(first) + glyphWeight; width*initialSize/(glyphHeight+glyphWeight) > 2*eyeR-16 {
			t.Errorf("%c is %.1f wide", r, width)
		}
		if len(glyph(r, 0, 0, initialSize)) == 0 {
			t.Errorf("%c draws nothing", r)
		}
	}
	for plain, likes := range folded {
		if letters[plain] == "" || likes != strings.ToUpper(likes) && !strings.Contains(likes, "ß") {
			t.Errorf("%c: %s", plain, likes)
		}
	}
	if len(glyph(mark, 0, 0, initialSize)) == 0 {
		t.Error("the mark draws nothing")
	}
}
