package cli_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"valetkey/cli"
	"valetkey/keystore/keyringtest"
)

// shelf is a desk with one key in the list, whose programs every shell finds.
func shelf(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	d.connected()
	for n, entry := range d.env {
		if path, ok := strings.CutPrefix(entry, "PATH="); ok {
			d.env[n] = "PATH=" + path + ":" + os.Getenv("PATH")
		}
	}
	return d
}

// TestShellsComplete types into real shells: what is completed is run, and does what it says.
func TestShellsComplete(t *testing.T) {
	d := shelf(t)
	const bashes = "/usr/share/bash-completion/bash_completion"
	if _, err := os.Stat(bashes); err != nil {
		t.Fatal("this test needs the package bash-completion: ", err)
	}
	for _, shell := range []struct {
		name    string
		args    []string
		prepare string
	}{
		{"bash", []string{"--norc", "--noprofile", "-i"}, "source " + bashes + "; source <(valetkey completion bash)"},
		{"zsh", []string{"-f", "-i"}, "autoload -U compinit && compinit -u -D && source <(valetkey completion zsh)"},
	} {
		t.Run(shell.name, func(t *testing.T) {
			s := d.sitAt(t, shell.name, shell.args...)
			s.answer(t, "", "PS1='ready> '; "+shell.prepare+"; echo prep''ared\n")
			s.answer(t, "prepared", "valetkey sho\tre\t --js\t\n")
			if _, err := s.until(s.out, func(text string) bool { return strings.Contains(text, `"shop_name": "Red Oak Prints"`) }); err != nil {
				t.Fatal(err)
			}
			s.answer(t, "", "exit\n")
			s.ends(t, cli.Done, "exit")
		})
	}
}

// TestFishCompletes asks fish itself what it would complete.
func TestFishCompletes(t *testing.T) {
	d := shelf(t)
	for typed, want := range map[string]string{
		"valetkey hel":              "help\tShow how a verb is used\n",
		"valetkey tok":              "token\tPrint a fresh access token\n",
		"valetkey token ":           "red-oak-prints\tRed Oak Prints, Practice market\n",
		"valetkey env red --shell=": "--shell=bash\n--shell=dotenv\n--shell=fish\n--shell=powershell\n--shell=sh\n--shell=zsh\n",
	} {
		cmd := exec.Command("fish", "--no-config", "-c", "valetkey completion fish | source; complete -C '"+typed+"'")
		cmd.Env, cmd.Dir = d.env, d.home
		said, err := cmd.CombinedOutput()
		if err != nil || string(said) != want {
			t.Errorf("%q: %q, want %q (%v)", typed, said, want, err)
		}
	}
}

// TestCompletionAsksNobody: whoever presses Tab waits for no lock, and nothing is connected to: no bus, no host, no display.
func TestCompletionAsksNobody(t *testing.T) {
	d := bareDesk(t, keyringtest.Locked)
	state := filepath.Join(d.home, ".local/state/valetkey")
	if err := os.MkdirAll(state, 0o700); err != nil {
		t.Fatal(err)
	}
	index := `{"version":1,"connections":[{"id":"0123456789abcdef0123456789abcdef","name":"blue-fern-pottery","provider":"practice","account":{},"status":"connected","store":"keyring"}]}`
	if err := os.WriteFile(filepath.Join(state, "index.json"), []byte(index), 0o600); err != nil {
		t.Fatal(err)
	}
	calls := filepath.Join(t.TempDir(), "calls")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "strace", "-f", "-qq", "-e", "trace=socket,connect,flock,unlink,rename,renameat,execve", "-o", calls,
		filepath.Join(mustBuild(t), "valetkey"), "__completeNoDesc", "token", "")
	cmd.Env, cmd.Dir = append(d.env, "DISPLAY=:0"), d.home
	said, err := cmd.Output()
	if err != nil || string(said) != "blue-fern-pottery\n:4\n" {
		t.Errorf("%q (%v)", said, err)
	}
	made, err := os.ReadFile(calls)
	if err != nil || strings.Count(string(made), "(") != strings.Count(string(made), "execve(") || !strings.Contains(string(made), "execve(") {
		t.Errorf("system calls (%v):\n%s", err, made)
	}
}
