package valet_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"valetkey/oauth"
	"valetkey/valet"
)

const secretMarket = `{"id":"acme","name":"Acme Market","protocol":"oauth2","authorization_endpoint":"https://acme.example/consent",
 "token_endpoint":"https://acme.example/token","client_id":"app","token_endpoint_auth_method":"client_secret_post",
 "redirect_uri":"http://127.0.0.1:0/cb"}`

// TestAppKeyStaysWithItsAddresses: a secret that was given for one set of addresses is not sent to others that a file of the same id
// names later, be it replaced or taken away and added anew, and not after the index was lost either.
func TestAppKeyStaysWithItsAddresses(t *testing.T) {
	k := newKit(t)
	add := func(file string) {
		t.Helper()
		yes := func(_, _ valet.Market) bool { return true }
		if _, _, err := k.valet.Providers.AddData(t.Context(), []byte(file), yes); err != nil {
			t.Fatal(err)
		}
	}
	set := func() valet.AppKey {
		t.Helper()
		key, err := k.valet.Keys.Set(t.Context(), valet.NewAppKey{Provider: "acme", ClientID: "app", Secret: oauth.NewSecret("for acme.example")})
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	picked := func(when, name string, good bool) {
		t.Helper()
		_, err := k.valet.Keys.Pick("acme", name)
		var told *valet.Error
		if good && err != nil || !good && (!errors.As(err, &told) || told.Kind != valet.BadAppKey || told.Subject != "addresses") {
			t.Errorf("%s: %v", when, err)
		}
	}
	elsewhere := strings.Replace(secretMarket, "acme.example/token", "evil.example/token", 1)

	add(secretMarket)
	key := set()
	picked("as it was given", "", true)
	add(elsewhere)
	picked("replaced", "", false)
	picked("replaced, by its id", key.ID, false)
	nothing := make(chan string)
	close(nothing)
	request := valet.ConnectRequest{Provider: "acme", NoListen: true, Host: valet.Host{Pasted: nothing}}
	if _, err := k.valet.Connect(t.Context(), request); valet.KindOf(err) != valet.BadAppKey {
		t.Errorf("connect: %v", err)
	}
	if err := k.valet.Providers.Remove("acme"); err != nil {
		t.Fatal(err)
	}
	add(elsewhere)
	picked("taken away and added", "", false)
	k.start(t)
	picked("in another program", "", false)
	if err := os.Remove(filepath.Join(k.options.Folders.State, "index.json")); err != nil {
		t.Fatal(err)
	}
	k.start(t)
	if found := k.valet.Keys.List(); len(found) == 0 || found[0].ID != key.ID {
		t.Fatalf("after the index was lost: %+v", found)
	}
	picked("after the index was lost", "", false)
	add(secretMarket)
	picked("back again", "", true)
	add(elsewhere)
	set()
	picked("given anew", "", true)
}
