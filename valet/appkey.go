package valet

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
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

	Store   StoreKind `json:"store,omitempty"`
	BuiltIn bool      `json:"-"` // comes with the program or with a provider file
}

// NewAppKey is an app key to be kept.
type NewAppKey struct {
	Provider, Label, ClientID string
	Secret                    oauth.Secret
	Redirect                  string    // empty: the provider's usual one
	Store                     StoreKind // empty: the keyring
}

// wireAppKey is an app key as the store holds it, in one item.
type wireAppKey struct {
	Version      int    `json:"version"`
	ID           string `json:"id"`
	Provider     string `json:"provider"`
	Label        string `json:"label"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret,omitempty"`
	Redirect     string `json:"redirect_uri"`
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
		if key, ok := k.implicit(m); ok {
			list = append(list, key)
		}
	}
	return list
}

// implicit is the app key that a market brings along: practice, or a provider file whose app has no secret.
func (k *AppKeys) implicit(m Market) (AppKey, bool) {
	if b, ok := k.providers.find(m.ID); ok {
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

// Pick gives the app key of provider with that id or label. Empty means the only one that was set, or the market's own.
// Errors: [UnknownProvider], [NoAppKey], [UnknownAppKey], [SeveralAppKeys].
func (k *AppKeys) Pick(provider, idOrLabel string) (AppKey, error) {
	market, err := k.providers.Get(provider)
	if err != nil {
		return AppKey{}, err
	}
	var set, implicit []AppKey
	for _, key := range k.List() {
		if key.Provider != provider {
			continue
		}
		if idOrLabel != "" && (key.ID == idOrLabel || key.Label == idOrLabel) {
			return key, nil
		}
		if key.BuiltIn {
			implicit = append(implicit, key)
		} else {
			set = append(set, key)
		}
	}
	switch {
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
		HasSecret: !n.Secret.IsZero(), Store: n.Store}
	if present, ok := labelled(k.List(), n.Provider, n.Label); ok {
		if present.ClientID != n.ClientID && k.inUse(present.ID) {
			return AppKey{}, &Error{Kind: AppKeyInUse, Subject: present.Label, Provider: market.Name}
		}
		key.ID, key.Store = present.ID, present.Store
	}
	data, err := json.Marshal(wireAppKey{Version: 1, ID: key.ID, Provider: key.Provider, Label: key.Label,
		ClientID: key.ClientID, ClientSecret: n.Secret.Reveal(), Redirect: key.Redirect})
	if err != nil {
		return AppKey{}, err
	}
	store := k.storeOf(key)
	if store == nil {
		return AppKey{}, &Error{Kind: StoreTrouble, Subject: string(key.Store)}
	}
	if err := store.Set(ctx, key.ID, data); err != nil {
		return AppKey{}, storeError(err)
	}
	return key, k.change(ctx, key.Store, func(keys []AppKey) []AppKey { return append(without(keys, key.ID), key) })
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
	case !goodClientID(n.ClientID) || strings.TrimSpace(n.ClientID) != n.ClientID || m.EtsyAPI && strings.Contains(n.ClientID, ":"):
		return bad("client_id")
	case m.NeedsSecret() && n.Secret.IsZero():
		return bad("client_secret")
	case oauth.CheckRedirect(n.Redirect) != nil:
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
	case k.inUse(id):
		return &Error{Kind: AppKeyInUse, Subject: keys[at].Label}
	}
	if store := k.storeOf(keys[at]); store != nil {
		if err := store.Delete(ctx, id); err != nil {
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

func (k *AppKeys) inUse(id string) bool {
	for _, c := range k.rack.Connections() {
		if c.AppKey == id && c.Status != Returned {
			return true
		}
	}
	return false
}

// open gives an app key with its secret.
func (k *AppKeys) open(ctx context.Context, id string) (AppKey, oauth.Secret, error) {
	for _, m := range k.providers.List() {
		if key, ok := k.implicit(m); ok && key.ID == id {
			var secret oauth.Secret
			if b, ok := k.providers.find(m.ID); ok {
				secret = b.Key.Secret
			}
			return key, secret, nil
		}
	}
	data, err := k.read(ctx, id)
	if errors.Is(err, fs.ErrNotExist) {
		return AppKey{}, oauth.Secret{}, &Error{Kind: UnknownAppKey, Subject: id}
	}
	if err != nil {
		return AppKey{}, oauth.Secret{}, storeError(err)
	}
	var w wireAppKey
	if json.Unmarshal(data, &w) != nil || w.Version != 1 || w.ID != id {
		return AppKey{}, oauth.Secret{}, &Error{Kind: UnknownAppKey, Subject: id}
	}
	return AppKey{ID: w.ID, Label: w.Label, Provider: w.Provider, ClientID: w.ClientID, Redirect: w.Redirect,
		HasSecret: w.ClientSecret != ""}, oauth.NewSecret(w.ClientSecret), nil
}

// read gets the item of an app key from the store that the list says; one that is not listed is looked for in the keyring.
func (k *AppKeys) read(ctx context.Context, id string) ([]byte, error) {
	store := k.stores[InKeyring]
	for _, key := range k.List() {
		if key.ID == id {
			store = k.storeOf(key)
		}
	}
	if store == nil {
		return nil, errors.ErrUnsupported
	}
	return store.Get(ctx, id)
}
