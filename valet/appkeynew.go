package valet

import (
	"cmp"
	"context"

	"valetkey/oauth/etsy"
)

// LooksLikeKeystring reports whether id has the form that the market's keystrings have, as far as one is known. One that has
// not is worth a question, and no refusal.
func LooksLikeKeystring(m Market, id string) bool { return !m.BuiltIn || etsy.LooksLikeKeystring(id) }

// Odd is a [BadAppKey], whose Subject is "keystring", for a keystring that looks like none of the market's; else nil. It is for
// whoever can look at the provider's page again: [AppKeys.Set] keeps such a one.
func (n NewAppKey) Odd(m Market) error {
	if LooksLikeKeystring(m, n.ClientID) {
		return nil
	}
	return &Error{Kind: BadAppKey, Subject: "keystring", Provider: m.Name}
}

// Displaces gives the app key in whose place [AppKeys.Set] would put n, and reports whether that one has another keystring or
// secret. One whose secret cannot be read has nothing that could be lost.
func (n NewAppKey) Displaces(ctx context.Context, keys *AppKeys) (AppKey, bool) {
	present, there := labelled(keys.List(), n.Provider, cmp.Or(n.Label, n.Provider))
	if !there || present.ClientID != n.ClientID {
		return present, there
	}
	_, secret, err := keys.open(ctx, present.ID)
	return present, err == nil && !secret.Equal(n.Secret)
}
