package valet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"

	"valetkey/oauth"
)

// wireAppKey is an app key as the store holds it, in one item.
type wireAppKey struct {
	Version      int    `json:"version"`
	ID           string `json:"id"`
	Provider     string `json:"provider"`
	Label        string `json:"label"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret,omitempty"`
	Redirect     string `json:"redirect_uri"`
	Endpoints    string `json:"endpoints,omitempty"`
}

// keyItem is an app key's place in a store; the store is nil where this program has none of that kind.
type keyItem struct {
	id    string
	store Store
}

// write puts an app key into the store as a whole.
func (i keyItem) write(ctx context.Context, key AppKey, secret oauth.Secret) error {
	data, err := json.Marshal(wireAppKey{Version: 1, ID: key.ID, Provider: key.Provider, Label: key.Label,
		ClientID: key.ClientID, ClientSecret: secret.Reveal(), Redirect: key.Redirect, Endpoints: key.Endpoints})
	if err != nil {
		return err
	}
	if i.store == nil {
		return withoutStore(key.Store)
	}
	if err := i.store.Set(ctx, i.id, data); err != nil {
		return storeError(err)
	}
	return nil
}

// get gives the item as it is. Errors: [ItemMissing], [StoreTrouble].
func (i keyItem) get(ctx context.Context) ([]byte, error) {
	if i.store == nil {
		return nil, withoutStore("")
	}
	data, err := i.store.Get(ctx, i.id)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{Kind: ItemMissing, Subject: i.id}
	}
	if err != nil {
		return nil, storeError(err)
	}
	return data, nil
}

// load gives the app key and its secret. Errors: those of get, and [RecordUnreadable].
func (i keyItem) load(ctx context.Context) (AppKey, oauth.Secret, error) {
	data, err := i.get(ctx)
	if err != nil {
		return AppKey{}, oauth.Secret{}, err
	}
	var w wireAppKey
	if json.Unmarshal(data, &w) != nil || w.Version != 1 || w.ID != i.id {
		return AppKey{}, oauth.Secret{}, &Error{Kind: RecordUnreadable, Subject: i.id}
	}
	return AppKey{ID: w.ID, Label: w.Label, Provider: w.Provider, ClientID: w.ClientID, Redirect: w.Redirect,
		HasSecret: w.ClientSecret != "", Endpoints: w.Endpoints}, oauth.NewSecret(w.ClientSecret), nil
}

// take writes what another place holds, and reads it back.
func (i keyItem) take(ctx context.Context, data []byte) error {
	if err := i.store.Set(ctx, i.id, data); err != nil {
		return storeError(err)
	}
	back, err := i.get(ctx)
	if err == nil && !bytes.Equal(back, data) {
		err = &Error{Kind: StoreTrouble, Cause: errReadsDifferently}
	}
	return err
}

// open gives an app key with its secret. One that is on the list is named by its label when its item cannot be read.
// Errors: [UnknownAppKey], [ItemMissing], [RecordUnreadable], [StoreTrouble].
func (k *AppKeys) open(ctx context.Context, id string) (AppKey, oauth.Secret, error) {
	listed, known := k.find(id)
	if known && listed.BuiltIn {
		var secret oauth.Secret
		if b, ok := k.providers.find(listed.Provider); ok {
			secret = b.Key.Secret
		}
		return listed, secret, nil
	}
	key, secret, err := keyItem{id, k.storeOf(listed)}.load(ctx) // one that is not listed is looked for in the keyring
	if err != nil {
		return AppKey{}, oauth.Secret{}, named(err, listed, known)
	}
	key.Store = listed.Store
	return key, secret, nil
}

// named tells of an app key's item by what people know it by.
func named(err error, listed AppKey, known bool) error {
	var told *Error
	if !errors.As(err, &told) || told.Kind != ItemMissing && told.Kind != RecordUnreadable {
		return err
	}
	if !known {
		return &Error{Kind: UnknownAppKey, Subject: printable(told.Subject)}
	}
	return &Error{Kind: told.Kind, Subject: listed.Label, Other: listed.Provider}
}
