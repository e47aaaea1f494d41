package valet_test

import (
	"encoding/json"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// bothAPIs is a kit with the practice market's older API beside today's, which its keys are exchanged at.
func bothAPIs(t *testing.T) *olderKit {
	t.Helper()
	o := newOlderKit(t)
	market := &o.options.Builtin[len(o.options.Builtin)-1].Market
	market.SucceededBy = "practice"
	market.ScopesAt = valet.ScopesLookup{URL: "http://" + practice.DefaultAddress + "/v2/oauth/scopes", List: "/results"}
	o.start(t)
	return o
}

// arm has the practice market misbehave.
func (o *olderKit) arm(t *testing.T, fault string) {
	t.Helper()
	if err := o.practice.Configure(practice.Switches{Fault: fault}); err != nil {
		t.Fatal(err)
	}
}

// older wins a key of the older API for shop number n.
func (o *olderKit) older(t *testing.T, n int, scopes ...oauth.Scope) valet.Connection {
	t.Helper()
	return o.mustType(t, n, valet.ConnectRequest{Scopes: scopes})
}

// paper is a pair of the older API that hangs in no rack: on a piece of paper, or in a file.
type paper struct {
	Token  string `json:"access_token"`
	Secret string `json:"token_secret"`
}

// onPaper wins an older key and forgets its connection.
func (o *olderKit) onPaper(t *testing.T, n int, scopes ...oauth.Scope) paper {
	t.Helper()
	older := o.older(t, n, scopes...)
	record, err := o.store.Get(t.Context(), string(older.ID))
	if err != nil {
		t.Fatal(err)
	}
	var kept paper
	if err := json.Unmarshal(record, &kept); err != nil || kept.Token == "" || kept.Secret == "" {
		t.Fatal("no token in the record", err)
	}
	if err := o.valet.Forget(t.Context(), older.ID); err != nil {
		t.Fatal(err)
	}
	return kept
}

// at finds a connection as it hangs in the rack now.
func (k *kit) at(t *testing.T, id valet.ID) valet.Connection {
	t.Helper()
	for _, c := range k.valet.Connections() {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("%s does not hang in the rack", id)
	return valet.Connection{}
}
