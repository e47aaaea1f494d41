package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/joho/godotenv"

	"valetkey/cli"
)

// oddSecrets are client secrets in which every reader stumbles over something. They have no line feed: each comes as a line.
var oddSecrets = []string{
	"it's \"q\" $HOME ${X} `id` \\ \\n größe #~ a=b;c|d&e<f>%",
	" \tlead and trail, !history! $(id) \"q\" \\t 日本 #  ",
	"#",
}

// script runs a shell's script at the desk, the program in its PATH.
func (d *desk) script(shell string, args ...string) (out, words string, err error) {
	d.t.Helper()
	path, err := exec.LookPath(shell)
	if err != nil {
		return "", "", err
	}
	cmd := exec.Command(path, args...)
	var said strings.Builder
	cmd.Dir, cmd.Env, cmd.Stderr = d.home, append(d.env, "LC_ALL=C.UTF-8", "PATH="+mustBuild(d.t)+":"+os.Getenv("PATH")), &said
	octets, err := cmd.Output()
	return string(octets), said.String(), err
}

// handouts are scripts in which a shell reads back what a verb wrote. All print the client secret.
var handouts = []struct{ name, shell, script string }{
	{"env in sh", "sh", `eval "$(valetkey env strict-sons --shell sh)"; printf %s "$STRICT_CLIENT_SECRET"`},
	{"the lines of .env in sh", "sh", `valetkey env strict-sons > lines; set -a; . ./lines; set +a; rm lines; sh -c 'printf %s "$STRICT_CLIENT_SECRET"'`},
	{"exec", "sh", `valetkey exec strict-sons -- sh -c 'printf %s "$STRICT_CLIENT_SECRET"'`},
	{"header", "sh", `valetkey header strict-sons | sed -n 's/^x-api-key: strict-client://p' | tr -d '\n'`},
	{"env in bash", "bash", `eval "$(valetkey env strict-sons --shell bash)"; printf %s "$STRICT_CLIENT_SECRET"`},
	{"env in zsh", "zsh", `eval "$(valetkey env strict-sons --shell zsh)"; printf %s "$STRICT_CLIENT_SECRET"`},
	{"env in fish", "fish", `valetkey env strict-sons --shell fish | source; printf %s "$STRICT_CLIENT_SECRET"`},
	{"env in PowerShell", "pwsh", `Invoke-Expression (valetkey env strict-sons --shell pwsh | Out-String); [Console]::Out.Write($env:STRICT_CLIENT_SECRET)`},
}

func TestHandoutsAreReadBack(t *testing.T) {
	for i, secret := range oddSecrets {
		t.Run(fmt.Sprint(i), func(t *testing.T) { handedOut(t, secret) })
	}
}

// handedOut reads a client secret back out of every form.
func handedOut(t *testing.T, secret string) {
	d, api := apiDesk(t, secret)
	for _, row := range handouts {
		if _, err := exec.LookPath(row.shell); err != nil && row.shell == "pwsh" {
			continue // no Linux that is tested on has it
		}
		if out, words, err := d.script(row.shell, "-c", row.script); err != nil || out != secret {
			t.Errorf("%s: %v: %q, want %q; said:\n%s", row.name, err, out, secret, words)
		}
	}
	lines, words, err := d.script("sh", "-c", "valetkey env strict-sons")
	if err != nil {
		t.Fatal(err, words)
	}
	if got, err := godotenv.Unmarshal(lines); err != nil || got["STRICT_CLIENT_SECRET"] != secret || !strings.HasPrefix(got["STRICT_ACCESS_TOKEN"], "at-") {
		t.Errorf("a reader of .env files finds %q (%v)", got["STRICT_CLIENT_SECRET"], err)
	}
	api.take()
	out, words, err := d.script("sh", "-c", `valetkey curl strict-sons '/a%2Fb/[x]?y=1&y=+' | curl -s --config -`)
	seen := api.take()
	if err != nil || out != "{}" || len(seen) != 1 {
		t.Fatalf("%v: %q, %d requests; said:\n%s", err, out, len(seen), words)
	}
	line, headers, _ := parts(d, seen[0])
	if line != "GET /base/a%2Fb/[x]?y=1&y=+ HTTP/1.1" || !slices.Contains(headers, "Authorization: Bearer TOKEN") ||
		!slices.Contains(headers, "x-api-key: strict-client:"+secret) {
		t.Errorf("curl sent %q\n%q", line, headers)
	}
}

