package answer

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
)

// What a provider sends may be made to be slow: one object with as many members as an answer can have, none of which is a currency.
func TestALargeObjectIsReadOnceThrough(t *testing.T) {
	body := func(members int) string {
		var out strings.Builder
		for i := range members {
			fmt.Fprintf(&out, `"total_%08x":"1.00",`, i)
		}
		return `{"results":[{` + strings.TrimSuffix(out.String(), ",") + `}]}`
	}
	cost := func(members int) time.Duration {
		text, least := body(members), time.Hour
		for range 5 {
			began := time.Now()
			Read([]byte(text), "*", plain)
			least = min(least, time.Since(began))
		}
		return least
	}
	if small, large := cost(1_000), cost(32_000); large > 200*small {
		t.Errorf("32 times as many members take %d times as long", large/small)
	}
}

func TestNothingUnseenStandsInALine(t *testing.T) {
	const evil = "a\\u0000\\u001b[31m\\nb\\u202ec\\u2066"
	unseen := func(text string) bool {
		return strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) >= 0
	}
	a := read(t, `[{"price":{"amount":1,"divisor":100,"currency_code":"`+evil+`"},"total_price":"1.00","currency_code":"`+evil+`"}]`)
	for row := range a.Table.Rows {
		for column := range a.Table.Columns {
			if said := a.Table.Cell(row, column, now); unseen(said) {
				t.Errorf("a cell says %q", said)
			}
		}
	}
	for _, m := range a.Root.Below[0].Below {
		if said, _ := m.Say(now); unseen(said) {
			t.Errorf("a value says %q", said)
		}
	}
	if label := Label("is_a\nb\u202e_c"); label != "A b c" {
		t.Errorf("a label says %q", label)
	}
	if label := Label(strings.Repeat("a", 1<<20)); len(label) > longestLine+3 {
		t.Errorf("a label of %d octets", len(label))
	}
	for _, line := range Lines("a\x1b[31m b\u202ec\x00\rd\u00a0ä", 40) {
		if line != "a\uFFFD[31m b\uFFFDc\uFFFD\uFFFDd\u00a0ä" {
			t.Errorf("a line says %q", line)
		}
	}
}

// Letters that are two columns wide fill a line in half as many.
func TestWideLettersFitALine(t *testing.T) {
	got := Lines(strings.Repeat("本", 20), 16)
	if got[0] != strings.Repeat("本", 8) || strings.Count(strings.Join(got, ""), "本") != 20 {
		t.Errorf("%q", got)
	}
}

func TestNamesOfSecretsInOtherSpellings(t *testing.T) {
	a := Read([]byte(`{"accessToken":"abcdefgh","client-secret":"abcdefgh","refresh.token":"abcdefgh","X-Api-Key":"abcdefgh","signingSecret":"abcdefgh","sessionPassword":"abcdefgh","nextPage":"12345678","pageToken":"12345678","next_page_token":"12345678","continuationToken":"12345678","tokenType":"12345678"}`), "[hidden]", plain)
	if strings.Contains(a.Text, "abcdefgh") {
		t.Errorf("shown: %s", a.Text)
	}
	if strings.Count(a.Text, "12345678") != 5 {
		t.Errorf("what pages are turned with is hidden: %s", a.Text)
	}
}

func TestAPageFarAway(t *testing.T) {
	a := read(t, `{"count":38,"results":[{"a":1},{"a":2}]}`)
	for _, path := range []string{"/x?offset=9223372036854775807", "/x?offset=-9"} {
		if p, _ := a.PageOf(path); p.From < 1 || p.To < p.From {
			t.Errorf("%s: %+v", path, p)
		}
	}
}
