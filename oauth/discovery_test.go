package oauth

import (
	"context"
	"errors"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const testIssuer = "https://id.example/tenant"

const goodDocument = `{"issuer":"https://id.example/tenant","authorization_endpoint":"https://id.example/connect",
 "token_endpoint":"https://tokens.example/token","revocation_endpoint":"https://tokens.example/revoke",
 "userinfo_endpoint":"https://id.example/me","response_types_supported":["code","code id_token"],
 "code_challenge_methods_supported":["plain","S256"],"jwks_uri":"https://id.example/keys",
 "token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_post","none"],
 "scopes_supported":["openid","orders_r","orders_r","a\"b"],"authorization_response_iss_parameter_supported":true}`

type spoiled struct{ old, new, field string }

func (s spoiled) text() string { return strings.Replace(goodDocument, s.old, s.new, 1) }

// documents spoils or leaves out one thing of a good document each; field is what the refusal names, "" where none is due.
var documents = map[string]spoiled{
	"good":                      {"", "", ""},
	"another issuer":            {`"https://id.example/tenant"`, `"https://evil.example/tenant"`, "issuer"},
	"a slash more":              {`"https://id.example/tenant"`, `"https://id.example/tenant/"`, "issuer"},
	"another case":              {`"https://id.example/tenant"`, `"https://ID.example/tenant"`, "issuer"},
	"no issuer":                 {`"issuer"`, `"publisher"`, "issuer"},
	"an issuer of another kind": {`"https://id.example/tenant"`, `["https://id.example/tenant"]`, "issuer"},
	"no consent page":           {`"authorization_endpoint":"https://id.example/connect",`, ``, "authorization_endpoint"},
	"a consent page by script":  {`https://id.example/connect`, `javascript:alert(1)`, "authorization_endpoint"},
	"a consent page that sets":  {`https://id.example/connect`, `https://id.example/connect?state=1`, "authorization_endpoint"},
	"no token endpoint":         {`"https://tokens.example/token"`, `null`, "token_endpoint"},
	"a plain token endpoint":    {`https://tokens.example/token`, `http://tokens.example/token`, "token_endpoint"},
	"tokens to this machine":    {`https://tokens.example/token`, `http://127.0.0.1:631/token`, "token_endpoint"},
	"tokens here, with TLS":     {`https://tokens.example/token`, `https://localhost/token`, "token_endpoint"},
	"a number for an address":   {`"https://tokens.example/token"`, `7`, "token_endpoint"},
	"a user in the address":     {`https://tokens.example/revoke`, `https://a@evil.example/revoke`, "revocation_endpoint"},
	"no revocation":             {`"revocation_endpoint":"https://tokens.example/revoke",`, ``, ""},
	"an odd account address":    {`https://id.example/me`, `file:///etc/passwd`, "userinfo_endpoint"},
	"no code flow":              {`["code","code id_token"]`, `["token"]`, "response_types_supported"},
	"plain PKCE alone":          {`["plain","S256"]`, `["plain"]`, "code_challenge_methods_supported"},
	"PKCE in a string":          {`["plain","S256"]`, `"S256"`, "code_challenge_methods_supported"},
	"PKCE in small letters":     {`["plain","S256"]`, `["s256"]`, "code_challenge_methods_supported"},
	"PKCE with an empty list":   {`["plain","S256"]`, `[]`, "code_challenge_methods_supported"},
	"PKCE not mentioned":        {`"code_challenge_methods_supported":["plain","S256"],`, ``, ""},
	"a flag in a string":        {`supported":true`, `supported":"true"`, "authorization_response_iss_parameter_supported"},
	"scopes in a string":        {`["openid","orders_r","orders_r","a\"b"]`, `"openid orders_r"`, "scopes_supported"},
	"methods in a string":       {`["private_key_jwt","client_secret_post","none"]`, `"none"`, "token_endpoint_auth_methods_supported"},
}

func TestMetadataDocuments(t *testing.T) {
	for name, row := range documents {
		t.Run(name, func(t *testing.T) {
			if row.old != "" && row.text() == goodDocument {
				t.Fatal("the row changes nothing")
			}
			_, err := ParseMetadata([]byte(row.text()), testIssuer)
			refusal, refused := errors.AsType[*MetadataError](err)
			if refused != (row.field != "") || refused && refusal.Field != row.field || !refused && err != nil {
				t.Fatalf("error = %v, want the field %q", err, row.field)
			}
			if refused && strings.Contains(err.Error(), "evil") {
				t.Errorf("the error shows a value: %v", err)
			}
		})
	}
}

func TestMetadataAsRead(t *testing.T) {
	got, err := ParseMetadata([]byte(goodDocument), testIssuer)
	want := Metadata{
		Issuer: testIssuer, AuthorizationEndpoint: "https://id.example/connect", TokenEndpoint: "https://tokens.example/token",
		RevocationEndpoint: "https://tokens.example/revoke", UserInfoEndpoint: "https://id.example/me",
		AuthMethods: []AuthMethod{AuthNone, AuthSecretPost}, Scopes: []Scope{"openid", "orders_r"}, SendsIssuer: true,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %+v, want %+v", err, got, want)
	}
	for list, want := range map[string][]AuthMethod{
		`["client_secret_post","client_secret_basic"]`: {AuthSecretBasic, AuthSecretPost},
		`["private_key_jwt"]`:                          nil,
		`[]`:                                           nil,
		`null`:                                         {AuthSecretBasic}, // RFC 8414 2
	} {
		text := strings.Replace(goodDocument, `["private_key_jwt","client_secret_post","none"]`, list, 1)
		if got, err := ParseMetadata([]byte(text), testIssuer); err != nil || !slices.Equal(got.AuthMethods, want) {
			t.Errorf("%s: %v, %v, want %v", list, err, got.AuthMethods, want)
		}
	}
}

// TestMetadataThatIsNone: a document that readers could take for different things is none.
func TestMetadataThatIsNone(t *testing.T) {
	for name, text := range map[string]string{
		"a doubled member":   strings.Replace(goodDocument, `{"issuer"`, `{"issuer":"https://evil.example","issuer"`, 1),
		"a doubled endpoint": strings.Replace(goodDocument, `"token_endpoint"`, `"token_endpoint":"https://evil.example/t","token_endpoint"`, 1),
		"a list":             `[` + goodDocument + `]`,
		"cut short":          goodDocument[:100],
		"text after it":      goodDocument + `{}`,
		"not UTF-8":          strings.Replace(goodDocument, "keys", "\xff", 1),
		"nothing":            ``,
	} {
		m, err := ParseMetadata([]byte(text), testIssuer)
		if _, unusable := errors.AsType[*AnswerError](err); !unusable || m.Issuer != "" {
			t.Errorf("%s: %v, %+v", name, err, m)
		}
	}
}

func TestMetadataAddresses(t *testing.T) {
	for issuer, want := range map[string][]string{
		"https://id.example":  {"https://id.example/.well-known/oauth-authorization-server", "https://id.example/.well-known/openid-configuration"},
		"https://id.example/": {"https://id.example/.well-known/oauth-authorization-server", "https://id.example/.well-known/openid-configuration"},
		"https://id.example:8443/a/b/": {"https://id.example:8443/.well-known/oauth-authorization-server/a/b",
			"https://id.example:8443/a/b/.well-known/openid-configuration"},
	} {
		if got := metadataAddresses(issuer); !slices.Equal(got, want) {
			t.Errorf("%s: %v", issuer, got)
		}
	}
}

// published answers at some paths and nowhere else; ISSUER in a body is the issuer itself.
func published(t *testing.T, path string, answers map[string]http.HandlerFunc) (issuer string, provider *answering) {
	provider = serve(t, func(w http.ResponseWriter, r *http.Request) {
		if respond, ok := answers[r.URL.Path]; ok {
			respond(w, r)
			return
		}
		http.NotFound(w, r)
	})
	return provider.URL + path, provider
}

// document is a handler that publishes metadata for the issuer at path.
func document(path string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		issuer := "http://" + r.Host + path
		text := strings.NewReplacer(testIssuer, issuer, "https://id.example", "http://"+r.Host, "https://tokens.example", "http://"+r.Host).Replace(goodDocument)
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, text)
	}
}

