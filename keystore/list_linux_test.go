package keystore

import (
	"testing"
	"time"

	"valetkey/keystore/keyringtest"
)

func TestRealKeyringList(t *testing.T) {
	keyringtest.In(t, keyringtest.Ready, func(t *testing.T) {
		k := realKeyring(t)
		foreign := NewKeyring("another-program", testLocks(t))
		if err := foreign.Set(t.Context(), "not-ours", []byte("x")); err != nil {
			t.Fatal(err)
		}
		testList(t, k)
	})
}

func TestStandInList(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		testList(t, k)
		s.Set(keyringtest.Mood{Locked: true})
		start, asked := time.Now(), s.Calls("Unlock")
		_, err := k.List(t.Context())
		wantState(t, err, Locked)
		if s.Prompting() || s.Calls("Unlock") != asked || time.Since(start) > callLimit {
			t.Error("it asked somebody to unlock it")
		}
	})
}

func TestListWithoutKeyring(t *testing.T) {
	for state, want := range map[keyringtest.State]State{
		keyringtest.NoBus: Absent, keyringtest.NoService: Absent, keyringtest.NoCollection: NoCollection, keyringtest.Locked: Locked,
	} {
		t.Run(string(want), func(t *testing.T) {
			keyringtest.In(t, state, func(t *testing.T) {
				_, err := realKeyring(t).List(t.Context())
				wantState(t, err, want)
			})
		})
	}
}
