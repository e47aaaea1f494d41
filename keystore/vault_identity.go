package keystore

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"strings"

	"filippo.io/age"
)

// How hard a passphrase is to guess: scrypt with N = 2^18, r = 8, p = 1 takes about a second and 256 MiB. A file that asks
// for more than 2^20 is not believed: whoever put it there could have us use up all memory.
const (
	workFactor = 18
	workMost   = 20
)

// identityVersion is the first line of the decrypted identity file; the key in age's own notation is the second. To age's
// tool the first is a comment.
const (
	identityVersions = "# valetkey-identity-"
	identityVersion  = identityVersions + "1"
)

// Create makes a vault with a new key and leaves it unlocked. passphrase is wiped. One that exists is not touched: the error
// is [io/fs.ErrExist]. Records of a vault whose identity file was lost are moved to a folder of their own beside it, not
// deleted. Takes two seconds or three; ctx ends the wait for that.
func (v *Vault) Create(ctx context.Context, passphrase []byte) error {
	key, err := create(ctx, v, take(passphrase))
	if err != nil {
		return vaultTrouble("create", err)
	}
	v.key.Store(key)
	return nil
}

func create(ctx context.Context, v *Vault, passphrase string) (*age.X25519Identity, error) {
	if v.Exists() {
		return nil, fs.ErrExist
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	sealed, err := v.slow.seal(ctx, passphrase, key)
	if err != nil {
		return nil, err
	}
	if err := v.chest.make(); err != nil {
		return nil, err
	}
	return key, v.chest.alone(ctx, func() error {
		if v.Exists() {
			return fs.ErrExist
		}
		if err := v.chest.setAside(); err != nil {
			return err
		}
		if err := (opened{v.chest, key}).set(markItem, nil); err != nil {
			return err
		}
		return v.chest.replace(identityItem, sealed) // last: what fails before leaves no vault
	})
}

// Unlock lets this process read and write. passphrase is wiped. The error of a wrong one is [ErrPassphrase], of a file that
// is not whole [ErrDamaged], of no vault [io/fs.ErrNotExist]; a vault that was unlocked stays so. Takes about a second; ctx
// ends the wait for that.
func (v *Vault) Unlock(ctx context.Context, passphrase []byte) error {
	secret := take(passphrase)
	key, sealed, err := unlock(ctx, v, secret)
	if err != nil {
		return vaultTrouble("unlock", err)
	}
	if err := settle(ctx, opened{v.chest, key}, sealed); err != nil {
		return vaultTrouble("unlock", err)
	}
	v.key.Store(key)
	return nil
}

// unlock gives the key, and the file that it was in.
func unlock(ctx context.Context, v *Vault, passphrase string) (*age.X25519Identity, []byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if err := v.chest.tighten(); err != nil {
		return nil, nil, err
	}
	sealed, err := v.chest.read(identityItem)
	if err != nil {
		return nil, nil, err
	}
	key, err := v.slow.open(ctx, passphrase, sealed)
	return key, sealed, err
}

// settle makes the mark of a vault that lost it, and sweeps what interrupted writes left. That this cannot be done is no
// reason not to read: a vault on a disk that cannot be written to opens.
func settle(ctx context.Context, o opened, sealed []byte) error {
	_, unmarked := o.get(markItem)
	if unmarked == nil && len(o.litter()) == 0 {
		return nil
	}
	o.chest.alone(ctx, func() error {
		o.sweep()
		now, err := o.read(identityItem)
		if unmarked == nil || errors.Is(unmarked, ErrVersion) || err != nil || !bytes.Equal(now, sealed) {
			return err
		}
		return o.set(markItem, nil)
	})
	return ctx.Err()
}

// Rewrap changes the passphrase: the key stays, so no record changes, and a program that has the vault unlocked goes on. Both
// passphrases are wiped. An older copy of the identity file still opens with the old one. Errors are those of [Vault.Unlock].
func (v *Vault) Rewrap(ctx context.Context, old, next []byte) error {
	from, to := take(old), take(next)
	key, sealed, err := unlock(ctx, v, from)
	if err != nil {
		return vaultTrouble("rewrap", err)
	}
	fresh, err := v.slow.seal(ctx, to, key)
	if err != nil {
		return vaultTrouble("rewrap", err)
	}
	return vaultTrouble("rewrap", v.chest.alone(ctx, func() error {
		now, err := v.chest.read(identityItem)
		if err == nil && !bytes.Equal(now, sealed) {
			err = ErrReplaced // another program changed the passphrase meanwhile
		}
		if err != nil {
			return err
		}
		return v.chest.replace(identityItem, fresh)
	}))
}

// take has the passphrase for itself and wipes the caller's.
func take(passphrase []byte) string {
	taken := string(passphrase)
	clear(passphrase)
	return taken
}

// slow does what takes a second: one at a time, because each takes 256 MiB, and on a goroutine of its own, so that a caller
// who does not want to wait any longer need not.
type slow struct {
	work int
	turn chan struct{}
}

// seal gives the identity file of key, after opening it again.
func (s slow) seal(ctx context.Context, passphrase string, key *age.X25519Identity) ([]byte, error) {
	if passphrase == "" {
		return nil, errNoPassphrase
	}
	return patiently(ctx, s.turn, func() ([]byte, error) {
		lock, err := age.NewScryptRecipient(passphrase)
		if err != nil {
			return nil, err
		}
		lock.SetWorkFactor(s.work)
		sealed, err := encrypt(lock, []byte(identityVersion+"\n"+key.String()+"\n"))
		if err != nil {
			return nil, err
		}
		if back, err := openIdentity(passphrase, sealed); err != nil || back.String() != key.String() {
			return nil, errors.Join(ErrNotSaved, err)
		}
		return sealed, nil
	})
}

func (s slow) open(ctx context.Context, passphrase string, sealed []byte) (*age.X25519Identity, error) {
	return patiently(ctx, s.turn, func() (*age.X25519Identity, error) { return openIdentity(passphrase, sealed) })
}

// patiently gives what work gives, or the end of ctx; work then ends by itself and is for nothing.
func patiently[T any](ctx context.Context, turn chan struct{}, work func() (T, error)) (done T, err error) {
	if err := ctx.Err(); err != nil {
		return done, err
	}
	select {
	case turn <- struct{}{}:
	case <-ctx.Done():
		return done, ctx.Err()
	}
	type answer struct {
		done T
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		done, err := work()
		<-turn
		answers <- answer{done, err}
	}()
	select {
	case a := <-answers:
		return a.done, a.err
	case <-ctx.Done():
		return done, ctx.Err()
	}
}

// openIdentity gives the key. A wrong passphrase and an identity file that was changed are told apart as far as age can.
func openIdentity(passphrase string, sealed []byte) (*age.X25519Identity, error) {
	lock, err := age.NewScryptIdentity(passphrase)
	if err != nil { // it is empty
		return nil, &Error{State: Locked, Err: ErrPassphrase}
	}
	lock.SetMaxWorkFactor(workMost)
	text, err := decrypt(lock, sealed)
	if other, ok := errors.AsType[*age.NoIdentityMatchError](err); ok && strings.Join(other.StanzaTypes, " ") == "scrypt" {
		return nil, &Error{State: Locked, Err: ErrPassphrase}
	}
	if errors.Is(err, ErrVersion) {
		return nil, err
	}
	if err != nil {
		return nil, ErrDamaged
	}
	return identityKey(string(text))
}

// identityKey takes a decrypted identity file apart.
func identityKey(text string) (*age.X25519Identity, error) {
	version, rest, _ := strings.Cut(text, "\n")
	if strings.HasPrefix(version, identityVersions) && version != identityVersion {
		return nil, ErrVersion
	}
	line, end, whole := strings.Cut(rest, "\n")
	key, err := age.ParseX25519Identity(line)
	if err != nil || version != identityVersion || !whole || end != "" {
		return nil, ErrDamaged
	}
	return key, nil
}
