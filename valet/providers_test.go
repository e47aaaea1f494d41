package valet

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"valetkey/oauth"
)

const goodProvider = `{"id":"acme","name":"Acme Market","protocol":"oauth2",
 "authorization_endpoint":"https://id.acme.example/authorize?tenant=1","token_endpoint":"https://id.acme.example/token",
 "client_id":"abc","redirect_uri":"http://localhost:3003/oauth/redirect",
 "scopes":[{"name":"orders_r","title":"Read orders","risk":"read"}],"api":"https://api.acme.example",
 "account":{"url":"https://api.acme.example/me","id":"/user_id","name":"/shop/0/name"},
 "headers":{"x-api-key":"{client_id}"}}`

func testProviders(t testing.TB) *Providers {
	return &Providers{folder: filepath.Join(t.TempDir(), "providers"), builtin: []Builtin{{Market: Market{Provider: oauth.Provider{ID: "etsy", Name: "Etsy"}}}}}
}

// TestProviderFileFields: each row spoils one field of a good file, and the error has to name it and not its value.
func TestProviderFileFields(t *testing.T) {
	rows := []struct{ name, old, new, field string }{
		{"good", "", "", ""},
		{"unknown field", `"id":"acme"`, `"id":"acme","colour":"red"`, "colour"},
		{"a secret", `"id":"acme"`, `"id":"acme","client_secret":"hunter22"`, "client_secret"},
		{"a secret as method", `"client_id":"abc"`, `"client_id":"abc","token_endpoint_auth_method":"hunter22"`, "token_endpoint_auth_method"},
		{"doubled key", `"id":"acme"`, `"id":"acme","id":"acme"`, "id"},
		{"doubled key by case", `"id":"acme"`, `"id":"acme","ID":"evil"`, "ID"},
		{"doubled key inside", `"title":"Read orders"`, `"title":"x","title":"y"`, "title"},
		{"wrong type", `"client_id":"abc"`, `"client_id":7`, "client_id"},
		{"built-in id", `"id":"acme"`, `"id":"etsy"`, "id"},
		{"path as id", `"id":"acme"`, `"id":"../acme"`, "id"},
		{"no name", `"Acme Market"`, `""`, "name"},
		{"imitates a built-in", `"Acme Market"`, `"Еtsy"`, "name"},
		{"imitates by case and dots", `"Acme Market"`, `"E.T.S.Y"`, "name"},
		{"bidi name", `"Acme Market"`, `"Acme\u202eX"`, "name"},
		{"unknown protocol", `"oauth2"`, `"saml"`, "protocol"},
		{"http endpoint", `"https://id.acme.example/token"`, `"http://id.acme.example/token"`, "token_endpoint"},
		{"javascript endpoint", `"https://id.acme.example/token"`, `"javascript:alert(1)"`, "token_endpoint"},
		{"user in endpoint", `"https://id.acme.example/token"`, `"https://a@evil.example/token"`, "token_endpoint"},
		{"no token endpoint", `"token_endpoint":"https://id.acme.example/token",`, ``, "token_endpoint"},
		{"reserved query", `tenant=1`, `state=1`, "authorization_endpoint"},
		{"redirect elsewhere", `"http://localhost:3003/oauth/redirect"`, `"http://127.0.0.1.evil.example/"`, "redirect_uri"},
		{"no redirect: the usual one", `"redirect_uri":"http://localhost:3003/oauth/redirect",`, ``, ""},
		{"scope with a quote", `"orders_r"`, `"orders\"r"`, "scopes[0].name"},
		{"unknown risk", `"risk":"read"`, `"risk":"none"`, "scopes[0].risk"},
		{"bad pointer", `"/user_id"`, `"user_id"`, "account.id"},
		{"header injection", `"{client_id}"`, `"a\r\nb"`, "headers"},
		{"authorization header", `"x-api-key"`, `"Authorization"`, "headers"},
		{"rubbish after", `{"x-api-key":"{client_id}"}}`, `{"x-api-key":"{client_id}"}} x`, "end of file"},
		{"not UTF-8", `Acme Market`, "Acme\xff", "UTF-8"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			text := goodProvider
			if row.old != "" {
				if text = strings.Replace(text, row.old, row.new, 1); text == goodProvider {
					t.Fatal("the row changes nothing")
				}
			}
			_, err := testProviders(t).decode([]byte(text))
			if row.field == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var told *Error
			if !errors.As(err, &told) || told.Kind != BadProviderFile || told.Subject != row.field {
				t.Fatalf("got %v, want bad-provider-file %s", err, row.field)
			}
			if strings.Contains(err.Error(), "hunter22") {
				t.Error("the error shows the value")
			}
		})
	}
}

