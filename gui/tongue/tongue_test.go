//go:build !nogui

package tongue

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2/lang"

	_ "valetkey/gui/quiet"
	"valetkey/valet/words"
)

// speaks is what a child of this test is asked to say: its language, as the window would choose it.
const speaks = "VALETKEY_TEST_SPEAKS"

// TestTeach starts a program for each pair of a system's language and a chosen one: Fyne reads the system's once, at its start.
func TestTeach(t *testing.T) {
	if tag, asked := os.LookupEnv(speaks); asked {
		teach(t, tag)
		return
	}
	for _, system := range []string{"C", "C.UTF-8", "en_US.UTF-8", "de_AT.UTF-8", "fr_CA.UTF-8", "pt_BR.UTF-8", "zh_CN.UTF-8", "sr_RS.UTF-8", "tlh"} {
		for _, tag := range []string{"en", "de", words.Pseudo} {
			cmd := exec.Command(os.Args[0], "-test.run=^TestTeach$", "-test.v")
			cmd.Env = append(os.Environ(), speaks+"="+tag, "LC_ALL="+system, "LANGUAGE=")
			if said, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s on %s: %s", tag, system, said)
			}
		}
	}
}

func teach(t *testing.T, tag string) {
	words.Prefer(func() string { return tag })
	var complaints bytes.Buffer
	log.SetOutput(&complaints)
	if err := Teach(); err != nil {
		t.Log(err) // a system's language that has no rules for plurals: Fyne does not speak it either
	}
	if complaints.Len() > 0 || log.Writer() != &complaints {
		t.Errorf("Fyne complained: %s", &complaints)
	}
	for key, id := range ids {
		if got, want := lang.X(key, key), words.T(id); got != want || want == id {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	if got, want := lang.L("Paste"), map[string]string{"en": "Paste", "de": "Einfügen", words.Pseudo: "[Pášté]"}[tag]; got != want {
		t.Errorf("Paste is %q", got)
	}
}

// TestEveryWord looks into Fyne's source: what its dialogs, text fields and desktops say is in our words.
func TestEveryWord(t *testing.T) {
	var found []string
	for _, path := range []string{"dialog", "widget", "internal/driver/glfw"} {
		pkg, err := build.Import("fyne.io/fyne/v2/"+path, ".", build.FindOnly)
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(pkg.Dir, "*.go"))
		if err != nil || len(files) < 10 {
			t.Fatal("where is Fyne?", pkg.Dir, err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				found = append(found, said(t, file)...)
			}
		}
	}
	for key := range ids {
		if !slices.Contains(found, key) {
			t.Errorf("Fyne says %q nowhere", key)
		}
	}
	for _, key := range found {
		if ids[key] == "" {
			t.Errorf("no words for %q", key)
		}
	}
}

// said finds the texts that are looked up in a file; those put together at run time, the days of a calendar, are not ours.
func said(t *testing.T, file string) (keys []string) {
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		function, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if room, named := function.X.(*ast.Ident); !named || room.Name != "lang" {
			return true
		}
		if text, ok := call.Args[0].(*ast.BasicLit); ok {
			key, err := strconv.Unquote(text.Value)
			if err != nil {
				t.Fatal(err)
			}
			keys = append(keys, key)
		}
		return true
	})
	return keys
}
