package cli

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// errPlace is for the parser of flags, which has words of its own.
var errPlace = errors.New("cli: neither keyring nor file")

// place is where a secret is to be kept; empty: the keyring, or what is chosen where that cannot be used.
type place valet.StoreKind

// String is the flag's value.
func (p *place) String() string { return string(*p) }

// Type names the value in the help.
func (p *place) Type() string { return "PLACE" }

// Set takes keyring or file. Memory is not offered: it ends with the verb.
func (p *place) Set(text string) error {
	if kind := valet.StoreKind(text); kind != valet.InKeyring && kind != valet.InFile {
		return errPlace
	}
	*p = place(text)
	return nil
}

func (p *place) add(cmd *cobra.Command) { cmd.Flags().Var(p, "store", "cli.flag.store") }

// settle makes the place ready before anything is read or won, and says which it is.
func (p place) settle(s *session, ctx context.Context, v *valet.Valet) (valet.StoreKind, error) {
	if valet.StoreKind(p) == valet.InFile {
		return valet.InFile, s.lock.ready(ctx)
	}
	err := v.Stores.Probe(ctx, valet.InKeyring)
	if err != nil && p == "" {
		return instead(s, ctx, err)
	}
	return valet.InKeyring, err
}

// chooser is valet.Host.ChooseStore: it is asked once, and a place that fails then is the end.
func chooser(s *session) func(context.Context, error) (valet.StoreKind, error) {
	asked := false
	return func(ctx context.Context, trouble error) (valet.StoreKind, error) {
		if asked {
			return "", trouble
		}
		asked = true
		return instead(s, ctx, trouble)
	}
}

// instead is the place where the keyring cannot be used: the locked file, if a passphrase was given for it or a person agrees.
func instead(s *session, ctx context.Context, trouble error) (valet.StoreKind, error) {
	what := clean(troubleOf(trouble).What)
	switch {
	case s.lock.given != nil:
		s.say("cli.place.instead", "Trouble", what)
	case !s.lock.person():
		return "", &homeless{trouble}
	case !s.agreed(ctx, words.T("cli.ask.locked-file", "Trouble", what)):
		return "", left()
	}
	return valet.InFile, s.lock.ready(ctx)
}

// homeless is the keyring's trouble where nobody could be asked for another place.
type homeless struct{ error }

// Unwrap gives the keyring's trouble.
func (h *homeless) Unwrap() error { return h.error }

// using finds the key that NAME means, opens what it and its app key are kept in, and lets do use it. One that another program
// moves in that moment is looked for where it is now.
func (s *session) using(ctx context.Context, name string, do func(*valet.Valet, valet.Connection) error) error {
	v, c, err := s.find(ctx, name)
	if err != nil {
		return err
	}
	if err = s.open(ctx, v, c); err == nil {
		err = do(v, c)
	}
	if valet.KindOf(err) != valet.ItemMissing {
		return err
	}
	_, now, found := s.find(ctx, c.Name)
	if found != nil || now.ID != c.ID || now.Store == c.Store {
		return err
	}
	if err := s.open(ctx, v, now); err != nil {
		return err
	}
	return do(v, now)
}

// open unlocks the locked file where the key is in it. Where only its app key is, a passphrase is taken that can be had: it may
// not be needed.
func (s *session) open(ctx context.Context, v *valet.Valet, c valet.Connection) error {
	switch key, _ := appKey(v, c.AppKey); {
	case c.Status == valet.Returned:
		return nil
	case c.Store == valet.InFile, keptIn(key) == valet.InFile && (s.lock.given != nil || s.lock.person()):
		return s.lock.unlock(ctx)
	}
	return nil
}

// appKey finds an app key by its id.
func appKey(v *valet.Valet, id string) (valet.AppKey, bool) {
	for _, key := range v.Keys.List() {
		if key.ID == id {
			return key, true
		}
	}
	return valet.AppKey{}, false
}

// keptIn is where an app key is; nowhere if it comes with its provider.
func keptIn(key valet.AppKey) valet.StoreKind {
	if key.ID == "" || key.BuiltIn {
		return ""
	}
	return cmp.Or(key.Store, valet.InKeyring)
}

// storeName is how a person calls the store; nothing for none.
func storeName(kind valet.StoreKind) string {
	switch kind {
	case "":
		return ""
	case valet.InSession:
		return words.T("cli.store.session")
	case valet.InFile:
		return words.T("cli.store.file")
	}
	return words.T("cli.store.keyring")
}
