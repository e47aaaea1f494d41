package oauth

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// unusable are answers with status 200 that have to end in *AnswerError, with nothing of the body in its text.
var unusable = map[string]string{
	"empty":                      ``,
	"a page":                     `<html>` + testBody + `</html>`,
	"null":                       `null`,
	"an array":                   `["` + testBody + `"]`,
	"a string":                   `"` + testBody + `"`,
	"a number":                   `3600`,
	"trailing rubbish":           goodAnswer("", "") + testBody,
	"two objects":                goodAnswer("", "") + goodAnswer("", ""),
	"a byte order mark":          "\ufeff" + goodAnswer("", ""),
	"not UTF-8":                  goodAnswer("scope", "\"\xff"+testBody+`"`),
	"UTF-16":                     "\xff\xfe{\x00}\x00",
	"cut off":                    goodAnswer("", "")[:40],
	"single quotes":              `{'access_token':'` + testBody + `'}`,
	"a comma too many":           `{"access_token":"` + testBody + `","token_type":"bearer",}`,
	"a comment":                  goodAnswer("", "") + ` // ` + testBody,
	"a doubled access token":     `{"access_token":"a","token_type":"bearer","access_token":"` + testBody + `"}`,
	"a doubled extra":            `{"access_token":"a","token_type":"bearer","x":1,"x":"` + testBody + `"}`,
	"a doubled name, escaped":    `{"access_token":"a","token_type":"bearer","access\u005ftoken":"b"}`,
	"a doubled null error":       `{"access_token":"a","token_type":"bearer","error":null,"error":null}`,
	"nested beyond measure":      goodAnswer("scope", strings.Repeat("[", 20_000)+strings.Repeat("]", 20_000)),
	"nested and never closed":    goodAnswer("scope", strings.Repeat(`{"a":`, 100_000)),
	"no access token":            goodAnswer("access_token", ""),
	"an empty access token":      goodAnswer("access_token", `""`),
	"a null access token":        goodAnswer("access_token", `null`),
	"a number for access token":  goodAnswer("access_token", `12`),
	"an object for access token": goodAnswer("access_token", `{"`+testBody+`":1}`),
	"a line end in the token":    goodAnswer("access_token", `"a\r\nX: `+testBody+`"`),
	"a space in the token":       goodAnswer("access_token", `"a b"`),
	"a token beyond ASCII":       goodAnswer("access_token", `"é"`),
	"half a character":           goodAnswer("access_token", `"\ud800"`),
	"a NUL in the token":         goodAnswer("access_token", `"a\u0000"`),
	"a token of 16 KiB and one":  goodAnswer("access_token", `"`+strings.Repeat("t", longestToken+1)+`"`),
	"the name in another case":   `{"Access_Token":"` + testBody + `","token_type":"bearer"}`,
	"token_type mac":             goodAnswer("token_type", `"mac"`),
	"token_type example":         goodAnswer("token_type", `"example"`), // RFC 6749 5.1's own sample
	"token_type DPoP":            goodAnswer("token_type", `"DPoP"`),
	"token_type bearer and more": goodAnswer("token_type", `"bearer "`),
	"no token_type":              goodAnswer("token_type", ""),
	"a null token_type":          goodAnswer("token_type", "null"),
	"a number for token_type":    goodAnswer("token_type", "1"),
}

func TestUnusableAnswers(t *testing.T) {
	for name, body := range unusable {
		t.Run(name, func(t *testing.T) {
			token, err := exchange(t, answer(200, body))
			checkClean(t, err)
			unusable, ok := errors.AsType[*AnswerError](err)
			if !ok || unusable.Reason == "" || unusable.Status != 200 {
				t.Errorf("error = %v, want an AnswerError with a reason", err)
			}
			if token.Access.Reveal() != "" || token.Refresh.Reveal() != "" {
				t.Error("half a token came with the error")
			}
		})
	}
}

