package valet_test

import (
	"go/ast"
	"os"
	"slices"
	"strings"
	"testing"
)

// The house: who may import whom, and what stands in one place only. Folders are written as below the module, "." is main.

// ours lists, for each room, the rooms of this module that its product code may import. A room that is missing here is an
// error: it has to be placed. main is the assembly and may import all.
var ours = map[string][]string{
	"oauth":                 {},
	"oauth/etsy":            {"oauth"},
	"oauth/oauth1":          {"oauth"},
	"oauth/practice":        {"oauth/practice/signed"},
	"oauth/practice/signed": {},
	"keystore":              {},
	"keystore/keyringtest":  {},
	"valet":                 {"oauth", "oauth/etsy", "oauth/oauth1"},
	"valet/words":           {"valet", "valet/keyart", "oauth", "oauth/etsy"},
	"valet/keyart":          {"oauth"},
	"valet/keyart/icon":     {"oauth", "oauth/etsy", "valet/keyart"},
	"gui":                   {"gui/bus", "gui/instance", "gui/kit", "gui/notify", "gui/panel", "gui/parts", "gui/places", "gui/quiet", "gui/tongue", "gui/tray", "gui/trial", "gui/trial/answer", "gui/walk", "valet", "valet/words", "oauth"},
	"gui/kit":               {"gui/parts", "valet", "valet/words", "valet/keyart", "oauth"},
	"gui/panel":             {"gui/kit", "gui/parts", "valet", "valet/words", "oauth"},
	"gui/parts":             {},
	"gui/places":            {"gui/kit", "gui/parts", "valet", "valet/words", "oauth"},
	"gui/trial":             {"gui/kit", "gui/parts", "gui/trial/answer", "valet", "valet/words", "oauth"},
	"gui/trial/answer":      {"valet/words"},
	"gui/walk":              {"gui/kit", "gui/parts", "valet", "valet/words", "oauth"},
	"gui/gallery":           {"gui/kit", "gui/panel", "gui/parts", "gui/places", "gui/quiet", "gui/trial", "gui/trial/answer", "gui/walk", "valet", "valet/words", "oauth"},
	"gui/demo":              {},
	"gui/bare":              {},
	"gui/instance":          {},
	"gui/notify":            {"gui/bus"},
	"gui/tray":              {"gui/bus"},
	"gui/bus":               {},
	"gui/quiet":             {},
	"gui/tongue":            {"valet/words"},
	"cli":                   {"valet", "valet/words", "valet/keyart", "oauth"},
	"cli/manual":            {"cli", "valet/words"},
}

// theirs lists the libraries, and the only rooms whose product code may name each. What is not listed is not used.
var theirs = map[string][]string{
	"filippo.io/age":                  {"keystore"},
	"fyne.io/fyne/v2":                 {"gui", "gui/kit", "gui/panel", "gui/parts", "gui/places", "gui/trial", "gui/walk", "gui/gallery", "gui/bare", "gui/tongue"},
	"fyne.io/systray":                 {"gui/tray"},
	"github.com/chromedp/chromedp":    {"gui/demo"},
	"github.com/chromedp/cdproto":     {"gui/demo"},
	"github.com/fyne-io/oksvg":        {"valet/keyart/icon"},
	"github.com/srwiley/rasterx":      {"valet/keyart/icon"},
	"github.com/godbus/dbus/v5":       {"gui/bus", "gui/notify", "gui/tray", "keystore", "keystore/keyringtest"},
	"github.com/fsnotify/fsnotify":    {"valet"},
	"github.com/gofrs/flock":          {"gui/instance", "keystore", "valet"},
	"github.com/nicksnyder/go-i18n":   {"valet/words"},
	"github.com/skip2/go-qrcode":      {"gui/walk"},
	"github.com/spf13/cobra":          {"cli"},
	"github.com/spf13/pflag":          {"cli"},
	"github.com/zalando/go-keyring":   {"keystore"},
	"golang.org/x/sys":                {"keystore", "oauth/practice", "valet"},
	"golang.org/x/term":               {"cli"},
	"golang.org/x/text":               {"valet", "valet/words"},
	"golang.org/x/net/http/httpguts":  {"valet"},
	"golang.org/x/net/idna":           {"valet"},
	"github.com/jeandeaual/go-locale": {"valet/words"},
}

