package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"valetkey/valet"
)

// reasons reads from the doctor's source what it can say: the texts that are put into a Reason, and those of a trial.
func reasons(t *testing.T) (list []string) {
	t.Helper()
	files, err := filepath.Glob("../doctor*.go")
	if err != nil || len(files) < 8 {
		t.Fatal("where is the doctor?", files, err)
	}
	named := []string{"Reason", "untried"}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && slices.Contains(named, key.Name) {
					if text, ok := literal(n.Value); ok {
						list = append(list, text)
					}
				}
			case *ast.FuncDecl:
				if n.Name.Name == "networkReason" {
					ast.Inspect(n, func(node ast.Node) bool {
						if text, ok := literal(node); ok && text != "" {
							list = append(list, text)
						}
						return true
					})
				}
			}
			return true
		})
	}
	return list
}

// TestEveryFindingHasItsSentences: what the doctor can say has a sentence, and a next step where something is to be done.
func TestEveryFindingHasItsSentences(t *testing.T) {
	checks := constants(t, "../doctor.go", "CheckID")
	fine := []string{"private", "none", "whole", "read", "ready", "open", "found", "steady", "agrees", "inside", "reached", "reached-by-proxy",
		"built-in", "kept", "accepted", "any", "free", "pasted", "fresh", "works", "endless", "renews", "granted", "confirmed"}
	said := map[string]bool{}
	for id := range sentences(t) {
		rest, ok := strings.CutPrefix(id, "doctor.finding.")
		if !ok {
			continue
		}
		parts := strings.Split(rest, ".")
		if len(parts) != 3 || !slices.Contains(checks, parts[0]) {
			t.Errorf("%s is about no check", id)
			continue
		}
		said[parts[1]] = true
		told := Finding(valet.Finding{Check: valet.CheckID(parts[0]), Reason: parts[1], Subject: "x", When: time.Unix(0, 0)}, time.Unix(1e9, 0))
		if strings.Contains(told.What, "doctor.") || told.Next == "" && !slices.Contains(fine, parts[1]) {
			t.Errorf("%s: %+v", id, told)
		}
	}
	all := reasons(t)
	if len(all) < 40 {
		t.Fatalf("only %d reasons were found in the source", len(all))
	}
	for _, reason := range all {
		if !said[reason] {
			t.Errorf("no sentence for %q", reason)
		}
	}
	for _, check := range checks {
		if name := CheckName(valet.Finding{Check: valet.CheckID(check)}); strings.HasPrefix(name, "doctor.") {
			t.Errorf("%s has no name", check)
		}
	}
	for _, state := range constants(t, "../doctor.go", "FindingState") {
		if name := FindingState(valet.FindingState(state)); strings.HasPrefix(name, "doctor.") {
			t.Errorf("%s has no name", state)
		}
	}
}

func TestSummary(t *testing.T) {
	for want, states := range map[string][]valet.FindingState{
		"Nothing is wrong.":                            {valet.Fine, valet.Untried},
		"1 thing is wrong.":                            {valet.Fine, valet.Wrong},
		"2 things are wrong. 1 thing is worth a look.": {valet.Wrong, valet.LookAt, valet.Wrong},
	} {
		var found []valet.Finding
		for _, state := range states {
			found = append(found, valet.Finding{State: state})
		}
		if got := Summary(found); got != want {
			t.Errorf("%v: %q, want %q", states, got, want)
		}
	}
}