func TestDiscover(t *testing.T) {
	oauthPath, openID := "/.well-known/oauth-authorization-server/tenant", "/tenant/.well-known/openid-configuration"
	page := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<p>Welcome")
	}
	elsewhere := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }
	tests := map[string]struct {
		answers map[string]http.HandlerFunc
		good    bool
		asked   int
		wrong   func(error) bool
	}{
		"RFC 8414":                       {map[string]http.HandlerFunc{oauthPath: document("/tenant")}, true, 1, nil},
		"OpenID Connect":                 {map[string]http.HandlerFunc{openID: document("/tenant")}, true, 2, nil},
		"a page, then OpenID":            {map[string]http.HandlerFunc{oauthPath: page, openID: document("/tenant")}, true, 2, nil},
		"a redirect, then OpenID":        {map[string]http.HandlerFunc{oauthPath: elsewhere, openID: document("/tenant")}, true, 2, nil},
		"the whole host's, then its own": {map[string]http.HandlerFunc{oauthPath: document(""), openID: document("/tenant")}, true, 2, nil},
		"nothing":                        {nil, false, 2, func(err error) bool { return errors.Is(err, ErrNoMetadata) }},
		"redirects alone": {map[string]http.HandlerFunc{oauthPath: elsewhere, openID: elsewhere, "/elsewhere": document("/tenant")}, false, 2,
			func(err error) bool { return errors.Is(err, ErrNoMetadata) }},
		"another issuer's": {map[string]http.HandlerFunc{openID: document("/other")}, false, 2, func(err error) bool {
			wrong, ok := errors.AsType[*MetadataError](err)
			return ok && wrong.Field == "issuer"
		}},
		"out of order": {map[string]http.HandlerFunc{oauthPath: answer(503, "", "Retry-After", "7")}, false, 2, func(err error) bool {
			refusal, ok := errors.AsType[*ErrorResponse](err)
			return ok && refusal.Transient() && refusal.RetryAfter == 7*time.Second
		}},
		"beyond measure": {map[string]http.HandlerFunc{oauthPath: answer(200, strings.Repeat(" ", answerSize)+"{}")}, false, 1, func(err error) bool {
			_, ok := errors.AsType[*AnswerError](err)
			return ok
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			issuer, provider := published(t, "/tenant", test.answers)
			metadata, err := Discover(t.Context(), nil, issuer)
			if test.good && (err != nil || metadata.Issuer != issuer) || !test.good && !test.wrong(err) {
				t.Errorf("%+v, %v", metadata, err)
			}
			if asked := provider.requests(); len(asked) != test.asked || asked[0].method != http.MethodGet || asked[0].body != "" {
				t.Errorf("it was asked %d times, want %d: %+v", len(asked), test.asked, asked)
			}
		})
	}
}

// TestDiscoverAsksNobody: what is no issuer is sent nothing.
func TestDiscoverAsksNobody(t *testing.T) {
	asked := roundTripper(func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return nil, errors.New("no")
	})
	for _, issuer := range []string{"", "http://id.example", "https://id.example?x=1", "https://id.example/#a", "https://a@id.example", "id.example", "https://id.example/ü"} {
		if _, err := Discover(t.Context(), asked, issuer); err == nil {
			t.Errorf("%q was taken", issuer)
		}
	}
}

// TestDiscoverHasALimit: both questions together take 20 s at most.
func TestDiscoverHasALimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		slow := roundTripper(func(r *http.Request) (*http.Response, error) {
			if asked++; asked == 1 {
				time.Sleep(15 * time.Second)
				return &http.Response{StatusCode: 404, Body: http.NoBody}, nil
			}
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		began := time.Now()
		_, err := Discover(t.Context(), slow, testIssuer)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != callTime || asked != 2 {
			t.Errorf("%v after %v and %d questions", err, time.Since(began), asked)
		}
	})
}