// inTests lists what only tests may import besides.
var inTests = []string{"github.com/rogpeppe/go-internal", "github.com/chromedp", "github.com/google/go-cmp", "github.com/joho/godotenv",
	"github.com/gomodule/oauth1", "github.com/dghubble/oauth1"}

// reveals lists the product files that may look at a secret's text: where it goes into a request, the keyring's record, the
// one callback that hands it on, or (secret.go) where it is defined.
var reveals = []string{
	"oauth/secret.go",               // the type itself
	"oauth/authorization.go",        // state and challenge, into the address
	"oauth/wire.go",                 // the token request's form and its basic authentication
	"oauth/answer.go",               // takes our own secrets out of what a provider says
	"oauth/provider.go",             // headers with {client_secret}
	"oauth/oauth1/authorization.go", // our own value and the temporary token, into addresses
	"oauth/oauth1/client.go",        // the verifier, into the header
	"oauth/oauth1/login.go",         // the temporary token, into the sign-in address
	"oauth/oauth1/sign.go",          // the token, into the header
	"oauth/oauth1/signature.go",     // the key of a signature
	"oauth/oauth1/text.go",          // takes our own secrets out of what a server says
	"oauth/etsy/api.go",             // Authorization and x-api-key; the user's number before the point
	"valet/access.go",               // the callback that hands the token on
	"valet/credentials.go",          // the Authorization header of a request
	"valet/appkeyitem.go",           // the app key's item in the keyring
	"valet/record.go",               // the connection's item in the keyring; the hash that names a token
}

// size is the budget that keeps a room liveable.
const (
	maxFileLines        = 350
	maxFuncLines        = 60 // without the lines of tables
	maxMethods          = 12
	maxInterfaceMethods = 8
)

func TestHouse(t *testing.T) {
	house := readHouse(t)
	t.Run("imports", func(t *testing.T) { checkImports(t, house) })
	t.Run("comments", func(t *testing.T) { checkComments(t, house) })
	t.Run("places", func(t *testing.T) { checkPlaces(t, house) })
	t.Run("size", func(t *testing.T) { checkSize(t, house) })
	t.Run("go.mod", checkGoMod)
}

func checkImports(t *testing.T, house []sourceFile) {
	for _, f := range house {
		for _, spec := range f.tree.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			if complaint := importComplaint(f, path); complaint != "" {
				t.Errorf("%s imports %s: %s", f.path, path, complaint)
			}
		}
	}
}

// importComplaint says why f may not import path, or nothing.
func importComplaint(f sourceFile, path string) string {
	room, inside := strings.CutPrefix(path, "valetkey/")
	switch {
	case inside && f.test:
		return testComplaint(f.room, room)
	case inside:
		allowed, placed := ours[f.room]
		if f.room != "." && !placed {
			return "the room " + f.room + " has no place in this test's table"
		}
		if f.room != "." && !slices.Contains(allowed, room) {
			return f.room + " may not know " + room
		}
	case !strings.Contains(strings.Split(path, "/")[0], "."):
		return "" // the standard library
	case f.room == "." && !f.test:
		return "main assembles, and uses no library itself"
	case f.test && underAny(path, inTests):
		return ""
	default:
		return libraryComplaint(f, path)
	}
	return ""
}

// testComplaint: tests may bring rooms together, but the two faces of the program never meet, and the look-alike and the
// protocol are never tested with each other's code from within the look-alike.
func testComplaint(room, imported string) string {
	twoFaces := strings.HasPrefix(room, "gui") && imported == "cli" || room == "cli" && strings.HasPrefix(imported, "gui")
	if twoFaces {
		return "window and command line never import each other"
	}
	return ""
}

