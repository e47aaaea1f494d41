package valet

import (
	"net/url"
	"strings"
	"testing"
)

const testBase = "https://api.acme.example/v1"

func TestTargetIsSentToTheLetter(t *testing.T) {
	for _, path := range []string{
		"/", "/orders", "/orders?", "/orders?a", "/orders?a=&a=&=", "/a%2Fb/c%2fd", "/a+b?c+d=e%20f", "/a//b///c", "/a/./b",
		"/x?next=https://evil.example/../..", "/@seller?mail=a@b.example", "/l?ids=1,2;3&f[]=x&f[]=y", "/%00%0D%0A", "/a?b?c/d",
		"/v%C3%A4se?q=%", "/a:b=c!$&'()*+,;", "/...", "/a..b/..c/d..", "?page=2", "/a?%2e%2e/..",
	} {
		typed := path
		if !strings.HasPrefix(path, "/") {
			typed = testBase + path // only an address can do without the slash
		}
		got, err := targetOf(testBase, typed)
		if err != nil || got != testBase+path {
			t.Errorf("%q: %q, %v", typed, got, err)
			continue
		}
		parsed, err := url.Parse(got)
		if err != nil || parsed.RequestURI() != "/v1"+path {
			t.Errorf("%q is sent as %q (%v)", typed, parsed.RequestURI(), err)
		}
	}
}

func TestTargetOfAnAddressUnderTheAPI(t *testing.T) {
	for typed, want := range map[string]string{
		testBase + "/orders?x=%2F":           testBase + "/orders?x=%2F",
		"HTTPS://API.Acme.example/v1/orders": testBase + "/orders",
	} {
		if got, err := targetOf(testBase+"/", typed); err != nil || got != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}

func TestTargetsThatAreRefused(t *testing.T) {
	for typed, why := range map[string]string{
		"": targetElsewhere, "orders": targetElsewhere, "//evil.example/x": targetElsewhere, "@evil.example/": targetElsewhere,
		".evil.example/": targetElsewhere, ":444/": targetElsewhere, "https://evil.example/v1/": targetElsewhere,
		"http://api.acme.example/v1/x": targetElsewhere, "https://api.acme.example/v10/x": targetElsewhere,
		"https://api.acme.example/V1/x": targetElsewhere, "https://api.acme.example/": targetElsewhere, testBase: targetElsewhere,
		"https://api.acme.example@evil.example/v1/x": targetElsewhere, "https://u:p@api.acme.example/v1/x": targetElsewhere,
		"https://api.acme.example:443/v1/x": targetElsewhere, "https://api.acme.example.evil.example/v1/": targetElsewhere,
		`\\evil.example/`: targetElsewhere, testBase + "//evil.example/": targetElsewhere, "https:/v1/x": targetElsewhere,
		"/..": targetDots, "/a/../b": targetDots, "/a/%2e%2E/b": targetDots, "/a/.%2e": targetDots, "/a%2f..%2fb": targetDots,
		"/a/..%5cb": targetDots, "/%252e%252e/x": targetDots, "/..;/manager": targetDots, testBase + "/../admin": targetDots,
		`/a\b`: targetLetter, `/\evil.example`: targetLetter, "/a b": targetBlank, "/a\tb": targetBlank, "/a\r\nHost: evil": targetBlank,
		"/a\x00": targetBlank, "/vä": targetLetter, "/x?q=ü": targetLetter, "/x?{}": targetLetter, "/x\u2028": targetBlank, "/a\x7f": targetBlank,
		"/a\xff": targetBlank, "/x#part": targetFragment, "/100%": targetPercent, "/%zz": targetPercent,
	} {
		got, err := targetOf(testBase, typed)
		if KindOf(err) != BadTarget || err.(*Error).Subject != why {
			t.Errorf("%q: %q, %v; want %s", typed, got, err, why)
		}
	}
	if _, err := targetOf("", "/x"); KindOf(err) != NoAPI {
		t.Errorf("without an api: %v", err)
	}
	for _, base := range []string{testBase + "?key=1", testBase + "#part", "ftp://api.acme.example", "//api.acme.example", "http://api.acme.example"} {
		if _, err := targetOf(base, "/x"); KindOf(err) != BadProviderFile {
			t.Errorf("under %s: %v", base, err)
		}
	}
}

// FuzzTarget: whatever is typed, what is accepted is sent as it was typed, to the API's host and below its path.
func FuzzTarget(f *testing.F) {
	for _, seed := range []string{"/orders?a=b", "//evil.example", testBase + "/x", "https://api.acme.example@evil.example/v1/", "/a/%2e%2e/%2F", "/%5c..", "?x"} {
		f.Add(testBase, seed)
		f.Add("http://127.0.0.1:3004", seed)
		f.Add("https://[::1]:8443/a/b/", seed)
	}
	f.Fuzz(func(t *testing.T, base, typed string) {
		target, err := targetOf(base, typed)
		if err != nil {
			return
		}
		home, err := url.Parse(base)
		if err != nil {
			t.Fatalf("%q is taken for an address", base)
		}
		sent, err := url.Parse(target)
		if err != nil || sent.Host != home.Host || sent.Scheme != home.Scheme || sent.User != nil || sent.Fragment != "" {
			t.Fatalf("%q with %q goes to %q (%v)", base, typed, target, err)
		}
		root := strings.TrimSuffix(home.EscapedPath(), "/")
		line, rest := sent.RequestURI(), strings.TrimPrefix(target, strings.TrimSuffix(base, "/"))
		if !strings.HasSuffix(typed, rest) || line != root+rest && line != root+"/"+rest { // a query alone stands after a slash
			t.Fatalf("%q with %q is sent as %q", base, typed, line)
		}
		if strings.ContainsAny(target, " \\#\r\n\x00") || strings.Contains(sent.Path+"/", "/../") {
			t.Fatalf("%q is accepted as %q", typed, target)
		}
	})
}
