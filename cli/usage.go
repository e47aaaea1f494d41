package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"valetkey/valet/words"
)

// usageError is what the command line itself says no to, in its own words.
type usageError struct {
	trouble words.Trouble
	status  Status
}

// Error is the first sentence.
func (e *usageError) Error() string { return e.trouble.What }

// misuse makes a usageError of a sentence and, in next, what to do instead.
func misuse(what, next string) error {
	return &usageError{words.Trouble{What: what, Next: next}, Usage}
}

// failure is misuse for what nobody typed wrong.
func failure(what, next string) error {
	return &usageError{words.Trouble{What: what, Next: next}, Failed}
}

// helpFor says where the help of cmd is.
func helpFor(cmd *cobra.Command) string {
	if cmd.Parent() == nil {
		return words.T("cli.usage.help", "Command", "valetkey help")
	}
	return words.T("cli.usage.help", "Command", "valetkey help "+strings.TrimPrefix(cmd.CommandPath(), "valetkey "))
}

// arguments accepts between least and most arguments; what is missing is named after the verb's line of usage.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return misuse(words.T("cli.usage.missing", "Usage", usageLine(cmd)), helpFor(cmd))
		case len(args) > most:
			return misuse(words.T("cli.usage.too-many", "Argument", clean(args[most])), helpFor(cmd))
		}
		return nil
	}
}

// oneOf refuses everything: it stands on a verb that only has verbs of its own.
func oneOf(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return misuse(words.T("cli.usage.missing", "Usage", usageLine(cmd)), helpFor(cmd))
	}
	return unknownVerb(cmd, args[0])
}

// unknownVerb names the nearest verb, if one is near.
func unknownVerb(cmd *cobra.Command, typed string) error {
	what := words.T("cli.usage.unknown-verb", "Verb", clean(typed))
	if near := nearVerb(cmd, typed); near != "" {
		return misuse(what, words.T("cli.usage.meant", "Verb", cmd.CommandPath()+" "+near))
	}
	return misuse(what, helpFor(cmd))
}

// flagError says what is wrong with a flag. What was given to a flag is never shown: it may be a secret.
func (s *session) flagError(cmd *cobra.Command, err error) error {
	if cmd.Parent() == nil {
		for _, arg := range s.args {
			if !strings.HasPrefix(arg, "-") {
				return unknownVerb(cmd, arg)
			}
		}
	}
	var unknown *pflag.NotExistError
	var needs *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && meansSecret(unknown.GetSpecifiedName()):
		return misuse(words.T("cli.usage.secret-flag", "Flag", clean(unknown.GetSpecifiedName())), words.T("cli.usage.secret-flag-next"))
	case errors.As(err, &unknown):
		what, near := words.T("cli.usage.unknown-flag", "Flag", clean(unknown.GetSpecifiedName())), nearFlag(cmd, unknown.GetSpecifiedName())
		if near != "" {
			return misuse(what, words.T("cli.usage.meant", "Verb", "--"+near)+" "+helpFor(cmd))
		}
		return misuse(what, helpFor(cmd))
	case errors.As(err, &needs):
		return misuse(words.T("cli.usage.flag-needs-value", "Flag", needs.GetFlag().Name), helpFor(cmd))
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "duration":
		return misuse(words.T("cli.usage.flag-duration", "Flag", invalid.GetFlag().Name), helpFor(cmd))
	case errors.As(err, &invalid) && taken[invalid.GetFlag().Name] != "":
		return misuse(words.T(taken[invalid.GetFlag().Name]), helpFor(cmd))
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return misuse(words.T("cli.usage.flag-alone", "Flag", invalid.GetFlag().Name), helpFor(cmd))
	case errors.As(err, &invalid):
		return misuse(words.T("cli.usage.flag-value", "Flag", invalid.GetFlag().Name), helpFor(cmd))
	}
	return misuse(words.T("cli.usage.flag-syntax"), helpFor(cmd))
}

// taken says what a flag takes that is neither a length of time nor any text.
var taken = map[string]string{"since": "cli.usage.since", "shell": "cli.usage.shell", "store": "cli.usage.store"}

// meansSecret tells a flag by which somebody wanted to hand over a secret.
func meansSecret(flag string) bool {
	for _, part := range []string{"secret", "password", "passphrase", "token", "code"} {
		if strings.Contains(flag, part) {
			return true
		}
	}
	return false
}
