package cli

import (
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"valetkey/valet/words"
)

// completionShells are those whose script can be had.
var completionShells = []string{"bash", "zsh", "fish", "powershell"}

// completionVerb is "valetkey completion SHELL".
func completionVerb(s *session) *cobra.Command {
	return verb("completion bash|zsh|fish|powershell", "cli.completion.about", "cli.completion.long", arguments(1, 1), func(cmd *cobra.Command, args []string) error {
		root := cmd.Root()
		switch args[0] {
		case "bash":
			return root.GenBashCompletionV2(s.out, true)
		case "zsh":
			return root.GenZshCompletion(s.out)
		case "fish":
			return root.GenFishCompletion(s.out, true)
		case "powershell":
			return root.GenPowerShellCompletionWithDesc(s.out)
		}
		return misuse(words.T("cli.completion.shell", "Shell", clean(args[0])), helpFor(cmd))
	})
}

// asked reports whether a shell wants to know what could be typed, rather than a person that something be done.
func asked(args []string) bool {
	return len(args) > 1 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// hint gives the verb that is being typed what a shell can offer for its arguments and flags, and sentences in place of ids.
func hint(s *session, root *cobra.Command, typed []string) {
	cmd, _, err := root.Find(typed[1 : len(typed)-1])
	if err != nil {
		return // there is no such verb, which is all that there is to know
	}
	root.InitDefaultHelpCmd() // else it comes later, with its id
	for _, sub := range cmd.Commands() {
		sub.Short = words.T(sub.Short)
	}
	if cmd.ValidArgsFunction == nil {
		cmd.ValidArgsFunction = offering(s, argumentsOf[pathOf(cmd)]...)
	}
	describe := func(flag *pflag.Flag) { flag.Usage = strings.ReplaceAll(words.T(flag.Usage), "`", "") }
	root.PersistentFlags().VisitAll(describe)
	cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
		describe(flag)
		if flag.NoOptDefVal == "" { // it takes a value
			cmd.RegisterFlagCompletionFunc(flag.Name, offeringFlag(s, valuesOf(s, flag.Name)))
		}
	})
}

// pathOf is what has to be typed for cmd behind the program's name.
func pathOf(cmd *cobra.Command) string {
	_, path, _ := strings.Cut(cmd.CommandPath(), " ")
	return path
}

// offering answers for arguments, each in its place.
func offering(s *session, places ...offer) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		switch last := len(places) - 1; {
		case len(args) <= last:
			return answer(s, places[len(args)], args, typed)
		case last >= 0 && places[last].again:
			return answer(s, places[last], args, typed)
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}

// offeringFlag answers for the value of a flag.
func offeringFlag(s *session, of offer) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return answer(s, of, args, typed)
	}
}

// harmless reports whether a word means nothing but itself to any shell. A provider file may call a permission $(anything), and
// cobra's scripts evaluate the line so far at each Tab: what stood there by the Tab before would be run.
func harmless(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -_.:/@%+,=", r)
	})
}

// answer lists what begins as typed. Where the list of keys cannot be read nothing is offered: nobody reads a complaint here.
func answer(s *session, of offer, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if of.list == nil {
		return of.endings, of.directive()
	}
	v, err := glance(s)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var list []cobra.Completion
	offered := map[string]bool{} // once: bash puts what two lines begin with on the line, their descriptions too
	for _, c := range of.list(v, args, typed) {
		if strings.HasPrefix(c.word, typed) && harmless(c.word) && !offered[c.word] {
			offered[c.word] = true
			list = append(list, cobra.CompletionWithDesc(c.word, clean(c.about)))
		}
	}
	return list, of.directive()
}
