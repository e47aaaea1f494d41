package cli_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// elsewhere are the examples that need more than this program: Etsy, somebody else's market or files, or the practice market's
// port, which only one program of this machine can have.
var elsewhere = regexp.MustCompile(`my-etsy-shop|connect etsy|connect acme|check etsy|^valetkey import|\| curl|^valetkey practice$`)

// beside are the files that examples speak of.
var beside = map[string]string{
	"app-key": "practice0key0not0secret0\npractice00\n", "older-key": olderAppKey, "passphrase": "correct horse battery\n",
	"acme.json": `{"id": "acme", "name": "Acme Market", "protocol": "oauth2", "client_id": "abc",
		"authorization_endpoint": "https://id.acme.example/a", "token_endpoint": "https://id.acme.example/t", "scopes": [{"name": "orders_r"}]}`,
	// What somebody writes who has read valetkey help and nothing else.
	"listings.sh": `#!/bin/sh
# Lists the titles of the shop's listings.
set -e
name=blue-fern-pottery
eval "$(valetkey env "$name" --shell sh)"
answer=$(valetkey request "$name" GET "/v3/application/shops/$ETSY_SHOP_ID/listings?limit=25")
echo "$answer" | tr '{,' '\n\n' | grep '"title"' | cut -d'"' -f4
`,
	"bin/xdg-open": "#!/bin/sh\necho \"$1\" > \"$HOME/opened\"\n",
	"bin/python3":  "#!/bin/sh\n[ \"$1\" = listings.py ] && [ -n \"$ETSY_ACCESS_TOKEN\" ] && [ -n \"$ETSY_SHOP_ID\" ]\n",
}

// shownExamples gives the lines under Examples in a verb's help.
func shownExamples(d *desk, verb string) []string {
	_, help, _ := d.run(append([]string{"help"}, strings.Fields(verb)...))
	_, text, _ := strings.Cut(help, "\nExamples:\n")
	text, _, _ = strings.Cut(text, "\n\n")
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") && !elsewhere.MatchString(line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// obligingBrowser is a browser that opens whatever it is given and presses Allow for Blue Fern Pottery.
func obligingBrowser(t *testing.T, home string) {
	t.Helper()
	path := filepath.Join(home, "opened")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	opened, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	go func() {
		for addresses := bufio.NewScanner(opened); addresses.Scan(); {
			newBrowser().consent(addresses.Text(), "51730426", "allow") // where it fails, the verb does
		}
	}()
}

// TestExamplesRun types what help shows, from the first line of valetkey help to the last key forgotten.
func TestExamplesRun(t *testing.T) {
	d := newDesk(t)
	for path, text := range beside {
		path = filepath.Join(d.home, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
			err = os.WriteFile(path, []byte(text), 0o700)
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	os.MkdirAll(filepath.Join(d.home, ".local/share/bash-completion/completions"), 0o700)
	obligingBrowser(t, d.home)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	d.must([]string{"key", "set", "practice-v2", "--redirect", "http://127.0.0.1:0/oauth/redirect"}, strings.Split(strings.TrimSpace(olderAppKey), "\n")...)
	env := slices.DeleteFunc(slices.Clone(d.env), func(entry string) bool { return strings.HasPrefix(entry, "PATH=") })
	env = append(env, "PATH="+filepath.Join(d.home, "bin")+":"+mustBuild(t)+":"+os.Getenv("PATH"))
	run := func(shell string, lines ...string) {
		t.Helper()
		cmd := exec.Command(shell, "-c", strings.Join(lines, "\n"))
		cmd.Env, cmd.Dir = env, d.home
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", strings.Join(lines, "\n"), err, said)
		}
	}
	run("sh", append([]string{"set -e"}, shownExamples(d, "")...)...)
	run("sh", "valetkey connect practice", "sh listings.sh > titles", "grep -q mug titles", "! grep -q '[{}]' titles")
	for _, verb := range []string{
		"connect", "reconnect", "upgrade", "list", "show", "token", "header", "env", "curl", "exec", "request", "refresh", "check", "doctor", "move",
		"key list", "key check", "key set", "key remove", "provider list", "provider add", "provider show", "provider remove",
		"practice", "completion", "version", "help", "revoke", "forget",
	} {
		for _, line := range shownExamples(d, verb) {
			if strings.HasSuffix(line, "| source") {
				run("fish", line)
			} else {
				run("sh", line)
			}
		}
	}
}
