package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"valetkey/valet/words"
)

// helpVerb is "valetkey help [VERB]".
func helpVerb(s *session, root *cobra.Command) *cobra.Command {
	help := verb("help [VERB]", "cli.help.about", "cli.help.long", nil, func(_ *cobra.Command, args []string) error {
		cmd, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
			return unknownVerb(root, strings.Join(args, " "))
		}
		return writeHelp(s, cmd)
	})
	help.ValidArgsFunction = func(_ *cobra.Command, args []string, typed string) (list []cobra.Completion, _ cobra.ShellCompDirective) {
		of, rest, err := root.Find(args)
		for _, cmd := range of.Commands() {
			if err == nil && len(rest) == 0 && cmd.IsAvailableCommand() && strings.HasPrefix(cmd.Name(), typed) {
				list = append(list, cobra.CompletionWithDesc(cmd.Name(), words.T(cmd.Short)))
			}
		}
		return list, cobra.ShellCompDirectiveNoFileComp
	}
	return help
}

// versionVerb is "valetkey version".
func versionVerb(s *session) *cobra.Command {
	return verb("version", "cli.version.about", "cli.version.long", arguments(0, 0), func(*cobra.Command, []string) error {
		return s.data("valetkey " + s.app.Version)
	})
}

// writeHelp writes the help of cmd to standard output: it was asked for.
func writeHelp(s *session, cmd *cobra.Command) error {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n\n%s\n  %s\n", words.T(cmd.Long), words.T("cli.help.usage"), usageLine(cmd))
	if verbs := cmd.Commands(); len(verbs) > 0 {
		fmt.Fprintf(&text, "\n%s\n", words.T("cli.help.verbs"))
		w := tabwriter.NewWriter(&text, 0, 0, 3, ' ', 0)
		for _, verb := range verbs {
			fmt.Fprintf(w, "  %s\t%s\n", verb.Name(), words.T(verb.Short))
		}
		w.Flush()
	}
	flags := cmd.NonInheritedFlags()
	flags.AddFlagSet(cmd.InheritedFlags())
	flags.VisitAll(func(flag *pflag.Flag) { flag.Usage = words.T(flag.Usage) })
	fmt.Fprintf(&text, "\n%s\n%s", words.T("cli.help.flags"), flags.FlagUsages())
	if shown := exampleText(cmd); shown != "" {
		fmt.Fprintf(&text, "\n%s\n%s", words.T("cli.help.examples"), shown)
	}
	if cmd.Parent() == nil {
		fmt.Fprintf(&text, "\n%s\n", words.T("cli.help.status"))
	}
	_, err := fmt.Fprint(s.out, text.String())
	return err
}

// usageLine is how cmd is typed, "valetkey token NAME".
func usageLine(cmd *cobra.Command) string {
	switch {
	case cmd.Parent() == nil:
		return "valetkey [VERB]"
	case cmd.HasSubCommands():
		return cmd.CommandPath() + " VERB"
	}
	line := cmd.UseLine()
	if cmd.HasLocalFlags() && !strings.Contains(line, "[--...]") {
		line += " [--...]"
	}
	return line
}
