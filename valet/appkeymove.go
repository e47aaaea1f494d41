package valet

import (
	"cmp"
	"context"
)

// Move brings an app key to another store, as [Stores.Move] does with a key: read back there before the old place is emptied.
// One that comes with its provider is kept nowhere, and is given as it is.
// Errors: [UnknownAppKey], [ItemMissing], [StoreTrouble], [Held], [NotKept].
func (k *AppKeys) Move(ctx context.Context, id string, kind StoreKind) (AppKey, error) {
	key, known := k.find(id)
	switch {
	case !known:
		return AppKey{}, &Error{Kind: UnknownAppKey, Subject: printable(id)}
	case key.BuiltIn || cmp.Or(key.Store, InKeyring) == kind:
		return key, nil
	}
	from, to := keyItem{id, k.storeOf(key)}, keyItem{id, k.stores[kind]}
	if from.store == nil || to.store == nil {
		return key, withoutStore(kind)
	}
	if err := to.store.Probe(ctx); err != nil {
		return key, storeError(err)
	}
	unlock, err := from.store.Lock(ctx, id)
	if err != nil {
		return key, storeError(err)
	}
	defer unlock()
	data, err := from.get(ctx)
	if err != nil {
		return key, named(err, key, true)
	}
	if err := to.take(ctx, data); err != nil {
		return key, err
	}
	moved := key
	moved.Store = kind
	return moved, k.relist(ctx, key, moved)
}

// relist has the list say where an app key is now, and then empties the place where it was. A place that cannot be reached
// keeps its old copy: the new one is what counts.
func (k *AppKeys) relist(ctx context.Context, before, now AppKey) error {
	put := func(keys []AppKey) []AppKey { return append(without(keys, now.ID), now) }
	if err := k.change(ctx, now.Store, put); err != nil {
		return err
	}
	was := cmp.Or(before.Store, InKeyring)
	if was == cmp.Or(now.Store, InKeyring) {
		return nil
	}
	if was == InSession || now.Store == InSession {
		if err := k.change(ctx, was, func(keys []AppKey) []AppKey { return without(keys, now.ID) }); err != nil {
			return err
		}
	}
	if err := k.storeOf(before).Delete(ctx, now.ID); err != nil {
		k.channel.log.Warn("an old copy of an app key is left", "store", string(was), "error", err)
	}
	return nil
}
