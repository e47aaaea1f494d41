package words

import (
	"go/ast"
	"slices"
	"testing"
)

// TestTheLogsOwnWordsPass: what this program writes into its log by itself is in a report word for word.
func TestTheLogsOwnWordsPass(t *testing.T) {
	count := 0
	for path, tree := range code(t) {
		ast.Inspect(tree, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"Debug", "Info", "Warn", "Error"}, method.Sel.Name) {
				return true
			}
			for _, arg := range call.Args {
				if text, ok := literal(arg); ok {
					count++
					if got := sieve(text, nil); got != text {
						t.Errorf("%s: %q becomes %q", path, text, got)
					}
				}
			}
			return true
		})
	}
	if count < 20 {
		t.Errorf("only %d texts were found", count)
	}
}

// TestSieve: a word passes whole or not at all.
func TestSieve(t *testing.T) {
	for text, want := range map[string]string{
		`msg="a verb failed" error="valet: unreachable"`: `msg="a verb failed" error="valet: unreachable"`,
		"dial tcp 127.0.0.1:3003: connection refused":    "dial tcp 127.0.0.1:3003: connection refused",
		"lookup api.etsy.com: no such host":              "lookup api.etsy.com: no such host",
		"lookup api.acme.example: no such host":          "lookup [removed] no such host",
		"HTTP 503, port 49152":                           "HTTP 503, port 49152",
		"pin 482915":                                     "[removed]",
		"12-34-56":                                       "[removed]",
		"the token-is-xK9":                               "the [removed]",
		"one xK9 yL8 zM7 key":                            "one [removed] key",
		"~/.local/state/valetkey/index.json":             "~/.local/state/valetkey/index.json",
		"\x1b[31mkey":                                    "[removed]",
		"token=invalid_grant":                            "token=invalid_grant",
		"51730426.ab":                                    "[removed]",
		"":                                               "",
	} {
		if got := sieve(text, nil); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	if got := sieve("blue-fern and red-oak", []string{"blue", "fern"}); got != "blue-fern and [removed]" {
		t.Errorf("with names: %q", got)
	}
}
