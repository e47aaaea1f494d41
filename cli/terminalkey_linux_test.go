package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"valetkey/cli"
)

// TestAppKeyIsNotReplacedUnasked: a person is asked before another secret is lost, and about a keystring that looks like none.
func TestAppKeyIsNotReplacedUnasked(t *testing.T) {
	d := newDesk(t)
	const keystring = "abcdefghij0123456789wxyz"
	d.must([]string{"key", "set", "etsy"}, keystring, "firstsecret")
	before := d.stored()
	set := func(keystring, secret string) *screen {
		s := d.sit("key", "set", "etsy")
		s.answer(t, "Keystring:", keystring+"\n")
		if secret != "" {
			s.answer(t, "Client secret (it is not shown):", secret+"\n")
		}
		return s
	}
	s := set(keystring, "secondsecret")
	s.answer(t, "Another keystring or secret is kept as “etsy” already. Replace it? [y/N]", "\n")
	s.ends(t, cli.Cancelled, "Nothing was changed.")
	d.unchanged(before)

	s = set("firstsecret", "")
	s.answer(t, "That does not look like a keystring of Etsy: those have 24 small letters and digits.\r\nKeep it all the same? [y/N]", "n\n")
	s.ends(t, cli.Cancelled, "Nothing was changed.")
	d.unchanged(before)

	set(keystring, "firstsecret").ends(t, cli.Done, "is kept in the system's keyring")
	s = set(keystring, "secondsecret")
	s.answer(t, "Replace it? [y/N]", "y\n")
	s.ends(t, cli.Done, "is kept in the system's keyring")
	if kept := fmt.Sprint(d.keyring.Items()); !strings.Contains(kept, "secondsecret") || strings.Contains(kept, "firstsecret") {
		t.Errorf("the keyring has %s", kept)
	}
}

// TestNoColours: what is shown on a terminal that could do anything has no escape sequence in it.
func TestNoColours(t *testing.T) {
	d := newDesk(t)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	d.connected()
	d.env = append(d.env, "TERM=xterm-256color", "COLORTERM=truecolor", "CLICOLOR_FORCE=1", "FORCE_COLOR=1")
	d.env = append(d.env, "BROWSER=true")
	for line, status := range map[string]cli.Status{
		"help": cli.Done, "help token": cli.Done, "list": cli.Done, "show red": cli.Done, "check red": cli.Done, "doctor red": cli.Done, "key list": cli.Done,
		"provider show practice": cli.Done, "show nobody": cli.Usage, "lst": cli.Usage, "request red GET /v3/application/users/me": cli.Done,
	} {
		if shown := d.sit(strings.Fields(line)...).ends(t, status, "\n"); strings.Contains(shown, "\x1b") {
			t.Errorf("%s: %q", line, shown)
		}
	}
}
