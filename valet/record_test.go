package valet

import (
	"bytes"
	"testing"
	"time"

	"valetkey/oauth"
)

func sampleRecord() record {
	at := time.Date(2026, 11, 21, 14, 2, 0, 0, time.UTC)
	return record{
		ID: "0123", Generation: "g1", Name: "blue-fern-pottery", Provider: "practice", Endpoints: "e", AppKey: "builtin-practice",
		Account: Account{UserID: "123", ShopID: "456", ShopName: "Blue Fern Pottery"},
		Asked:   []oauth.Scope{"shops_r"}, Granted: []oauth.Scope{"shops_r"}, Connected: at,
		Access: oauth.NewSecret("123.access"), Refresh: oauth.NewSecret("123.refresh"),
		Received: at, Expires: at.Add(time.Hour), Life: time.Hour, RefreshExpires: at.Add(90 * 24 * time.Hour),
		Pending: pending{Since: at, Token: "hash"},
	}
}

// FuzzRecord: what is accepted re-encodes to itself; what is refused gives the zero record and an error without the input.
func FuzzRecord(f *testing.F) {
	whole, err := sampleRecord().encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(bytes.Replace(whole, []byte(`"version":1`), []byte(`"version":2`), 1))
	f.Add(bytes.Replace(whole, []byte(`"version":1`), []byte(`"version":1,"mood":{"id":7},"Name":"x"`), 1))
	f.Add(bytes.Replace(whole, []byte(`"user_id"`), []byte(`"country":"PT","user_id"`), 1))
	f.Add(whole[:len(whole)-2])
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := decodeRecord(data)
		if err != nil {
			if first.ID != "" || !first.Access.IsZero() {
				t.Fatalf("refused, but gave %v", first.ID)
			}
			return
		}
		encoded, err := first.encode()
		if err != nil {
			t.Fatalf("accepted, but does not encode: %v", err)
		}
		second, err := decodeRecord(encoded)
		if err != nil {
			t.Fatalf("its own encoding is refused: %v", err)
		}
		again, err := second.encode()
		if err != nil || !bytes.Equal(encoded, again) {
			t.Fatalf("encodes differently the second time")
		}
	})
}

// TestRecordKeepsWhatItDoesNotKnow: fields of a newer version outlive a refresh by this one.
func TestRecordKeepsWhatItDoesNotKnow(t *testing.T) {
	old := sampleRecord()
	data, err := old.encode()
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.Replace(data, []byte(`"version":1`), []byte(`"version":1,"device_key":{"alg":"ES256"},"colour":"blue"`), 1)
	data = bytes.Replace(data, []byte(`"user_id"`), []byte(`"country":"PT","user_id"`), 1)
	read, err := decodeRecord(data)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC()
	taken := read.take(oauth.Token{Access: oauth.NewSecret("123.next"), Refresh: oauth.NewSecret("123.rotated"), Received: now}, habits{})
	written, err := taken.encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"device_key":{"alg":"ES256"}`, `"colour":"blue"`, `"country":"PT"`, `"access_token":"123.next"`, `"user_id":"123"`} {
		if bytes.Count(written, []byte(want)) != 1 {
			t.Errorf("%s is not there once: %s", want, written)
		}
	}
	if again, err := decodeRecord(written); err != nil || !again.Access.Equal(taken.Access) || again.Account != old.Account {
		t.Errorf("it reads back as %+v, %v", again.Account, err)
	}
}

func TestRecordFresh(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	rows := []struct {
		name    string
		expires time.Time
		life    time.Duration
		least   time.Duration
		want    bool
	}{
		{"an hour left", now.Add(time.Hour), time.Hour, time.Minute, true},
		{"exactly the least", now.Add(time.Minute), time.Hour, time.Minute, false},
		{"over", now.Add(-time.Second), time.Hour, 0, false},
		{"never expires", time.Time{}, 0, time.Hour, true},
		{"unknown life, far away", now.Add(24 * time.Hour), 0, time.Minute, true},
		{"clock set back a day: more left than it ever had", now.Add(25 * time.Hour), time.Hour, time.Minute, false},
		{"short life, above a tenth", now.Add(3 * time.Second), 20 * time.Second, staleAt(20 * time.Second), true},
		{"short life, a tenth left", now.Add(2 * time.Second), 20 * time.Second, staleAt(20 * time.Second), false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r := record{Expires: row.expires, Life: row.life}
			if got := r.fresh(now, row.least); got != row.want {
				t.Errorf("fresh = %v, want %v", got, row.want)
			}
		})
	}
}

func TestRecordTake(t *testing.T) {
	now := time.Now().UTC()
	old := sampleRecord()
	token := oauth.Token{Access: oauth.NewSecret("123.next"), Expires: now.Add(time.Hour), Life: time.Hour, Received: now}

	kept := old.take(token, habits{refreshLife: 90 * 24 * time.Hour})
	if !kept.Refresh.Equal(old.Refresh) || kept.RefreshExpires != old.RefreshExpires {
		t.Error("an answer without a refresh token has to keep the old one and its time (RFC 6749 6)")
	}
	if kept.Generation == old.Generation || kept.Pending.Token != "" {
		t.Error("a new pair needs a new generation and clears the note")
	}
	token.Refresh = oauth.NewSecret("123.rotated")
	rotated := old.take(token, habits{refreshLife: 90 * 24 * time.Hour})
	if !rotated.Refresh.Equal(token.Refresh) || !rotated.RefreshExpires.Equal(now.Add(90*24*time.Hour)) {
		t.Error("a rotated refresh token has to replace the old one")
	}
	if len(rotated.Granted) != 1 {
		t.Error("an answer without scope means as granted before")
	}
	if !rotated.Previous.IsZero() {
		t.Error("the spent refresh token is kept, though the provider is not one to need it")
	}
	both := old.take(token, habits{keepPrevious: true})
	if !both.Previous.Equal(old.Refresh) {
		t.Error("the spent refresh token is not kept for a provider that may need it")
	}
	if proved := both.take(oauth.Token{Access: token.Access, Received: now}, habits{keepPrevious: true}); !proved.Previous.IsZero() {
		t.Error("its successor has proved itself, and the spent one is still kept")
	}
	token.Scopes = []oauth.Scope{}
	if got := old.take(token, habits{}); len(got.Granted) != 0 || !got.RefreshExpires.IsZero() {
		t.Error("an answer that names no scope at all grants none; an unknown life has no end")
	}
}
