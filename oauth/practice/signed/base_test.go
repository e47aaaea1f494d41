package signed

import (
	"crypto/tls"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// RFC 5849 3.4.1.2: the base string URI.
func TestBaseURI(t *testing.T) {
	for address, want := range map[string]string{
		"http://EXAMPLE.COM:80/r%20v/X?id=123": "http://example.com/r%20v/X", // the RFC's own
		"https://www.example.net:8080/?q=1":    "https://www.example.net:8080/",
		"http://example.com":                   "http://example.com/",
		"http://example.com?a=b":               "http://example.com/",
		"http://example.com:443/":              "http://example.com:443/",
		"https://example.com:80/":              "https://example.com:80/",
		"https://example.com:443/":             "https://example.com/",
		"http://[::1]:3004/a":                  "http://[::1]:3004/a",
		"http://[::1]:80/a":                    "http://[::1]/a",
		"http://[::1]/a":                       "http://[::1]/a",
		"http://example.com/a%2Fb/c+d/%7Ee/":   "http://example.com/a%2Fb/c+d/%7Ee/",
		"http://example.com//a/../b;c=1":       "http://example.com//a/../b;c=1",
		"http://example.com/%C3%A9/%c3%a9":     "http://example.com/%C3%A9/%c3%a9",
	} {
		q := read(t, "GET", address, "", "")
		got, err := url.QueryUnescape(strings.Split(q.BaseString(), "&")[1])
		if err != nil || got != want {
			t.Errorf("%s: %s, want %s (%v)", address, got, want, err)
		}
	}
}

// What a server has read says where it came in by other means than a client's request does.
func TestBaseURIOfAServer(t *testing.T) {
	for name, tc := range map[string]struct {
		r    http.Request
		want string
	}{
		"origin form":   {http.Request{RequestURI: "/a?b=c", Host: "LOCALHOST:3004", URL: &url.URL{Path: "/a"}}, "http://localhost:3004/a"},
		"tls":           {http.Request{RequestURI: "/a", Host: "a.example:443", URL: &url.URL{Path: "/a"}, TLS: &tls.ConnectionState{}}, "https://a.example/a"},
		"absolute form": {http.Request{RequestURI: "http://a.example/b?c", Host: "a.example", URL: &url.URL{Scheme: "http", Host: "a.example", Path: "/b"}}, "http://a.example/b"},
		"no path":       {http.Request{RequestURI: "http://a.example", Host: "a.example", URL: &url.URL{Scheme: "http", Host: "a.example"}}, "http://a.example/"},
		"empty port":    {http.Request{RequestURI: "/", Host: "a.example:", URL: &url.URL{Path: "/"}}, "http://a.example/"},
	} {
		q, err := Read(&tc.r, nil)
		if err != nil {
			t.Fatal(err)
		}
		if want := "GET&" + Encode(tc.want); !strings.HasPrefix(q.BaseString(), want+"&") {
			t.Errorf("%s: %s, want %s", name, q.BaseString(), want)
		}
	}
}

// RFC 5849 3.4.1.3: the parameters, normalised; the method in capitals before them.
func TestParameters(t *testing.T) {
	for name, tc := range map[string]struct{ query, authorization, form, want string }{
		"nothing":                    {"", "", "", ""},
		"sorted by name":             {"z=1&a=2&A=3", "", "", "A=3&a=2&z=1"},
		"encoded before sorted":      {"c2=&c%40=&c~=&cZ=", "", "", "c%40=&c2=&cZ=&c~="},
		"one name, many values":      {"a=1&a=10&a=2", "", "", "a=1&a=10&a=2"},
		"the same twice":             {"a=1&a=1", "", "", "a=1&a=1"},
		"empty name, empty value":    {"=1&b&c=", "", "", "=1&b=&c="},
		"nothing between two":        {"a=1&&b=2&", "", "", "a=1&b=2"},
		"a plus is a space":          {"a=x+y&b=x%2By", "", "", "a=x%20y&b=x%2By"},
		"more than one equals":       {"a=b=c", "", "", "a=b%3Dc"},
		"unicode":                    {"n=%C3%A9&m=é", "", "", "m=%C3%A9&n=%C3%A9"},
		"a semicolon parts nothing":  {"a=1;b=2", "", "", "a=1%3Bb%3D2"},
		"small hex digits":           {"a=%3d%2f", "", "", "a=%3D%2F"},
		"the unreserved":             {"a=-._~", "", "", "a=-._~"},
		"form":                       {"b=2", "", "a=1&c=x%26y+z", "a=1&b=2&c=x%26y%20z"},
		"header, no realm":           {"", `OAuth realm="a=b\",c", x="1%202",oauth_token=""`, "", "oauth_token=&x=1%202"},
		"realm in the query":         {"realm=1", `OAuth realm="2"`, "", "realm=1"},
		"signatures are left out":    {"oauth_signature=x", "", "", ""},
		"all three":                  {"a=q", `oauth a="h" , b="1"`, "a=b", "a=b&a=h&a=q&b=1"},
		"another scheme":             {"a=1", "Bearer x", "", "a=1"},
		"our scheme, no parameters":  {"a=1", "OAuth", "", "a=1"},
		"a tab after a comma":        {"", "OAuth a=\"1\",\tb=\"2\"  ", "", "a=1&b=2"},
		"protocol parameters anyhow": {"oauth_nonce=n", `OAuth oauth_timestamp="1"`, "oauth_version=1.0", "oauth_nonce=n&oauth_timestamp=1&oauth_version=1.0"},
	} {
		q := read(t, "post", "http://a.example/?"+tc.query, tc.authorization, tc.form)
		if want := "POST&http%3A%2F%2Fa.example%2F&" + Encode(tc.want); q.BaseString() != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, q.BaseString(), want)
		}
	}
}

