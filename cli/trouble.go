package cli

import (
	"errors"
	"os"

	"valetkey/valet"
	"valetkey/valet/words"
)

// nexts are the kinds whose one thing to do next has another name here than in the window: a verb to type.
var nexts = map[valet.Kind]string{
	valet.UnknownName:      "cli.next.unknown-name",
	valet.UnknownProvider:  "cli.next.unknown-provider",
	valet.NoAppKey:         "cli.next.no-app-key",
	valet.UnknownAppKey:    "cli.next.unknown-app-key",
	valet.SeveralAppKeys:   "cli.next.several-app-keys",
	valet.NoListen:         "cli.next.no-listen",
	valet.NeedsConsent:     "cli.next.reconnect",
	valet.AnswerLost:       "cli.next.reconnect",
	valet.EndedTogether:    "cli.next.reconnect",
	valet.OlderEnded:       "cli.next.connect-today",
	valet.ItemMissing:      "cli.next.item-missing",
	valet.GivenBack:        "cli.next.given-back",
	valet.ProviderChanged:  "cli.next.provider-changed",
	valet.RecordUnreadable: "cli.next.record-unreadable",
	valet.Unsaved:          "cli.next.unsaved",
}

// means are the kinds that mean something else for a program that ends at once.
var means = map[valet.Kind]string{
	valet.NoListen: "cli.means.no-listen",
	valet.Unsaved:  "cli.means.unsaved",
}

// storeNexts are the same for what ails a store.
var storeNexts = map[valet.Trouble]string{
	valet.TroubleFileLocked: "cli.next.passphrase",
}

// aboutAppKey tells an app key that cannot be read from a key that cannot.
func aboutAppKey(e *valet.Error) bool {
	return (e.Kind == valet.ItemMissing || e.Kind == valet.RecordUnreadable) && e.Other != ""
}

// troubleOf words err for somebody at a prompt.
func troubleOf(err error) words.Trouble { return withGuess(err, plainTrouble(err)) }

func plainTrouble(err error) words.Trouble {
	var usage *usageError
	if errors.As(err, &usage) {
		return usage.trouble
	}
	trouble := words.Sentence(err)
	if id, other := storeNexts[valet.TroubleOf(err)]; other {
		trouble.Next = words.T(id)
	}
	switch valet.TroubleOf(err) {
	case valet.TroubleLocked, valet.TroubleDenied, valet.TroubleTimeout:
		if os.Getenv("SSH_CONNECTION") != "" { // the system asks on a screen that nobody here sees
			trouble.Next = words.T("cli.next.locked-remote")
		}
	}
	var alone *homeless
	if ailing := valet.TroubleOf(err); errors.As(err, &alone) && (ailing == valet.TroubleAbsent || ailing == valet.TroubleNoCollection) {
		trouble.Next = words.T("cli.next.locked-file", "Next", trouble.Next)
	}
	var e *valet.Error
	if !errors.As(err, &e) {
		return trouble
	}
	blanks := []any{"Subject", e.Subject, "Other", e.Other}
	if id, other := nexts[e.Kind]; other {
		trouble.Next = words.T(id, blanks...)
	}
	if e.Kind == valet.ItemMissing && (e.Store == valet.InFile || e.Store == valet.InSession) {
		trouble.Next = words.T("cli.next.reconnect", blanks...)
	}
	if aboutAppKey(e) {
		trouble.Next = words.T("cli.next.app-key-again", blanks...)
	}
	if id, other := means[e.Kind]; other {
		trouble.Means = words.T(id, blanks...)
	}
	return trouble
}
