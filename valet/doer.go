package valet

import (
	"context"
	"os"
	"strings"
	"sync"
	"unicode"
)

// Place is where something was done with a key.
type Place string

// The places. Newer programs may write others.
const (
	PlaceWindow Place = "window"
	PlaceVerb   Place = "verb"   // on the command line
	PlaceItself Place = "itself" // ahead of need, while the window is open
)

// Doer is by what something is done with a key. It goes into the [History].
type Doer struct {
	Place Place
	Verb  string // for PlaceVerb, as it is typed: "token", "key set"
}

// CopyForm is in what form a token leaves this program.
type CopyForm string

// The forms; a verb's form is its own name.
const (
	AsToken   CopyForm = "token"
	AsHeader  CopyForm = "header" // one header or all of them
	AsEnv     CopyForm = "env"
	AsCurl    CopyForm = "curl"    // a configuration for it
	AsCommand CopyForm = "command" // of curl, for a terminal
	AsExec    CopyForm = "exec"
	AsShown   CopyForm = "shown" // seen by the person alone
)

// doerKey and formKey are for the values of a context.
type (
	doerKey struct{}
	formKey struct{}
)

// Doing gives a context for all that by does. It is set once, where the program begins.
func Doing(ctx context.Context, by Doer) context.Context {
	return context.WithValue(ctx, doerKey{}, by)
}

// InForm gives a context in which the window asks for a token to hand it on in a form of its own; without, it is [AsToken]. A
// verb says so by its name.
func InForm(ctx context.Context, form CopyForm) context.Context {
	return context.WithValue(ctx, formKey{}, form)
}

func doerOf(ctx context.Context) Doer {
	by, _ := ctx.Value(doerKey{}).(Doer)
	return by
}

// handing is what is noted of a token that leaves this program, and in what form.
func handing(ctx context.Context) (deed Deed, how string) {
	by := doerOf(ctx)
	form, _ := ctx.Value(formKey{}).(CopyForm)
	switch {
	case by.Place == PlaceWindow && form == AsShown:
		return DeedShown, ""
	case by.Place == PlaceWindow && form == "":
		return DeedCopied, string(AsToken)
	case by.Place == PlaceWindow:
		return DeedCopied, string(form)
	case by.Verb != "":
		return DeedHandedOn, by.Verb
	}
	return DeedHandedOn, string(form)
}

// programMost bounds the name of a program, in letters.
const programMost = 32

// callingProgram is the name of the program that started this one, as the system knows it: never its path or arguments, which may
// hold anything. It is asked for when first noted; "" is not known.
var callingProgram = sync.OnceValue(func() string { return programName(nameOfProcess(os.Getppid())) })

// programName is a name that can stand in a line and on a terminal.
func programName(text string) string {
	var kept []rune
	for _, r := range strings.TrimSpace(text) {
		if len(kept) == programMost {
			break
		}
		if !unicode.IsGraphic(r) || r == unicode.ReplacementChar || unicode.Is(unicode.Bidi_Control, r) {
			r = '?'
		}
		kept = append(kept, r)
	}
	return string(kept)
}
