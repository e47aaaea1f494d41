package valet_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// sourceFile is one parsed Go file of the module.
type sourceFile struct {
	path  string // below the module, with slashes
	room  string // its folder; "." is the module's own
	test  bool
	lines int
	tree  *ast.File
	set   *token.FileSet
}

// readHouse parses every Go file of the module, for every system and build tag.
func readHouse(t *testing.T) []sourceFile {
	t.Helper()
	var house []sourceFile
	module := os.DirFS("..")
	err := fs.WalkDir(module, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if entry.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "testdata") {
			return fs.SkipDir
		}
		if entry.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		file, err := readSource(module, name)
		house = append(house, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(house) < 20 {
		t.Fatalf("found %d files only: the house was not read", len(house))
	}
	return house
}

func readSource(module fs.FS, name string) (sourceFile, error) {
	text, err := fs.ReadFile(module, name)
	if err != nil {
		return sourceFile{}, err
	}
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return sourceFile{
		path: name, room: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
		lines: bytes.Count(text, []byte("\n")), tree: tree, set: set,
	}, err
}

// uses returns the lines on which the file names pkg.name, for any of the names.
func (f sourceFile) uses(pkg string, names ...string) []int {
	return f.find(func(s *ast.SelectorExpr) bool {
		x, ok := s.X.(*ast.Ident)
		return ok && x.Name == pkg && slices.Contains(names, s.Sel.Name)
	})
}

// selects returns the lines on which the file takes one of the names from anything.
func (f sourceFile) selects(names ...string) []int {
	return f.find(func(s *ast.SelectorExpr) bool { return slices.Contains(names, s.Sel.Name) })
}

func (f sourceFile) find(match func(*ast.SelectorExpr) bool) []int {
	var lines []int
	ast.Inspect(f.tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && match(s) {
			lines = append(lines, f.set.Position(s.Pos()).Line)
		}
		return true
	})
	return lines
}

func (f sourceFile) importsPath(wanted string) bool {
	return slices.ContainsFunc(f.tree.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"`+wanted+`"` })
}

// linesOf counts a function's lines without those of the tables in it: list and map literals in which nothing is computed
// by a function of its own.
func (f sourceFile) linesOf(function *ast.FuncDecl) int {
	span := func(n ast.Node) int { return f.set.Position(n.End()).Line - f.set.Position(n.Pos()).Line }
	lines := span(function) + 1
	ast.Inspect(function, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok || !isTable(literal) {
			return true
		}
		lines -= span(literal)
		return false
	})
	return lines
}

func isTable(literal *ast.CompositeLit) bool {
	switch literal.Type.(type) {
	case *ast.ArrayType, *ast.MapType:
	default:
		return false
	}
	plain := true
	ast.Inspect(literal, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			plain = false
		}
		return plain
	})
	return plain
}

// receiver returns the name of the type that a method belongs to, or nothing for a function.
func receiver(function *ast.FuncDecl) string {
	if function.Recv == nil || len(function.Recv.List) == 0 {
		return ""
	}
	expr := function.Recv.List[0].Type
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	if generic, ok := expr.(*ast.IndexExpr); ok {
		expr = generic.X
	}
	if name, ok := expr.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// interfaces counts the methods and embedded interfaces of every interface type that the file names.
func interfaces(tree *ast.File) map[string]int {
	counts := map[string]int{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok {
			if i, ok := spec.Type.(*ast.InterfaceType); ok {
				counts[spec.Name.Name] = i.Methods.NumFields()
			}
		}
		return true
	})
	return counts
}

// undocumented lists the exported declarations without a comment. In a group the group's comment is enough.
func undocumented(tree *ast.File) []string {
	var names []string
	for _, decl := range tree.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			ofType := receiver(d)
			if d.Name.IsExported() && d.Doc == nil && (ofType == "" || ast.IsExported(ofType)) {
				names = append(names, d.Name.Name)
			}
		case *ast.GenDecl:
			if d.Doc == nil {
				names = append(names, undocumentedSpecs(d)...)
			}
		}
	}
	return names
}

func undocumentedSpecs(group *ast.GenDecl) []string {
	var names []string
	for _, spec := range group.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil {
				names = append(names, s.Name.Name)
			}
		case *ast.ValueSpec:
			if s.Names[0].IsExported() && s.Doc == nil && s.Comment == nil {
				names = append(names, s.Names[0].Name)
			}
		}
	}
	return names
}
