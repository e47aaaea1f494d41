package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"valetkey/valet/words"
)

// typed runs a command line that ends before any use case is needed.
func typed(t *testing.T, args ...string) (status Status, out, words string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = Status(Run(t.Context(), App{In: strings.NewReader(""), Out: &stdout, Err: &stderr, Version: "1.2.3"}, args))
	return status, stdout.String(), stderr.String()
}

func TestMisuse(t *testing.T) {
	for line, want := range map[string]string{
		"conect":                              "There is no verb “conect”.\nDid you mean “valetkey connect”?",
		"login":                               "Did you mean “valetkey connect”?",
		"key delete":                          "Did you mean “valetkey key remove”?",
		"list --jsn":                          "There is no flag --jsn here.\nDid you mean “--json”? See: valetkey help list",
		"frobnicate":                          "There is no verb “frobnicate”.\nSee: valetkey help",
		"frobnicate --hard":                   "There is no verb “frobnicate”.",
		"--hard":                              "There is no flag --hard here.",
		"list --hard":                         "There is no flag --hard here.\nSee: valetkey help list",
		"list extra":                          "“extra” is one word too many.",
		"list \x1b[2J":                        "“\uFFFD[2J” is one word too many.",
		"token":                               "It is typed like this: valetkey token NAME",
		"token a b":                           "“b” is one word too many.",
		"token a --min":                       "--min needs a value.",
		"token a --min soon":                  "--min needs a length of time, such as 90s, 10m or 2h.",
		"token a --min=-1s":                   "--min needs a length of time, such as 90s, 10m or 2h.",
		"key":                                 "It is typed like this: valetkey key VERB",
		"key sett etsy":                       "There is no verb “sett”.\nDid you mean “valetkey key set”?",
		"provider nonsense":                   "There is no verb “nonsense”.\nSee: valetkey help provider",
		"connect --client-secret hunter2":     "There is no flag --client-secret: a secret is never part of a command line",
		"connect --client-secret=hunter2":     "There is no flag --client-secret: a secret is never part of a command line",
		"key set etsy --secret hunter2":       "There is no flag --secret: a secret is never part of a command line",
		"connect --secret-stdin=hunter2":      "What was given to --secret-stdin does not fit.",
		"practice --access-ttl 0s":            "--access-ttl needs a length of time",
		"connect practice --no-browser=maybe": "What was given to --no-browser does not fit.",
		"help frobnicate":                     "There is no verb “frobnicate”.",
	} {
		t.Run(line, func(t *testing.T) {
			status, out, words := typed(t, strings.Fields(line)...)
			if status != Usage || out != "" {
				t.Errorf("exit status %d, standard output %q", status, out)
			}
			if !strings.Contains(words, want) {
				t.Errorf("said %q, want %q", words, want)
			}
			if strings.Contains(words, "hunter2") {
				t.Errorf("showed what was given to a flag: %q", words)
			}
		})
	}
}

func TestHelpOfEveryVerb(t *testing.T) {
	s := &session{}
	var visit func(cmd *cobra.Command, path []string)
	visit = func(cmd *cobra.Command, path []string) {
		status, out, complaint := typed(t, append([]string{"help"}, path...)...)
		if status != Done || complaint != "" || !strings.Contains(out, words.T(cmd.Long)) || strings.Contains(out, "cli.") {
			t.Errorf("help %v: status %d, complaint %q, text:\n%s", path, status, complaint, out)
		}
		if _, same, _ := typed(t, append(path[:len(path):len(path)], "--help")...); same != out {
			t.Errorf("%v --help says something else than help %v:\n%s", path, path, same)
		}
		for _, sub := range cmd.Commands() {
			visit(sub, append(path[:len(path):len(path)], sub.Name()))
		}
	}
	visit(s.root(), nil)
}

func TestVersion(t *testing.T) {
	if status, out, _ := typed(t, "version"); status != Done || out != "valetkey 1.2.3\n" {
		t.Errorf("%d %q", status, out)
	}
}

func TestNoVerbIsHelp(t *testing.T) {
	if status, out, _ := typed(t); status != Done || !strings.Contains(out, "valetkey [VERB]") {
		t.Errorf("%d %q", status, out)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"listings_r", "listings_w", "shops_r", "red-oak-prints", strings.Repeat("y", 1<<20)}
	for typed, want := range map[string]string{
		"listngs_r": "listings_r", "LISTINGS_R": "listings_r", "lsitings_w": "listings_w", "red-oak": "red-oak-prints", "shop_r": "shops_r",
		"": "", "x": "", "everything": "", "r": "", "yyy": "", strings.Repeat("l", 1<<20): "",
	} {
		if got := nearest(typed, known); got != want {
			t.Errorf("%.20q: %q, want %q", typed, got, want)
		}
	}
}
