//go:build !nogui

package trial

import (
	"bytes"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"valetkey/valet/words"
)

// After the question that sends the token, another path of the same method takes a body like any other.
func TestABodyAfterTheQuestionOfTheToken(t *testing.T) {
	r := newRoom(t, large)
	r.ask("scopes")
	r.answer(200, `{"scopes":["shops_r"]}`, nil)
	r.line.path.SetText("/v3/application/shops/42/sections")
	if !r.line.below.Visible() {
		t.Fatal("there is no place for a body")
	}
	r.line.body.SetText("title=Bowls")
	r.Enter()
	r.press(words.T("trial.confirm.yes"))
	if last := r.asked[len(r.asked)-1]; string(last.Body) != "title=Bowls" || last.TokenField != "" {
		t.Errorf("%+v", last)
	}
	r.answer(200, `{}`, nil)
	r.Enter()
	r.line.path.SetText("/v3/application/shops/42/policies")
	if !r.pane.asking || r.line.below.Visible() {
		t.Error("the body comes back while the question has the room")
	}
	r.Escape()
	r.line.path.SetText("/v3/application/scopes")
	if r.line.below.Visible() {
		t.Error("the question of the token takes a body")
	}
}

// With nothing to ask, the place to write is shown and nothing is complained about.
func TestAnEmptyLineIsNotAsked(t *testing.T) {
	r := newRoom(t, large)
	r.Enter()
	if len(r.asked) != 0 || r.canvas.Focused() != fyne.Focusable(r.line.path) || strings.TrimSpace(written(r.Notice.Container)) != "" {
		t.Errorf("asked %v, said %q", r.asked, written(r.Notice.Container))
	}
}

// What an answer says is not taken for a part of a path unless it could be one.
func TestOnlyWhatFitsAPathIsLearned(t *testing.T) {
	for _, evil := range []string{"7/../../users/1", "7?x=1", "7#", strings.Repeat("7", 1000), "7 8", "7\\8", "..", "{now}"} {
		r := newRoom(t, large)
		r.ask("who")
		r.answer(200, `{"listing_id":"`+strings.ReplaceAll(evil, "\\", "\\\\")+`","user_id":1}`, nil)
		if got := r.state.known["listing_id"]; got != "" {
			t.Errorf("%.20q was learned", got)
		}
	}
	r := newRoom(t, large)
	r.ask("who")
	r.answer(200, `{"shop_name":"Maple & Thread/Gifts","listing_id":7}`, nil)
	if r.state.known["shop_name"] != "Maple%20&%20Thread%2FGifts" || r.state.known["listing_id"] != "7" {
		t.Errorf("%v", r.state.known)
	}
}

func TestNamesOfMembersAreCut(t *testing.T) {
	r := newRoom(t, large)
	r.Propose("GET", "/x", "")
	long := "a\\n\\u202eb" + strings.Repeat("m", 100_000)
	r.answer(200, `[{"`+long+`":1,"title":"x"},{"title":"y"}]`, nil)
	for _, way := range []string{asTable, asTree} {
		r.pane.reply.show(way)
		checkShort(t, written(r.pane.Container))
	}
	r.pane.open(r.pane.shown.Answer.Root.Below[0].Below[0].Name, "1")
	checkShort(t, written(r.pane.whole.Container))
}

func checkShort(t *testing.T, shown string) {
	t.Helper()
	if len(shown) > 5000 || strings.IndexFunc(shown, func(l rune) bool { return unicode.Is(unicode.Bidi_Control, l) }) >= 0 {
		t.Errorf("%d octets are shown: %.200q", len(shown), shown)
	}
}

func TestAStatusThatNobodyKnows(t *testing.T) {
	for _, status := range []int{100, 199, 600, 999} {
		if got, _ := statusWords(status, "Etsy"); got == "" || strings.Contains(got, "trial.") {
			t.Errorf("%d: %q", status, got)
		}
	}
}

// A long body is cut between letters.
func TestALongBodyIsShownByItsBeginning(t *testing.T) {
	if got := readable("x" + strings.Repeat("ä", 4000)); !utf8.ValidString(got) || !strings.HasSuffix(got, "ä…") {
		t.Errorf("%q", got[len(got)-8:])
	}
}

// Every shell reads the configuration as it is, and starts nothing that has it among its arguments.
func TestCurlInEveryShell(t *testing.T) {
	config := "header = \"Authorization: Bearer 7.x'y$HOME`id`!! !x\"\nEND OF CONFIGURATION\n'@\n" + `data-raw = "{\"a\": \"\\\\ \\' % %s \\n ä\\u00e4\"}"` + "\n"
	for _, shell := range []string{"sh", "dash", "bash", "zsh", "fish"} {
		program, err := exec.LookPath(shell)
		if err != nil {
			if runtime.GOOS == "linux" && !slices.Contains([]string{"dash"}, shell) {
				t.Errorf("%s is not here", shell)
			}
			continue
		}
		cmd := exec.Command(program)
		// a stand-in for curl that gives back what it reads
		cmd.Stdin = strings.NewReader("alias curl='cat; :'\n" + Curl(config, "linux"))
		if shell != "fish" {
			cmd.Stdin = strings.NewReader("curl() { cat; }\n" + Curl(config, "linux"))
		}
		out, err := cmd.CombinedOutput()
		if err != nil || !bytes.Equal(out, []byte(config)) {
			t.Errorf("%s: %v\n%s\nwant\n%s", shell, err, out, config)
		}
	}
}
