package cli_test

import (
	"regexp"
	"strings"
	"testing"

	"valetkey/cli"
)

// TestCodeIsTypedAtATerminal: a person whose app key has no callback need not know of --paste. The first code is mistyped.
func TestCodeIsTypedAtATerminal(t *testing.T) {
	d := newDesk(t)
	d.must([]string{"key", "set", "practice-v2", "--redirect", "oob"}, strings.Split(strings.TrimSpace(olderAppKey), "\n")...)
	s := d.sit("connect", "practice-v2", "--no-browser")
	const ready = "Then type the code that the page shows, and press Enter."
	shown, err := s.until(s.out, func(text string) bool { return strings.Contains(text, ready) })
	if err != nil {
		t.Fatal(err)
	}
	consent := strings.TrimSpace(regexp.MustCompile(`http://[^\r\n]+`).FindString(shown))
	if err := d.browser.consent(consent, "51730426", "allow"); err != nil {
		t.Fatal(err)
	}
	s.answer(t, ready, "1111 1111\n")
	s.answer(t, "That is not the code.", codeOnPage.FindString(d.browser.text())+"\n")
	s.ends(t, cli.Done, "The key is called blue-fern-pottery.")
}
