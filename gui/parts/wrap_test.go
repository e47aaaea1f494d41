//go:build !nogui

package parts

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func lines(t *Text, reach float32) []string {
	var got []string
	for _, row := range rows(t, reach) {
		text := ""
		for _, r := range row {
			text += r.Text
		}
		got = append(got, text)
	}
	return got
}

func TestTextWrapsAtWordsAndLosesNothing(t *testing.T) {
	test.NewTempApp(t)
	const text = "Check that the address begins with **https://www.etsy.com/**, and nothing else."
	plain := strings.ReplaceAll(text, "**", "")
	for _, reach := range []float32{60, 120, 240, 480, 2000} {
		shown := NewText(Body, text)
		got := lines(shown, reach)
		for i, row := range rows(shown, reach) {
			if w := width(row, theme.Size(Body)); w > reach+0.5 {
				t.Errorf("at %v line %d %q is %v wide", reach, i, got[i], w)
			}
		}
		if glued := strings.Join(got, ""); strings.ReplaceAll(glued, " ", "") != strings.ReplaceAll(plain, " ", "") {
			t.Errorf("at %v: %q", reach, glued)
		}
	}
	if got := lines(NewText(Body, text), 2000); len(got) != 1 || got[0] != plain {
		t.Errorf("with room enough: %q", got)
	}
}

func TestTextBreaksAWordThatFitsNowhere(t *testing.T) {
	test.NewTempApp(t)
	address := strings.Repeat("abcdefgh", 20)
	if got := lines(NewText(Body, address), 100); len(got) < 5 || strings.Join(got, "") != address {
		t.Errorf("got %q", got)
	}
}

func TestTextKeepsWhatStandsTogether(t *testing.T) {
	test.NewTempApp(t)
	shown := NewText(Body, "press **Allow**, then")
	for reach := float32(72); reach < 200; reach += 4 {
		for _, line := range lines(shown, reach) {
			if strings.HasPrefix(line, ",") {
				t.Fatalf("at %v a line begins with the comma", reach)
			}
		}
	}
}

func TestCutTextEndsWithAnEllipsis(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		text string
		room float32
		cut  bool
	}{{"Maple & Thread Handmade Gifts", 120, true}, {"Kiln", 120, false}, {"一二三四五六七八九十一二三四五", 80, true}, {"W", 1, false}} {
		got := lines(NewText(Body, c.text).Cut(), c.room)
		if len(got) != 1 || strings.HasSuffix(got[0], "…") != c.cut {
			t.Errorf("%q in %v: %q", c.text, c.room, got)
		}
	}
}

func TestTextStandsOnSeveralLinesWhereItSaysSo(t *testing.T) {
	test.NewTempApp(t)
	text := NewText(Body, "")
	text.SetRuns(Run{Text: "Delete listings for good"}, Run{Text: "\n"}, Run{Text: "deletes", Small: true})
	if got := lines(text, 1000); len(got) != 2 || got[1] != "deletes" {
		t.Errorf("got %q", got)
	}
}
