package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"valetkey/valet/words"
)

// ManualPage is one page of the manual, in section 1: its name without the section, and its text for roff in UTF-8.
type ManualPage struct{ Name, Text string }

// Manual gives a page for the program and one for each verb, from what help says, in the language that words speak.
func Manual(version string) []ManualPage {
	root := (&session{}).root()
	root.InitDefaultHelpCmd()
	var pages []ManualPage
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		pages = append(pages, ManualPage{pageName(cmd), manualOf(cmd, version)})
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit(root)
	return pages
}

// pageName is what is typed behind man: valetkey-key-set.
func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

func manualOf(cmd *cobra.Command, version string) string {
	var p roff
	p.title(strings.ToUpper(pageName(cmd)), "valetkey "+version)
	p.section("cli.manual.name")
	p.line(roffCode(pageName(cmd)) + ` \- ` + roffProse(words.T(cmd.Short)))
	p.section("cli.manual.synopsis")
	p.line(synopsis(cmd))
	p.section("cli.manual.description")
	p.prose(words.T(cmd.Long))
	if cmd.HasSubCommands() {
		p.section("cli.manual.verbs")
		for _, sub := range cmd.Commands() {
			p.item(`\fB`+roffCode(sub.Name())+`\fR`, words.T(sub.Short))
		}
	}
	p.section("cli.manual.options")
	eachFlag(cmd, func(flag *pflag.Flag) {
		name, about := pflag.UnquoteUsage(flag)
		p.item(flagForm(flag, name), about)
	})
	if fields := fieldNames(pathOf(cmd)); fields != "" {
		p.section("cli.manual.fields")
		p.line(roffProse(fields))
	}
	p.examples(examples[pathOf(cmd)])
	if cmd.Parent() == nil {
		p.section("cli.manual.status")
		p.prose(words.T("cli.help.status"))
	}
	p.section("cli.manual.see")
	p.line(strings.Join(seeAlso(cmd), ",\n"))
	return p.text.String()
}

// unlocked are the verbs that never read the locked file, so that no passphrase is any use to them.
var unlocked = []string{
	"help", "version", "completion", "list", "show", "log", "practice", "key", "key list", "provider", "provider list", "provider show", "provider add",
}

// eachFlag visits the flags of cmd and those that every verb has, with their sentences.
func eachFlag(cmd *cobra.Command, visit func(*pflag.Flag)) {
	flags := cmd.NonInheritedFlags()
	flags.AddFlagSet(cmd.InheritedFlags())
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Name == "passphrase-stdin" && slices.Contains(unlocked, pathOf(cmd)) {
			return
		}
		said := *flag // the sentence stands in for the id in a copy: the tree is used again for the next page
		said.Usage = words.T(flag.Usage)
		visit(&said)
	})
}

// flagForm is how a flag is typed.
func flagForm(flag *pflag.Flag, value string) string {
	form := `\fB` + roffCode("--"+flag.Name) + `\fR`
	if flag.Shorthand != "" {
		form = `\fB` + roffCode("-"+flag.Shorthand) + `\fR, ` + form
	}
	if flag.NoOptDefVal == "" && value != "" {
		form += ` \fI` + roffCode(value) + `\fR`
	}
	return form
}

// synopsis is the line of usage with every flag of the verb itself.
func synopsis(cmd *cobra.Command) string {
	use := inWords(strings.Replace(usageForm(cmd), " "+anyFlags, "", 1))
	use, rest, program := strings.Cut(use, " -- ")
	line := `\fB` + roffCode(cmd.CommandPath()) + `\fR` + roffCode(strings.TrimPrefix(use, cmd.CommandPath()))
	cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
		if flag.Name == "help" {
			return
		}
		said := *flag
		said.Usage = words.T(flag.Usage)
		name, _ := pflag.UnquoteUsage(&said)
		line += ` [` + flagForm(&said, name) + `]`
	})
	if program {
		line += roffCode(" -- " + rest)
	}
	return line
}

// seeAlso names the pages above and below, or beside.
func seeAlso(cmd *cobra.Command) []string {
	var names []string
	add := func(of *cobra.Command) { names = append(names, `\fB`+roffCode(pageName(of))+`\fR(1)`) }
	if cmd.HasParent() {
		add(cmd.Parent())
	}
	near := cmd.Commands()
	if len(near) == 0 && cmd.Parent().HasParent() {
		near = cmd.Parent().Commands()
	}
	for _, other := range near {
		if other != cmd {
			add(other)
		}
	}
	return names
}
