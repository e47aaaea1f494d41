package cli_test

import (
	"os"
	"strings"
	"testing"

	"valetkey/cli"
	"valetkey/keystore/keyringtest"
)

const (
	offer        = "Keep it in a file that a passphrase locks instead? [y/N]"
	askPhrase    = "Passphrase of the locked file (it is not shown):"
	askNewPhrase = "New passphrase (it is not shown):"
	askAgain     = "The same once more:"
)

// lockedKey keeps the practice market's app key in the locked file, by standard input.
func (d *desk) lockedKey() {
	d.t.Helper()
	d.must([]string{"key", "set", "practice", "--redirect", "http://127.0.0.1:0/oauth/redirect", "--store", "file", "--passphrase-stdin"},
		phrase, "practice0key0not0secret0", "practice00")
}

// TestLockedFileIsOffered: a person without a keyring is asked, before anything else is; what is typed is not shown, and a slip
// of the fingers does not become a passphrase.
func TestLockedFileIsOffered(t *testing.T) {
	d := bareDesk(t, keyringtest.NoService)
	for _, no := range []string{"n\n", "\n"} {
		s := d.sit("key", "set", "etsy")
		s.answer(t, "This system has no keyring running. "+offer, no)
		if shown := s.ends(t, cli.Cancelled, "Nothing was changed."); strings.Contains(shown, "Keystring") {
			t.Errorf("asked for a secret that has no place:\n%s", shown)
		}
	}
	s := d.sit("key", "set", "etsy")
	s.answer(t, offer, "y\n")
	s.answer(t, askNewPhrase, "a\n")
	s.answer(t, "That is too short: it takes ten characters at least.", "")
	s.answerNth(t, 2, askNewPhrase, phrase+"\n")
	s.answer(t, askAgain, "correct house\n")
	s.answer(t, "The two are not the same.", "")
	s.answerNth(t, 3, askNewPhrase, phrase+"\n")
	s.answerNth(t, 2, askAgain, phrase+"\n")
	s.answer(t, "Keystring:", "abcdefghij0123456789wxyz\n")
	s.answer(t, "Client secret (it is not shown):", "typedsecret\n")
	shown := s.ends(t, cli.Done, "is kept in the locked file")
	if strings.Contains(shown, "horse") || strings.Contains(shown, "typedsecret") {
		t.Errorf("on the screen:\n%s", shown)
	}
	for _, secret := range []string{phrase, "typedsecret"} {
		if found, err := filesWith(d.home, secret); err != nil || len(found) > 0 {
			t.Errorf("a secret stands in %v (%v)", found, err)
		}
	}
}

// TestLockedFileIsOfferedBeforeConsent: the question comes before any browser, and no is the end of it.
func TestLockedFileIsOfferedBeforeConsent(t *testing.T) {
	d := bareDesk(t, keyringtest.NoService)
	market(0, "3600")(d)
	s := d.sit(strictly...)
	s.answer(t, "This system has no keyring running. "+offer, "n\n")
	if shown := s.ends(t, cli.Cancelled, "Nothing was changed."); strings.Contains(shown, "http") {
		t.Errorf("shown after a no:\n%s", shown)
	}
	s = d.sit(strictly...)
	s.answer(t, offer, "y\n")
	s.answer(t, askNewPhrase, phrase+"\n")
	s.answer(t, askAgain, phrase+"\n")
	s.answer(t, "Ctrl-C cancels.", "\x03")
	s.ends(t, cli.Cancelled, "Stopped before it was finished.")
	if d.strict.visits > 0 {
		t.Errorf("the market was asked %d times", d.strict.visits)
	}
}

// TestPassphraseThreeTimes: a person may mistype twice, and a script not at all.
func TestPassphraseThreeTimes(t *testing.T) {
	d := bareDesk(t, keyringtest.NoService)
	d.lockedKey()
	s := d.sit("key", "check", "practice")
	s.answer(t, askPhrase, "wrong\n")
	s.answer(t, "That is not the passphrase.", "")
	s.answerNth(t, 2, askPhrase, phrase+"\n")
	s.ends(t, cli.Done, "The app key “practice” works.")

	s = d.sit("key", "check", "practice")
	for n := range 3 {
		s.answerNth(t, n+1, askPhrase, "wrong\n")
	}
	shown := s.ends(t, cli.NoKeyring, "That is not the passphrase of the locked file.")
	if strings.Count(shown, askPhrase) != 3 {
		t.Errorf("asked:\n%s", shown)
	}
	s = d.sit("key", "check", "practice")
	s.answer(t, askPhrase, "\x03")
	s.ends(t, cli.Cancelled, "Stopped before it was finished.")
}

// TestMoveAsksForANewPassphrase: who says where a key is to go is not asked again whether, only for the passphrase. Until the
// second time it is typed nothing is written.
func TestMoveAsksForANewPassphrase(t *testing.T) {
	d := newDesk(t)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	d.connected()
	before := d.stored()
	s := d.sit("move", "red-oak-prints", "file")
	s.answer(t, askNewPhrase, phrase+"\n")
	s.answer(t, askAgain, "\x03")
	s.ends(t, cli.Cancelled, "Stopped before it was finished.")
	d.unchanged(before)
	if _, err := os.Lstat(d.vault()); !os.IsNotExist(err) {
		t.Errorf("the locked file was made: %v", err)
	}
	s = d.sit("move", "red-oak-prints", "file")
	s.answer(t, askNewPhrase, phrase+"\n")
	s.answer(t, askAgain, phrase+"\n")
	s.ends(t, cli.Done, "red-oak-prints is now kept in the locked file.")
	if items := d.keyring.Items(); len(items) != 0 {
		t.Errorf("left in the keyring: %d items", len(items))
	}
	d.keyring.Set(keyringtest.Mood{Hang: true})
	if status, out, words := d.run([]string{"token", "red", "--passphrase-stdin"}, phrase); status != 0 || out == "" {
		t.Errorf("without the keyring: exit status %d: %s", status, words)
	}
}
