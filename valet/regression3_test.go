package valet_test

import (
	"bytes"
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/valet"
)

// TestReconnectBesideAnIndexNobodyReads: a key that is said to be kept is in the store.
func TestReconnectBesideAnIndexNobodyReads(t *testing.T) {
	w := newWreck(t)
	newer := []byte(`{"version":2,"keys":[]}`)
	writeFile(t, w.index, newer)
	old := w.mustToken(t, w.keys[0].ID)
	if _, err := w.connect(t, 0, valet.ConnectRequest{Reconnect: w.keys[0].ID}); err != nil {
		t.Fatal(err)
	}
	if w.mustToken(t, w.keys[0].ID) == old {
		t.Error("the old pair is still in the store")
	}
	if !bytes.Equal(readFile(t, w.index), newer) {
		t.Errorf("the index says %s", readFile(t, w.index))
	}
}

// TestMoveOfAPairThatWaits: a pair that the keyring would not take can be used where it was moved to, by every program.
func TestMoveOfAPairThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _, _ := newShared(t)
		c := k.mustConnect(t)
		k.wire.after = func(*http.Request) error { k.store.fail(nil, storeFault{"other"}); return nil }
		if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.Unsaved {
			t.Fatal(err)
		}
		k.wire.after = nil
		k.store.fail(nil, nil)
		moved, err := k.valet.Stores.Move(t.Context(), c.ID, valet.InFile)
		if err != nil || moved.Store != valet.InFile {
			t.Fatalf("%+v, %v", moved, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if _, err := k.valet.Refresh(ctx, c.ID); err != nil {
			t.Errorf("here: %v", err)
		}
		k.wantOne(t, valet.InFile)
	})
}

// TestReconnectBesideAWithdrawal: a key that is connected again while another program gives the old one back, or forgets it, is
// on the list.
func TestReconnectBesideAWithdrawal(t *testing.T) {
	for name, end := range map[string]func(context.Context, *valet.Valet, valet.ID) error{
		"revoke": func(ctx context.Context, v *valet.Valet, id valet.ID) error { _, err := v.Revoke(ctx, id); return err },
		"forget": func(ctx context.Context, v *valet.Valet, id valet.ID) error { return v.Forget(ctx, id) },
	} {
		t.Run(name, func(t *testing.T) {
			k, _, tell := newShared(t)
			c := k.mustConnect(t)
			window := k.other(t)
			tell.deleted = func() {
				tell.deleted = nil
				tell.freed = func() {
					tell.freed = nil
					if _, err := k.connect(t, 0, valet.ConnectRequest{Reconnect: c.ID}); err != nil {
						t.Error(err)
					}
				}
			}
			if err := end(t.Context(), window, c.ID); err != nil {
				t.Error(err)
			}
			k.wantOne(t, valet.InKeyring)
		})
	}
}

// TestForgetOfAKeyThatCameBack: a program that knows it as given back does not take the line of the new key.
func TestForgetOfAKeyThatCameBack(t *testing.T) {
	k, _, _ := newShared(t)
	c := k.mustConnect(t)
	if _, err := k.valet.Revoke(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	behind := k.other(t)
	k.mustConnect(t)
	if err := behind.Forget(t.Context(), c.ID); valet.KindOf(err) != valet.Cancelled {
		t.Errorf("got %v", err)
	}
	k.wantOne(t, valet.InKeyring)
}

// TestBehindAMove: what another program does with the old copy of a key, which could not be deleted when the key moved, does not
// bring the old pair back on the list, nor spends it.
func TestBehindAMove(t *testing.T) {
	for name, use := range map[string]func(*kit, valet.ID) error{
		"refresh": func(k *kit, id valet.ID) error { _, err := k.valet.Refresh(context.Background(), id); return err },
		"revoke":  func(k *kit, id valet.ID) error { _, err := k.valet.Revoke(context.Background(), id); return err },
		"forget":  func(k *kit, id valet.ID) error { return k.valet.Forget(context.Background(), id) },
		"move": func(k *kit, id valet.ID) error {
			_, err := k.valet.Stores.Move(context.Background(), id, valet.InFile)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			k, _, _ := newShared(t)
			c := k.mustConnect(t)
			behind := k.other(t)
			k.breakKeyring(storeFault{"locked"})
			request := valet.ConnectRequest{Reconnect: c.ID}
			request.Host.ChooseStore = chooses(valet.InFile)
			if _, err := k.connect(t, 0, request); err != nil {
				t.Fatal(err)
			}
			k.breakKeyring(nil)
			asked := k.wire.tokens.get()
			if err := use(k.as(behind), c.ID); valet.KindOf(err) != valet.ItemMissing || k.wire.tokens.get() != asked {
				t.Errorf("%v, with %d requests", err, k.wire.tokens.get()-asked)
			}
			k.wantOne(t, valet.InFile)
		})
	}
}

// TestReturnedKeyConnectedAgainAndKilled: a key that hung here as given back is found when the keyring has it again and the index
// does not say so.
func TestReturnedKeyConnectedAgainAndKilled(t *testing.T) {
	w := newWreck(t)
	if _, err := w.valet.Revoke(t.Context(), w.keys[0].ID); err != nil {
		t.Fatal(err)
	}
	c := w.dying(t, 0)
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	found, err := w.valet.Find(c.Name)
	if err != nil || found.Status != valet.Connected || len(w.valet.Connections()) != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	w.mustToken(t, found.ID)
}

// TestTwoProgramsConnectOneAccount: it hangs here once, and has the later pair.
func TestTwoProgramsConnectOneAccount(t *testing.T) {
	k, _, tell := newShared(t)
	window := k.other(t)
	k.mustConnect(t)
	if _, err := k.as(window).connect(t, 0, valet.ConnectRequest{}); err != nil {
		t.Fatal(err)
	}
	k.wantOne(t, valet.InKeyring)
	if err := k.valet.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := k.valet.Forget(t.Context(), k.valet.Connections()[0].ID); err != nil {
		t.Fatal(err)
	}
	tell.listing = func() { // both have won a key, and know of none
		tell.listing = nil
		if _, err := k.as(window).connect(t, 0, valet.ConnectRequest{}); err != nil {
			t.Error(err)
		}
	}
	if err := window.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.mustConnect(t)
	k.wantOne(t, valet.InKeyring)
}
