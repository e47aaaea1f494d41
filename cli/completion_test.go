package cli

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// guessed are the words in lines of usage whose meaning a shell can know, and free the flags whose value it cannot.
var (
	guessed = regexp.MustCompile(`\b(NAME|PROVIDER|FILE|METHOD|PROGRAM|[a-z]+\|[a-z|]+)\b`)
	free    = []string{"name", "min", "since", "wait", "form", "redirect", "addr", "access-ttl", "refresh-ttl", "timestamp-window"}
)

// TestOffersFitTheTree sees that no verb and no flag is without an offer, and no offer without its verb or flag.
func TestOffersFitTheTree(t *testing.T) {
	verbs, flags := maps.Clone(argumentsOf), maps.Clone(flagsOf)
	flags["fault"] = offer{} // known only at run time
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		if guessed.MatchString(cmd.Use) && cmd.ValidArgsFunction == nil && argumentsOf[pathOf(cmd)] == nil {
			t.Errorf("%s: nothing is offered for its arguments", cmd.UseLine())
		}
		delete(verbs, pathOf(cmd))
		cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
			_, offered := flagsOf[flag.Name]
			if flag.NoOptDefVal == "" && flag.Name != "fault" && offered == slices.Contains(free, flag.Name) {
				t.Errorf("%s --%s: it has to be either offered or free", pathOf(cmd), flag.Name)
			}
			if flag.NoOptDefVal == "" {
				delete(flags, flag.Name)
			}
		})
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit((&session{}).root())
	if len(verbs)+len(flags) > 0 {
		t.Errorf("offers for what is not there: %v %v", slices.Collect(maps.Keys(verbs)), slices.Collect(maps.Keys(flags)))
	}
}
