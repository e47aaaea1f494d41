package cli

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

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
		"token":                               "Usage: valetkey token NAME",
		"token a b":                           "“b” is one word too many.",
		"token a --min":                       "--min needs a value.",
		"token a --min soon":                  "--min needs a length of time, such as 90s, 10m or 2h.",
		"token a --min=-1s":                   "--min needs a length of time, such as 90s, 10m or 2h.",
		"key":                                 "Usage: valetkey key VERB",
		"key sett etsy":                       "There is no verb “sett”.\nDid you mean “valetkey key set”?",
		"provider nonsense":                   "There is no verb “nonsense”.\nSee: valetkey help provider",
		"connect --client-secret hunter2":     "There is no flag --client-secret: a secret is never part of a command line",
		"connect --client-secret=hunter2":     "There is no flag --client-secret: a secret is never part of a command line",
		"key set etsy --secret hunter2":       "There is no flag --secret: a secret is never part of a command line",
		"connect --secret-stdin=hunter2":      "--secret-stdin takes no value.",
		"practice --access-ttl 0s":            "--access-ttl needs a length of time",
		"connect practice --no-browser=maybe": "--no-browser takes no value.",
		"env a --shell csh":                   "--shell takes one of dotenv, sh, bash, zsh, fish and powershell.",
		"log --since nonsense":                "--since takes a length of time such as 2h or 7d, or a day such as 2026-11-01.",
		"connect practice --store cloud":      "--store takes keyring or file.",
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
	t.Setenv("COLUMNS", "100000") // every paragraph on one line
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

// TestHelpIsNarrow: no help is wider than the terminal, but for what is to be typed or copied whole, and none of it is lost.
func TestHelpIsNarrow(t *testing.T) {
	var verbs [][]string
	var visit func(cmd *cobra.Command, path []string)
	visit = func(cmd *cobra.Command, path []string) {
		verbs = append(verbs, path)
		for _, sub := range cmd.Commands() {
			visit(sub, append(path[:len(path):len(path)], sub.Name()))
		}
	}
	visit((&session{}).root(), nil)
	for columns, most := range map[string]int{"": 80, "nonsense": 80, "5": 40, "40": 40, "64": 64, "100": 100} {
		t.Setenv("COLUMNS", columns)
		for _, path := range verbs {
			_, out, _ := typed(t, append([]string{"help"}, path...)...)
			help, shown, _ := strings.Cut(out, "\nExamples:\n")
			if _, status, ok := strings.Cut(shown, "\nExit status"); ok {
				help += status
			}
			for line := range strings.Lines(help) {
				line = strings.TrimSuffix(line, "\n")
				whole := len(strings.Fields(line)) < 2 || strings.Contains(line, "  valetkey completion ")
				if utf8.RuneCountInString(line) > most && !whole {
					t.Errorf("help %v, %q columns: %q", path, columns, line)
				}
			}
		}
	}
}

func TestLayout(t *testing.T) {
	p := page{width: 40}
	p.prose("One paragraph that is as long as it takes to need another line.\n\nkept   as it is\nkept   too")
	p.rows([]row{{"  a", "short"}, {"  bc", "Wörter zählen als Zeichen, nicht als Oktette äöü"}})
	p.rows([]row{{"  --so-long-a-flag-that VALUE", "is told below"}})
	want := "One paragraph that is as long as it\ntakes to need another line.\n\nkept   as it is\nkept   too\n" +
		"  a    short\n  bc   Wörter zählen als Zeichen, nicht\n       als Oktette äöü\n" +
		"  --so-long-a-flag-that VALUE\n        is told below\n"
	if got := p.text.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestFieldsOfHelp: a verb with --json for its output says which fields that has, in help and in the manual.
func TestFieldsOfHelp(t *testing.T) {
	manual := map[string]string{}
	for _, page := range Manual("1") {
		manual[page.Name] = page.Text
	}
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		flag := cmd.Flags().Lookup("json")
		if prints := flag != nil && flag.Value.Type() == "bool"; prints != (fieldNames(pathOf(cmd)) != "") {
			t.Errorf("%s: prints JSON: %v, fields: %q", pathOf(cmd), prints, fieldNames(pathOf(cmd)))
		}
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit((&session{}).root())
	if _, out, _ := typed(t, "help", "check"); !strings.Contains(strings.Join(strings.Fields(out), " "), fieldNames("check")) {
		t.Errorf("no fields:\n%s", out)
	}
	if !strings.Contains(manual["valetkey-check"], fieldNames("check")) {
		t.Errorf("no fields:\n%s", manual["valetkey-check"])
	}
}

// TestPassphraseWhereOfUse: help names --passphrase-stdin only where the locked file may be read.
func TestPassphraseWhereOfUse(t *testing.T) {
	for verb, use := range map[string]bool{"": true, "connect": true, "token": true, "forget": true, "version": false, "completion": false, "list": false} {
		if _, out, _ := typed(t, append([]string{"help"}, strings.Fields(verb)...)...); strings.Contains(out, "--passphrase-stdin  ") != use {
			t.Errorf("help %s:\n%s", verb, out)
		}
	}
}

func TestVersion(t *testing.T) {
	if status, out, _ := typed(t, "version"); status != Done || out != "valetkey 1.2.3\n" {
		t.Errorf("%d %q", status, out)
	}
}

// TestWindowlessHelp: a program without a window does not claim one.
func TestWindowlessHelp(t *testing.T) {
	for windowless, want := range map[bool]string{true: "without its window", false: "it opens its window"} {
		var out bytes.Buffer
		Run(t.Context(), App{In: strings.NewReader(""), Out: &out, Err: &out, Windowless: windowless}, []string{"help"})
		if got := strings.Join(strings.Fields(out.String()), " "); !strings.Contains(got, want) {
			t.Errorf("windowless %v:\n%s", windowless, got)
		}
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
