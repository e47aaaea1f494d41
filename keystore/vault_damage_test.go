package keystore

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

// readFile and writeFile handle a file of a vault behind its back.
func readFile(t *testing.T, v *Vault, item string) []byte {
	t.Helper()
	text, err := os.ReadFile(v.chest.path(item))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func writeFile(t *testing.T, v *Vault, item string, text []byte) {
	t.Helper()
	if err := os.WriteFile(v.chest.path(item), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// seal encrypts to who as any age program would.
func seal(t *testing.T, who age.Recipient, text string) []byte {
	t.Helper()
	sealed, err := encrypt(who, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

// TestVaultDamage changes a record behind the vault's back: reading says so, removes nothing and leaves the others alone.
func TestVaultDamage(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-2", "two")
	mustSet(t, v, "conn-1", "one")
	whole, other, mine := readFile(t, v, "conn-1"), readFile(t, v, "conn-2"), v.key.Load().Recipient()
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	future := bytes.Replace(whole, []byte("/v1\n"), []byte("/v2\n"), 1)
	for what, c := range map[string]struct {
		text []byte
		want error
	}{
		"empty":                 {nil, ErrDamaged},
		"the header alone":      {whole[:100], ErrDamaged},
		"cut":                   {whole[:len(whole)-1], ErrDamaged},
		"longer":                {append(bytes.Clone(whole), 0), ErrDamaged},
		"changed":               {append(bytes.Clone(whole[:len(whole)-1]), whole[len(whole)-1]^1), ErrDamaged},
		"another's":             {other, ErrDamaged},
		"for another key":       {seal(t, stranger.Recipient(), "valetkey-record-1 conn-1\none"), ErrDamaged},
		"plain":                 {[]byte("valetkey-record-1 conn-1\na-token"), ErrDamaged},
		"without a head":        {seal(t, mine, "a-token"), ErrDamaged},
		"without a name":        {seal(t, mine, "valetkey-record-1\na-token"), ErrDamaged},
		"with too much in it":   {seal(t, mine, "valetkey-record-1 conn-1\n"+strings.Repeat("x", MaxValue+1)), ErrDamaged},
		"too long to be read":   {bytes.Repeat([]byte("x"), 2*maxSealed), ErrDamaged},
		"of a future version":   {seal(t, mine, "valetkey-record-2 conn-1 and more\none"), ErrVersion},
		"of a future age":       {future, ErrVersion},
		"of a future age, cut":  {future[:len(ageVersions)+2], ErrDamaged},
		"not even a plain file": {[]byte("folder"), nil},
	} {
		t.Run(what, func(t *testing.T) { testDamage(t, v, c.text, c.want) })
	}
}

func testDamage(t *testing.T, v *Vault, text []byte, want error) {
	writeFile(t, v, "conn-1", text)
	if want == nil {
		os.Remove(v.chest.path("conn-1"))
		if err := os.Mkdir(v.chest.path("conn-1"), 0o700); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(v.chest.path("conn-1"))
	}
	_, err := v.Get(t.Context(), "conn-1")
	wantState(t, err, Other)
	if want != nil && !errors.Is(err, want) || errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), "token") {
		t.Errorf("Get: %v, want %v", err, want)
	}
	mustGet(t, v, "conn-2", "two")
	if want == nil {
		if err := v.Set(t.Context(), "conn-1", []byte("one")); err == nil {
			t.Error("Set writes over a folder")
		}
		return
	}
	if now := readFile(t, v, "conn-1"); !bytes.Equal(now, text) {
		t.Errorf("reading changed the file: %d bytes, were %d", len(now), len(text))
	}
	mustSet(t, v, "conn-1", "one")
	mustGet(t, v, "conn-1", "one")
}

// TestVaultIdentityDamage changes the one file that everything hangs on.
func TestVaultIdentityDamage(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-1", "one")
	whole, record, key := readFile(t, v, identityItem), readFile(t, v, "conn-1"), v.key.Load().String()
	lock, err := age.NewScryptRecipient(testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	lock.SetWorkFactor(2)
	for what, c := range map[string]struct {
		text []byte
		want error
	}{
		"empty":                 {nil, ErrDamaged},
		"cut in its first line": {whole[:10], ErrDamaged},
		"cut in its header":     {whole[:60], ErrDamaged},
		"cut at its end":        {whole[:len(whole)-1], ErrDamaged},
		"a record in its place": {record, ErrDamaged},
		"wants all memory":      {bytes.Replace(whole, []byte(" 2\n"), []byte(" 21\n"), 1), ErrDamaged},
		"no key in it":          {seal(t, lock, "# valetkey-identity-1\n"), ErrDamaged},
		"another's key file":    {seal(t, lock, key+"\n"), ErrDamaged},
		"more than a key in it": {seal(t, lock, "# valetkey-identity-1\n"+key+"\n"+key+"\n"), ErrDamaged},
		"of a future version":   {seal(t, lock, "# valetkey-identity-2\nsomething else\n"), ErrVersion},
		"of a future age":       {bytes.Replace(whole, []byte("/v1\n"), []byte("/v2\n"), 1), ErrVersion},
	} {
		t.Run(what, func(t *testing.T) {
			writeFile(t, v, identityItem, c.text)
			fresh := lockedVault(t, v.chest.folder)
			err := fresh.Unlock(t.Context(), []byte(testPassphrase))
			wantState(t, err, Other)
			if !errors.Is(err, c.want) || fresh.Unlocked() || !fresh.Exists() {
				t.Errorf("Unlock: %v, want %v; unlocked %t, exists %t", err, c.want, fresh.Unlocked(), fresh.Exists())
			}
			if err := fresh.Create(t.Context(), []byte("x")); !errors.Is(err, fs.ErrExist) {
				t.Errorf("Create over it: %v", err)
			}
			if err := fresh.Rewrap(t.Context(), []byte(testPassphrase), []byte("x")); !errors.Is(err, c.want) {
				t.Errorf("Rewrap: %v", err)
			}
			if now := readFile(t, v, identityItem); !bytes.Equal(now, c.text) {
				t.Error("the identity file was changed")
			}
			mustGet(t, v, "conn-1", "one") // whoever has the key goes on
		})
	}
	writeFile(t, v, identityItem, whole)
	if err := lockedVault(t, v.chest.folder).Unlock(t.Context(), []byte(testPassphrase)); err != nil {
		t.Errorf("whole again: %v", err)
	}
}

// TestVaultReplaced lets a program run on while its vault is removed, and then made anew: it must not write with a key that
// nobody has, nor call a record missing.
func TestVaultReplaced(t *testing.T) {
	for _, anew := range []bool{false, true} {
		v := newVault(t)
		mustSet(t, v, "conn-1", "one")
		for _, call := range []func() error{
			func() error { _, err := v.Get(t.Context(), "conn-1"); return err },
			func() error { return v.Set(t.Context(), "conn-1", []byte("two")) },
			func() error { return v.Delete(t.Context(), "conn-1") },
			func() error { return v.Probe(t.Context()) },
		} {
			old := v.key.Load()
			if err := os.RemoveAll(v.chest.folder); err != nil {
				t.Fatal(err)
			}
			other := lockedVault(t, v.chest.folder)
			if anew {
				if err := other.Create(t.Context(), []byte("other")); err != nil {
					t.Fatal(err)
				}
				mustSet(t, other, "conn-1", "theirs")
			}
			err := call()
			wantState(t, err, Locked)
			if !errors.Is(err, ErrReplaced) || v.Unlocked() {
				t.Errorf("anew %t: %v, unlocked %t", anew, err, v.Unlocked())
			}
			if anew {
				mustGet(t, other, "conn-1", "theirs")
			}
			v.key.Store(old)
		}
	}
}

// TestVaultMark loses the mark, which the passphrase brings back.
func TestVaultMark(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-1", "one")
	if err := os.Remove(v.chest.path(markItem)); err != nil {
		t.Fatal(err)
	}
	mustGet(t, v, "conn-1", "one")
	wantState(t, v.Set(t.Context(), "conn-1", []byte("two")), Locked)
	if err := v.Unlock(t.Context(), []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	mustSet(t, v, "conn-1", "two")
}

// TestVaultLostIdentity makes a vault where the identity file was lost: the old records are kept, and are not the new one's.
func TestVaultLostIdentity(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-1", "one")
	record := readFile(t, v, "conn-1")
	if err := os.Remove(v.chest.path(identityItem)); err != nil {
		t.Fatal(err)
	}
	fresh := lockedVault(t, v.chest.folder)
	if fresh.Exists() {
		t.Error("a vault without its identity exists")
	}
	if err := fresh.Create(t.Context(), []byte("new")); err != nil {
		t.Fatal(err)
	}
	if _, err := fresh.Get(t.Context(), "conn-1"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Get: %v", err)
	}
	kept, err := filepath.Glob(filepath.Join(v.chest.folder, "aside-*", "conn-1.age"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept aside: %v, %v", kept, err)
	}
	if text, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(text, record) {
		t.Errorf("the record that was kept aside has changed: %v", err)
	}
}