func TestContentTypes(t *testing.T) {
	for kind, good := range map[string]bool{
		"application/json":                         true,
		"Application/JSON; Charset=UTF-8":          true,
		"application/json;charset=utf-8;profile=x": true,
		"text/plain":                               true,
		"text/javascript":                          true,
		"application/octet-stream":                 true,
		"nonsense":                                 true,
		"text/html":                                false,
		"TEXT/HTML; charset=utf-8":                 false,
		" text/html ;x":                            false,
	} {
		t.Run(kind, func(t *testing.T) {
			_, err := exchange(t, answer(200, goodAnswer("", ""), "Content-Type", kind))
			if _, ok := errors.AsType[*AnswerError](err); ok == good {
				t.Errorf("error = %v, want good = %v", err, good)
			}
		})
	}
}

// lives: expires_in as it stands, what it gives with a refresh token at hand, and whether that was made up by us.
var lives = map[string]struct {
	raw     string
	life    time.Duration
	unknown bool
}{
	"a number":                {"3600", time.Hour, false},
	"an exponent":             {"1e3", 1000 * time.Second, false},
	"a fraction":              {"3600.9", time.Hour, false},
	"less than a second":      {"0.9", 0, false},
	"a string":                {`"3600"`, time.Hour, false},
	"a string with spaces":    {`" 3600 "`, time.Hour, false},
	"a string with fraction":  {`"3600.5"`, time.Hour, false},
	"a negative string":       {`"-1"`, 0, false},
	"zero":                    {"0", 0, false},
	"negative":                {"-1", 0, false},
	"a negative fraction":     {"-0.5", 0, false},
	"negative beyond measure": {"-1e400", 0, false},
	"one":                     {"1", time.Second, false},
	"ten years":               {"315360000", longestLife, false},
	"more than 32 bits":       {"4294967296", longestLife, false},
	"enormous":                {"9e18", longestLife, false},
	"enormous digits":         {strings.Repeat("9", 400), longestLife, false},
	"beyond a float":          {"1e400", longestLife, false},
	"tiny":                    {"1e-400", 0, false},
	"absent":                  {"", usualLife, true},
	"null":                    {"null", usualLife, true},
	"an empty string":         {`""`, usualLife, true},
	"a word":                  {`"abc"`, usualLife, true},
	"a word after digits":     {`"3600s"`, usualLife, true},
	"a plus sign":             {`"+3600"`, usualLife, true},
	"hexadecimal":             {`"0x10"`, usualLife, true},
	"NaN":                     {`"NaN"`, usualLife, true},
	"null in a string":        {`"null"`, usualLife, true},
	"quotes in a string":      {`"\"5\""`, usualLife, true},
	"true":                    {"true", usualLife, true},
	"an array":                {"[3600]", usualLife, true},
	"an object":               {`{"seconds":3600}`, usualLife, true},
}

func TestLives(t *testing.T) {
	for name, test := range lives {
		t.Run(name, func(t *testing.T) {
			before := time.Now()
			token, err := exchange(t, answer(200, goodAnswer("expires_in", test.raw)))
			if err != nil || token.Access.Reveal() != "12345678.access" || token.Refresh.Reveal() != "12345678.refresh" {
				t.Fatalf("an odd expires_in cost the pair: %v", err)
			}
			if token.Life != test.life || !token.Expires.Equal(token.Received.Add(test.life)) {
				t.Errorf("life = %v until %v, want %v", token.Life, token.Expires, test.life)
			}
			if token.Received.Before(before.Round(0)) || token.Received.Location() != time.UTC ||
				strings.Contains(token.Received.String()+token.Expires.String(), "m=") {
				t.Errorf("received %v, expires %v: want UTC without a monotonic reading", token.Received, token.Expires)
			}
			checkLonely(t, test.raw, test.life, test.unknown)
		})
	}
}

