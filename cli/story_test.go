package cli_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"valetkey/keystore/keyringtest"
)

// TestStories runs the stories in testdata against the real program. Each has a home folder, a keyring and a practice
// market of its own, and any port for the callback, so that they run side by side.
func TestStories(t *testing.T) {
	folder := mustBuild(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			s := &story{t: t, running: map[string]*process{}, browser: newBrowser()}
			testscript.Run(t, testscript.Params{
				Files: []string{file},
				Setup: func(env *testscript.Env) error {
					env.Setenv("PATH", folder+":"+env.Getenv("PATH"))
					env.Setenv("PROGRAM", folder)
					env.Setenv("LC_ALL", "C") // the stories are told in English
					env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
					env.Setenv("ANYPORT", "http://127.0.0.1:0/oauth/redirect")
					return nil
				},
				Cmds: s.commands(),
			})
		})
	}
}

// story is what the commands of one script share.
type story struct {
	t       *testing.T
	running map[string]*process
	browser *browser
	strict  *strict
}

type command = func(ts *testscript.TestScript, neg bool, args []string)

// commands are what a story can say besides what testscript knows.
func (s *story) commands() map[string]command {
	return map[string]command{
		"keyring":   s.keyring,   // keyring ready|locked|no-collection|absent
		"practice":  s.practice,  // a practice app key with any callback port
		"older":     s.older,     // older [REDIRECT]: the same for the older API of the practice market
		"code":      s.code,      // code VAR: the verifier that the browser's page shows
		"status":    s.status,    // status N PROGRAM ARG...: runs it and wants that exit status
		"start":     s.start,     // start NAME PROGRAM ARG...: runs it beside the story
		"line":      s.line,      // line NAME N VAR: waits for its n-th line of output
		"feed":      s.feed,      // feed NAME TEXT: a line for its standard input
		"interrupt": s.interrupt, // interrupt NAME: Ctrl-C
		"finish":    s.finish,    // finish NAME N: waits for its end and wants that exit status
		"browse":    s.browse,    // browse allow|deny|look ADDRESS [SHOP]: what a person does in a browser
		"answer":    s.answer,    // answer VAR ADDRESS: presses Allow, and keeps the address that the browser would end on
		"get":       s.get,       // get ADDRESS [NAME: VALUE]...: one request; prints status and body
		"save":      s.save,      // save VAR: what was printed last
		"nowhere":   s.nowhere,   // nowhere TEXT: no file of this person holds it
		"market":    s.market,    // market METHOD: a strict third-party market, strict.json describes it
		"content":   s.content,   // content: the strict market has refused nothing
		"untouched": s.untouched, // untouched: nobody has asked the strict market anything
		"down":      s.down,      // down: the strict market answers 503
		"up":        s.up,        // up: no more
		"issuer":    s.issuer,    // issuer alone FILE|says FIELD TEXT|silent|answers TEXT: the strict market as an issuer
		"press":     s.press,     // press BUTTON: on the page that the browser shows
		"until":     s.until,     // until FILE VAR: waits until it is there, and keeps what it holds
		"met":       s.met,       // met FAULT: waits until the practice market has used up that switch
		"words":     s.words,     // words NAME TEXT PATTERN VAR: waits for TEXT among its words, and keeps what PATTERN finds
	}
}

// scriptTB lets a helper for tests fail the script, whose goroutine is not the test's.
type scriptTB struct {
	testing.TB
	ts *testscript.TestScript
}

func (b scriptTB) Fatal(args ...any)                 { b.ts.Fatalf("%s", fmt.Sprint(args...)) }
func (b scriptTB) Fatalf(format string, args ...any) { b.ts.Fatalf(format, args...) }

var keyringStates = map[string]keyringtest.State{
	"ready": keyringtest.Ready, "locked": keyringtest.Locked, "no-collection": keyringtest.NoCollection,
	"absent": keyringtest.NoBus, "no-service": keyringtest.NoService,
}

