package oauth

import (
	"encoding/base64"
	"testing"
)

func TestWithout(t *testing.T) {
	const plain = `a/b+c"<d`
	for text, want := range map[string]string{
		`x a/b+c"<d y`:           `x * y`,
		`"a/b+c\"\u003cd"`:       `"*"`,
		`a%2Fb%2Bc%22%3Cd&a=1`:   `*&a=1`,
		`a/b+c`:                  `a/b+c`,
		"a/b+c\"<da/b+c\"<d":     "**",
		`{"k":"before secret2"}`: `{"k":"before *"}`,
		"short":                  "short",
	} {
		if got := Without("*", NewSecret(plain), Secret{}, NewSecret("short"), NewSecret("secret2"))(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	octets, lower := base64.StdEncoding.EncodeToString([]byte(plain)), "a%2fb%2bc%22%3cd"
	for text, want := range map[string]string{
		"Basic " + octets: "Basic *", base64.RawURLEncoding.EncodeToString([]byte(plain)): "*", lower: "*", `a\/b+c\"<d`: "*",
		"begin-and-more":    "*", // the longer of two that begin alike
		"begin-and begin-a": "* begin-a",
	} {
		if got := Without("*", NewSecret("begin-and"), NewSecret(plain), NewSecret("begin-and-more"))(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
