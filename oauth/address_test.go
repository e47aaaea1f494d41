package oauth

import (
	"errors"
	"strings"
	"testing"
)

// Requirements B36, K128 and K129: which addresses may be an endpoint, and which a redirect.

// goodEndpoints pass both checks.
var goodEndpoints = []string{
	"https://www.etsy.com/oauth/connect", "https://api.etsy.com/v3/public/oauth/token?tenant=1", "https://h", "https://h:8443/", "HTTPS://H.EXAMPLE/x",
	"http://127.0.0.1:3003/oauth/redirect", "http://localhost:3003/oauth/redirect", "http://localhost:3003/oauth/redirect/", "http://[::1]:3003/", "HTTP://LOCALHOST",
	"http://localhost/x%20y", "https://[2001:db8::1]:443/", "https://xn--bcher-kva.example/",
}

// badAddresses pass neither check.
var badAddresses = map[string]error{
	"http://example.com":                    ErrPlainAddress,
	"http://localhost.evil.example":         ErrPlainAddress,
	"http://127.0.0.1.nip.example":          ErrPlainAddress,
	"http://127.0.0.1.evil.example/":        ErrPlainAddress,
	"http://0.0.0.0/":                       ErrPlainAddress,
	"http://127.1/":                         ErrPlainAddress,
	"http://127.0.0.2/":                     ErrPlainAddress,
	"http://127.0.0.1./":                    ErrPlainAddress,
	"http://localhost./":                    ErrPlainAddress,
	"http://2130706433/":                    ErrPlainAddress,
	"http://0x7f.1":                         ErrPlainAddress,
	"http://0177.0.0.1/":                    ErrPlainAddress,
	"http://[::ffff:127.0.0.1]/":            ErrPlainAddress,
	"http://[::ffff:7f00:1]":                ErrPlainAddress,
	"http://[0:0:0:0:0:0:0:1]/":             ErrPlainAddress,
	"http://[::]/":                          ErrPlainAddress,
	"http://127.0.0.1@evil.example":         ErrOddAddress,
	"http://user@127.0.0.1/":                ErrOddAddress,
	"http://user:word@localhost:3003/":      ErrOddAddress,
	"https://etsy.com@evil.example/":        ErrOddAddress,
	"https://@evil.example/":                ErrOddAddress,
	`https://evil.example\@etsy.com/`:       ErrOddAddress,
	`https://evil.example\\@etsy.com/`:      ErrOddAddress,
	"https://etsy.com#@evil.example/":       ErrOddAddress,
	"http://127.0.0.1:3003/#x":              ErrOddAddress,
	"http://127.0.0.1:3003/#":               ErrOddAddress,
	"https://h/\tx":                         ErrOddAddress,
	"https://h/\nx":                         ErrOddAddress,
	"https://h/a b":                         ErrOddAddress,
	" https://h/":                           ErrOddAddress,
	"https://h/\x00":                        ErrOddAddress,
	"https://h/\x7f":                        ErrOddAddress,
	"https://b\u00fccher.example/":          ErrOddAddress,
	"https://\u0435tsy.com/":                ErrOddAddress,
	"https://h/<x>":                         ErrOddAddress,
	"https://h/`x`":                         ErrOddAddress,
	"":                                      ErrOddAddress,
	"https://" + strings.Repeat("a", 9<<10): ErrOddAddress,
	"https:///x":                            ErrNoAddress,
	"https://":                              ErrNoAddress,
	"https://:443/":                         ErrNoAddress,
	"https:h":                               ErrNoAddress,
	"HTTPS:/x":                              ErrNoAddress,
	"//h/x":                                 ErrNoAddress,
	"h/x":                                   ErrNoAddress,
	"oob":                                   ErrNoAddress,
	"ftp://h/":                              ErrNoAddress,
	"file:///etc/passwd":                    ErrNoAddress,
	"javascript:alert(1)":                   ErrNoAddress,
	"https://h:99999/":                      ErrNoAddress,
	"https://h:65536/":                      ErrNoAddress,
	"https://h:/":                           ErrNoAddress,
	"https://h:080/":                        ErrNoAddress,
	"https://h:x/":                          ErrNoAddress,
	"https://h:0/":                          ErrNoAddress,
	"http://127.0.0.1:65536/":               ErrNoAddress,
	"http://127.0.0.1:-1/":                  ErrNoAddress,
	"http://::1/":                           ErrNoAddress,
	"http://[::1/":                          ErrNoAddress,
	"http://[::1%25lo]/":                    ErrNoAddress,
	"http://[localhost]/":                   ErrNoAddress,
	"https://h%2Eexample/":                  ErrNoAddress,
	"https://h!/":                           ErrNoAddress,
	"https://h/%zz":                         ErrNoAddress,
}

func TestK128EndpointsAndB36Redirects(t *testing.T) {
	for _, raw := range goodEndpoints {
		if err := errors.Join(CheckEndpoint(raw), CheckRedirect(raw)); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
	}
	for raw, want := range badAddresses {
		for name, err := range map[string]error{"endpoint": CheckEndpoint(raw), "redirect": CheckRedirect(raw)} {
			if !errors.Is(err, want) {
				t.Errorf("%s %.60q: %v, want %v", name, raw, err, want)
			} else if len(raw) > 3 && strings.Contains(err.Error(), raw) {
				t.Errorf("%s: the error quotes the address", name)
			}
		}
	}
}

func TestB36RedirectsAlone(t *testing.T) {
	for _, raw := range []string{"http://127.0.0.1:0/callback", "http://[::1]:0/", "http://localhost:0/x?tenant=1"} {
		if err := CheckRedirect(raw); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
		if err := CheckEndpoint(raw); err == nil {
			t.Errorf("%s is no endpoint", raw)
		}
	}
	for raw, want := range map[string]error{
		"http://localhost:3003/?state=x":         ErrReservedQuery,
		"http://localhost:3003/?a=1&code=":       ErrReservedQuery,
		"http://localhost:3003/?oauth_verifier=": ErrReservedQuery,
		"http://localhost:3003/?a=1;b=2":         ErrOddAddress,
		"http://localhost:3003/?a=%zz":           ErrOddAddress,
	} {
		if err := CheckRedirect(raw); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", raw, err, want)
		}
	}
}

func FuzzAddress(f *testing.F) {
	for _, raw := range goodEndpoints {
		f.Add(raw)
	}
	for raw := range badAddresses {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if CheckEndpoint(raw) != nil {
			return
		}
		u, err := webAddress(raw)
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckEndpoint(u.String()); err != nil { // what is accepted is written as something that is accepted
			t.Errorf("%q became %q: %v", raw, u, err)
		}
		opened, err := browserAddress(raw)
		if err != nil || CheckEndpoint(opened) != nil {
			t.Errorf("%q is opened as %q: %v", raw, opened, err)
		}
		if strings.ContainsAny(opened, " \"'`$()<>|^{}\\") || !strings.HasPrefix(opened, "http") {
			t.Errorf("%q is opened as %q", raw, opened)
		}
	})
}
