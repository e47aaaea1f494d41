package valet

import (
	"context"
	"errors"
	"iter"
	"slices"

	"valetkey/oauth/etsy"
)

// checks gives the checks of the visit in their order.
func (r *round) checks() iter.Seq[check] {
	return func(yield func(check) bool) {
		for _, part := range [][]check{r.computer(), r.markets(), r.appKeys()} {
			for _, c := range part {
				if !yield(c) {
					return
				}
			}
		}
		for c := range r.keys() {
			for _, made := range r.keyChecks(c) {
				if !yield(made) {
					return
				}
			}
		}
	}
}

// whole reports whether the visit is for one key or one provider.
func (r *round) whole() bool { return r.visit.Key != "" || r.visit.Provider != "" }

// computer gives the checks of this computer; those that a key or a provider depends on where the visit is for one.
func (r *round) computer() []check {
	c := computerCheck{r}
	all := []check{
		{CheckFolders, "", c.folders}, {CheckIndex, "", c.index}, {CheckProviders, "", c.providers},
		{CheckKeyring, "", c.keyring}, {CheckLockedFile, "", c.lockedFile}, {CheckBrowser, "", c.browser}, {CheckClock, "", c.clock},
	}
	if !r.whole() || r.visit.Only != nil {
		return all
	}
	return all[3:]
}

// keys gives the keys that the visit is for.
func (r *round) keys() iter.Seq[Connection] {
	return func(yield func(Connection) bool) {
		for c := range r.valet.All() {
			wanted := r.visit.Key == c.ID || r.visit.Key == "" && (r.visit.Provider == "" || r.visit.Provider == c.Provider)
			if wanted && !yield(c) {
				return
			}
		}
	}
}

// marketIDs are the providers that the visit is for: those that have keys, and for one provider that one.
func (r *round) marketIDs() []string {
	var ids []string
	add := func(id string) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if r.visit.Key == "" && r.visit.Provider != "" {
		add(r.visit.Provider)
	}
	for c := range r.keys() {
		add(c.Provider)
	}
	if !r.whole() {
		for _, k := range r.valet.Keys.List() {
			if !k.BuiltIn {
				add(k.Provider)
			}
		}
	}
	return ids
}

// markets gives the checks that need a provider and no key.
func (r *round) markets() []check {
	var all []check
	for _, id := range r.marketIDs() {
		reached := r.reaching(id)
		all = append(all, check{CheckNetwork, id, reached.network}, check{CheckClock, id, reached.clock})
	}
	return all
}

// appKeys gives the checks of the app keys that were set or are in use, as far as the visit is about them.
func (r *round) appKeys() []check {
	used := make(map[string]bool)
	for c := range r.keys() {
		used[c.AppKey] = true
	}
	set := make(map[string]bool) // providers that have an app key of this person's, which is used rather than their own
	var all []check
	for _, k := range r.valet.Keys.List() {
		set[k.Provider] = set[k.Provider] || !k.BuiltIn
		ofProvider := r.visit.Key == "" && r.visit.Provider == k.Provider && !(k.BuiltIn && set[k.Provider])
		if !used[k.ID] && !ofProvider && (r.whole() || k.BuiltIn) {
			continue
		}
		a := appKeyCheck{r, k}
		all = append(all, check{CheckSecret, k.Label, a.secret}, check{CheckAppKey, k.Label, a.known}, check{CheckPort, k.Label, a.port})
	}
	if id := r.visit.Provider; r.visit.Key == "" && id != "" && !slices.ContainsFunc(r.valet.Keys.List(), func(k AppKey) bool { return k.Provider == id }) {
		if _, err := r.valet.Keys.Pick(id, ""); KindOf(err) == NoAppKey {
			all = append(all, check{CheckSecret, id, func(context.Context) []Finding { return one(failing(Wrong, err, asProvider(err))) }})
		}
	}
	return all
}

// asProvider is the provider that an error names.
func asProvider(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Provider
	}
	return ""
}

// keyChecks gives the checks of one key: whole, or in brief.
func (r *round) keyChecks(c Connection) []check {
	k := &keyCheck{round: r, shown: c}
	all := []check{{CheckRecord, c.Name, k.record}, {CheckToken, c.Name, k.token}, {CheckScopes, c.Name, k.scopes}}
	if r.whole() {
		return all
	}
	return []check{{CheckRecord, c.Name, k.unlessFine}, {CheckToken, c.Name, k.brief}}
}

// OtherOwner reports whether a provider refused a request because what it asks for is another account's.
func OtherOwner(err error) bool {
	var refusal *etsy.Refusal
	return errors.As(err, &refusal) && refusal.Cause == etsy.NotOwner
}

// findingReason is one word for an error: what Etsy meant, what ails a store, or the kind.
func findingReason(err error) string {
	var refusal *etsy.Refusal
	switch {
	case errors.As(err, &refusal):
		return refusal.CauseName()
	case TroubleOf(err) != TroubleNone:
		return string(TroubleOf(err))
	case KindOf(err) != "":
		return string(KindOf(err))
	}
	return "other"
}
