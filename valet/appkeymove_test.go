package valet_test

import (
	"context"
	"errors"
	"io/fs"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// ownKey keeps the practice provider's app key as one that was set.
func ownKey(t *testing.T, k *kit, kind valet.StoreKind) valet.AppKey {
	t.Helper()
	key, err := k.valet.Keys.Set(t.Context(), valet.NewAppKey{
		Provider: "practice", Label: "own", ClientID: practice.ClientID, Secret: oauth.NewSecret(practice.ClientSecret), Store: kind,
	})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// keyStore says where an app key is by the list, and wants it there alone.
func keyStore(t *testing.T, k *kit, id string, places map[valet.StoreKind]*faultyStore) valet.StoreKind {
	t.Helper()
	var listed valet.StoreKind
	for _, key := range k.valet.Keys.List() {
		if key.ID == id {
			listed = key.Store
		}
	}
	if listed == "" {
		listed = valet.InKeyring
	}
	for kind, store := range places {
		if _, err := store.Get(context.Background(), id); (err == nil) != (kind == listed) {
			t.Errorf("listed in %s, and in %s there is: %v", listed, kind, err)
		}
	}
	return listed
}

// TestAppKeyGoesAlong: a key in the locked file is renewed without the keyring; the app key that two keys need moves with the
// last of them.
func TestAppKeyGoesAlong(t *testing.T) {
	k, file, session := newLadder(t)
	places := map[valet.StoreKind]*faultyStore{valet.InKeyring: k.store, valet.InFile: file, valet.InSession: session}
	key := ownKey(t, k, "")
	first := k.mustConnect(t)
	second, err := k.connect(t, 1, valet.ConnectRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		id   valet.ID
		kind valet.StoreKind
		want valet.StoreKind // of the app key
	}{
		{first.ID, valet.InFile, valet.InKeyring},
		{second.ID, valet.InFile, valet.InFile},
		{second.ID, valet.InSession, valet.InFile},
		{first.ID, valet.InKeyring, valet.InFile},
		{second.ID, valet.InKeyring, valet.InKeyring},
		{first.ID, valet.InFile, valet.InKeyring},
		{second.ID, valet.InFile, valet.InFile},
	} {
		if _, err := k.valet.Stores.Move(t.Context(), step.id, step.kind); err != nil {
			t.Fatalf("to %s: %v", step.kind, err)
		}
		if now := keyStore(t, k, key.ID, places); now != step.want {
			t.Errorf("after a move to %s the app key is in %s, want %s", step.kind, now, step.want)
		}
	}
	k.start(t)
	k.store.fail(storeFault{"absent"}, storeFault{"absent"})
	if _, err := k.valet.Refresh(t.Context(), first.ID); err != nil {
		t.Errorf("without a keyring the key is not renewed: %v", err)
	}
}

// TestAppKeyIsSetElsewhere: one that is set again goes where it is asked to, and else stays where it is.
func TestAppKeyIsSetElsewhere(t *testing.T) {
	k, file, session := newLadder(t)
	places := map[valet.StoreKind]*faultyStore{valet.InKeyring: k.store, valet.InFile: file, valet.InSession: session}
	key := ownKey(t, k, "")
	for _, step := range []struct{ asked, want valet.StoreKind }{
		{valet.InFile, valet.InFile}, {"", valet.InFile}, {valet.InSession, valet.InSession}, {"", valet.InSession}, {valet.InKeyring, valet.InKeyring},
	} {
		if again := ownKey(t, k, step.asked); again.ID != key.ID {
			t.Errorf("set again it is another: %+v", again)
		}
		if now := keyStore(t, k, key.ID, places); now != step.want {
			t.Errorf("asked for %q it is in %s, want %s", step.asked, now, step.want)
		}
	}
	if len(k.valet.Keys.List()) != 2 {
		t.Errorf("the list is %+v, want the own and the built-in one", k.valet.Keys.List())
	}
}

// TestAppKeyMoveFails: whatever goes wrong, the app key is where it was.
func TestAppKeyMoveFails(t *testing.T) {
	k, file, session := newLadder(t)
	places := map[valet.StoreKind]*faultyStore{valet.InKeyring: k.store, valet.InFile: file, valet.InSession: session}
	key := ownKey(t, k, "")
	for _, fault := range []struct{ probe, set error }{{storeFault{"file-locked"}, nil}, {nil, storeFault{"file-other"}}} {
		file.fail(fault.probe, fault.set)
		if _, err := k.valet.Keys.Move(t.Context(), key.ID, valet.InFile); valet.KindOf(err) != valet.StoreTrouble {
			t.Errorf("got %v", err)
		}
		if now := keyStore(t, k, key.ID, places); now != valet.InKeyring {
			t.Errorf("it is in %s", now)
		}
	}
	if _, err := k.valet.Keys.Move(t.Context(), "nobody", valet.InFile); valet.KindOf(err) != valet.UnknownAppKey {
		t.Errorf("an app key that nobody knows: %v", err)
	}
	if same, err := k.valet.Keys.Move(t.Context(), "builtin-practice", valet.InFile); err != nil || !same.BuiltIn {
		t.Errorf("the built-in one: %+v, %v", same, err)
	}
}

// TestAppKeyItemIsGone: an app key that is on the list is named by its label when the store has lost it.
func TestAppKeyItemIsGone(t *testing.T) {
	k := newKit(t)
	key := ownKey(t, k, "")
	c := k.mustConnect(t)
	if err := k.store.Store.Set(t.Context(), key.ID, []byte(`{"version":9}`)); err != nil {
		t.Fatal(err)
	}
	wantKeyTrouble(t, k, c.ID, valet.RecordUnreadable)
	if err := k.store.Delete(t.Context(), key.ID); err != nil {
		t.Fatal(err)
	}
	wantKeyTrouble(t, k, c.ID, valet.ItemMissing)
	if c := k.valet.Connections()[0]; c.Status != valet.Connected {
		t.Errorf("the key itself is shown as %s", c.Status)
	}
	ownKey(t, k, "")
	if _, err := k.valet.Refresh(t.Context(), c.ID); err != nil {
		t.Errorf("set again: %v", err)
	}
}

// wantKeyTrouble tries everything that needs the app key.
func wantKeyTrouble(t *testing.T, k *kit, id valet.ID, kind valet.Kind) {
	t.Helper()
	_, refresh := k.valet.Refresh(t.Context(), id)
	_, connect := k.connect(t, 0, valet.ConnectRequest{})
	for what, err := range map[string]error{"refresh": refresh, "connect": connect} {
		var told *valet.Error
		if !errors.As(err, &told) || told.Kind != kind || told.Subject != "own" || told.Other != "practice" {
			t.Errorf("%s: %v, want %s of the label", what, err, kind)
		}
	}
}

// TestForgetWithoutItsStore: a key that was given back is nowhere any more, and one whose locked file is gone neither.
func TestForgetWithoutItsStore(t *testing.T) {
	k, file, _ := newLadder(t)
	returned := k.mustConnect(t)
	if _, err := k.valet.Revoke(t.Context(), returned.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := k.valet.Stores.Move(t.Context(), returned.ID, valet.InFile); valet.KindOf(err) != valet.GivenBack {
		t.Errorf("moving a key that was given back: %v", err)
	}
	k.store.gone = storeFault{"locked"}
	if err := k.valet.Forget(t.Context(), returned.ID); err != nil {
		t.Errorf("given back, and its keyring is locked: %v", err)
	}
	k.store.gone = nil
	c, err := k.connect(t, 1, valet.ConnectRequest{Store: valet.InFile})
	if err != nil {
		t.Fatal(err)
	}
	file.gone = storeFault{"file-locked"}
	if err := k.valet.Forget(t.Context(), c.ID); valet.KindOf(err) != valet.StoreTrouble {
		t.Errorf("its file is locked: %v", err)
	}
	file.gone = storeFault{"file-gone"}
	if err := k.valet.Forget(t.Context(), c.ID); err != nil || len(k.valet.Connections()) != 0 {
		t.Errorf("its file is gone: %v, and left is %+v", err, k.valet.Connections())
	}
	file.gone = nil
	if _, err := file.Get(t.Context(), string(c.ID)); errors.Is(err, fs.ErrNotExist) {
		t.Error("what could not be seen was deleted")
	}
}
