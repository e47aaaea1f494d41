package valet_test

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"valetkey/keystore"
	"valetkey/oauth"
	"valetkey/valet"
)

// newLadder is a kit with all three stores; the file's stand-in is a memory of its own.
func newLadder(t *testing.T) (k *kit, file, session *faultyStore) {
	k = newKit(t)
	locks, err := keystore.OpenLocksIn(filepath.Join(t.TempDir(), "locks"))
	if err != nil {
		t.Fatal(err)
	}
	file, session = &faultyStore{Store: keystore.NewMemory(locks)}, &faultyStore{Store: keystore.NewMemory(locks)}
	k.options.File, k.options.Session = file, session
	k.start(t)
	return k, file, session
}

// TestMove: a key goes down the ladder and up again, with the same token, and each old place is empty afterwards.
func TestMove(t *testing.T) {
	k, file, session := newLadder(t)
	c := k.mustConnect(t)
	token := k.mustToken(t, c.ID)
	places := map[valet.StoreKind]*faultyStore{valet.InKeyring: k.store, valet.InFile: file, valet.InSession: session}
	if got := k.valet.Stores.Offered(); !slices.Equal(got, []valet.StoreKind{valet.InKeyring, valet.InFile, valet.InSession}) {
		t.Fatalf("offered %v", got)
	}
	for _, kind := range []valet.StoreKind{valet.InFile, valet.InKeyring, valet.InSession, valet.InFile} {
		moved, err := k.valet.Stores.Move(t.Context(), c.ID, kind)
		if err != nil || moved.Store != kind || k.valet.Connections()[0].Store != kind {
			t.Fatalf("to %s: %+v, %v", kind, moved, err)
		}
		if k.mustToken(t, c.ID) != token {
			t.Errorf("in %s the token is another", kind)
		}
		for place, store := range places {
			_, err := store.Get(t.Context(), string(c.ID))
			if there := err == nil; there != (place == kind) {
				t.Errorf("moved to %s: in %s it is %v (%v)", kind, place, there, err)
			}
		}
	}
	k.start(t)
	if now := k.valet.Connections()[0]; now.Store != valet.InFile {
		t.Errorf("after a start it is looked for in %s", now.Store)
	}
	if k.mustToken(t, c.ID) != token {
		t.Error("after a start the token is another")
	}
	if _, err := k.valet.Refresh(t.Context(), c.ID); err != nil {
		t.Errorf("a refresh of a moved key: %v", err)
	}
	if now := k.valet.Connections()[0]; now.Store != valet.InFile {
		t.Errorf("a refresh brought it to %s", now.Store)
	}
}

// TestMoveFails: whatever goes wrong, the key can still be used where it was.
func TestMoveFails(t *testing.T) {
	for name, fault := range map[string]struct{ probe, set error }{
		"target locked":         {probe: storeFault{"locked"}},
		"target refuses writes": {set: storeFault{"other"}},
	} {
		t.Run(name, func(t *testing.T) {
			k, file, _ := newLadder(t)
			c := k.mustConnect(t)
			token := k.mustToken(t, c.ID)
			file.fail(fault.probe, fault.set)
			if _, err := k.valet.Stores.Move(t.Context(), c.ID, valet.InFile); err == nil {
				t.Fatal("the move succeeded")
			}
			if now := k.valet.Connections()[0]; now.Store != valet.InKeyring || k.mustToken(t, c.ID) != token {
				t.Errorf("the key is now in %s", now.Store)
			}
			if _, err := file.Get(t.Context(), string(c.ID)); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("something was left in the file: %v", err)
			}
		})
	}
}

