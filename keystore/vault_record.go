package keystore

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"filippo.io/age"
)

// Items that no name stands for: itemName puts a digest behind an underscore.
const (
	identityItem = "_identity"
	markItem     = "_mark" // an empty record that only the vault's own key opens; it stays when the passphrase changes
)

// recordVersion begins a record inside its encryption. A space, the item's own name and a line end follow, then the value:
// so a record that was given another's file name is noticed.
const (
	recordVersions = "valetkey-record-"
	recordVersion  = recordVersions + "1"
)

// opened is a chest and the key to it.
type opened struct {
	chest
	key *age.X25519Identity
}

// get reads an item. Only what is missing from the very vault that was unlocked counts as not found.
func (o opened) get(item string) ([]byte, error) {
	sealed, err := o.read(item)
	var value []byte
	if err == nil {
		value, err = openRecord(o.key, item, sealed)
	}
	if err != nil && item != markItem {
		if moved := o.inPlace(); moved != nil {
			return nil, moved
		}
	}
	return value, err
}

// set writes an item. The encryption is opened again before it replaces anything.
func (o opened) set(item string, value []byte) error {
	sealed, err := sealRecord(o.key, item, value)
	if err != nil {
		return err
	}
	if back, err := openRecord(o.key, item, sealed); err != nil || !bytes.Equal(back, value) {
		return errors.Join(ErrNotSaved, err)
	}
	return o.replace(item, sealed)
}

// inPlace sees that the vault is the one that was unlocked. Without that a program that runs on while its folder is removed
// or made anew would write what nobody can open.
func (o opened) inPlace() error {
	_, err := o.get(markItem)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrDamaged) {
		return &Error{State: Locked, Err: ErrReplaced}
	}
	return err
}

// alone is the chest's, in the vault that was unlocked.
func (o opened) alone(ctx context.Context, change func() error) error {
	err := o.chest.alone(ctx, func() error {
		if err := o.inPlace(); err != nil {
			return err
		}
		return change()
	})
	if errors.Is(err, fs.ErrNotExist) { // the folder is gone: never to be taken for a name that holds nothing
		return &Error{State: Locked, Err: ErrReplaced}
	}
	return err
}

func sealRecord(key *age.X25519Identity, item string, value []byte) ([]byte, error) {
	return encrypt(key.Recipient(), append([]byte(recordVersion+" "+item+"\n"), value...))
}

// openRecord gives the value of item, [ErrVersion], or [ErrDamaged] without a word of what stands there.
func openRecord(key *age.X25519Identity, item string, sealed []byte) ([]byte, error) {
	text, err := decrypt(key, sealed)
	if errors.Is(err, ErrVersion) {
		return nil, err
	}
	if err != nil {
		return nil, ErrDamaged
	}
	return recordValue(item, text)
}

// recordValue takes a decrypted record apart.
func recordValue(item string, text []byte) ([]byte, error) {
	head, value, whole := bytes.Cut(text, []byte("\n"))
	version, name, named := strings.Cut(string(head), " ")
	switch {
	case !whole || !strings.HasPrefix(version, recordVersions):
		return nil, ErrDamaged
	case version != recordVersion:
		return nil, ErrVersion
	case !named || name != item || len(value) > MaxValue:
		return nil, ErrDamaged
	}
	return value, nil
}

func encrypt(to age.Recipient, text []byte) ([]byte, error) {
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return sealed.Bytes(), nil
}

// ageVersions begins every age file; the version and a line end follow.
const ageVersions = "age-encryption.org/"

func decrypt(with age.Identity, sealed []byte) ([]byte, error) {
	if rest, found := bytes.CutPrefix(sealed, []byte(ageVersions)); found {
		if version, _, whole := bytes.Cut(rest, []byte("\n")); whole && string(version) != "v1" {
			return nil, ErrVersion
		}
	}
	text, err := age.Decrypt(bytes.NewReader(sealed), with)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(text)
}
