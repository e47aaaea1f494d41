package words

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// computed lists the beginnings of ids that are put together while the program runs. What begins so counts as used; the tests
// of each say that none is missing.
var computed = []string{
	"errors.kind.",          // a kind, and for some what it is about
	"errors.store.",         // a store's trouble
	"errors.etsy.",          // a cause
	"errors.provider-file.", // why a file is refused
	"scopes.title.",         // a permission
	"scopes.detail.",        // a permission
	"scopes.risk.",          // a risk
	"purposes.title.",       // a purpose
	"purposes.text.",        // a purpose
	"status.line.",          // a status
	"status.more.",          // a status
	"status.left.",          // a unit of time
	"status.left-short.",    // a unit of time
	"status.month.",         // a month
	"result.",               // an ending
	"window.copy.as.",       // a form of the copy menu
	"window.receive.",       // a moment of the walk
	"window.language.",      // a language
	"hosts.doubt.",          // a doubt
	"doctor.finding.",       // a check and what it found
	"doctor.name.",          // a check
	"doctor.state.",         // a state
	"history.deed.",         // a deed
	"history.tried.",        // a deed
	"history.why.",          // a kind
	"trial.ask.",            // a question
	"trial.column.",         // a member of an answer
	"trial.standing.",       // how a listing or an order stands
	"trial.status.",         // an HTTP status
	"trial.lacks.",          // what is not known of a path
}

// idForm is what an id looks like in the code: a room's name, then places.
var idForm = regexp.MustCompile(`^(window|help|markets|cli|errors|result|scopes|purposes|status|hosts|doctor|dialog|history|trial)\.[a-z0-9_.-]+$`)

// sentences reads every sentence in English: id to its forms.
func sentences(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for id, several := range sentencesIn(t, source) {
		found[id] = slices.Collect(maps.Values(several))
	}
	return found
}

// sentencesIn reads every sentence in a language: id to its forms by their names.
func sentencesIn(t *testing.T, tag string) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	entries, err := files.ReadDir(tag)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		data, err := files.ReadFile(tag + "/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		var raw map[string]json.RawMessage
		if err := json.Unmarshal(data, &raw); err != nil {
			t.Fatalf("%s: %v", entry.Name(), err)
		}
		for id, value := range raw {
			if !idForm.MatchString(id) || !strings.HasPrefix(id, strings.TrimSuffix(entry.Name(), ".json")+".") {
				t.Errorf("%s: an id %q", entry.Name(), id)
			}
			found[id] = forms(t, id, value)
		}
	}
	return found
}

// forms gives the plural forms of a sentence; a plain one has "other" alone.
func forms(t *testing.T, id string, value json.RawMessage) map[string]string {
	var one string
	if json.Unmarshal(value, &one) == nil {
		return map[string]string{"other": one}
	}
	var several map[string]string
	if err := json.Unmarshal(value, &several); err != nil || several["one"] == "" || several["other"] == "" {
		t.Errorf("%s: neither a text nor its plural forms", id)
	}
	return several
}

// code reads the product files of the whole module.
func code(t *testing.T) (trees map[string]*ast.File) {
	t.Helper()
	trees = map[string]*ast.File{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		trees[path], err = parser.ParseFile(token.NewFileSet(), path, text, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return trees
}

// literal gives the text of a string literal.
func literal(node ast.Node) (string, bool) {
	basic, ok := node.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}

// TestNoneMissingNoneUnused compares the sentences with the texts in the code that look like an id. An id may be written in
// two parts, the second beginning with a dot.
func TestNoneMissingNoneUnused(t *testing.T) {
	all := sentences(t)
	used, endings := map[string]string{}, map[string]bool{}
	for path, tree := range code(t) {
		ast.Inspect(tree, func(node ast.Node) bool {
			text, ok := literal(node)
			switch {
			case ok && idForm.MatchString(text):
				used[text] = path
			case ok && strings.HasPrefix(text, "."):
				endings[text] = true
			}
			return true
		})
	}
	begins := func(part string) bool {
		for id := range all {
			if strings.HasPrefix(id, strings.TrimSuffix(part, ".")+".") {
				return true
			}
		}
		return false
	}
	for id, path := range used {
		if all[id] == nil && !begins(id) {
			t.Errorf("%s: no sentence %q", path, id)
		}
	}
	for id := range all {
		inParts := func(ending string) bool {
			first, ok := strings.CutSuffix(id, ending)
			return ok && used[first] != ""
		}
		if used[id] == "" && !slices.ContainsFunc(computed, func(p string) bool { return strings.HasPrefix(id, p) }) &&
			!slices.ContainsFunc(slices.Collect(maps.Keys(endings)), inParts) {
			t.Errorf("%q is used nowhere", id)
		}
	}
}

var blank = regexp.MustCompile(`{{\.([A-Za-z]+)}}`)

// TestBlanksAreFilled looks at every call whose first text is an id: what the sentence leaves blank, the call names.
func TestBlanksAreFilled(t *testing.T) {
	all := sentences(t)
	for path, tree := range code(t) {
		ast.Inspect(tree, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 || call.Ellipsis.IsValid() {
				return true
			}
			id, ok := literal(call.Args[0])
			if !ok || all[id] == nil || !fills(call.Fun) {
				return true
			}
			named := map[string]bool{"Count": len(all[id]) > 1}
			for _, arg := range call.Args[1:] {
				if name, ok := literal(arg); ok {
					named[name] = true
				}
			}
			for _, form := range all[id] {
				for _, gap := range blank.FindAllStringSubmatch(form, -1) {
					if !named[gap[1]] {
						t.Errorf("%s: %s needs %s", path, id, gap[1])
					}
				}
			}
			return true
		})
	}
}

// fills reports whether a call is one that fills blanks: T, N, or one that hands all on to them.
func fills(function ast.Expr) bool {
	switch f := function.(type) {
	case *ast.Ident:
		return f.Name == "T" || f.Name == "N"
	case *ast.SelectorExpr:
		return slices.Contains([]string{"T", "N", "say"}, f.Sel.Name)
	}
	return false
}

// TestTone: short, calm, no exclamation marks, no blame; nothing that a translator or a terminal would stumble over.
func TestTone(t *testing.T) {
	unwanted := []string{"!", "  ", "Oops", "oops", "Sorry", "sorry", "lease ", "invalid", "illegal", "you forgot", "your fault", "\t"}
	for id, forms := range sentences(t) {
		for _, form := range forms {
			for _, word := range unwanted {
				if strings.Contains(form, word) && !(word == "  " && strings.Contains(form, "\n")) { // a table in a help text
					t.Errorf("%s has %q: %s", id, word, form)
				}
			}
			if form == "" || strings.TrimSpace(form) != form {
				t.Errorf("%s: %q", id, form)
			}
			if rest := blank.ReplaceAllString(form, ""); strings.ContainsAny(rest, "{}") {
				t.Errorf("%s: a blank is written in another way: %s", id, form)
			}
		}
	}
}
