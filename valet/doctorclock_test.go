package valet

import (
	"path/filepath"
	"testing"
	"time"

	"valetkey/keystore"
)

// TestDoctorOnAClockSetBack: a key that was renewed in what is the future now, and a clock that goes back while we look.
func TestDoctorOnAClockSetBack(t *testing.T) {
	locks, err := keystore.OpenLocksIn(filepath.Join(t.TempDir(), "locks"))
	if err != nil {
		t.Fatal(err)
	}
	store := keystore.NewMemory(locks)
	v := New(Options{Keyring: store, Folders: Folders{Config: t.TempDir(), State: t.TempDir()}})
	d := NewDoctor(v, Instruments{})
	look := func() (f Finding) {
		for f = range d.Examine(t.Context(), Visit{Only: []CheckID{CheckClock}}) {
		}
		return f
	}
	if f := look(); f.State != Fine || f.Reason != "steady" {
		t.Errorf("%+v", f)
	}
	v.hang(newSeat(store, Connection{ID: "a", Name: "blue-fern", Store: InSession, Status: Connected, Refreshed: time.Now().Add(48*time.Hour + time.Minute)}))
	if f := look(); f.State != LookAt || f.Reason != "before-keys" || f.Subject != "blue-fern" || f.Span < 48*time.Hour {
		t.Errorf("%+v", f)
	}
	if back := setBack(d.born, d.born.Add(time.Hour)); back != 0 {
		t.Errorf("an hour passed, and the clock went back by %s", back)
	}
}