func (s *story) keyring(ts *testscript.TestScript, _ bool, args []string) {
	state, known := keyringStates[args[0]]
	if !known {
		ts.Fatalf("no such state of a keyring: %s", args[0])
	}
	session := keyringtest.Start(scriptTB{s.t, ts}, state)
	ts.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	for _, entry := range session.Env {
		name, value, _ := strings.Cut(entry, "=")
		if name == "HOME" || strings.HasPrefix(name, "XDG_") || strings.HasPrefix(name, "DBUS_") {
			ts.Setenv(name, value)
		}
	}
}

// practice keeps the practice market's well-known app key with a callback on any free port.
func (s *story) practice(ts *testscript.TestScript, _ bool, _ []string) {
	key := "practice0key0not0secret0\npractice00\n"
	ts.Check(os.WriteFile(ts.MkAbs("app-key"), []byte(key), 0o600))
	run := fmt.Sprintf("valetkey key set practice --redirect %s < app-key", ts.Getenv("ANYPORT"))
	ts.Check(ts.Exec("sh", "-c", run))
}

func (s *story) browse(ts *testscript.TestScript, neg bool, args []string) {
	var err error
	switch shop := append(args, "", "")[2]; args[0] {
	case "allow", "deny":
		err = s.browser.consent(args[1], shop, args[0])
	case "look":
		err = s.browser.open(args[1])
	default:
		ts.Fatalf("browse allow, deny or look")
	}
	if (err != nil) != neg {
		ts.Fatalf("the browser: %v", err)
	}
	fmt.Fprintf(ts.Stdout(), "%s\n%s\n", s.browser.page.Status, s.browser.text())
}

func (s *story) answer(ts *testscript.TestScript, _ bool, args []string) {
	callback, err := consentOnly(args[1])
	ts.Check(err)
	ts.Setenv(args[0], callback)
}

func (s *story) get(ts *testscript.TestScript, _ bool, args []string) {
	request, err := http.NewRequest(http.MethodGet, args[0], nil)
	ts.Check(err)
	for _, header := range args[1:] {
		name, value, _ := strings.Cut(header, ": ")
		request.Header.Set(name, value)
	}
	b := newBrowser()
	ts.Check(b.show(b.client.Do(request)))
	fmt.Fprintf(ts.Stdout(), "%s\n%s\n", b.page.Status, b.body)
}

func (s *story) save(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// nowhere reads every file of the person's home folder.
func (s *story) nowhere(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 || len(args[0]) < 8 {
		ts.Fatalf("nowhere wants one text worth looking for")
	}
	found, err := filesWith(ts.Getenv("HOME"), args[0])
	ts.Check(err)
	if len(found) > 0 {
		ts.Fatalf("it stands in %s", strings.Join(found, ", "))
	}
}

func (s *story) market(ts *testscript.TestScript, _ bool, args []string) {
	s.strict = newStrict(fmt.Sprintf("http://localhost:%d/oauth/redirect", freePort(s.t)), args[0])
	ts.Defer(s.strict.Close)
	ts.Check(s.strict.file(ts.MkAbs("strict.json"), nil))
	ts.Setenv("MARKET", s.strict.URL)
}

func (s *story) content(ts *testscript.TestScript, _ bool, _ []string) {
	s.strict.mu.Lock()
	defer s.strict.mu.Unlock()
	if len(s.strict.refusals) > 0 {
		ts.Fatalf("the market refused: %s", strings.Join(s.strict.refusals, "; "))
	}
}

func (s *story) down(*testscript.TestScript, bool, []string) { s.strict.setDown(true) }
func (s *story) up(*testscript.TestScript, bool, []string)   { s.strict.setDown(false) }

func (s *story) untouched(ts *testscript.TestScript, _ bool, _ []string) {
	s.strict.mu.Lock()
	defer s.strict.mu.Unlock()
	if s.strict.visits > 0 {
		ts.Fatalf("it was asked %d times", s.strict.visits)
	}
}
