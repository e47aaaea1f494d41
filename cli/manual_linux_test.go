package cli_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"valetkey/cli"
)

// TestManual has groff read each page with every warning on, and compares what a reader sees with what help says.
func TestManual(t *testing.T) {
	d := newDesk(t)
	pages := cli.Manual("1.2.3")
	for _, page := range pages {
		// 300 letters a line: nothing that is typed may be broken.
		cmd := exec.Command("groff", "-k", "-ww", "-man", "-Tutf8", "-P-c", "-P-b", "-P-o", "-P-u", "-rLL=300n")
		cmd.Stdin = strings.NewReader(page.Text)
		var complaints bytes.Buffer
		cmd.Stderr = &complaints
		seen, err := cmd.Output()
		if err != nil || complaints.Len() > 0 {
			t.Fatalf("%s: %v\n%s", page.Name, err, complaints.String())
		}
		shown := string(seen)
		verb := strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(page.Name, "valetkey"), "-"), "-", " ")
		_, help, _ := d.run(append([]string{"help"}, strings.Fields(verb)...))
		_, examples, _ := strings.Cut(help, "\nExamples:\n")
		examples, _, _ = strings.Cut(examples, "\n\n")
		for line := range strings.Lines(examples) {
			if line = strings.TrimPrefix(strings.TrimSpace(line), "# "); !strings.Contains(shown, line) {
				t.Errorf("%s does not show %q:\n%s", page.Name, line, shown)
			}
		}
		about, _, _ := strings.Cut(strings.ReplaceAll(help, "\n", " "), ". ")
		if !strings.Contains(shown, about) || !strings.Contains(shown, strings.TrimSpace(page.Name+" - ")) {
			t.Errorf("%s does not say %q:\n%s", page.Name, about, shown)
		}
	}
	if len(pages) < 30 {
		t.Errorf("only %d pages", len(pages))
	}
}
