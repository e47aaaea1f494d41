package oauth

import (
	"errors"
	"maps"
	"strings"
	"testing"
)

// Requirements K134 and A27: a pasted address follows the rules of a callback.

const pasteRedirect = "http://localhost:3003/oauth/redirect"

var goodPastes = map[string]string{
	"as it is":              pasteRedirect + "?code=c&state=s",
	"error":                 pasteRedirect + "?error=access_denied&state=s",
	"verifier":              pasteRedirect + "?oauth_token=t&oauth_verifier=v&state=s",
	"denial":                pasteRedirect + "?denied=t&state=s",
	"problem":               pasteRedirect + "?oauth_token=t&oauth_problem=user_refused&state=s",
	"issuer":                pasteRedirect + "?code=c&state=s&iss=https%3A%2F%2Fh",
	"spaces around":         "  " + pasteRedirect + "?code=c&state=s \n",
	"quotes":                `"` + pasteRedirect + `?code=c&state=s"`,
	"typographic quotes":    "„" + pasteRedirect + "?code=c&state=s“",
	"angle brackets":        "<" + pasteRedirect + "?code=c&state=s>",
	"wrapped":               "http://localhost:3003/oauth/\r\nredirect?code=c&\n\tstate=s",
	"byte order mark":       "\ufeff" + pasteRedirect + "?code=c&state=s",
	"scheme left out":       "localhost:3003/oauth/redirect?code=c&state=s",
	"host in upper case":    "HTTP://LOCALHOST:3003/oauth/redirect?code=c&state=s",
	"other colon and slash": pasteRedirect + "?code=c&state=s&x=http://h/",
}

func TestK134GoodPastes(t *testing.T) {
	for name, pasted := range goodPastes {
		values, err := ParseRedirection(pasted, pasteRedirect)
		if err != nil || values.Get("state") != "s" {
			t.Errorf("%s: %v, %v", name, values, err)
		}
	}
}

var badPastes = map[string]error{
	"":                    ErrOtherRedirection,
	"c":                   ErrOtherRedirection,
	"code=c&state=s":      ErrOtherRedirection,
	"?code=c&state=s":     ErrOtherRedirection,
	"javascript:alert(1)": ErrOtherRedirection,
	"https://www.etsy.com/oauth/connect?response_type=code":        ErrOtherRedirection,
	"https://localhost:3003/oauth/redirect?code=c&state=s":         ErrOtherRedirection,
	"http://localhost:3004/oauth/redirect?code=c&state=s":          ErrOtherRedirection,
	"http://localhost/oauth/redirect?code=c&state=s":               ErrOtherRedirection,
	"http://127.0.0.1:3003/oauth/redirect?code=c&state=s":          ErrOtherRedirection,
	"http://localhost:3003/OAuth/redirect?code=c&state=s":          ErrOtherRedirection,
	"http://localhost:3003/oauth/redirect/?code=c&state=s":         ErrOtherRedirection,
	"http://localhost:3003/oauth/redirect/../x?code=c&state=s":     ErrOtherRedirection,
	"http://x@localhost:3003/oauth/redirect?code=c&state=s":        ErrOtherRedirection,
	"http://localhost:3003@evil.example/oauth/redirect?code=c":     ErrOtherRedirection,
	"http://localhost:3003.evil.example/oauth/redirect?code=c":     ErrOtherRedirection,
	"http://localhost:3003/oauth/redirect?code=c&state=s\x00":      ErrOtherRedirection,
	pasteRedirect + "?x=" + strings.Repeat("a", 1<<20):             ErrOtherRedirection,
	pasteRedirect + "#access_token=t&state=s":                      ErrFragment,
	pasteRedirect + "?code=c&state=s#x":                            ErrFragment,
	pasteRedirect + "?code=c&state=s#":                             ErrFragment,
	pasteRedirect:                                                  ErrBadRedirection,
	pasteRedirect + "?oauth_verifier=v&oauth_problem=p&state=s":    ErrBadRedirection,
	pasteRedirect + "?state=s":                                     ErrBadRedirection,
	pasteRedirect + "?code=&state=s":                               ErrBadRedirection,
	pasteRedirect + "?code=c&state=s&state=s":                      ErrBadRedirection,
	pasteRedirect + "?code=c&code=c&state=s":                       ErrBadRedirection,
	pasteRedirect + "?code=c&error=e&state=s":                      ErrBadRedirection,
	pasteRedirect + "?code=c;state=s":                              ErrBadRedirection,
	pasteRedirect + "?code=%zz&state=s":                            ErrBadRedirection,
	pasteRedirect + "?code=c&state=s&access_token=t":               ErrBadRedirection,
	pasteRedirect + "?oauth_token=t&oauth_verifier=v&denied=t":     ErrBadRedirection,
	pasteRedirect + "?oauth_token=t&oauth_token=t&oauth_verifier=": ErrBadRedirection,
}

func TestK134BadPastes(t *testing.T) {
	for pasted, want := range badPastes {
		values, err := ParseRedirection(pasted, pasteRedirect)
		if !errors.Is(err, want) || values != nil {
			t.Errorf("%.80q: %v, %v, want %v", pasted, values, err, want)
		}
	}
	if _, err := ParseRedirection(pasteRedirect+"?code=c", "::not an address"); !errors.Is(err, ErrOtherRedirection) {
		t.Errorf("%v", err)
	}
}

func TestK134PasteForARedirectThatIsNotLoopback(t *testing.T) {
	const redirect = "https://keys.example/callback?tenant=1"
	for _, pasted := range []string{"https://keys.example/callback?tenant=1&code=c&state=s", "https://KEYS.example:443/callback?code=c&state=s", "keys.example/callback?code=c&state=s"} {
		if values, err := ParseRedirection(pasted, redirect); err != nil || values.Get("code") != "c" {
			t.Errorf("%s: %v", pasted, err)
		}
	}
	if _, err := ParseRedirection("http://keys.example/callback?code=c&state=s", redirect); !errors.Is(err, ErrOtherRedirection) {
		t.Errorf("%v", err)
	}
}

func TestOAuth1AnswersPass(t *testing.T) {
	for _, query := range []string{"oauth_token=t&oauth_verifier=v", "denied=t"} {
		if _, err := readRedirection(query); err != nil {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// FuzzParseRedirection: what is accepted re-encodes to itself, and holds each name once.
func FuzzParseRedirection(f *testing.F) {
	for _, pasted := range goodPastes {
		f.Add(pasted)
	}
	for pasted := range badPastes {
		if len(pasted) < 1000 {
			f.Add(pasted)
		}
	}
	f.Fuzz(func(t *testing.T, pasted string) {
		values, err := ParseRedirection(pasted, pasteRedirect)
		if err != nil {
			if values != nil {
				t.Errorf("%v beside %v", values, err)
			}
			return
		}
		again, err := ParseRedirection(pasteRedirect+"?"+values.Encode(), pasteRedirect)
		if err != nil || !maps.EqualFunc(values, again, func(a, b []string) bool { return len(a) == 1 && len(b) == 1 && a[0] == b[0] }) {
			t.Errorf("%v became %v: %v", values, again, err)
		}
		if values.Has("access_token") {
			t.Error("a token was taken")
		}
	})
}