func libraryComplaint(f sourceFile, path string) string {
	for library, rooms := range theirs {
		if underAny(path, []string{library}) {
			if slices.Contains(rooms, f.room) {
				return ""
			}
			return "this library belongs to " + strings.Join(rooms, ", ")
		}
	}
	return "this library is in no plan"
}

// underAny reports whether path is one of the prefixes or lies below it.
func underAny(path string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") })
}

// checkComments: one package comment a package, and a comment on everything exported.
func checkComments(t *testing.T, house []sourceFile) {
	documented := map[string][]string{}
	for _, f := range house {
		if f.test {
			continue
		}
		documented[f.room] = append(documented[f.room], packageComment(f)...)
		for _, name := range undocumented(f.tree) {
			t.Errorf("%s: %s is exported and says nothing of itself", f.path, name)
		}
	}
	for room, files := range documented {
		if len(files) != 1 {
			t.Errorf("%s has %d package comments, want one: %v", room, len(files), files)
		}
	}
}

// packageComment returns the file's path if it has a package comment, else nothing (but not nil in the map).
func packageComment(f sourceFile) []string {
	if f.tree.Doc == nil || strings.TrimSpace(f.tree.Doc.Text()) == "" {
		return []string{}
	}
	return []string{f.path}
}

// checkPlaces: what stands in one file, or in a few that are listed, stands nowhere else.
func checkPlaces(t *testing.T, house []sourceFile) {
	var revealing []string
	for _, f := range house {
		for _, use := range f.uses("fyne", "Do", "DoAndWait") {
			if f.path != "gui/dispatch.go" {
				t.Errorf("%s:%d: the UI thread is reached through gui/dispatch.go alone", f.path, use)
			}
		}
		if f.test {
			checkWaits(t, f)
		} else if len(f.selects("Reveal")) > 0 {
			revealing = append(revealing, f.path)
		}
	}
	for _, path := range revealing {
		if !slices.Contains(reveals, path) {
			t.Errorf("%s looks at a secret's text, and is not in this test's list", path)
		}
	}
	for _, path := range reveals {
		if !slices.Contains(revealing, path) {
			t.Errorf("%s is listed as looking at secrets, and no longer does", path)
		}
	}
}

// checkWaits: a test waits for a condition. Inside testing/synctest the clock is false, and sleeping is one.
func checkWaits(t *testing.T, f sourceFile) {
	if !f.importsPath("testing/synctest") {
		for _, line := range f.uses("time", "Sleep") {
			t.Errorf("%s:%d: a test sleeps", f.path, line)
		}
	}
	for _, line := range f.selects("Skip", "Skipf", "SkipNow") {
		t.Errorf("%s:%d: a test is skipped", f.path, line)
	}
}

func checkSize(t *testing.T, house []sourceFile) {
	methods := map[string]int{}
	for _, f := range house {
		if f.lines > maxFileLines {
			t.Errorf("%s has %d lines, want %d at most", f.path, f.lines, maxFileLines)
		}
		for _, decl := range f.tree.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if lines := f.linesOf(function); lines > maxFuncLines {
				t.Errorf("%s: %s has %d lines, want %d at most", f.path, function.Name.Name, lines, maxFuncLines)
			}
			if name := receiver(function); name != "" && !f.test {
				methods[f.room+"."+name]++
			}
		}
		for name, count := range interfaces(f.tree) {
			if count > maxInterfaceMethods {
				t.Errorf("%s: the interface %s has %d methods, want %d at most", f.path, name, count, maxInterfaceMethods)
			}
		}
	}
	for name, count := range methods {
		if count > maxMethods {
			t.Errorf("%s has %d methods, want %d at most", name, count, maxMethods)
		}
	}
}

func checkGoMod(t *testing.T) {
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(strings.TrimSpace(line), "replace") {
			t.Errorf("go.mod replaces a module: %s", line)
		}
	}
}