// TestExecPassesOn: what a program that exec started does and gets is its own.
func TestExecPassesOn(t *testing.T) {
	d, _ := apiDesk(t, "only+the/keyring=knows")
	if err := os.WriteFile(filepath.Join(d.home, "no-program"), []byte("data"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, script string
		status       cli.Status
		out          string
	}{
		{"status", `valetkey exec strict-sons -- sh -c 'exit 42'; echo $?`, 0, "42\n"},
		{"arguments", `valetkey exec strict-sons -- printf '%s|' '' 'a b' -- --min "it's" '*'`, 0, "|a b|--|--min|it's|*|"},
		{"standard input", `echo typed | valetkey exec strict-sons -- cat`, 0, "typed\n"},
		{"the rest of standard input", `printf 'unused\ntyped\n' | valetkey exec strict-sons --passphrase-stdin -- cat`, 0, "typed\n"},
		{"signal", `valetkey exec strict-sons -- sh -c 'kill -TERM $$'; echo $?`, 0, "143\n"},
		{"trapped signal", `valetkey exec strict-sons -- sh -c 'trap "echo caught; exit 7" TERM; kill -TERM $$; :'; echo $?`, 0, "caught\n7\n"},
		{"not there", `valetkey exec strict-sons -- no-such-program; echo $?`, 0, "127\n"},
		{"not there, with a path", `valetkey exec strict-sons -- ./no-such-program; echo $?`, 0, "127\n"},
		{"not to be run", `valetkey exec strict-sons -- ./no-program; echo $?`, 0, "126\n"},
		{"a folder", `valetkey exec strict-sons -- /; echo $?`, 0, "126\n"},
		{"the environment is kept", `OTHER=kept STRICT_ACCESS_TOKEN=old valetkey exec strict-sons -- sh -c 'echo $OTHER; env | grep -c ^STRICT_ACCESS_TOKEN=at-'`, 0, "kept\n1\n"},
		{"no refresh token", `valetkey exec strict-sons -- env | grep -c rt-`, 1, "0\n"},
		{"without dashes", `valetkey exec strict-sons sh -c 'echo no'`, cli.Usage, ""},
		{"without a program", `valetkey exec strict-sons --`, cli.Usage, ""},
		{"without a name", `valetkey exec -- sh`, cli.Usage, ""},
		{"unknown name", `valetkey exec nobody -- sh -c 'echo no'`, cli.Usage, ""},
		{"too much life", `valetkey exec strict-sons --min 2h -- sh -c 'echo no'`, cli.Usage, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			out, words, err := d.script("sh", "-c", row.script)
			status := 0
			if ended, ok := err.(*exec.ExitError); ok {
				status = ended.ExitCode()
			} else if err != nil {
				t.Fatal(err)
			}
			if cli.Status(status) != row.status || out != row.out {
				t.Errorf("exit status %d, %q; want %d, %q; said:\n%s", status, out, row.status, row.out, words)
			}
		})
	}
}

// TestExecGetsTheSignals: a signal to the process that was started is the program's.
func TestExecGetsTheSignals(t *testing.T) {
	d, _ := apiDesk(t, "only+the/keyring=knows")
	p := d.start("exec", "strict-sons", "--", "/bin/sh", "-c", `trap "echo caught; exit 9" INT; echo ready; while :; do read x || exit 1; done`)
	if _, err := p.line(1); err != nil {
		t.Fatal(err)
	}
	if err := p.interrupt(); err != nil {
		t.Fatal(err)
	}
	p.feed("go on") // a shell looks at its traps when its read is over
	if status, out, words, err := p.wait(); err != nil || status != 9 || out != "ready\ncaught\n" {
		t.Errorf("%v, exit status %d, %q: %s", err, status, out, words)
	}
}
