package valet

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"valetkey/oauth"
)

// AppKey is what a provider gave this app to identify itself, without its secret half.
type AppKey struct {
	ID        string `json:"id"`
	Label     string `json:"label"`
	Provider  string `json:"provider"`
	ClientID  string `json:"client_id"`
	Redirect  string `json:"redirect_uri"`
	HasSecret bool   `json:"has_secret"`

	// Endpoints is the fingerprint of the addresses of a provider file that the secret was given for; empty: not known.
	Endpoints string `json:"endpoints,omitempty"`

	Store   StoreKind `json:"store,omitempty"`
	BuiltIn bool      `json:"-"` // comes with the program or with a provider file
}

// fits reports whether the secret may go to the addresses that the market has now. A market that does not know them yet sends
// nothing.
func (a AppKey) fits(m Market) bool {
	return !a.HasSecret || a.Endpoints == "" || !m.complete() || a.Endpoints == m.fingerprint(AppKey{})
}

// addressesOf is what an app key of m that is set now belongs to. What is built in changes with the program alone.
func addressesOf(m Market) string {
	if m.BuiltIn || !m.complete() {
		return ""
	}
	return m.fingerprint(AppKey{})
}

// NewAppKey is an app key to be kept.
type NewAppKey struct {
	Provider, Label, ClientID string
	Secret                    oauth.Secret
	Redirect                  string    // empty: the provider's usual one
	Store                     StoreKind // empty: where it is kept already, else the keyring
}

// AppKeys are the app keys of all providers. Their public halves stand in the index, their secrets in the store.
type AppKeys struct {
	rack      *Rack
	catalog   *catalog
	stores    map[StoreKind]Store
	providers *Providers
	channel   *channel

	mu      sync.Mutex // guards both
	kept    []AppKey   // as the index says
	session []AppKey   // in memory
}

func (k *AppKeys) adopt(kept []AppKey) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = kept
}

// List gives every app key: those that were set, then those that come with a market. It reads memory.
func (k *AppKeys) List() []AppKey {
	k.mu.Lock()
	list := slices.Concat(k.kept, k.session)
	k.mu.Unlock()
	for _, m := range k.providers.List() {
		if key, ok := implicit(k.providers, m); ok {
			list = append(list, key)
		}
	}
	return list
}

// find gives the app key with that id.
func (k *AppKeys) find(id string) (AppKey, bool) {
	for _, key := range k.List() {
		if key.ID == id {
			return key, true
		}
	}
	return AppKey{}, false
}

// implicit is the app key that a market brings along: practice, or a provider file whose app has no secret.
func implicit(providers *Providers, m Market) (AppKey, bool) {
	if b, ok := providers.find(m.ID); ok {
		if b.Key == nil {
			return AppKey{}, false
		}
		return AppKey{ID: "builtin-" + m.ID, Label: b.Key.Label, Provider: m.ID, ClientID: b.Key.ClientID,
			Redirect: b.Key.Redirect, HasSecret: !b.Key.Secret.IsZero(), BuiltIn: true}, true
	}
	if m.ClientID == "" || m.NeedsSecret() {
		return AppKey{}, false
	}
	return AppKey{ID: "file-" + m.ID, Label: m.ID, Provider: m.ID, ClientID: m.ClientID, Redirect: m.Redirect, BuiltIn: true}, true
}

// Pick gives the app key of provider with that id or label. Empty means the only one that was set, or the market's own. One that was
// set for other addresses than the market has now is not sent there: [BadAppKey], whose Subject is "addresses".
// Other errors: [UnknownProvider], [NoAppKey], [UnknownAppKey], [SeveralAppKeys].
func (k *AppKeys) Pick(provider, idOrLabel string) (AppKey, error) {
	market, err := k.providers.Get(provider)
	if err != nil {
		return AppKey{}, err
	}
	var set, implicit []AppKey
	elsewhere := false
	for _, key := range k.List() {
		named := idOrLabel != "" && (key.ID == idOrLabel || key.Label == idOrLabel)
		switch {
		case key.Provider != provider:
		case !key.fits(market):
			elsewhere = elsewhere || named || idOrLabel == ""
		case named:
			return key, nil
		case key.BuiltIn:
			implicit = append(implicit, key)
		default:
			set = append(set, key)
		}
	}
	switch {
	case elsewhere && len(set)+len(implicit) == 0, elsewhere && idOrLabel != "":
		return AppKey{}, &Error{Kind: BadAppKey, Subject: "addresses", Provider: market.Name, Other: provider}
	case idOrLabel != "":
		return AppKey{}, &Error{Kind: UnknownAppKey, Subject: printable(idOrLabel), Provider: market.Name}
	case len(set) == 1:
		return set[0], nil
	case len(set) > 1:
		return AppKey{}, &Error{Kind: SeveralAppKeys, Subject: market.Name, Provider: market.Name}
	case len(implicit) == 1:
		return implicit[0], nil
	}
	return AppKey{}, &Error{Kind: NoAppKey, Subject: market.Name, Provider: market.Name, Other: provider}
}

