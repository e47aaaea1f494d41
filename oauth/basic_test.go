package oauth

import (
	"encoding/base64"
	"strings"
	"testing"
)

// TestBasicOnTheWire: both halves are form-encoded before they are joined (RFC 6749 2.3.1 and appendix B), so that the colon in
// the middle is the only one, and what is not ASCII is UTF-8.
func TestBasicOnTheWire(t *testing.T) {
	tests := map[string]struct{ id, secret, want string }{
		"plain":             {"app", "secret", "app:secret"},
		"a colon in both":   {"basic:1", "a:b", "basic%3A1:a%3Ab"},
		"a space":           {"my app", "two words", "my+app:two+words"},
		"plus and percent":  {"a+b%20", "p+q %2F", "a%2Bb%2520:p%2Bq+%252F"},
		"form signs":        {"a&b=c", "/?#&=", "a%26b%3Dc:%2F%3F%23%26%3D"},
		"beyond ASCII":      {"ä", "пароль€", "%C3%A4:%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C%E2%82%AC"},
		"a quote, a slash":  {`a"b\`, "\t\r\n", "a%22b%5C:%09%0D%0A"},
		"unreserved":        {"A-z_0.9~", "-._~", "A-z_0.9~:-._~"},
		"base64 of its own": {"YTpi", "cGFzcw==", "YTpi:cGFzcw%3D%3D"},
		"no secret":         {"app", "", "app:"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			provider := serve(t, answer(200, goodAnswer("", "")))
			client := provider.client()
			client.ClientID, client.ClientSecret, client.Provider.AuthMethod = test.id, NewSecret(test.secret), AuthSecretBasic
			if err := callRefresh(client, nil); err != nil {
				t.Fatal(err)
			}
			seen := provider.requests()[0]
			given, found := strings.CutPrefix(seen.header.Get("Authorization"), "Basic ")
			decoded, err := base64.StdEncoding.DecodeString(given)
			if !found || err != nil || string(decoded) != test.want {
				t.Errorf("Authorization = %q (%v), want %q", decoded, err, test.want)
			}
			if strings.Contains(seen.body, "client_") {
				t.Errorf("the body names the client too: %s", seen.body)
			}
		})
	}
}
