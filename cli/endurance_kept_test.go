package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"valetkey/keystore"
	"valetkey/keystore/keyringtest"
)

// newFileStand connects the shop where there is no keyring: its keys are in the locked file.
func newFileStand(t *testing.T, kind func(*desk) rotating) *stand {
	t.Helper()
	s := &stand{desk: bareDesk(t, keyringtest.NoService)}
	s.phrase = phrase
	s.file = keystore.OpenVault(s.vault(), nil)
	return hang(s, kind)
}

// newQuickFileStand has a locked file whose passphrase takes milliseconds and not a second, for tests that unlock it a thousand
// times. The identity in testdata is sealed with [phrase], by scrypt with N = 2^10.
func newQuickFileStand(t *testing.T, kind func(*desk) rotating) *stand {
	t.Helper()
	identity, err := os.ReadFile("testdata/quick_identity.age")
	if err != nil {
		t.Fatal(err)
	}
	return newFileStand(t, func(d *desk) rotating {
		err := os.MkdirAll(d.vault(), 0o700)
		if err == nil {
			err = os.WriteFile(filepath.Join(d.vault(), "_identity.age"), identity, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return kind(d)
	})
}

// stored is what the store says of a key.
type stored struct {
	Generation string
	Ended      string
	Pending    struct{ Token string }
}

// item reads what is stored of a key: with the system's own tool, or from the locked file.
func (s *stand) item(id string) (read stored) {
	s.t.Helper()
	text, err := s.lookUp(id)
	if err == nil {
		err = json.Unmarshal(text, &read)
	}
	if err != nil {
		s.t.Errorf("what is stored of %s: %v", id, err)
	}
	return read
}

func (s *stand) lookUp(id string) ([]byte, error) {
	if s.file == nil {
		return s.tool("lookup", "service", "valetkey", "username", id)
	}
	if !s.file.Unlocked() {
		if err := s.file.Unlock(s.t.Context(), []byte(s.phrase)); err != nil {
			return nil, err
		}
	}
	return s.file.Get(s.t.Context(), id)
}

// strays gives the items that belong to no key and no app key of the index.
func (s *stand) strays() (names []string) {
	s.t.Helper()
	index, err := os.ReadFile(s.state("index.json"))
	if err != nil {
		s.t.Error(err)
	}
	for _, name := range s.items() {
		if !strings.Contains(string(index), fmt.Sprintf("%q", name)) {
			names = append(names, name)
		}
	}
	return names
}

// items names all that is stored.
func (s *stand) items() (names []string) {
	if s.file != nil {
		paths, _ := filepath.Glob(filepath.Join(s.vault(), "[^_.]*.age"))
		for _, path := range paths {
			names = append(names, strings.TrimSuffix(filepath.Base(path), ".age"))
		}
		return names
	}
	text, _ := s.tool("search", "--all", "service", "valetkey") // nothing found is an error
	for line := range strings.Lines(string(text)) {
		if name, found := strings.CutPrefix(strings.TrimSpace(line), "attribute.username = "); found {
			names = append(names, name)
		}
	}
	return names
}

// clear takes an item away.
func (s *stand) clear(name string) {
	if s.file != nil {
		os.Remove(filepath.Join(s.vault(), name+".age"))
		return
	}
	s.tool("clear", "service", "valetkey", "username", name)
}

// tool runs secret-tool against the keyring of this desk. It tells attributes on standard error.
func (s *stand) tool(args ...string) ([]byte, error) {
	cmd := exec.Command("secret-tool", args...)
	cmd.Env = s.env
	if args[0] == "search" {
		return cmd.CombinedOutput()
	}
	return cmd.Output()
}