// Set keeps an app key; one with the same provider and label is replaced, but not by another client while a connection
// uses it. Errors: [UnknownProvider], [BadAppKey], [AppKeyInUse], [StoreTrouble].
func (k *AppKeys) Set(ctx context.Context, n NewAppKey) (AppKey, error) {
	market, err := k.providers.Get(n.Provider)
	if err != nil {
		return AppKey{}, err
	}
	if err := n.complete(market); err != nil {
		return AppKey{}, err
	}
	key := AppKey{ID: "key-" + mint(), Label: n.Label, Provider: n.Provider, ClientID: n.ClientID, Redirect: n.Redirect,
		HasSecret: !n.Secret.IsZero(), Store: n.Store, Endpoints: addressesOf(market)}
	before := key
	if present, ok := labelled(k.List(), n.Provider, n.Label); ok {
		if present.ClientID != n.ClientID && inUse(k.rack, present.ID) {
			return AppKey{}, &Error{Kind: AppKeyInUse, Subject: present.Label, Provider: market.Name}
		}
		key.ID, key.Store = present.ID, cmp.Or(n.Store, present.Store)
		before = present
	}
	if err := (keyItem{key.ID, k.storeOf(key)}).write(ctx, key, n.Secret); err != nil {
		return AppKey{}, err
	}
	return key, k.relist(ctx, before, key)
}

// storeOf gives the store that holds an app key; nil if this program has no such store.
func (k *AppKeys) storeOf(key AppKey) Store { return k.stores[cmp.Or(key.Store, InKeyring)] }

// labelled finds the app key that was set under a label.
func labelled(keys []AppKey, provider, label string) (AppKey, bool) {
	for _, key := range keys {
		if !key.BuiltIn && key.Provider == provider && key.Label == label {
			return key, true
		}
	}
	return AppKey{}, false
}

func without(keys []AppKey, id string) []AppKey {
	return slices.DeleteFunc(keys, func(a AppKey) bool { return a.ID == id })
}

// complete fills what was left out and checks what was given.
func (n *NewAppKey) complete(m Market) error {
	if n.Label == "" {
		n.Label = n.Provider
	}
	if n.Redirect == "" {
		n.Redirect = m.Redirect
	}
	bad := func(field string) error { return &Error{Kind: BadAppKey, Subject: field, Provider: m.Name} }
	switch {
	case !goodClientID(n.ClientID) || strings.TrimSpace(n.ClientID) != n.ClientID || m.EtsyAPI && strings.ContainsAny(n.ClientID, ": "):
		return bad("client_id")
	case m.NeedsSecret() && n.Secret.IsZero():
		return bad("client_secret")
	case !m.goodRedirect(n.Redirect):
		return bad("redirect_uri")
	case n.Label != printable(n.Label) || len(n.Label) > 80:
		return bad("label")
	}
	return nil
}

// Remove deletes an app key. One that a connection is refreshed with stays: [AppKeyInUse].
func (k *AppKeys) Remove(ctx context.Context, id string) error {
	keys := k.List()
	at := slices.IndexFunc(keys, func(a AppKey) bool { return a.ID == id && !a.BuiltIn })
	switch {
	case at < 0:
		return &Error{Kind: UnknownAppKey, Subject: printable(id)}
	case inUse(k.rack, id):
		return &Error{Kind: AppKeyInUse, Subject: keys[at].Label}
	}
	if store := k.storeOf(keys[at]); store != nil {
		if err := store.Delete(ctx, id); err != nil && TroubleOf(err) != TroubleFileGone {
			return storeError(err)
		}
	}
	return k.change(ctx, keys[at].Store, func(keys []AppKey) []AppKey { return without(keys, id) })
}

// change replaces the list of app keys, in the index or, for those of this session, in memory.
func (k *AppKeys) change(ctx context.Context, kind StoreKind, change func([]AppKey) []AppKey) error {
	defer k.rack.changed.signal()
	if kind == InSession {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.session = change(k.session)
		return nil
	}
	var kept []AppKey
	err := k.catalog.update(ctx, func(i *index) error {
		i.AppKeys = change(i.AppKeys)
		kept = slices.Clone(i.AppKeys)
		return nil
	})
	if err == nil {
		k.adopt(kept)
	}
	return err
}

func inUse(rack *Rack, id string) bool {
	for _, c := range rack.Connections() {
		if c.AppKey == id && c.Status != Returned {
			return true
		}
	}
	return false
}
