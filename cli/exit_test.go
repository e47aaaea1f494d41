package cli

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"valetkey/valet"
)

// kinds reads every kind from the source, so that a new one cannot be forgotten here.
func kinds(t *testing.T) []valet.Kind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../valet/errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []valet.Kind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Type == nil {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != "Kind" {
			return true
		}
		for _, value := range spec.Values {
			text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, valet.Kind(text))
		}
		return true
	})
	return all
}

func TestEveryKindHasAnExitStatus(t *testing.T) {
	all := kinds(t)
	if len(all) < 30 {
		t.Fatalf("only %d kinds were found in the source", len(all))
	}
	for _, kind := range all {
		status, known := statuses[kind]
		if !known || status == Done {
			t.Errorf("%s has no exit status of its own", kind)
		}
		if got := StatusOf(fmt.Errorf("wrapped: %w", &valet.Error{Kind: kind, Cause: storeError{}})); got != status {
			t.Errorf("%s, wrapped: %d, want %d", kind, got, status)
		}
	}
	if len(statuses) != len(all) {
		t.Errorf("%d kinds have an exit status, there are %d", len(statuses), len(all))
	}
}

func TestStatusOfOtherErrors(t *testing.T) {
	for _, row := range []struct {
		what string
		err  error
		want Status
	}{
		{"nothing", nil, Done},
		{"misuse", misuse("what", "next"), Usage},
		{"failure", fmt.Errorf("wrapped: %w", failure("what", "next")), Failed},
		{"a bare store error", storeError{}, NoKeyring},
		{"not kept, and no store to blame", &valet.Error{Kind: valet.NotKept, Cause: context.Canceled}, Failed},
		{"cancelled", context.Canceled, Cancelled},
		{"past its time", context.DeadlineExceeded, Cancelled},
		{"anything else", fmt.Errorf("odd"), Failed},
	} {
		if got := StatusOf(row.err); got != row.want {
			t.Errorf("%s: %d, want %d", row.what, got, row.want)
		}
	}
}

type storeError struct{}

func (storeError) Error() string   { return "the store is locked" }
func (storeError) Trouble() string { return "locked" }
