package cli

import (
	"github.com/spf13/cobra"

	"valetkey/valet"
)

// run is what a verb does.
type run func(cmd *cobra.Command, args []string) error

// bound gives do its session.
func bound(s *session, do func(s *session, cmd *cobra.Command, args []string) error) run {
	return func(cmd *cobra.Command, args []string) error { return do(s, cmd, args) }
}

// verb makes one verb. use is its line of usage; about is what help says in the list, long what help says of it alone. These
// and what a flag says of itself are ids: help alone reads the sentences, so that no script waits for them.
func verb(use, about, long string, args cobra.PositionalArgs, do run) *cobra.Command {
	return &cobra.Command{Use: use, Short: about, Long: long, Args: args, RunE: do, DisableFlagsInUseLine: true}
}

// group makes a verb that only has verbs of its own.
func group(use, about, long string, verbs ...*cobra.Command) *cobra.Command {
	g := verb(use, about, long, oneOf, oneOf)
	g.AddCommand(verbs...)
	return g
}

// root is the whole command line.
func (s *session) root() *cobra.Command {
	cobra.MousetrapHelpText = "" // the window is started without arguments, and those who come from a file manager want it
	long := "cli.root.long"
	if s.app.Windowless {
		long = "cli.root.long-windowless"
	}
	root := &cobra.Command{
		Use: "valetkey", Short: "cli.root.about", Long: long,
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions:     cobra.CompletionOptions{DisableDefaultCmd: true},
		DisableFlagsInUseLine: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownVerb(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return writeHelp(s, cmd) },
	}
	root.SetIn(s.app.In)
	root.SetOut(s.app.Out)
	root.SetErr(s.app.Err)
	root.SetFlagErrorFunc(s.flagError)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { writeHelp(s, cmd) })
	root.SetHelpCommand(helpVerb(s, root))
	s.globalFlags(root)
	for _, family := range [][]*cobra.Command{
		{connectVerb(s), reconnectVerb(s), upgradeVerb(s), importVerb(s)},
		{listVerb(s), showVerb(s), logVerb(s)},
		{tokenVerb(s), headerVerb(s), envVerb(s), curlVerb(s), execVerb(s), requestVerb(s)},
		{refreshVerb(s), checkVerb(s), doctorVerb(s)},
		{revokeVerb(s), forgetVerb(s), moveVerb(s)},
		{keyVerbs(s), providerVerbs(s), practiceVerb(s), completionVerb(s), versionVerb(s)},
	} {
		root.AddCommand(family...)
	}
	return root
}

// globalFlags are understood by every verb.
func (s *session) globalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.BoolP("help", "h", false, "cli.flag.help")
	verbose := flags.Bool("verbose", false, "cli.flag.verbose")
	passphrase := flags.Bool("passphrase-stdin", false, "cli.flag.passphrase-stdin")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		cmd.SetContext(valet.Doing(cmd.Context(), valet.Doer{Place: valet.PlaceVerb, Verb: pathOf(cmd)}))
		if *verbose && s.app.Verbose != nil {
			s.app.Verbose()
		}
		if *passphrase {
			return s.lock.take(cmd.Context())
		}
		return nil
	}
}
