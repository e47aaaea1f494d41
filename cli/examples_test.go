package cli

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// typedIn gives the words of each valetkey command in a shell's command line: what stands between pipes, lists, brackets and
// redirections.
func typedIn(line string) [][]string {
	var commands [][]string
	var words []string
	var word strings.Builder
	var quote rune
	end := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	finish := func() {
		end()
		if len(words) > 0 && words[0] == "valetkey" {
			commands = append(commands, words[1:])
		}
		words = nil
	}
	for _, r := range strings.ReplaceAll(line, `"$(`, "(") {
		switch {
		case quote != 0 && r == quote:
			quote = 0
			word.WriteString("\u200b") // an empty word is one too
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote = r
		case r == ' ':
			end()
		case strings.ContainsRune("|;()<>", r):
			finish()
		default:
			word.WriteRune(r)
		}
	}
	finish()
	return commands
}

// TestExamplesFitTheTree sees that each verb has examples, of itself, and that each is understood: verb, flags, arguments.
func TestExamplesFitTheTree(t *testing.T) {
	var visit func(cmd *cobra.Command)
	left := len(examples)
	visit = func(cmd *cobra.Command) {
		shown := examples[pathOf(cmd)]
		if len(shown) > 0 {
			left--
		} else if cmd.Runnable() && !cmd.HasSubCommands() {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		for _, e := range shown {
			if !strings.Contains(e.line, strings.TrimSpace("valetkey "+pathOf(cmd))) && pathOf(cmd) != "upgrade" {
				t.Errorf("under %s: %s", cmd.CommandPath(), e.line)
			}
			understood(t, e.line)
		}
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	root := (&session{}).root()
	root.InitDefaultHelpCmd()
	visit(root)
	if left != 0 {
		t.Errorf("%d entries belong to no verb", left)
	}
}

func understood(t *testing.T, line string) {
	commands := typedIn(line)
	if len(commands) == 0 {
		t.Errorf("no command of ours: %s", line)
	}
	for _, args := range commands {
		root := (&session{}).root()
		root.InitDefaultHelpCmd()
		cmd, rest, err := root.Find(args)
		if err == nil {
			err = cmd.ParseFlags(rest)
		}
		if err == nil {
			err = cmd.ValidateArgs(cmd.Flags().Args())
		}
		if err != nil || cmd == root {
			t.Errorf("%q is not understood: %v", line, err)
		}
	}
}