// TestChooseStore: without a keyring a store is chosen before anything is won, and the choice is asked again if it fails too.
func TestChooseStore(t *testing.T) {
	k, file, _ := newLadder(t)
	k.store.fail(storeFault{"absent"}, storeFault{"absent"})
	file.fail(storeFault{"locked"}, nil)
	var troubles []valet.Trouble
	request := valet.ConnectRequest{Store: valet.InKeyring}
	request.Host.ChooseStore = func(_ context.Context, trouble error) (valet.StoreKind, error) {
		troubles = append(troubles, valet.TroubleOf(trouble))
		if len(troubles) == 2 {
			file.fail(nil, nil) // the passphrase was typed
		}
		return valet.InFile, nil
	}
	c, err := k.connect(t, 0, request)
	if err != nil || c.Store != valet.InFile {
		t.Fatalf("got %+v, %v", c, err)
	}
	if !slices.Equal(troubles, []valet.Trouble{valet.TroubleAbsent, valet.TroubleLocked}) {
		t.Errorf("asked about %v", troubles)
	}
	request.Host.ChooseStore = func(context.Context, error) (valet.StoreKind, error) { return "", errors.New("no") }
	tokens := k.wire.tokens.get()
	if _, err := k.connect(t, 1, request); err == nil || k.wire.tokens.get() != tokens {
		t.Errorf("nothing chosen: %v, and the provider was asked %d times", err, k.wire.tokens.get()-tokens)
	}
}

// TestKeyringComesBack: a key that could not be read is found again, without a new consent.
func TestKeyringComesBack(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	token := k.mustToken(t, c.ID)
	kept := k.store.Store
	locks, err := keystore.OpenLocksIn(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	k.store.Store = keystore.NewMemory(locks)
	if _, err := k.token(t, c.ID, 0); valet.KindOf(err) != valet.ItemMissing || k.valet.Connections()[0].Status != valet.Missing {
		t.Fatalf("in another keyring: %v, %s", err, k.valet.Connections()[0].Status)
	}
	k.store.Store = kept
	if k.mustToken(t, c.ID) != token || k.valet.Connections()[0].Status != valet.Connected {
		t.Errorf("back in its keyring it is %s", k.valet.Connections()[0].Status)
	}
}

func TestAppKeys(t *testing.T) {
	k, _, _ := newLadder(t)
	ctx := t.Context()
	secret := oauth.NewSecret("shared-secret")
	set := func(label, client string, kind valet.StoreKind) (valet.AppKey, error) {
		return k.valet.Keys.Set(ctx, valet.NewAppKey{Provider: "practice", Label: label, ClientID: client, Secret: secret, Store: kind})
	}
	own, err := set("own", "practice0key0not0secret0", "")
	if err != nil || own.Redirect != redirect || !own.HasSecret {
		t.Fatalf("set gave %+v, %v", own, err)
	}
	if picked, err := k.valet.Keys.Pick("practice", ""); err != nil || picked.ID != own.ID {
		t.Errorf("the only key that was set is not picked: %+v, %v", picked, err)
	}
	brief, err := set("brief", "other", valet.InSession)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.valet.Keys.Pick("practice", ""); valet.KindOf(err) != valet.SeveralAppKeys {
		t.Errorf("two keys: %v", err)
	}
	if err := k.valet.Keys.Check(ctx, brief.ID); valet.KindOf(err) != valet.AppKeyRefused {
		t.Errorf("a key the provider does not know: %v", err)
	}
	k.start(t)
	if keys := k.valet.Keys.List(); len(keys) != 2 {
		t.Errorf("after a start there are %d keys, want the own and the built-in one", len(keys))
	}
	if _, err := k.connect(t, 0, valet.ConnectRequest{AppKey: "own"}); valet.KindOf(err) != valet.AppKeyRefused {
		t.Errorf("a wrong secret: %v", err) // the practice provider knows the client, with another secret
	}
	for name, n := range map[string]valet.NewAppKey{
		"client_id":     {Provider: "practice", ClientID: "key:secret", Secret: secret},
		"client_secret": {Provider: "practice", ClientID: "key"},
		"redirect_uri":  {Provider: "practice", ClientID: "key", Secret: secret, Redirect: "http://evil.example/"},
	} {
		_, err := k.valet.Keys.Set(ctx, n)
		var told *valet.Error
		if !errors.As(err, &told) || told.Kind != valet.BadAppKey || told.Subject != name {
			t.Errorf("a bad %s gave %v", name, err)
		}
	}
	if err := k.valet.Keys.Remove(ctx, own.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := k.store.Get(ctx, own.ID); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("its secret is still in the store: %v", err)
	}
	c := k.mustConnect(t)
	if err := k.valet.Keys.Remove(ctx, c.AppKey); valet.KindOf(err) != valet.UnknownAppKey {
		t.Errorf("the built-in key was removed: %v", err)
	}
}
