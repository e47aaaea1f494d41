package oauth

import "testing"

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
		"a secret2 and a half":   "a *",
	} {
		if got := Without(text, "*", NewSecret(plain), Secret{}, NewSecret("short"), NewSecret("secret2"), NewSecret("secret2 and a half")); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
