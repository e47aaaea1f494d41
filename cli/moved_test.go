package cli_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"valetkey/cli"
	"valetkey/keystore"
	"valetkey/valet"
)

// ambushed is a store from which a key is moved away in the moment it is asked for.
type ambushed struct {
	*keystore.Memory
	away func(name string) // nil: nothing happens
}

// Get has the key moved first.
func (a *ambushed) Get(ctx context.Context, name string) ([]byte, error) {
	if away := a.away; away != nil {
		a.away = nil
		away(name)
	}
	return a.Memory.Get(ctx, name)
}

// TestTokenWhileTheKeyMoves: a script that asks in the moment in which the key is moved gets its token from where it is now.
func TestTokenWhileTheKeyMoves(t *testing.T) {
	folder := t.TempDir()
	locks, err := keystore.OpenLocksIn(filepath.Join(folder, "locks"))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, home: folder, browser: newBrowser()}
	market(0, "3600")(d)
	keyring, file := &ambushed{Memory: keystore.NewMemory(locks)}, keystore.NewMemory(locks)
	options := valet.Options{
		Folders: valet.Folders{Config: filepath.Join(folder, "config"), State: filepath.Join(folder, "state")},
		Keyring: keyring, File: file,
	}
	run := func(args ...string) (status int, said, complained string) {
		var out, words bytes.Buffer
		status = cli.Run(t.Context(), cli.App{
			Valet: valet.New(options), In: strings.NewReader(""), Out: &out, Err: &words,
			File: cli.LockedFile{Exists: func() bool { return true }, Unlocked: func() bool { return true }},
			OpenBrowser: func(_ context.Context, address string) error {
				go d.browser.consent(address, "", "allow")
				return nil
			},
		}, args)
		return status, out.String(), words.String()
	}
	if status, _, words := run("connect", folder+"/strict.json"); status != 0 {
		t.Fatal(words)
	}
	keyring.away = func(name string) {
		other := valet.New(options)
		if err := other.Load(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := other.Stores.Move(t.Context(), valet.ID(name), valet.InFile); err != nil {
			t.Error(err)
		}
	}
	status, out, words := run("token", "strict-sons")
	if status != 0 || len(out) < 9 {
		t.Errorf("exit status %d, standard output %q, said:\n%s", status, out, words)
	}
	if status, out, _ := run("list"); status != 0 || !strings.Contains(out, "locked file") {
		t.Errorf("the list: %s", out)
	}
}
