package valet

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"valetkey/oauth"
)

// full is an entry with something in every field.
func full() entry {
	at := time.Date(2026, 11, 21, 14, 2, 3, 456000000, time.UTC)
	return entry{
		ID: "0a", Name: "blue-fern", Provider: "etsy", AppKey: "key-1",
		Account: Account{UserID: "1", ShopID: "2", ShopName: "Bits & \"Bobs\" \\ <é\u2028>", Person: "Ada", Picture: "https://example.com/a?b=1&c"},
		Asked:   []oauth.Scope{"shops_r", "transactions_r"}, Granted: []oauth.Scope{"shops_r"}, Before: []oauth.Scope{"email_r"},
		Store: InFile, Status: NeedsAuthorization, Reason: "invalid_grant", Connected: at, Refreshed: at.Add(1), AccessExpires: at.Add(2),
		AccessLife: 3600, RefreshExpires: at.Add(time.Hour), Renewable: true, Used: at.Add(3), Returned: at.Add(4), Proven: at.Add(5), Generation: "f00d",
	}
}

func textOf(t testing.TB, e entry) string {
	t.Helper()
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestLine: a line that this program writes is read without package json, field for field, whatever is left out of it.
func TestLine(t *testing.T) {
	fields := reflect.TypeFor[entry]()
	for n := range fields.NumField() {
		e := full()
		if reflect.ValueOf(e).Field(n).IsZero() {
			t.Errorf("the test does not fill %s", fields.Field(n).Name)
		}
		reflect.ValueOf(&e).Elem().Field(n).SetZero()
		wantFields(t, textOf(t, e), e)
	}
	e := full()
	e.Account, e.Asked = Account{ShopName: "Lantern"}, []oauth.Scope{}
	wantFields(t, textOf(t, e), e)
	wantFields(t, textOf(t, full()), full())
}

func wantFields(t *testing.T, text string, want entry) {
	t.Helper()
	if got, ok := new(lineReader).fields(text); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%s\nis read as %+v, %v", text, got, ok)
	}
	if l, ok := beginLine(text); want.ID != "" && (!ok || l.id != want.ID || l.name != want.Name) {
		t.Errorf("%s\nbegins with %q, %q, %v", text, l.id, l.name, ok)
	}
}

// FuzzLine: where a line is read without package json, that would have read the same.
func FuzzLine(f *testing.F) {
	f.Add(textOf(f, full()))
	f.Add(textOf(f, entry{ID: "0b"}))
	f.Add(strings.Replace(textOf(f, full()), `"renewable":true`, `"renewable":true,"mood":{"new":1}`, 1))
	f.Add(`{"id":"a","name":"b","asked":["a]"],"account":{"user_id":"1","person":"x"},"access_life_seconds":7}`)
	f.Fuzz(func(t *testing.T, text string) {
		var want entry
		if json.Unmarshal([]byte(text), &want) != nil || strings.ToValidUTF8(text, "") != text {
			return
		}
		if got, ok := new(lineReader).fields(text); ok && !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as\n%+v, and package json reads\n%+v", text, got, want)
		}
		l, ok := beginLine(text)
		if !ok || l.id != want.ID {
			return
		}
		if got := l.entry(); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as\n%+v, and package json reads\n%+v", text, got, want)
		}
	})
}
