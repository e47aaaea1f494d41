package valet

import (
	"errors"
	"strings"
	"testing"
)

// awkward are values in which every reader stumbles over something.
var awkward = []string{
	"plain", "two words", " lead and trail ", "it's", `"quoted"`, `it's "both"`, "$HOME ${HOME} $(id) `id`", `back\slash`, `two\\`,
	`ends in \`, `'`, `\'`, "#no comment", "a#b", "a=b=c", "~", "a:~/x", "*?[x]{a,b}", "!history!!", "%PATH%", "tab\there", "line one\nline two",
	"it's\ntwo lines\n", "größe ☕ 日本", "-n", "a;b&c|d<e>f", `\n stays`, "‘curly’ ‚low‛", "export X=1", `'"'"'`, "$'x'",
}

// dotenvValue is a strict reader of .env lines: a bare word, single quotes that hold everything as it is, or double quotes in
// which a backslash makes the next letter plain. Nothing else is taken.
func dotenvValue(text string) (value, rest string, err error) {
	switch {
	case strings.HasPrefix(text, "'"):
		value, rest, closed := strings.Cut(text[1:], "'")
		if !closed || !strings.HasPrefix(rest, "\n") {
			return "", "", errors.New("single quotes without an end")
		}
		return value, rest[1:], nil
	case strings.HasPrefix(text, `"`):
		var plain strings.Builder
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
				if i == len(text) || !strings.ContainsRune("\\\"$`", rune(text[i])) {
					return "", "", errors.New("a backslash before something that needs none")
				}
				plain.WriteByte(text[i])
			case '"':
				if !strings.HasPrefix(text[i+1:], "\n") {
					return "", "", errors.New("something after the double quotes")
				}
				return plain.String(), text[i+2:], nil
			case '$', '`':
				return "", "", errors.New("something that a reader would expand")
			default:
				plain.WriteByte(text[i])
			}
		}
		return "", "", errors.New("double quotes without an end")
	}
	value, rest, _ = strings.Cut(text, "\n")
	if value == "" || strings.ContainsAny(value, " \t\"'\\$`#;&|<>()*?[]{}!~=\r") {
		return "", "", errors.New("a bare word with a letter in it that means something")
	}
	return value, rest, nil
}

func TestDotenvLinesAreReadBack(t *testing.T) {
	for _, want := range awkward {
		text, named := strings.CutPrefix(Dotenv.assign("NAME", want)+"\nNEXT=1\n", "NAME=")
		got, rest, err := dotenvValue(text)
		if !named || err != nil || got != want || rest != "NEXT=1\n" {
			t.Errorf("%q as %q: %q, %q, %v", want, text, got, rest, err)
		}
	}
}

// TestOtherShellsByTheirRules holds the lines of shells that few test machines have against the rules of their manuals.
func TestOtherShellsByTheirRules(t *testing.T) {
	for _, row := range []struct {
		shell       Shell
		value, want string
	}{
		{Fish, `it's a \ "$HOME"`, `set -gx NAME 'it\'s a \\ "$HOME"'`},
		{PowerShell, `it's ‘so’ $env:X "y"`, `$env:NAME = 'it''s ‘‘so’’ $env:X "y"'`},
		{Posix, `it's`, `export NAME='it'\''s'`},
	} {
		if got := row.shell.assign("NAME", row.value); got != row.want {
			t.Errorf("%s: %s, want %s", row.shell, got, row.want)
		}
	}
}

// curlText reads a quoted text as the manual of curl says of its configuration.
func curlText(quoted string) (string, error) {
	inner, opened := strings.CutPrefix(quoted, `"`)
	inner, closed := strings.CutSuffix(inner, `"`)
	if !opened || !closed || strings.ContainsAny(inner, "\n\r") {
		return "", errors.New("not one quoted line")
	}
	var plain strings.Builder
	for i := 0; i < len(inner); i++ {
		if inner[i] == '"' {
			return "", errors.New("a quote in the middle")
		}
		if inner[i] == '\\' {
			i++
			at := strings.IndexByte(`\"tnrv`, inner[i])
			if at < 0 {
				return "", errors.New("a backslash that curl drops")
			}
			plain.WriteByte("\\\"\t\n\r\v"[at])
			continue
		}
		plain.WriteByte(inner[i])
	}
	return plain.String(), nil
}

func TestCurlReadsItsConfiguration(t *testing.T) {
	for _, want := range append(awkward, "x-api-key: a\"b\\c\td", "\r\n\v") {
		if got, err := curlText(curlQuote(want)); err != nil || got != want {
			t.Errorf("%q as %s: %q, %v", want, curlQuote(want), got, err)
		}
	}
}

func TestVariablesAreNamedAfterTheProvider(t *testing.T) {
	for id, want := range map[string]string{"acme": "ACME_", "old-market": "OLD_MARKET_", "3d-shop": "_3D_SHOP_"} {
		if got := variablePrefix(id); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
}
