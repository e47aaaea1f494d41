package cli_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"valetkey/cli"
)

const (
	offered = "1715530201\tactive\t22\t34 USD\tRed oak in October, A4 linocut\n" +
		"1715530202\tactive\t11\t72 USD\tBirch row, limited edition of 40\n" +
		"1715530203\tactive\t60\t15 USD\tLeaf cards, pack of six\n"
	soldLast = "DAY NUMBER\tPaid\t38.50 USD\t1 x Red oak in October, A4 linocut\n" +
		"DAY NUMBER\tPaid\t148.50 USD\t2 x Birch row, limited edition of 40\n" +
		"DAY NUMBER\tCompleted\t49.50 USD\t3 x Leaf cards, pack of six\n"

	python = "valetkey exec red-oak-prints --min 10m -- env ETSY_API_URL=$BASE python3 receipts.py"
	node   = "ETSY_API_URL=$BASE node stock.mjs red-oak-prints 12"
	shell  = "sh listings.sh red-oak-prints"
	noBus  = "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere "
)

// scripts are the scripts of docs/examples as somebody runs them: against a practice market, and when something is not as it
// should be. Prepare comes before; out is how standard output begins, said is part of what it says.
var scripts = []struct {
	name, prepare, line string
	status              cli.Status
	out, said           string
}{
	{"shell", "", shell, cli.Done, offered, ""},
	{"Python", "", python, cli.Done, soldLast, ""},
	{"Node", "", node, cli.Done, "11\tBirch row, limited edition of 40\n", ""},

	{"change", "", `sh rename.sh red-oak-prints 1715530201 "It's red & \"new\", 5 % off"`, cli.Done, "It's red & \"new\", 5 % off\n", ""},
	{"changed", "", shell, cli.Done, "1715530201\tactive\t22\t34 USD\tIt's red & \"new\", 5 % off\n", ""},
	{"change, no such listing", "", "sh rename.sh red-oak-prints 1 x", cli.Failed, "", "HTTP 404"},
	{"change, market down", "api-down:2", "sh rename.sh red-oak-prints 1715530201 x", cli.Unreachable, "", "HTTP 50"},

	{"shell, no name", "", "sh listings.sh", cli.Usage, "", "which key?"},
	{"shell, unknown name", "", "sh listings.sh nobody", cli.Usage, "", "There is no key called “nobody”."},
	{"Python, alone", "", "python3 receipts.py", cli.Usage, "", "valetkey exec NAME"},
	{"Node, no name", "", "node stock.mjs", cli.Usage, "", "node stock.mjs NAME"},
	{"Node, unknown name", "", "node stock.mjs nobody", cli.Usage, "", "There is no key called “nobody”."},

	{"shell, no keyring", "", noBus + shell, cli.NoKeyring, "", "valetkey doctor"},
	{"Python, no keyring", "", noBus + python, cli.NoKeyring, "", "keyring"},
	{"Node, no keyring", "", noBus + node, cli.NoKeyring, "", "valetkey doctor"},

	{"shell, market down", "api-down", shell, cli.Unreachable, "", "cannot be reached for now"},
	{"Python, market down", "api-down", python, cli.Unreachable, "", "no time for this now (HTTP 50"},
	{"Node, market down", "api-down", node, cli.Unreachable, "", "no time for this now (HTTP 50"},
	{"Python, nobody there", "", strings.ReplaceAll(python, "$BASE", "http://127.0.0.1:1"), cli.Unreachable, "", "127.0.0.1:1 cannot be reached"},
	{"Node, nobody there", "", strings.ReplaceAll(node, "$BASE", "http://127.0.0.1:1"), cli.Unreachable, "", "127.0.0.1:1 cannot be reached"},

	{"Python, token refused", "", strings.Replace(python, "env", "env ETSY_ACCESS_TOKEN=90375518.none", 1), cli.NeedsAuthorization, "", "valetkey reconnect"},
	{"shell, key ended", "revoked", "valetkey refresh red-oak-prints 2>/dev/null; " + shell, cli.NeedsAuthorization, "", "valetkey reconnect red-oak-prints"},
	{"Python, key ended", "", python, cli.NeedsAuthorization, "", "valetkey reconnect red-oak-prints"},
	{"Node, key ended", "", node, cli.NeedsAuthorization, "", "valetkey reconnect red-oak-prints"},
}

// moving is what changes from day to day in what the scripts print.
var moving = regexp.MustCompile(`(?m)^\d{4}-\d\d-\d\d\t\d+`)

// TestScripts runs the scripts of docs/examples, from a folder with a space in its name.
func TestScripts(t *testing.T) {
	d := newDesk(t)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	d.connected()
	folder := filepath.Join(d.home, "my scripts")
	if err := os.CopyFS(folder, os.DirFS("../docs/examples")); err != nil {
		t.Fatal(err)
	}
	market := d.start("practice", "--addr", "127.0.0.1:0")
	base, err := market.line(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range scripts {
		t.Run(row.name, func(t *testing.T) {
			if row.prepare != "" {
				d.must([]string{"practice", "--set", "--fault", row.prepare})
			}
			out, said, err := d.script("sh", "-c", "cd 'my scripts'; BASE="+base+"; "+row.line)
			status := cli.Done
			if ended, ok := err.(*exec.ExitError); ok {
				status = cli.Status(ended.ExitCode())
			} else if err != nil {
				t.Fatal(err)
			}
			if status != row.status {
				t.Errorf("exit status %d, want %d", status, row.status)
			}
			out = moving.ReplaceAllString(out, "DAY NUMBER")
			if !strings.HasPrefix(out, row.out) || row.out == "" && out != "" || !strings.Contains(said, row.said) {
				t.Errorf("printed:\n%s\nsaid:\n%s\nwant %q, and %q", out, said, row.out, row.said)
			}
		})
	}
}

// TestScriptsFollowNoRedirect: a market that sends a script elsewhere does not send the token there.
func TestScriptsFollowNoRedirect(t *testing.T) {
	d := newDesk(t)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	d.connected()
	if err := os.CopyFS(filepath.Join(d.home, "scripts"), os.DirFS("../docs/examples")); err != nil {
		t.Fatal(err)
	}
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s was asked, with %d tokens", r.URL, len(r.Header["Authorization"]))
	}))
	defer elsewhere.Close()
	market := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusFound))
	defer market.Close()
	for _, line := range []string{python, node} {
		if out, said, err := d.script("sh", "-c", "cd scripts; BASE="+market.URL+"; "+line); err == nil || out != "" {
			t.Errorf("%s: %v, %s%s", line, err, out, said)
		}
	}
}
