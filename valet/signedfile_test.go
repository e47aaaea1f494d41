package valet

import (
	"errors"
	"os"
	"strings"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/oauth1"
)

const signedProvider = `{"id":"old","name":"Old Market","protocol":"oauth1",
 "temporary_credentials_endpoint":"https://old.example/request_token?v=2","authorization_endpoint":"https://www.old.example/signin",
 "token_endpoint":"https://old.example/access_token","client_id":"consumer key","signature_method":"HMAC-SHA256","realm":"Old shops",
 "redirect_uri":"oob","scope_parameter":"scope","scopes":[{"name":"orders_r","title":"Read orders","risk":"read"}],
 "api":"https://api.old.example","account":{"url":"https://api.old.example/me","id":"/results/0/user_id"},"withdraw_page":"https://www.old.example/apps"}`

// TestSignedProviderFile: each row spoils one field of a good file of OAuth 1.0a, and the error has to name it.
func TestSignedProviderFile(t *testing.T) {
	rows := []struct{ name, old, new, field string }{
		{"good", "", "", ""},
		{"a loopback callback", `"oob"`, `"http://localhost:3003/oauth/redirect"`, ""},
		{"no callback: the usual one", `"redirect_uri":"oob",`, ``, ""},
		{"a callback on the web", `"oob"`, `"https://old.example/"`, "redirect_uri"},
		{"a callback elsewhere", `"oob"`, `"http://127.0.0.1.evil.example/"`, "redirect_uri"},
		{"a callback in capitals", `"oob"`, `"OOB"`, "redirect_uri"},
		{"an issuer", `"client_id"`, `"issuer":"https://old.example","client_id"`, "issuer"},
		{"always iss", `"client_id"`, `"authorization_response_iss_parameter_supported":true,"client_id"`, "authorization_response_iss_parameter_supported"},
		{"a revocation endpoint", `"client_id"`, `"revocation_endpoint":"https://old.example/r","client_id"`, "revocation_endpoint"},
		{"a token method", `"client_id"`, `"token_endpoint_auth_method":"none","client_id"`, "token_endpoint_auth_method"},
		{"headers", `"client_id"`, `"headers":{"x-api-key":"1"},"client_id"`, "headers"},
		{"no temporary credentials", `"temporary_credentials_endpoint":"https://old.example/request_token?v=2",`, ``, "temporary_credentials_endpoint"},
		{"plain temporary credentials", `https://old.example/request_token`, `http://old.example/request_token`, "temporary_credentials_endpoint"},
		{"a query of the protocol's", `request_token?v=2`, `request_token?oauth_nonce=2`, "temporary_credentials_endpoint"},
		{"no sign-in page", `"authorization_endpoint":"https://www.old.example/signin",`, ``, "authorization_endpoint"},
		{"a sign-in page by script", `https://www.old.example/signin`, `javascript:alert(1)`, "authorization_endpoint"},
		{"no token endpoint", `"token_endpoint":"https://old.example/access_token",`, ``, "token_endpoint"},
		{"a user in the token endpoint", `https://old.example/access_token`, `https://a@old.example/access_token`, "token_endpoint"},
		{"an unknown signature", `"HMAC-SHA256"`, `"RSA-SHA1"`, "signature_method"},
		{"a signature in small letters", `"HMAC-SHA256"`, `"hmac-sha256"`, "signature_method"},
		{"a number for a signature", `"HMAC-SHA256"`, `256`, "signature_method"},
		{"no signature: the usual one", `"signature_method":"HMAC-SHA256",`, ``, ""},
		{"PLAINTEXT over TLS", `"HMAC-SHA256"`, `"PLAINTEXT"`, ""},
		{"a scope parameter of the protocol's", `"scope_parameter":"scope"`, `"scope_parameter":"oauth_token"`, "scope_parameter"},
		{"a scope parameter with a sign", `"scope_parameter":"scope"`, `"scope_parameter":"a&b"`, "scope_parameter"},
		{"no scope parameter", `"scope_parameter":"scope",`, ``, ""},
		{"a realm with a quote", `"Old shops"`, `"a\"b"`, "realm"},
		{"no consumer key", `"client_id":"consumer key",`, ``, "client_id"},
		{"doubled in two cases", `"client_id"`, `"Signature_Method":"PLAINTEXT","client_id"`, "signature_method"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			text := strings.Replace(signedProvider, row.old, row.new, 1)
			if row.old != "" && text == signedProvider {
				t.Fatal("the row changes nothing")
			}
			m, err := testProviders(t).Decode([]byte(text))
			var told *Error
			switch {
			case row.field == "" && (err != nil || m.OAuth1 == nil || m.OAuth1.Check() != nil || m.TokenEndpoint != "" || !m.complete() || !m.NeedsSecret()):
				t.Fatalf("%v, %+v", err, m)
			case row.field != "" && (!errors.As(err, &told) || told.Kind != BadProviderFile || told.Subject != row.field):
				t.Fatalf("got %v, want bad-provider-file %s", err, row.field)
			}
		})
	}
}