// Only a form is signed: a body of another kind is not looked at.
func TestOtherBodiesAreNotSigned(t *testing.T) {
	for kind, signs := range map[string]bool{
		"application/x-www-form-urlencoded": true, "Application/X-WWW-Form-Urlencoded; charset=utf-8": true,
		"application/json": false, "multipart/form-data; boundary=x": false, "text/plain": false, "": false,
	} {
		r, body := ask(t, "PUT", "http://a.example/", "", "a=1")
		r.Header.Set("Content-Type", kind)
		q, err := Read(r, body)
		if err != nil || (q.Values("a") != nil) != signs || strings.HasSuffix(q.BaseString(), "&a%3D1") != signs {
			t.Errorf("%q: %v, %v", kind, q, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, tc := range map[string]struct{ query, authorization, form, want string }{
		"twice in the query":    {"oauth_nonce=1&oauth_nonce=2", "", "", "oauth_nonce"},
		"in two places":         {"oauth_token=1", `OAuth oauth_token="1"`, "", "oauth_token"},
		"two signatures":        {"", `OAuth oauth_signature="a"`, "oauth_signature=a", "oauth_signature"},
		"broken query":          {"a=%2", "", "", "query"},
		"broken body":           {"", "", "a=%zz", "body"},
		"no quotes":             {"", "OAuth a=1", "", "Authorization"},
		"no closing quote":      {"", `OAuth a="1`, "", "Authorization"},
		"no closing realm":      {"", `OAuth realm="a\"`, "", "Authorization"},
		"no name":               {"", `OAuth ="1"`, "", "Authorization"},
		"no value":              {"", `OAuth a`, "", "Authorization"},
		"no comma":              {"", `OAuth a="1" b="2"`, "", "Authorization"},
		"a raw plus":            {"", `OAuth a="1+2"`, "", "Authorization"},
		"a raw slash":           {"", `OAuth a="1/2"`, "", "Authorization"},
		"a raw space":           {"", `OAuth a="1 2"`, "", "Authorization"},
		"a broken escape":       {"", `OAuth a="%2"`, "", "Authorization"},
		"a broken name":         {"", `OAuth %zz="1"`, "", "Authorization"},
		"a form in the header":  {"", `OAuth a=1&b=2`, "", "Authorization"},
		"not even a letter (é)": {"", `OAuth a="é"`, "", "Authorization"},
	} {
		r, body := ask(t, "GET", "http://a.example/?"+tc.query, tc.authorization, tc.form)
		q, err := Read(r, body)
		if q != nil || err == nil || err.Error() != Rejected(tc.want).Error() {
			t.Errorf("%s: %+v, %v", name, q, err)
		}
	}
	r, _ := ask(t, "GET", "http://a.example/", `OAuth a="1"`, "")
	r.Header.Add("Authorization", "Bearer x")
	if _, err := Read(r, nil); err == nil {
		t.Error("two Authorization headers are taken")
	}
}
