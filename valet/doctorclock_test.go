package valet

import (
	"path/filepath"
	"testing"
	"time"

	"valetkey/keystore"
	"valetkey/oauth"
)

// TestDoctorOnTheAgeOfAToken: what is written of a token says what comes next.
func TestDoctorOnTheAgeOfAToken(t *testing.T) {
	now, secret := time.Now(), oauth.NewSecret("x")
	hour := record{Received: now, Expires: now.Add(time.Hour), Life: time.Hour, Refresh: secret, RefreshExpires: now.Add(90 * 24 * time.Hour)}
	with := func(change func(*record)) record { r := hour; change(&r); return r }
	for name, row := range map[string]struct {
		r      record
		state  FindingState
		reason string
	}{
		"fresh":               {hour, Fine, "fresh"},
		"fresh, once":         {with(func(r *record) { r.Refresh, r.RefreshExpires = oauth.Secret{}, time.Time{} }), Fine, "fresh"},
		"over":                {with(func(r *record) { r.Expires = now.Add(-time.Hour) }), Fine, "renews"},
		"over, once":          {with(func(r *record) { r.Refresh, r.Expires = oauth.Secret{}, now.Add(-time.Hour) }), Wrong, "over"},
		"without an end":      {with(func(r *record) { r.Expires, r.RefreshExpires = time.Time{}, time.Time{} }), Fine, "endless"},
		"more than it can be": {with(func(r *record) { r.Expires = now.Add(48 * time.Hour) }), Fine, "renews"},
		"ends in a day":       {with(func(r *record) { r.RefreshExpires = now.Add(24 * time.Hour) }), LookAt, "ends-soon"},
		"ended by itself":     {with(func(r *record) { r.RefreshExpires = now.Add(-time.Hour) }), LookAt, "lapsed"},
		"ended by them":       {with(func(r *record) { r.Ended = "invalid_grant" }), Wrong, "needs-consent"},
		"lost":                {with(func(r *record) { r.Ended = string(AnswerLost) }), Wrong, "answer-lost"},
	} {
		if f := (&keyCheck{}).age(row.r); f.State != row.state || f.Reason != row.reason {
			t.Errorf("%s: %q %q, want %q %q", name, f.State, f.Reason, row.state, row.reason)
		}
	}
}

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