// checkLonely: without a refresh token an unknown life is no expiry, unless the caller still has one.
func checkLonely(t *testing.T, raw string, life time.Duration, unknown bool) {
	t.Helper()
	body := strings.Replace(goodAnswer("expires_in", raw), `,"refresh_token":"12345678.refresh"`, "", 1)
	token, err := exchange(t, answer(200, body))
	if err != nil || !token.Refresh.IsZero() || token.Expires.IsZero() != unknown || unknown && token.Life != 0 {
		t.Errorf("exchange without a refresh token: %v, life %v, expires %v", err, token.Life, token.Expires)
	}
	provider := serve(t, answer(200, body))
	token, err = provider.client().Refresh(t.Context(), NewSecret(testRefresh))
	if err != nil || token.Life != life || token.Expires.IsZero() {
		t.Errorf("refresh without a new refresh token: %v, life %v, want %v", err, token.Life, life)
	}
}

func TestExtras(t *testing.T) {
	tests := map[string]struct {
		name, raw string
		refresh   string
		scopes    []Scope
	}{
		"as usual":                {"", "", "12345678.refresh", nil},
		"bearer in another case":  {"token_type", `"bEaReR"`, "12345678.refresh", nil},
		"no refresh token":        {"refresh_token", "", "", nil},
		"a null refresh token":    {"refresh_token", "null", "", nil},
		"an empty refresh token":  {"refresh_token", `""`, "", nil},
		"a number for refresh":    {"refresh_token", "7", "", nil},
		"a refresh with line end": {"refresh_token", `"a\n"`, "", nil},
		"a refresh with a space":  {"refresh_token", `"a b"`, "a b", nil},
		"a scope":                 {"scope", `"shops_r"`, "12345678.refresh", []Scope{"shops_r"}},
		"scopes, one unknown":     {"scope", `"shops_r zzz"`, "12345678.refresh", []Scope{"shops_r", "zzz"}},
		"scopes with odd spaces":  {"scope", `" shops_r  a\tb shops_r "`, "12345678.refresh", []Scope{"shops_r", "a", "b"}},
		"a scope that is none":    {"scope", `"a\"b c\\d é ok"`, "12345678.refresh", []Scope{"ok"}},
		"an empty scope":          {"scope", `""`, "12345678.refresh", nil},
		"a null scope":            {"scope", `null`, "12345678.refresh", nil},
		"an array for scope":      {"scope", `["shops_r"]`, "12345678.refresh", nil},
		"a null error":            {"error", `null`, "12345678.refresh", nil},
		"an empty error":          {"error", `""`, "12345678.refresh", nil},
		"a deep extra":            {"scope", strings.Repeat("[", 1000) + strings.Repeat("]", 1000), "12345678.refresh", nil},
		"many extras":             {"scope", `"x",` + manyMembers(200) + `"z":1`, "12345678.refresh", []Scope{"x"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			token, err := exchange(t, answer(200, goodAnswer(test.name, test.raw)))
			if err != nil {
				t.Fatal(err)
			}
			if token.Access.Reveal() != "12345678.access" || token.Refresh.Reveal() != test.refresh || token.Life != time.Hour {
				t.Errorf("token = %q, %q, %v", token.Access.Reveal(), token.Refresh.Reveal(), token.Life)
			}
			if !slices.Equal(token.Scopes, test.scopes) || (token.Scopes == nil) != (test.scopes == nil) {
				t.Errorf("scopes = %q, want %q", token.Scopes, test.scopes)
			}
		})
	}
}

func manyMembers(count int) string {
	var text strings.Builder
	for i := range count {
		text.WriteString(`"extra` + strings.Repeat("x", i) + `":{"a":[1,{}]},`)
	}
	return text.String()
}

// exchange redeems a code at a provider that answers so.
func exchange(t *testing.T, respond http.HandlerFunc) (Token, error) {
	t.Helper()
	provider := serve(t, respond)
	token, err := provider.client().Exchange(context.Background(), provider.request(), NewSecret(testCode))
	checkClean(t, err)
	return token, err
}
