package valet

import "context"

// store says how a store is, once a visit. The keyring is only tried where that raises no question, or one may be asked.
func (r *round) store(ctx context.Context, kind StoreKind) error {
	err, known := r.stores[kind]
	if known {
		return err
	}
	if kind == InKeyring && r.with.Keyring != nil {
		if err = r.with.Keyring(ctx); err != nil {
			err = storeError(err)
		}
	}
	if err == nil || r.visit.Ask && TroubleOf(err) == TroubleLocked {
		err = r.valet.Stores.Probe(ctx, kind)
	}
	if ctx.Err() == nil {
		r.stores[kind] = err
	}
	return err
}

// keeps reports whether anything that the visit is about is in a store.
func (r *round) keeps(kind StoreKind) bool {
	apps := make(map[string]bool)
	for c := range r.keys() {
		apps[c.AppKey] = true
		if c.Status != Returned && c.Store == kind {
			return true
		}
	}
	for _, k := range r.valet.Keys.List() {
		if !k.BuiltIn && (apps[k.ID] || r.visit.Key == "") && appKeyPlace(k) == kind {
			return true
		}
	}
	return false
}

// appKeyPlace is where an app key that was set is kept.
func appKeyPlace(k AppKey) StoreKind {
	if k.Store == "" {
		return InKeyring
	}
	return k.Store
}

// keyring says how the system's keyring is. Without one, keys can still be kept in the locked file.
func (r computerCheck) keyring(ctx context.Context) []Finding {
	err := r.store(ctx, InKeyring)
	switch {
	case err == nil:
		return one(Finding{State: Fine, Reason: "ready", Subject: r.valet.Stores.Describe(InKeyring)})
	case TroubleOf(err) == TroubleLocked:
		return one(Finding{State: LookAt, Reason: "locked"})
	case !r.keeps(InKeyring) && r.keeps(InFile):
		return one(failing(LookAt, err, ""))
	}
	return one(failing(Wrong, err, ""))
}

// lockedFile says how the file is that a passphrase locks; nothing where this program has none.
func (r computerCheck) lockedFile(ctx context.Context) []Finding {
	if r.valet.Stores.by[InFile] == nil {
		return nil
	}
	err := r.store(ctx, InFile)
	switch trouble := TroubleOf(err); {
	case err == nil:
		return one(Finding{State: Fine, Reason: "open"})
	case trouble == TroubleFileGone && !r.keeps(InFile):
		return one(Finding{State: Untried, Reason: "none"})
	case trouble == TroubleFileLocked:
		return one(Finding{State: Untried, Reason: "locked"})
	}
	return one(failing(Wrong, err, ""))
}

// shut is the finding for what cannot be read while its store is locked or cannot be used; ok is false where it can.
func (r *round) shut(ctx context.Context, kind StoreKind, provider string) (f Finding, ok bool) {
	err := r.store(ctx, kind)
	switch TroubleOf(err) {
	case TroubleNone:
		if err == nil {
			return Finding{}, false
		}
	case TroubleLocked, TroubleFileLocked:
		return Finding{State: Untried, Reason: "locked", Provider: provider}, true
	}
	return Finding{State: Untried, Reason: "store", Provider: provider}, true
}
