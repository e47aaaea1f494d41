package cli_test

import (
	"os"
	"regexp"

	"github.com/rogpeppe/go-internal/testscript"
)

// olderAppKey is the well-known app key of the practice market's older API, as key set reads it.
const olderAppKey = "practice0key0not0secret0\nolder0not0secret+/%=& ~é\n"

// codeOnPage is a verifier as the practice market shows it: in two halves.
var codeOnPage = regexp.MustCompile(`\b[0-9]{4} [0-9]{4}\b`)

// older keeps the app key of the older API with a callback: any free port of this machine, or the one that is named.
func (s *story) older(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs("older-key"), []byte(olderAppKey), 0o600))
	redirect := append(args, ts.Getenv("ANYPORT"))[0]
	ts.Check(ts.Exec("sh", "-c", "valetkey key set practice-v2 --redirect "+redirect+" < older-key"))
}

// code keeps the verifier that the browser's page shows.
func (s *story) code(ts *testscript.TestScript, _ bool, args []string) {
	code := codeOnPage.FindString(s.browser.text())
	if code == "" {
		ts.Fatalf("no code on the page: %s", s.browser.text())
	}
	ts.Setenv(args[0], code)
}
