package cli

import (
	"fmt"
	"strings"

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
	p := page{width: widthOf(s.out)}
	p.prose(words.T(cmd.Long))
	p.section("cli.help.usage")
	p.fill("  ", "    ", usageLine(cmd))
	if verbs := cmd.Commands(); len(verbs) > 0 {
		p.section("cli.help.verbs")
		list := make([]row, len(verbs))
		for n, verb := range verbs {
			list[n] = row{"  " + verb.Name(), words.T(verb.Short)}
		}
		p.rows(list)
	}
	p.section("cli.help.flags")
	p.rows(flagRows(cmd))
	if fields := fieldNames(pathOf(cmd)); fields != "" {
		p.section("cli.help.fields")
		p.fill("  ", "  ", fields)
	}
	if faults := s.app.Practice.Faults; pathOf(cmd) == "practice" && len(faults) > 0 {
		p.section("cli.help.faults")
		p.fill("  ", "  ", strings.Join(faults, ", "))
	}
	if shown := examples[pathOf(cmd)]; len(shown) > 0 {
		p.section("cli.help.examples")
		p.examples(shown)
	}
	if cmd.Parent() == nil {
		p.text.WriteByte('\n')
		p.prose(words.T("cli.help.status"))
	}
	_, err := fmt.Fprint(s.out, p.text.String())
	return err
}

// flagRows are the flags of cmd and those that every verb has.
func flagRows(cmd *cobra.Command) []row {
	var list []row
	eachFlag(cmd, func(flag *pflag.Flag) {
		value, about := pflag.UnquoteUsage(flag)
		term := "      --" + flag.Name
		if flag.Shorthand != "" {
			term = "  -" + flag.Shorthand + ", --" + flag.Name
		}
		if flag.NoOptDefVal == "" {
			term += " " + value
		}
		if usual := usualValue(flag); usual != "" {
			about += " " + words.T("cli.help.default", "Value", usual)
		}
		list = append(list, row{term, about})
	})
	return list
}

// usualValue is what a flag stands at if nobody sets it, "" where that is nothing.
func usualValue(flag *pflag.Flag) string {
	switch flag.DefValue {
	case "", "false", "0s", "[]":
		return ""
	}
	if flag.Value.Type() == "duration" && strings.HasSuffix(flag.DefValue, "m0s") {
		return strings.TrimSuffix(flag.DefValue, "0s")
	}
	return flag.DefValue
}

// anyFlags stands in a verb's line of usage for the flags it has, and aVerb for one of its verbs.
const anyFlags, aVerb = "[--...]", "VERB"

// usageLine is how cmd is typed, "valetkey token NAME".
func usageLine(cmd *cobra.Command) string { return inWords(usageForm(cmd)) }

// inWords puts words in the places of a line of usage that are neither typed nor told of in help.
func inWords(form string) string {
	return strings.NewReplacer(anyFlags, "["+words.T("cli.help.some-flags")+"]", aVerb, words.T("cli.help.a-verb")).Replace(form)
}

// usageForm is the line of usage with its signs.
func usageForm(cmd *cobra.Command) string {
	switch {
	case cmd.Parent() == nil:
		return "valetkey [" + aVerb + "]"
	case cmd.HasSubCommands():
		return cmd.CommandPath() + " " + aVerb
	}
	line := cmd.UseLine()
	if cmd.HasLocalFlags() && !strings.Contains(line, anyFlags) {
		line += " " + anyFlags
	}
	return line
}