// TestPlaintextNeedsTLS: both secrets go out as they are, so not even this machine's loopback is asked without TLS.
func TestPlaintextNeedsTLS(t *testing.T) {
	plaintext := strings.Replace(signedProvider, "HMAC-SHA256", "PLAINTEXT", 1)
	for _, address := range []string{"https://old.example/request_token?v=2", "https://old.example/access_token", "https://api.old.example\"", "https://api.old.example/me"} {
		text := strings.Replace(plaintext, address, strings.Replace(address, "https://", "http://localhost:1/", 1), 1)
		if _, err := testProviders(t).Decode([]byte(text)); KindOf(err) != BadProviderFile || !strings.Contains(err.Error(), "signature_method") {
			t.Errorf("%s without TLS: %v", address, err)
		}
		signed := strings.Replace(text, "PLAINTEXT", "HMAC-SHA1", 1)
		if _, err := testProviders(t).Decode([]byte(signed)); err != nil {
			t.Errorf("%s, signed: %v", address, err)
		}
	}
}

// TestFieldsOfTheOtherProtocol: a file of OAuth 2.0 is told which of its fields belong to OAuth 1.0a.
func TestFieldsOfTheOtherProtocol(t *testing.T) {
	for field, value := range map[string]string{
		"temporary_credentials_endpoint": `"https://old.example/r"`, "signature_method": `"PLAINTEXT"`, "scope_parameter": `"scope"`,
		"realm": `"Old shops"`, "exact_callback": `true`,
	} {
		text := strings.Replace(goodProvider, `"id"`, `"`+field+`":`+value+`,"id"`, 1)
		_, err := testProviders(t).Decode([]byte(text))
		var told *Error
		if !errors.As(err, &told) || told.Kind != BadProviderFile || told.Subject != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	text := strings.Replace(goodProvider, `"http://localhost:3003/oauth/redirect"`, `"oob"`, 1)
	if _, err := testProviders(t).Decode([]byte(text)); KindOf(err) != BadProviderFile {
		t.Errorf("oob in OAuth 2.0: %v", err)
	}
}

// TestSignedMarket: what was read is all there; hosts and fingerprint know of the protocol's own endpoints.
func TestSignedMarket(t *testing.T) {
	m, err := testProviders(t).Decode([]byte(strings.Replace(signedProvider, `"realm"`, `"exact_callback":true,"realm"`, 1)))
	want := oauth1.Provider{
		TemporaryCredentialsEndpoint: "https://old.example/request_token?v=2", AuthorizationEndpoint: "https://www.old.example/signin",
		TokenEndpoint: "https://old.example/access_token", SignatureMethod: oauth1.HMACSHA256, ScopeParameter: "scope", Realm: "Old shops", ExactCallback: true,
	}
	if err != nil || *m.OAuth1 != want || m.ClientID != "consumer key" || m.Redirect != "oob" || len(m.Scopes) != 1 || m.WithdrawPage == "" {
		t.Fatalf("%v, %+v, %+v", err, m, m.OAuth1)
	}
	if hosts := strings.Join(m.Hosts(), " "); hosts != "www.old.example old.example api.old.example" {
		t.Errorf("hosts: %s", hosts)
	}
	key := AppKey{ClientID: "consumer key"}
	for name, change := range map[string]func(*oauth1.Provider){
		"temporary credentials": func(p *oauth1.Provider) { p.TemporaryCredentialsEndpoint = "https://evil.example/" },
		"sign-in page":          func(p *oauth1.Provider) { p.AuthorizationEndpoint = "https://evil.example/" },
		"token credentials":     func(p *oauth1.Provider) { p.TokenEndpoint = "https://evil.example/" },
		"signature":             func(p *oauth1.Provider) { p.SignatureMethod = oauth1.Plaintext },
	} {
		changed, other := *m.OAuth1, m
		change(&changed)
		other.OAuth1 = &changed
		if other.fingerprint(key) == m.fingerprint(key) {
			t.Errorf("%s changed, and the fingerprint did not", name)
		}
	}
	two := Market{Provider: oauth.Provider{AuthorizationEndpoint: want.AuthorizationEndpoint, TokenEndpoint: want.TokenEndpoint}}
	if two.fingerprint(key) != endpointsOf(two.Provider, key) {
		t.Error("the fingerprint of OAuth 2.0 is not what keys were kept with before")
	}
	n := NewAppKey{Provider: "old", ClientID: "k", Secret: oauth.NewSecret("s")}
	if err := n.complete(m); err != nil || n.Redirect != "oob" {
		t.Errorf("an app key that shows a verifier: %v, %q", err, n.Redirect)
	}
	if err := n.complete(two); KindOf(err) != BadAppKey {
		t.Errorf("oob for OAuth 2.0: %v", err)
	}
}

// TestDocumentedFiles: every example in docs/provider-files.md is a file that is taken.
func TestDocumentedFiles(t *testing.T) {
	text, err := os.ReadFile("../docs/provider-files.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := strings.Split(string(text), "```json\n")[1:]
	if len(examples) != 3 {
		t.Fatalf("%d examples", len(examples))
	}
	for _, example := range examples {
		example, _, _ = strings.Cut(example, "```")
		if _, err := testProviders(t).Decode([]byte(example)); err != nil {
			t.Errorf("%v:\n%s", err, example)
		}
	}
	for _, check := range (providerFile{Protocol: protocol2}).checks2() {
		if !strings.Contains(string(text), "`"+check.field+"`") {
			t.Errorf("nothing is said of %s", check.field)
		}
	}
}
