package oauth1

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"valetkey/oauth"
)

// headerFields reads an Authorization header as strictly as RFC 5849 3.5.1 writes it.
func headerFields(t testing.TB, header string) map[string]string {
	t.Helper()
	rest, ok := strings.CutPrefix(header, "OAuth ")
	if !ok {
		t.Fatalf("not of the scheme OAuth: %s", header)
	}
	fields := map[string]string{}
	for field := range strings.SplitSeq(rest, ", ") {
		name, quoted, _ := strings.Cut(field, "=")
		value := strings.TrimSuffix(strings.TrimPrefix(quoted, `"`), `"`)
		if len(quoted) != len(value)+2 {
			t.Fatalf("not quoted: %s", field)
		}
		if name != "realm" {
			decoded, err := url.PathUnescape(value)
			if err != nil {
				t.Fatal(err)
			}
			value = decoded
		}
		if _, doubled := fields[name]; doubled {
			t.Fatalf("%s stands twice", name)
		}
		fields[name] = value
	}
	return fields
}

// TestAuthorizationHeader is RFC 5849 3.5.1, paragraphs 1 to 3: encoded names and values in quotes, commas between, the realm
// first and as it is.
func TestAuthorizationHeader(t *testing.T) {
	for _, c := range []struct {
		paragraph, realm string
		protocol         []parameter
		header           string
	}{
		{"3.5.1, 1", "", []parameter{{"oauth_token", "a b"}}, `OAuth oauth_token="a%20b"`},
		{"3.5.1, 1", "", []parameter{{"oauth_token", `"\,=`}}, `OAuth oauth_token="%22%5C%2C%3D"`},
		{"3.5.1, 1", "", []parameter{{"oauth_token", "é+/~"}}, `OAuth oauth_token="%C3%A9%2B%2F~"`},
		{"3.5.1, 1", "", []parameter{{"oauth_token", ""}}, `OAuth oauth_token=""`},
		{"3.5.1, 2", "", []parameter{{"a", "1"}, {"b", "2"}}, `OAuth a="1", b="2"`},
		{"3.5.1, 2", "", []parameter{{"a", "1"}, {"b", "2"}, {"c", "3"}}, `OAuth a="1", b="2", c="3"`},
		{"3.5.1, 2", "", []parameter{{"a", ","}, {"b", ", "}}, `OAuth a="%2C", b="%2C%20"`},
		{"3.5.1, 3", "Example", []parameter{{"a", "1"}}, `OAuth realm="Example", a="1"`},
		{"3.5.1, 3", "http://sp.example.com/", []parameter{{"a", "1"}}, `OAuth realm="http://sp.example.com/", a="1"`},
		{"3.5.1, 3", "Old shop, 50% off", []parameter{{"a", "1"}}, `OAuth realm="Old shop, 50% off", a="1"`},
	} {
		if got := authorizationHeader(c.realm, c.protocol); got != c.header {
			t.Errorf("%s: %s, want %s", c.paragraph, got, c.header)
		}
	}
}

// TestOneTransmission is RFC 5849 3.5 and 3.2: the parameters go one way, in one header, however often a request is signed, and
// the address stays as it is.
func TestOneTransmission(t *testing.T) {
	client := &Client{Key: exampleKey, Secret: oauth.NewSecret(exampleSecret)}
	for _, before := range []string{"", "Basic eDp5", `OAuth oauth_token="old"`} {
		request, err := http.NewRequest(http.MethodGet, "https://example.com/a%2fb?x=%7e+y", nil)
		if err != nil {
			t.Fatal(err)
		}
		if before != "" {
			request.Header.Set("Authorization", before)
		}
		seen := map[string]bool{}
		for range 2 {
			if err := client.Sign(request, Credentials{}); err != nil {
				t.Fatal(err)
			}
			if all := request.Header.Values("Authorization"); len(all) != 1 || seen[all[0]] {
				t.Errorf("after %q: %q", before, all)
			}
			seen[request.Header.Get("Authorization")] = true
		}
		if request.URL.RequestURI() != "/a%2fb?x=%7e+y" {
			t.Errorf("the address became %s", request.URL.RequestURI())
		}
	}
}

// TestG84Encoding is RFC 5849 3.6, paragraphs 1 and 2.
func TestG84Encoding(t *testing.T) {
	for _, c := range []struct{ paragraph, text, encoded string }{
		{"3.6, 1", "é", "%C3%A9"},
		{"3.6, 1", "☃", "%E2%98%83"},
		{"3.6, 1", "😀", "%F0%9F%98%80"},
		{"3.6, 1", "\xff\x00", "%FF%00"},
		{"3.6, 2", "ABCXYZabcxyz0189-._~", "ABCXYZabcxyz0189-._~"},
		{"3.6, 2", "Ladies + Gentlemen", "Ladies%20%2B%20Gentlemen"},
		{"3.6, 2", "!*'();:@&=+$,/?#[]", "%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%23%5B%5D"},
		{"3.6, 2", "%41", "%2541"},
		{"3.6, 2", " \t\r\n\x7f\"<>\\^`{|}", "%20%09%0D%0A%7F%22%3C%3E%5C%5E%60%7B%7C%7D"},
		{"3.6, 2", "", ""},
	} {
		if got := encode(c.text); got != c.encoded {
			t.Errorf("%s: %q became %s, want %s", c.paragraph, c.text, got, c.encoded)
		}
		if back, err := url.PathUnescape(encode(c.text)); err != nil || back != c.text {
			t.Errorf("%s: %q came back as %q, %v", c.paragraph, c.text, back, err)
		}
	}
	for c := range 256 {
		one := string([]byte{byte(c)})
		kept := strings.Contains("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~", one)
		if got := encode(one); (got == one) != kept || !kept && len(got) != 3 || !utf8.ValidString(got) {
			t.Errorf("octet %d became %s", c, got)
		}
	}
}
