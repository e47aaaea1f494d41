package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"valetkey/cli"
	"valetkey/keystore"
	"valetkey/keystore/keyringtest"
	"valetkey/valet"
)

// TestNobodyAnswers is the fault that takes five minutes in the real program: the page opens, and no answer ever comes. The
// same verbs run in this process, with less patience.
func TestNobodyAnswers(t *testing.T) {
	market := newStrict(fmt.Sprintf("http://localhost:%d/oauth/redirect", freePort(t)), "none")
	defer market.Close()
	folder := t.TempDir()
	file := filepath.Join(folder, "strict.json")
	if err := market.file(file, nil); err != nil {
		t.Fatal(err)
	}
	locks, err := keystore.OpenLocksIn(filepath.Join(folder, "locks"))
	if err != nil {
		t.Fatal(err)
	}
	store := &remembering{Memory: keystore.NewMemory(locks), items: map[string]string{}}
	v := valet.New(valet.Options{
		Folders: valet.Folders{Config: filepath.Join(folder, "config"), State: filepath.Join(folder, "state")},
		Keyring: store, WaitTime: 100 * time.Millisecond,
	})
	opened := make(chan error, 1)
	var out, words bytes.Buffer
	status := cli.Run(t.Context(), cli.App{
		Valet: v, In: strings.NewReader(""), Out: &out, Err: &words,
		OpenBrowser: func(_ context.Context, address string) error {
			opened <- newBrowser().open(address) // the page is looked at, and nothing is pressed
			return nil
		},
	}, []string{"connect", file})
	if err := <-opened; err != nil {
		t.Fatal(err)
	}
	const says = "No answer came from the browser.\nIf the page was closed or Deny was pressed, that is why. Nothing was changed.\nConnect again when you are ready.\n"
	if cli.Status(status) != cli.Cancelled || out.Len() > 0 || !strings.HasSuffix(words.String(), says) {
		t.Errorf("exit status %d, standard output %q, said:\n%s", status, out.String(), words.String())
	}
	if diff := cmp.Diff(map[string]string{}, store.all()); diff != "" {
		t.Errorf("something was stored: %s", diff)
	}
	if _, err := os.Stat(filepath.Join(folder, "state", "index.json")); !os.IsNotExist(err) {
		t.Errorf("the index: %v", err)
	}
}

// remembering is a store in memory that a test can look into.
type remembering struct {
	*keystore.Memory
	mu    sync.Mutex
	items map[string]string
}

// Set notes what is kept.
func (r *remembering) Set(ctx context.Context, name string, value []byte) error {
	r.mu.Lock()
	r.items[name] = string(value)
	r.mu.Unlock()
	return r.Memory.Set(ctx, name, value)
}

func (r *remembering) all() map[string]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.items)
}

// TestKeyringStates tries every state that a system keyring can be in: what is said, word for word, and how the program ends.
// Nothing is asked of the seller, and nothing is written.
func TestKeyringStates(t *testing.T) {
	const elsewhere = " Or keep it in a file that a passphrase locks: --store file --passphrase-stdin\n"
	const absent = "This system has no keyring running.\nKeys are kept in the system's keyring or in a file that a passphrase locks, never in an open file.\n" +
		"Start a keyring such as GNOME Keyring or KWallet, then try again." + elsewhere
	for _, f := range []struct {
		name  string
		state keyringtest.State
		says  string
	}{
		{"absent: no bus", keyringtest.NoBus, absent},
		{"absent: a bus without it", keyringtest.NoService, absent},
		{"no collection", keyringtest.NoCollection, "The keyring has no place for keys yet.\nIt is running, but no default keyring was ever made in it.\n" +
			"Make a default keyring in the system's password app, then try again." + elsewhere},
		{"locked, and nobody to ask", keyringtest.Locked, "The keyring is locked.\nYour keys are safe in it, but cannot be read now.\nUnlock the keyring, then try again.\n"},
	} {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			d := bareDesk(t, f.state)
			fault{says: f.says, status: cli.NoKeyring}.try(d)
			status, out, words := d.run([]string{"key", "set", "practice"}, "practice0key0not0secret0", "practice00")
			if cli.Status(status) != cli.NoKeyring || out != "" || words != f.says {
				t.Errorf("key set: exit status %d, standard output %q, said:\n%s", status, out, words)
			}
		})
	}
}
