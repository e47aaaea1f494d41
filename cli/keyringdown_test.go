package cli_test

import (
	"strings"
	"testing"
	"time"

	"valetkey/cli"
	"valetkey/keystore/keyringtest"
)

// TestTokenWithoutKeyring asks for the token of a key that hangs in the rack while the keyring is in every kind of trouble: a
// script is told soon, by the exit status, and is given nothing that looks like a token.
func TestTokenWithoutKeyring(t *testing.T) {
	const soon = 15 * time.Second // the limit for a keyring call is 3 s; the rest is for a busy machine
	for _, row := range []struct {
		name   string
		broken func(d *desk)
		says   string
	}{
		{"the bus is dead", func(d *desk) { d.env = append(d.env, "DBUS_SESSION_BUS_ADDRESS=unix:path="+d.home+"/dead") }, "This system has no keyring running.\n"},
		{"the bus is not known", func(d *desk) { d.env = append(d.env, "DBUS_SESSION_BUS_ADDRESS=", "XDG_RUNTIME_DIR=") }, "This system has no keyring running.\n"},
		{"the address is no address", func(d *desk) { d.env = append(d.env, "DBUS_SESSION_BUS_ADDRESS=nonsense") }, ""},
		{"the question is closed", moody(keyringtest.Mood{Locked: true, Dismiss: true}), "The keyring is still locked.\n"},
		{"it hangs", moody(keyringtest.Mood{Hang: true}), "The keyring did not answer in time.\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.practiceKey("http://127.0.0.1:0/oauth/redirect")
			d.connected()
			before := d.stored()
			row.broken(d)
			began := time.Now()
			status, out, words := d.run([]string{"token", "red-oak-prints"})
			if cli.Status(status) != cli.NoKeyring || out != "" || !strings.HasPrefix(words, row.says) || strings.Count(words, "\n") != 3 {
				t.Errorf("exit status %d, standard output %q, said:\n%s", status, out, words)
			}
			if took := time.Since(began); took > soon {
				t.Errorf("it took %s", took)
			}
			if status, out, _ := d.run([]string{"list"}); status != 0 || !strings.Contains(out, "red-oak-prints") {
				t.Errorf("the list: exit status %d, %q", status, out)
			}
			d.keyring.Set(keyringtest.Mood{})
			d.unchanged(before)
		})
	}
}
