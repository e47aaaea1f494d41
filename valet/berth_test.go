package valet_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"valetkey/keystore"
	"valetkey/valet"
)

// newPlaces is a kit with all three stores; file is the locked file.
func newPlaces(t *testing.T) (k *kit, file *faultyStore) {
	t.Helper()
	k = newKit(t)
	locks, err := keystore.OpenLocksIn(filepath.Join(t.TempDir(), "more", "locks"))
	if err != nil {
		t.Fatal(err)
	}
	file = &faultyStore{Store: keystore.NewMemory(locks)}
	k.options.File, k.options.Session = file, &faultyStore{Store: keystore.NewMemory(locks)}
	k.start(t)
	return k, file
}

// breakKeyring has the keyring answer nothing any more, or again.
func (k *kit) breakKeyring(trouble error) {
	k.store.fail(trouble, trouble)
	k.store.gone = trouble
}

func chooses(kind valet.StoreKind) func(context.Context, error) (valet.StoreKind, error) {
	return func(context.Context, error) (valet.StoreKind, error) { return kind, nil }
}

// TestAKeyMovesOutOfAStoreThatIsGone, and the keyring that comes back does not bring the old pair back: the index says where
// it is, and without an index the later pair wins.
func TestAKeyMovesOutOfAStoreThatIsGone(t *testing.T) {
	k, _ := newPlaces(t)
	first := k.mustConnect(t)
	old := k.mustToken(t, first.ID)
	k.breakKeyring(storeFault{"absent"})
	if _, err := k.connect(t, 0, valet.ConnectRequest{Reconnect: first.ID}); valet.KindOf(err) != valet.StoreTrouble {
		t.Fatalf("with nobody to choose: %v", err)
	}
	request := valet.ConnectRequest{Reconnect: first.ID}
	told := fates(&request)
	request.Host.ChooseStore = chooses(valet.InFile)
	moved, err := k.connect(t, 0, request)
	if err != nil || moved.ID != first.ID || moved.Name != first.Name || moved.Store != valet.InFile {
		t.Fatalf("got %+v, %v", moved, err)
	}
	if !slices.Equal(*told, []valet.Fate{valet.FateLeft}) {
		t.Errorf("told %v", *told)
	}
	token := k.mustToken(t, first.ID)
	k.breakKeyring(nil)
	for range 2 {
		k.start(t)
		list := k.valet.Connections()
		if len(list) != 1 || list[0].Store != valet.InFile || k.mustToken(t, first.ID) != token || token == old {
			t.Fatalf("with the keyring back: %+v", list)
		}
		if err := os.Remove(filepath.Join(k.options.Folders.State, "index.json")); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAKeyOfThisSessionLeavesItsLine: after the session the key that could not be reached is on the list as before.
func TestAKeyOfThisSessionLeavesItsLine(t *testing.T) {
	k, _ := newPlaces(t)
	first := k.mustConnect(t)
	old := k.mustToken(t, first.ID)
	k.breakKeyring(storeFault{"locked"})
	request := valet.ConnectRequest{Reconnect: first.ID}
	request.Host.ChooseStore = chooses(valet.InSession)
	moved, err := k.connect(t, 0, request)
	if err != nil || moved.Store != valet.InSession || moved.Name != first.Name {
		t.Fatalf("got %+v, %v", moved, err)
	}
	if err := k.valet.Load(t.Context()); err != nil { // another program has written the index
		t.Fatal(err)
	}
	if list := k.valet.Connections(); len(list) != 1 || list[0].Store != valet.InSession || k.mustToken(t, first.ID) == old {
		t.Errorf("in this session: %+v", list)
	}
	k.breakKeyring(nil)
	k.start(t)
	if list := k.valet.Connections(); len(list) != 1 || list[0].Store != valet.InKeyring || k.mustToken(t, first.ID) != old {
		t.Errorf("after it: %+v", list)
	}
}

// TestAnAccountIsRenewedWhereItIs though the keyring was meant, unless it is to move; behind a passphrase somebody is asked.
func TestAnAccountIsRenewedWhereItIs(t *testing.T) {
	k, file := newPlaces(t)
	first, err := k.connect(t, 0, valet.ConnectRequest{Store: valet.InFile})
	if err != nil {
		t.Fatal(err)
	}
	only := func(what string, request valet.ConnectRequest, want valet.StoreKind) {
		t.Helper()
		c, err := k.connect(t, 0, request)
		if err != nil || c.ID != first.ID || c.Name != first.Name || c.Store != want || len(k.valet.Connections()) != 1 {
			t.Fatalf("%s: %+v, %v among %d", what, c, err, len(k.valet.Connections()))
		}
		k.mustToken(t, c.ID)
	}
	only("the keyring was meant", valet.ConnectRequest{}, valet.InFile)
	locked := storeFault{"file-locked"}
	file.fail(locked, locked)
	request := valet.ConnectRequest{}
	request.Host.Unlock = func(_ context.Context, trouble error) error {
		if valet.TroubleOf(trouble) != valet.TroubleFileLocked {
			t.Errorf("asked because of %v", trouble)
		}
		file.fail(nil, nil)
		return nil
	}
	only("opened", request, valet.InFile)
	file.fail(storeFault{"file-gone"}, nil)
	only("the file is gone", valet.ConnectRequest{}, valet.InKeyring)
	file.fail(nil, nil)
	only("to the file", valet.ConnectRequest{Store: valet.InFile, Move: true}, valet.InFile)
	if _, err := k.store.Get(t.Context(), string(first.ID)); err == nil {
		t.Error("it is in the keyring too")
	}
	k.start(t)
	only("after a start", valet.ConnectRequest{}, valet.InFile)
	file.fail(locked, locked)
	request.Host.Unlock = func(context.Context, error) error { return errors.New("not now") }
	beside, err := k.connect(t, 0, request)
	if err != nil || beside.ID == first.ID || beside.Store != valet.InKeyring || len(k.valet.Connections()) != 2 {
		t.Errorf("not opened: %+v, %v", beside, err)
	}
}

// TestWhatNobodyCanReadStays: the shop is connected under its NAME, and the old item is where it was, to the letter.
func TestWhatNobodyCanReadStays(t *testing.T) {
	for name, item := range map[string]string{"newer": `{"version": 99, "id": "x"}`, "damaged": "\x00"} {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			first := k.mustConnect(t)
			if err := k.store.Set(t.Context(), string(first.ID), []byte(item)); err != nil {
				t.Fatal(err)
			}
			k.start(t)
			if _, err := k.valet.Refresh(t.Context(), first.ID); valet.KindOf(err) != valet.RecordUnreadable {
				t.Fatal(err)
			}
			request := valet.ConnectRequest{Reconnect: first.ID}
			told := fates(&request)
			c, err := k.connect(t, 0, request)
			if err != nil || c.Name != first.Name || c.ID == first.ID || !slices.Equal(*told, []valet.Fate{valet.FateUnread}) {
				t.Fatalf("got %+v, %v, told %v", c, err, *told)
			}
			for range 2 {
				if list := k.valet.Connections(); len(list) != 1 || list[0].ID != c.ID {
					t.Errorf("on the list: %+v", list)
				}
				k.mustToken(t, c.ID)
				k.start(t)
			}
			if left, err := k.store.Get(t.Context(), string(first.ID)); err != nil || !bytes.Equal(left, []byte(item)) {
				t.Errorf("the old item is %q, %v", left, err)
			}
		})
	}
}

// TestAFailureInTheBackgroundIsSeen on the key, and gone with the next success.
func TestAFailureInTheBackgroundIsSeen(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	k.wire.before = func(*http.Request) error { return errors.New("no route") }
	if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.Unreachable {
		t.Fatal(err)
	}
	if now := k.valet.Connections()[0]; now.Unreachable.Before(now.Refreshed) {
		t.Errorf("not seen: %+v", now)
	}
	k.wire.before = nil
	if now, err := k.valet.Refresh(t.Context(), c.ID); err != nil || !now.Unreachable.IsZero() {
		t.Errorf("still seen: %+v, %v", now, err)
	}
}

// TestMissingNamesItsStore so that nobody looks in the keyring for what was in the file.
func TestMissingNamesItsStore(t *testing.T) {
	k, file := newPlaces(t)
	c, err := k.connect(t, 0, valet.ConnectRequest{Store: valet.InFile})
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Delete(t.Context(), string(c.ID)); err != nil {
		t.Fatal(err)
	}
	var told *valet.Error
	if _, err := k.token(t, c.ID, 0); !errors.As(err, &told) || told.Kind != valet.ItemMissing || told.Store != valet.InFile {
		t.Errorf("got %v", err)
	}
}
