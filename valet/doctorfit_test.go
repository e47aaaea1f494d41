package valet

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// constantsOf reads the texts of the constants of a type from a source file, so that a new one cannot be forgotten.
func constantsOf(t *testing.T, file, typeName string) (values []string) {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == typeName {
			for _, value := range spec.Values {
				text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, text)
			}
		}
		return true
	})
	return values
}

// TestEveryErrorHasItsChecks: each kind is in the table, and what fits an error is nothing but checks, each of which fits some.
func TestEveryErrorHasItsChecks(t *testing.T) {
	kinds, checks := constantsOf(t, "errors.go", "Kind"), constantsOf(t, "doctor.go", "CheckID")
	for n, check := range Checks() {
		if n >= len(checks) || checks[n] != string(check) {
			t.Errorf("check %d is %s", n, check)
		}
	}
	if len(kinds) < 50 || len(checks) != 14 {
		t.Fatalf("%d kinds and %d checks were found", len(kinds), len(checks))
	}
	d, used := &Doctor{}, map[CheckID]bool{}
	for _, kind := range kinds {
		if _, known := fitting[Kind(kind)]; !known {
			t.Errorf("%s is not in the table", kind)
		}
		for _, check := range d.Fitting(fmt.Errorf("wrapped: %w", &Error{Kind: Kind(kind)})) {
			used[check] = true
			if !slices.Contains(checks, string(check)) {
				t.Errorf("%s: no check %q", kind, check)
			}
		}
	}
	if len(fitting) != len(kinds) || len(used) != len(checks) {
		t.Errorf("%d kinds in the table, want %d; %d checks fit anything, want %d", len(fitting), len(kinds), len(used), len(checks))
	}
	if d.Fitting(nil) != nil {
		t.Error("something fits no error")
	}
	if fits := d.Fitting(errors.New("odd")); !slices.Contains(fits, CheckFolders) {
		t.Errorf("an odd error: %v", fits)
	}
	if fits := d.Fitting(storeTrouble(TroubleLocked)); !slices.Contains(fits, CheckKeyring) {
		t.Errorf("a store's error: %v", fits)
	}
	if fits := d.Fitting(storeTrouble(TroublePassphrase)); fits != nil {
		t.Errorf("a wrong passphrase: %v", fits)
	}
}

type storeTrouble Trouble

func (s storeTrouble) Error() string   { return string(s) }
func (s storeTrouble) Trouble() string { return string(s) }
