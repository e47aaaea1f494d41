package valet

import (
	"cmp"
	"context"

	"valetkey/oauth/etsy"
)

// LooksLikeKeystring reports whether id has the form that the market's keystrings have, as far as one is known. One that has
// not is worth a question, and no refusal.
func LooksLikeKeystring(m Market, id string) bool { return !m.BuiltIn || etsy.LooksLikeKeystring(id) }

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
