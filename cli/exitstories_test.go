package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// gives says which exit statuses each verb can give, those of exec's program aside. Every verb stands here, and a story in
// testdata shows every status of it. Two kinds of 5 are not repeated: a verb that was interrupted while it renews or exchanges a
// key ends when that is over, as refresh shows, and who says no to a question at a terminal is in the tests of the terminal.
var gives = map[string]string{
	"connect":         "0 1 2 3 4 5 6",
	"reconnect":       "0 1 2 4 5 6",
	"upgrade":         "0 1 2 3 4 6",
	"import":          "0 1 2 4 6",
	"list":            "0 1 2",
	"show":            "0 1 2",
	"log":             "0 1 2",
	"token":           "0 1 2 3 4 6",
	"header":          "0 1 2 3 4 6",
	"env":             "0 1 2 3 4 6",
	"curl":            "0 1 2 3 4 6",
	"exec":            "0 1 2 3 4 6",
	"request":         "0 1 2 3 4 5 6",
	"refresh":         "0 1 2 3 4 5 6",
	"check":           "0 1 2 3 4 5 6",
	"doctor":          "0 1 2 5",
	"revoke":          "0 1 2 4 6",
	"forget":          "0 1 2 4",
	"move":            "0 1 2 3 4",
	"key set":         "0 1 2 4",
	"key list":        "0 1 2",
	"key check":       "0 1 2 4 5 6",
	"key remove":      "0 1 2 4",
	"provider list":   "0 1 2",
	"provider add":    "0 1 2",
	"provider show":   "0 1 2",
	"provider remove": "0 1 2",
	"practice":        "0 1 2",
	"completion":      "0 2",
	"version":         "0 2",
}

// shown gives the verbs that the stories run, and the statuses that they want of each.
func shown(t *testing.T, root *cobra.Command) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	all := map[string][]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		beside := map[string]string{}
		script, _, _ := strings.Cut(string(text), "\n-- ")
		for line := range strings.Lines(script) {
			words := strings.Fields(line)
			switch {
			case len(words) > 2 && words[0] == "status" && words[2] == "valetkey":
				verb := verbOf(root, words[3:])
				all[verb] = append(all[verb], words[1])
			case len(words) > 2 && words[0] == "start" && words[2] == "valetkey":
				beside[words[1]] = verbOf(root, words[3:])
			case len(words) == 3 && words[0] == "finish" && beside[words[1]] != "":
				verb := beside[words[1]]
				all[verb] = append(all[verb], words[2])
			}
		}
	}
	for verb, statuses := range all {
		slices.Sort(statuses)
		all[verb] = slices.Compact(statuses)
	}
	return all
}

// verbOf is the verb of a command line, with the verb it belongs to before it.
func verbOf(root *cobra.Command, words []string) string {
	cmd, _, err := root.Find(words)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.TrimPrefix(cmd.CommandPath(), root.Name()), " ")
}

// Verbs are all verbs that have none of their own, for the tests outside too.
func Verbs() (verbs []string) {
	root := (&session{}).root()
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			if visit(sub); !sub.HasSubCommands() {
				verbs = append(verbs, verbOf(root, strings.Fields(sub.CommandPath())[1:]))
			}
		}
	}
	visit(root)
	return verbs
}

// TestStoriesShowEveryStatus: no verb and no exit status without a story, and no story with a status that nobody expects.
func TestStoriesShowEveryStatus(t *testing.T) {
	root := (&session{}).root()
	stories := shown(t, root)
	verbs := Verbs()
	for _, verb := range verbs {
		want := strings.Fields(gives[verb])
		got := slices.DeleteFunc(stories[verb], func(status string) bool {
			n, err := strconv.Atoi(status)
			return verb == "exec" && (err != nil || n > int(Unreachable)) // its program's own, or 126 and 127
		})
		if !slices.Equal(got, want) {
			t.Errorf("%s: stories show exit statuses %v, and it gives %v", verb, got, want)
		}
	}
	for verb := range gives {
		if !slices.Contains(verbs, verb) {
			t.Errorf("there is no verb %q", verb)
		}
	}
}
