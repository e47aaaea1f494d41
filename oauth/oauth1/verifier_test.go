package oauth1

import (
	"errors"
	"strings"
	"testing"

	"valetkey/oauth"
)

// typed is what people hand over, and the verifier in it. Empty: none can be told.
var typed = map[string]string{
	"12345678":                             "12345678",
	" 12345678\r\n":                        "12345678",
	"1234 5678":                            "12345678",
	"1 2 3 4 5 6 7 8":                      "12345678",
	"a B c 9":                              "aBc9",
	"x Y z 9":                              "xYz9",
	"8f3a2b1c":                             "8f3a2b1c",
	"8F3A2B1C":                             "8F3A2B1C",
	"8f3a 2b1c":                            "8f3a2b1c",
	"dead beef 0123":                       "deadbeef0123",
	"8f3a\u00a02b1c":                       "8f3a2b1c",
	"12\u200b34\u202e5678\ufeff":           "12345678",
	"１２３４５６７８":                             "12345678",
	"８ｆ３Ａ　２ｂ１ｃ":                            "8f3A2b1c",
	"QwErTy":                               "QwErTy",
	"hfdp7dh39dks9884":                     "hfdp7dh39dks9884",
	"a-b_c~d.e1":                           "a-b_c~d.e1",
	"abc==":                                "abc==",
	"\"12345678\"":                         "12345678",
	"“12345678”":                           "12345678",
	"12345678.":                            "12345678",
	"(12345678)":                           "12345678",
	"code:12345678":                        "12345678",
	"PIN=1234":                             "1234",
	"oauth_verifier: 8f3a2b1c":             "8f3a2b1c",
	"oauth_verifier=8f3a2b1c":              "8f3a2b1c",
	"&oauth_verifier=8f3a2b1c":             "8f3a2b1c",
	"Code 1234":                            "1234",
	"Your verification code is 12345678":   "12345678",
	"Your verification code is 1234 5678.": "12345678",
	"Your verification code is: 8f3a2b1c. It is valid for 10 minutes":          "8f3a2b1c",
	"Hello,\nyour code:\n\n    8f3a2b1c\n\nEnter it in 15 minutes.":            "8f3a2b1c",
	"Ihr Bestätigungscode lautet 12345678":                                     "12345678",
	"验证码：１２３４５６７８":                                                             "12345678",
	"您的验证码是8f3a2b1c，请勿告诉他人":                                                    "8f3a2b1c",
	"http://localhost:3003/oauth/redirect?oauth_token=t&oauth_verifier=8f3a":   "8f3a",
	"http://localhost:3003/oauth/redirect?oauth_verifier=v%2B1&oauth_token=t#": "v+1",
	"<http://localhost:3003/oauth/redirect?oauth_verifier=8f3a>":               "8f3a",
	"http://localhost:3003/oauth/\nredirect?oauth_token=t&oauth_veri\nfier=8f": "8f",
	"http://localhost:3003/?oauth_verifier=8f3a\nThank you":                    "8f3a",
	"It says http://localhost:3003/?oauth_verifier=8f3a&x=1 in the bar":        "8f3a",
	"localhost:3003/?oauth_token=t&oauth_verifier=8f3a":                        "8f3a",
	"?oauth_token=t&oauth_verifier=8f3a":                                       "8f3a",

	"":                             "",
	" \n\t ":                       "",
	".":                            "",
	"é":                            "",
	"Your code":                    "",
	"Order 20261122, code 8f3a2b1": "",
	"https://www.shop.example/signin?oauth_token=12345678": "",
	"?oauth_token=12345678":                                "",
	"http://localhost:3003/?oauth_verifier=":               "",
	"http://localhost:3003/?oauth_verifier=%zz":            "",
	"http://localhost:3003/?oauth_verifier=%00":            "",
	"http://h/?oauth_verifier=a&oauth_verifier=a":          "",
	"javascript:alert(1)//://":                             "",
}

func TestG95TypedVerifier(t *testing.T) {
	typed := map[string]string(typed)
	typed[strings.Repeat("1", longestTyped)] = strings.Repeat("1", longestTyped)
	typed[strings.Repeat("1", longestTyped+1)] = ""
	typed[strings.Repeat(" ", longestPaste)+"1234"] = ""
	for text, want := range typed {
		verifier, err := ParseVerifier(text)
		if verifier.Reveal() != want || (err == nil) != (want != "") || err != nil && !errors.Is(err, ErrNoVerifier) {
			t.Errorf("%.80q: %q, %v, want %q", text, verifier.Reveal(), err, want)
		}
	}
}

// TestG95WholeAddress: an address that names a token has to name ours.
func TestG95WholeAddress(t *testing.T) {
	const callback = "http://localhost:3003/oauth/redirect?"
	for text, want := range map[string]error{
		callback + "oauth_token=t/1&oauth_verifier=v":                  nil,
		callback + "oauth_verifier=v&oauth_token=t%2F1":                nil,
		callback + "oauth_verifier=v":                                  nil,
		"8f3a2b1c":                                                     nil,
		callback + "oauth_token=t/2&oauth_verifier=v":                  ErrWrongToken,
		callback + "oauth_token=&oauth_verifier=v":                     ErrWrongToken,
		callback + "oauth_token=t/1&oauth_token=t/1&oauth_verifier=v":  ErrWrongToken,
		"oauth_token=t/2 oauth_verifier=v":                             ErrWrongToken,
		callback + "oauth_token=t/1":                                   ErrNoVerifier,
		"https://www.shop.example/signin?oauth_token=t/1&service=v2_1": ErrNoVerifier,
	} {
		verifier, err := held("t/1", "").TypedVerifier(text)
		if !errors.Is(err, want) || (want == nil) == verifier.IsZero() {
			t.Errorf("%q: %q, %v, want %v", text, verifier.Reveal(), err, want)
		}
	}
}

// FuzzParseVerifier: what is taken can be sent, is short, has no spaces unless an address spelled them, and is found again when
// it is typed alone.
func FuzzParseVerifier(f *testing.F) {
	for text := range typed {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		verifier, err := ParseVerifier(text)
		if err != nil {
			if !errors.Is(err, ErrNoVerifier) || !verifier.IsZero() {
				t.Fatalf("%v, %q", err, verifier.Reveal())
			}
			return
		}
		plain := verifier.Reveal()
		if !isToken(plain) || len(plain) > longestTyped {
			t.Fatalf("took %q", plain)
		}
		again, err := ParseVerifier("http://localhost/?oauth_verifier=" + encode(plain))
		if err != nil || !again.Equal(oauth.NewSecret(plain)) {
			t.Fatalf("%q came back as %q, %v", plain, again.Reveal(), err)
		}
	})
}
