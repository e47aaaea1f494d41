package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"valetkey/cli"
	"valetkey/keystore/keyringtest"
)

// phrase locks the file of these tests.
const phrase = "correct horse battery"

// vault is where the locked file of this desk is.
func (d *desk) vault() string { return filepath.Join(d.home, ".local/state/valetkey/vault") }

// inFile hangs a key of a strict market in the locked file, which is chosen by giving a passphrase where there is no keyring.
func inFile(t *testing.T) *desk {
	t.Helper()
	d := bareDesk(t, keyringtest.NoService)
	market(0, "3600")(d)
	p := d.start(append(strictly, "--passphrase-stdin")...)
	p.feed(phrase)
	consent, err := p.line(1)
	if err == nil {
		err = d.browser.consent(consent, "", "allow")
	}
	if status, _, words, waited := p.wait(); err != nil || waited != nil || status != 0 {
		t.Fatalf("%v, %v, exit status %d: %s", err, waited, status, words)
	}
	return d
}

// sealed are the files of the locked file that match, and what is in them.
func (d *desk) sealed(pattern string) map[string]string {
	d.t.Helper()
	paths, err := filepath.Glob(filepath.Join(d.vault(), pattern))
	if err != nil || len(paths) == 0 {
		d.t.Fatal("nothing in the locked file: ", pattern, err)
	}
	found := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			d.t.Fatal(err)
		}
		found[path] = string(text)
	}
	return found
}

// TestLockedFileFaults: what can be wrong with the file has a sentence and an exit status, nothing of it is thrown away, and
// when it is put right the key is there.
func TestLockedFileFaults(t *testing.T) {
	d := inFile(t)
	for _, row := range []struct {
		name, pattern string
		change        func(sealed string) string
		says          string
	}{
		{"cut short", "*.age", func(s string) string { return s[:len(s)/2] }, "What is stored is not whole.\n"},
		{"empty", "*.age", func(string) string { return "" }, "What is stored is not whole.\n"},
		{"of the future", "*.age", func(s string) string { return strings.Replace(s, "/v1\n", "/v2\n", 1) }, "A newer Valet Key wrote the locked file.\n"},
		{"only the key is cut short", "_identity.age", func(s string) string { return s[:len(s)-1] }, "What is stored is not whole.\n"},
	} {
		whole := d.sealed(row.pattern)
		for path, text := range whole {
			if err := os.WriteFile(path, []byte(row.change(text)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		broken := d.sealed(row.pattern)
		status, out, words := d.run([]string{"token", "strict-sons", "--passphrase-stdin"}, phrase)
		if cli.Status(status) != cli.NoKeyring || out != "" || !strings.HasPrefix(words, row.says) || strings.Count(words, "\n") != 3 {
			t.Errorf("%s: exit status %d, standard output %q, said:\n%s", row.name, status, out, words)
		}
		for path, text := range d.sealed(row.pattern) {
			if text != broken[path] {
				t.Errorf("%s: what could not be read was changed", row.name)
			}
		}
		for path, text := range whole {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if status, _, words := d.run([]string{"token", "strict-sons", "--passphrase-stdin"}, phrase); status != 0 {
		t.Errorf("put right: exit status %d: %s", status, words)
	}
}

// TestLockedFileGoesInTheMiddle: what was won has no place any more when the browser comes back. The browser is told so, and
// the market that it is given back.
func TestLockedFileGoesInTheMiddle(t *testing.T) {
	d := bareDesk(t, keyringtest.NoService)
	market(0, "3600")(d)
	p := d.start(append(strictly, "--store", "file", "--passphrase-stdin")...)
	p.feed(phrase)
	consent, err := p.line(1)
	if err == nil {
		err = os.Rename(d.vault(), d.vault()+".away")
	}
	if err == nil {
		err = d.browser.consent(consent, "", "allow")
	}
	if err != nil || !strings.Contains(d.browser.body, "could not be stored") {
		t.Errorf("%v: %s", err, d.browser.text())
	}
	status, out, words, err := p.wait()
	if err != nil || cli.Status(status) != cli.NoKeyring || strings.Count(out, "\n") != 1 || !strings.Contains(words, "\nThe new key could not be kept.\n") {
		t.Errorf("%v, exit status %d, standard output %q, said:\n%s", err, status, out, words)
	}
	if status, out, _ := d.run([]string{"list"}); status != 0 || out != "" {
		t.Errorf("the list: exit status %d, %q", status, out)
	}
	if anew, err := filepath.Glob(filepath.Join(d.vault(), "*.age")); err != nil || len(anew) > 0 {
		t.Errorf("the locked file was made anew in the middle: %v, %v", anew, err)
	}
}
