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
	return &Providers{shelf: shelf{folder: filepath.Join(t.TempDir(), "providers")}, builtin: []Builtin{
		{Market: Market{Provider: oauth.Provider{ID: "etsy", Name: "Etsy"}}},
		{Market: Market{Provider: oauth.Provider{ID: "practice", Name: "Practice market"}}},
	}}
}

// TestSecretInFile: a secret is refused by the name of its field, whatever the file calls it, and never shown.
func TestSecretInFile(t *testing.T) {
	for _, name := range []string{"client_secret", "clientSecret", "CLIENT-SECRET", "secret", "consumer_secret", "shared_secret", "password", "refresh_token", "accessToken"} {
		text := strings.Replace(goodProvider, `"id":"acme"`, `"id":"acme","`+name+`":"hunter22"`, 1)
		_, err := testProviders(t).Decode([]byte(text))
		var told *Error
		if !errors.As(err, &told) || told.Kind != SecretInFile || told.Subject != name || strings.Contains(err.Error(), "hunter22") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestProviderFileFields: each row spoils one field of a good file, and the error has to name it and not its value.
func TestProviderFileFields(t *testing.T) {
	rows := []struct{ name, old, new, field string }{
		{"good", "", "", ""},
		{"unknown field", `"id":"acme"`, `"id":"acme","colour":"red"`, "colour"},
		{"unknown field inside", `"risk":"read"`, `"risk":"read","secrecy":"hunter22"`, "secrecy"},
		{"a secret as method", `"client_id":"abc"`, `"client_id":"abc","token_endpoint_auth_method":"hunter22"`, "token_endpoint_auth_method"},
		{"doubled key", `"id":"acme"`, `"id":"acme","id":"acme"`, "id"},
		{"doubled key by case", `"id":"acme"`, `"id":"acme","ID":"evil"`, "ID"},
		{"doubled key inside", `"title":"Read orders"`, `"title":"x","title":"y"`, "title"},
		{"wrong type", `"client_id":"abc"`, `"client_id":7`, "client_id"},
		{"built-in id", `"id":"acme"`, `"id":"etsy"`, "id"},
		{"an id like a built-in one", `"id":"acme"`, `"id":"etsy-v3"`, "id"},
		{"an id that reads like one", `"id":"acme"`, `"id":"my-e7sy"`, "id"},
		{"path as id", `"id":"acme"`, `"id":"../acme"`, "id"},
		{"no name", `"Acme Market"`, `""`, "name"},
		{"imitates a built-in", `"Acme Market"`, `"Еtsy"`, "name"},
		{"imitates by case and dots", `"Acme Market"`, `"E.T.S.Y"`, "name"},
		{"imitates in a word", `"Acme Market"`, `"The Etsy login"`, "name"},
		{"imitates the practice", `"Acme Market"`, `"Practice mark\u0435t"`, "name"},
		{"two alphabets in a word", `"Acme Market"`, `"\u0410cme Market"`, "name"},
		{"one alphabet a word", `"Acme Market"`, `"\u041c\u0430\u0440\u043a\u0435\u0442 Acme"`, ""},
		{"a title may say it", `"Read orders"`, `"Read orders from Etsy"`, ""},
		{"bidi name", `"Acme Market"`, `"Acme\u202eX"`, "name"},
		{"unknown protocol", `"oauth2"`, `"saml"`, "protocol"},
		{"http endpoint", `"https://id.acme.example/token"`, `"http://id.acme.example/token"`, "token_endpoint"},
		{"javascript endpoint", `"https://id.acme.example/token"`, `"javascript:alert(1)"`, "token_endpoint"},
		{"user in endpoint", `"https://id.acme.example/token"`, `"https://a@evil.example/token"`, "token_endpoint"},
		{"an issuer instead", `"authorization_endpoint":"https://id.acme.example/authorize?tenant=1","token_endpoint":"https://id.acme.example/token",`, `"issuer":"https://id.acme.example",`, ""},
		{"an issuer with a query", `"id":"acme"`, `"id":"acme","issuer":"https://id.acme.example?x=1"`, "issuer"},
		{"a plain issuer", `"id":"acme"`, `"id":"acme","issuer":"http://id.acme.example"`, "issuer"},
		{"always iss, of nobody", `"id":"acme"`, `"id":"acme","authorization_response_iss_parameter_supported":true`, "authorization_response_iss_parameter_supported"},
		{"always iss", `"id":"acme"`, `"id":"acme","issuer":"https://id.acme.example","authorization_response_iss_parameter_supported":true`, ""},
		{"a byte order mark", `{"id":"acme"`, "\ufeff" + `{"id":"acme"`, ""},
		{"no token endpoint", `"token_endpoint":"https://id.acme.example/token",`, ``, "token_endpoint"},
		{"reserved query", `tenant=1`, `state=1`, "authorization_endpoint"},
		{"redirect elsewhere", `"http://localhost:3003/oauth/redirect"`, `"http://127.0.0.1.evil.example/"`, "redirect_uri"},
		{"no redirect: the usual one", `"redirect_uri":"http://localhost:3003/oauth/redirect",`, ``, ""},
		{"scope with a quote", `"orders_r"`, `"orders\"r"`, "scopes[0].name"},
		{"long scope", `"orders_r"`, `"` + strings.Repeat("o", 201) + `"`, "scopes[0].name"},
		{"unknown risk", `"risk":"read"`, `"risk":"none"`, "scopes[0].risk"},
		{"bad pointer", `"/user_id"`, `"user_id"`, "account.id"},
		{"header injection", `"{client_id}"`, `"a\r\nb"`, "headers"},
		{"a header of ours", `"x-api-key"`, `"Content-Length"`, "headers"},
		{"the host header", `"x-api-key"`, `"hOST"`, "headers"},
		{"a header twice", `{"x-api-key":"{client_id}"}`, `{"x-api-key":"1","X-API-KEY":"2"}`, "X-API-KEY"},
		{"a header with a space", `"x-api-key"`, `"x api key"`, "headers"},
		{"a pointer with a bad escape", `"/user_id"`, `"/user~2id"`, "account.id"},
		{"a pointer that ends in one", `"/shop/0/name"`, `"/shop~"`, "account.name"},
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
			_, err := testProviders(t).Decode([]byte(text))
			if row.field == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var told *Error
			if !errors.As(err, &told) || told.Kind != BadProviderFile || told.Subject != row.field || told.Other == "" {
				t.Fatalf("got %v, want bad-provider-file %s and why", err, row.field)
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
	fresh := &Providers{shelf: shelf{folder: p.folder}, builtin: p.builtin}
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
	f.Add([]byte(issuerProvider))
	f.Add([]byte(signedProvider))
	f.Add([]byte(strings.Replace(signedProvider, "HMAC-SHA256", "PLAINTEXT", 1)))
	f.Add([]byte("\ufeff" + strings.Replace(goodProvider, `"id"`, `"issuer":"https://id.acme.example/","authorization_response_iss_parameter_supported":true,"id"`, 1)))
	f.Add([]byte(strings.Replace(goodProvider, `"id"`, `"Client_Secret":"x","id"`, 1)))
	f.Add([]byte(strings.Replace(goodProvider, "Acme Market", "\u03b5\u03c4\u0455\u0443", 1)))
	p := testProviders(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := p.Decode(data)
		if err != nil {
			if kind := KindOf(err); kind != BadProviderFile && kind != SecretInFile || len(p.List()) != len(p.builtin) {
				t.Fatalf("refused with %v, %d markets", err, len(p.List()))
			}
			return
		}
		encoded, err := json.Marshal(fileOf(first))
		if err != nil {
			t.Fatal(err)
		}
		second, err := p.Decode(encoded)
		if err != nil || first.fingerprint(AppKey{}) != second.fingerprint(AppKey{}) || len(first.Scopes) != len(second.Scopes) {
			t.Fatalf("does not read back as itself: %v", err)
		}
	})
}

func fileOf(m Market) providerFile {
	f := providerFile{
		ID: m.ID, Name: m.Name, Protocol: protocol2, Issuer: m.Issuer, SendsIssuer: m.RequiresIssuer, AuthorizationEndpoint: m.AuthorizationEndpoint,
		TokenEndpoint: m.TokenEndpoint, RevocationEndpoint: m.RevocationEndpoint, ClientID: m.ClientID, AuthMethod: m.AuthMethod,
		RedirectURI: m.Redirect, API: m.API, Account: accountFile(m.Account), Headers: m.Headers, WithdrawPage: m.WithdrawPage,
	}
	if o := m.OAuth1; o != nil {
		f.Protocol, f.AuthorizationEndpoint, f.TokenEndpoint = protocol1, o.AuthorizationEndpoint, o.TokenEndpoint
		f.TemporaryEndpoint, f.SignatureMethod, f.ScopeParameter = o.TemporaryCredentialsEndpoint, o.SignatureMethod, o.ScopeParameter
		f.Realm, f.ExactCallback = o.Realm, o.ExactCallback
	}
	for _, s := range m.Scopes {
		f.Scopes = append(f.Scopes, scopeFile(s))
	}
	return f
}
