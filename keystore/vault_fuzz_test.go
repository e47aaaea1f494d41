package keystore

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"filippo.io/age"
)

// FuzzVaultRecord puts text where a record is, as the file itself or, sealed, as what the file decrypts to. What is accepted
// is what writing it anew would give; what is refused is not "not found", stays as it is and shows nothing of itself.
func FuzzVaultRecord(f *testing.F) {
	folder := f.TempDir()
	v := OpenVault(folder+"/state/vault", nil)
	v.slow.work = 2
	if err := v.Create(f.Context(), []byte(testPassphrase)); err != nil {
		f.Fatal(err)
	}
	if err := v.Set(f.Context(), "conn-1", []byte("one")); err != nil {
		f.Fatal(err)
	}
	whole, err := v.chest.read("conn-1")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, false) // its key is new in every run; the other seeds are files
	f.Add(whole[:len(whole)-1], false)
	f.Add(append(bytes.Clone(whole), whole...), false)
	f.Fuzz(func(t *testing.T, text []byte, sealed bool) {
		file := text
		if sealed {
			file = seal(t, v.key.Load().Recipient(), string(text))
		}
		writeFile(t, v, "conn-1", file)
		value, err := v.Get(t.Context(), "conn-1")
		if now := readFile(t, v, "conn-1"); !bytes.Equal(now, file) {
			t.Fatal("reading changed the file")
		}
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) || !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
				t.Errorf("refused: %v", err)
			}
			if len(text) > 12 && bytes.Contains([]byte(err.Error()), text) {
				t.Errorf("the error shows it: %v", err)
			}
			return
		}
		if !sealed && !bytes.Equal(text, whole) {
			t.Fatalf("accepted a file that the vault did not write: %q", text)
		}
		if again := []byte(recordVersion + " conn-1\n" + string(value)); sealed && !bytes.Equal(again, text) {
			t.Errorf("%q is accepted and written anew as %q", text, again)
		}
		mustSet(t, v, "conn-1", string(value))
		mustGet(t, v, "conn-1", string(value))
	})
}

// FuzzVaultIdentity takes what an identity file decrypts to: what is accepted is what writing it anew would give.
func FuzzVaultIdentity(f *testing.F) {
	fresh, err := age.GenerateX25519Identity()
	if err != nil {
		f.Fatal(err)
	}
	whole := identityVersion + "\n" + fresh.String() + "\n"
	f.Add(whole) // its key is new in every run; the other seeds are files
	f.Add(whole[:len(whole)-1])
	f.Add(whole + "\n")
	f.Add(strings.ToLower(whole))
	f.Fuzz(func(t *testing.T, text string) {
		key, err := identityKey(text)
		if err != nil {
			if key != nil || !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
				t.Errorf("refused: %v", err)
			}
			return
		}
		if again := identityVersion + "\n" + key.String() + "\n"; again != text {
			t.Errorf("%q is accepted and written anew as %q", text, again)
		}
	})
}
