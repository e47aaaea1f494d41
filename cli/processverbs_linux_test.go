package cli_test

import (
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"valetkey/cli"
)

// secretFreeLife runs verbs one after the other while every process of the machine is looked at.
type secretFreeLife struct {
	*desk
	watch *watcher
	seen  map[string]bool // secrets that were in the keyring at any time
	verbs map[string]bool // those that ran
	given map[int]bool    // processes that may have secrets in their environment
}

// begin starts a verb, and lets it go on when it has been looked at.
func (l *secretFreeLife) begin(args ...string) *process {
	l.t.Helper()
	p := l.start(args...)
	p.cmd.Process.Signal(syscall.SIGSTOP)
	for before := l.watch.round(); l.watch.round() < before+2; runtime.Gosched() { // a whole look
	}
	p.cmd.Process.Signal(syscall.SIGCONT)
	for _, verb := range cli.Verbs() {
		if strings.HasPrefix(strings.Join(args, " ")+" ", verb+" ") {
			l.verbs[verb] = true
		}
	}
	return p
}

// end waits for exit status 0.
func (l *secretFreeLife) end(p *process) (out string) {
	l.t.Helper()
	status, out, words, err := p.wait()
	if err != nil || status != 0 {
		l.t.Fatalf("%s: %v, exit status %d: %s", p.cmd.Args[1:], err, status, words)
	}
	hoard(l.desk, l.seen)
	return out
}

// run runs a verb to its end; lines are its standard input.
func (l *secretFreeLife) run(line string, input ...string) string {
	l.t.Helper()
	p := l.begin(strings.Fields(line)...)
	for _, text := range input {
		p.feed(text)
	}
	p.in.Close()
	return l.end(p)
}

// consent runs a verb that opens a consent page, and allows there.
func (l *secretFreeLife) consent(line string) {
	l.t.Helper()
	p := l.begin(strings.Fields(line)...)
	page, err := p.line(1)
	if err == nil {
		err = newBrowser().consent(page, "52284917", "allow")
	}
	if err != nil {
		l.t.Fatal(err)
	}
	l.end(p)
}

// written puts the pair of a key into a file as guides have people write it.
func (l *secretFreeLife) written(path string) {
	l.t.Helper()
	for _, item := range l.keyring.Items() {
		var record struct {
			Provider string `json:"provider"`
			Access   string `json:"access_token"`
			Refresh  string `json:"refresh_token"`
		}
		if json.Unmarshal([]byte(item), &record) == nil && record.Provider == "practice" && record.Refresh != "" {
			pair := "ETSY_API_KEY=practice0key0not0secret0\nETSY_ACCESS_TOKEN=" + record.Access + "\nETSY_REFRESH_TOKEN=" + record.Refresh + "\n"
			if err := os.WriteFile(path, []byte(pair), 0o600); err != nil {
				l.t.Fatal(err)
			}
			return
		}
	}
	l.t.Fatal("no key of the practice market is kept")
}

// TestNoVerbShowsASecret runs every verb there is. Only the program that exec started may have secrets, and only in its
// environment; no file holds one when the verb is over.
func TestNoVerbShowsASecret(t *testing.T) {
	mustBuild(t)
	w := watchProcesses()
	d, _ := apiDesk(t, "only+the/keyring=knows"+rand.Text()) // no other test's program has it
	const phrase = "a passphrase, of several words"
	l := &secretFreeLife{desk: d, watch: w, seen: map[string]bool{phrase: true}, verbs: map[string]bool{}, given: map[int]bool{}}
	hoard(d, l.seen)
	l.everyVerb(phrase)
	close(w.stop)
	<-w.done
	for _, verb := range cli.Verbs() {
		if !l.verbs[verb] {
			t.Errorf("%s was not run", verb)
		}
	}
	for _, known := range []string{"practice00", strings.Split(strings.TrimSpace(olderAppKey), "\n")[1]} {
		delete(l.seen, known) // they are the practice market's, and everybody knows them
	}
	if len(l.seen) < 10 {
		t.Errorf("only %d secrets were seen", len(l.seen))
	}
	for secret := range l.seen {
		if pids := w.holds("cmdline", secret); len(pids) > 0 {
			t.Errorf("processes %v have a secret among their arguments", pids)
		}
		for pid := range w.holds("environ", secret) {
			if !l.given[pid] {
				t.Errorf("process %d has a secret in its environment", pid)
			}
		}
		if found, err := filesWith(d.home, secret); err != nil || len(found) > 0 {
			t.Errorf("a secret stands in %v (%v)", found, err)
		}
	}
}

// everyVerb is the life of several keys, in which no verb is left out.
func (l *secretFreeLife) everyVerb(phrase string) {
	l.t.Helper()
	const redirect = " --redirect http://127.0.0.1:0/oauth/redirect"
	l.run("key set practice"+redirect, "practice0key0not0secret0", "practice00")
	l.run("key set practice --key spare"+redirect, "practice0key0not0secret0", "practice00")
	l.run("key remove practice --key spare")
	l.run("key set practice-v2"+redirect, strings.Split(strings.TrimSpace(olderAppKey), "\n")...)
	l.consent("connect practice --no-browser --name pots")
	l.consent("connect practice-v2 --no-browser --name older --scopes listings_r")
	for _, line := range []string{
		"list", "show pots --json", "token pots --min 60m", "header pots", "env strict-sons", "curl strict-sons /x", "refresh strict-sons", "check pots",
		"request pots GET /v3/application/users/me", "request strict-sons POST /x --form a=1", "doctor --report", "doctor pots", "key list", "key check practice",
		"log", "log pots --json", "provider list", "provider show strict", "practice --set --fault none", "version", "help", "completion bash",
	} {
		l.run(line)
	}
	p := l.begin("exec", "strict-sons", "--", "/bin/sh", "-c", "echo ready; read x")
	if _, err := p.line(1); err != nil {
		l.t.Fatal(err)
	}
	l.given[p.cmd.Process.Pid] = true
	p.feed("done")
	l.end(p)
	l.consent("reconnect pots --no-browser")
	l.run("move pots file --passphrase-stdin", phrase)
	l.run("move pots keyring --passphrase-stdin", phrase)
	file := filepath.Join(l.home, "tokens.env")
	l.written(file)
	l.run("forget pots --yes")
	l.run("import " + file + " --delete --name pots")
	l.run("upgrade older --name newer")
	l.run("revoke strict-sons --yes")
	l.run("forget strict-sons --yes")
	l.run("provider remove strict")
	l.run("provider add " + l.providerFile())
	l.run("forget --all --yes")
}

// providerFile writes a provider file beside the one of the strict market.
func (l *secretFreeLife) providerFile() string {
	l.t.Helper()
	path := filepath.Join(l.home, "other.json")
	if err := l.strict.file(path, func(content map[string]any) { content["id"], content["name"] = "other", "Other Market" }); err != nil {
		l.t.Fatal(err)
	}
	return path
}