func TestProvidersAdd(t *testing.T) {
	p := testProviders(t)
	file := filepath.Join(t.TempDir(), "acme.json")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(goodProvider)
	if m, added, err := p.Add(t.Context(), file, nil); err != nil || !added || m.ID != "acme" {
		t.Fatalf("Add = %v %v %v", m.ID, added, err)
	}
	if _, added, err := p.Add(t.Context(), file, nil); err != nil || added {
		t.Fatalf("the same content again: added %v, %v", added, err)
	}
	write(strings.Replace(goodProvider, "Acme Market", "Acme Bazaar", 1))
	if _, _, err := p.Add(t.Context(), file, nil); KindOf(err) != NameTaken {
		t.Fatalf("other content, nobody to ask: %v", err)
	}
	asked := false
	_, added, err := p.Add(t.Context(), file, func(old, new Market) bool {
		asked = old.Name == "Acme Market" && new.Name == "Acme Bazaar"
		return true
	})
	if err != nil || !added || !asked {
		t.Fatalf("other content, agreed: added %v, asked %v, %v", added, asked, err)
	}
	fresh := &Providers{folder: p.folder, builtin: p.builtin}
	if err := fresh.load(); err != nil {
		t.Fatal(err)
	}
	if m, err := fresh.Get("acme"); err != nil || m.Name != "Acme Bazaar" {
		t.Fatalf("after a start: %v, %v", m.Name, err)
	}
	if err := fresh.Remove("acme"); err != nil {
		t.Fatal(err)
	}
	if _, err := fresh.Get("acme"); KindOf(err) != UnknownProvider {
		t.Fatalf("after Remove: %v", err)
	}
}

// FuzzProviderFile: an accepted file passes its own checks again after a round through its own form; a refused one adds nothing.
func FuzzProviderFile(f *testing.F) {
	f.Add([]byte(goodProvider))
	f.Add([]byte(`{"id":"acme","id":"b"}`))
	f.Add([]byte(`[1,{"a":[{}]}]`))
	p := testProviders(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := p.decode(data)
		if err != nil {
			if KindOf(err) != BadProviderFile || len(p.List()) != 1 {
				t.Fatalf("refused with %v, %d markets", err, len(p.List()))
			}
			return
		}
		encoded, err := json.Marshal(fileOf(first))
		if err != nil {
			t.Fatal(err)
		}
		second, err := p.decode(encoded)
		if err != nil || endpointsOf(first.Provider, AppKey{}) != endpointsOf(second.Provider, AppKey{}) || len(first.Scopes) != len(second.Scopes) {
			t.Fatalf("does not read back as itself: %v", err)
		}
	})
}

func fileOf(m Market) providerFile {
	f := providerFile{
		ID: m.ID, Name: m.Name, Protocol: "oauth2", Issuer: m.Issuer, AuthorizationEndpoint: m.AuthorizationEndpoint,
		TokenEndpoint: m.TokenEndpoint, RevocationEndpoint: m.RevocationEndpoint, ClientID: m.ClientID, AuthMethod: m.AuthMethod,
		RedirectURI: m.Redirect, API: m.API, Account: accountFile(m.Account), Headers: m.Headers, WithdrawPage: m.WithdrawPage,
	}
	for _, s := range m.Scopes {
		f.Scopes = append(f.Scopes, scopeFile(s))
	}
	return f
}
