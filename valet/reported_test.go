package valet

import (
	"encoding/json"
	"slices"
	"testing"

	"valetkey/oauth"
)

func TestSideBySide(t *testing.T) {
	got := SideBySide([]oauth.Scope{"a", "b", "c"}, []oauth.Scope{"d", "a", "b"}, []oauth.Scope{"e", "a"})
	want := []Permission{
		{"a", true, true, true, true}, {"b", true, true, false, true}, {"c", true, false, false, true},
		{"d", false, true, false, true}, {"e", false, false, true, true},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := SideBySide([]oauth.Scope{"a"}, nil, nil); !slices.Equal(got, []Permission{{Name: "a", Asked: true}}) {
		t.Errorf("not said: %+v", got)
	}
	if got := SideBySide(nil, []oauth.Scope{"a"}, []oauth.Scope{}); !slices.Equal(got, []Permission{{Name: "a", Granted: true, Known: true}}) {
		t.Errorf("said to be none: %+v", got)
	}
}

// TestReportedScopes: the list of an answer in the form of Etsy's API v2, and what may stand in its place.
func TestReportedScopes(t *testing.T) {
	for document, want := range map[string][]oauth.Scope{
		`{"count":2,"results":["email_r","listings_w"],"params":null,"type":"ArrayString","pagination":{}}`: {"email_r", "listings_w"},
		`{"count":0,"results":[]}`:               {},
		`{"results":["a b","","ok","\u202e"]}`:   {"ok"},
		`{"results":{"0":"email_r"}}`:            nil,
		`{"results":null}`:                       nil,
		`{"results":[1]}`:                        nil,
		`{}`:                                     nil,
		`[]`:                                     nil,
		`"results"`:                              nil,
		`{"results":"email_r","x":["email_r"]}`:  nil,
		`{"Results":["email_r"],"y":"results"}`:  nil,
		`{"results":[["email_r"]],"results2":0}`: nil,
	} {
		got := scopesIn(valueAt(json.RawMessage(document), "/results"))
		if !slices.Equal(got, want) || (got == nil) != (want == nil) {
			t.Errorf("%s: %v, want %v", document, got, want)
		}
	}
}
