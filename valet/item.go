package valet

import (
	"context"
	"errors"
	"io/fs"
)

// item is a connection's place in a store.
type item struct {
	id    ID
	store Store
}

// load reads the record. Errors: [ItemMissing], [RecordUnreadable], [StoreTrouble].
func (i item) load(ctx context.Context) (record, error) {
	data, err := i.store.Get(ctx, string(i.id))
	if errors.Is(err, fs.ErrNotExist) {
		return record{}, &Error{Kind: ItemMissing, Subject: string(i.id)}
	}
	if err != nil {
		return record{}, storeError(err)
	}
	r, err := decodeRecord(data)
	if err != nil || r.ID != i.id {
		return record{}, &Error{Kind: RecordUnreadable, Subject: string(i.id), Cause: err}
	}
	return r, nil
}

// write puts r into the store as a whole.
func (i item) write(ctx context.Context, r record) error {
	data, err := r.encode()
	if err != nil {
		return err
	}
	if err := i.store.Set(ctx, string(i.id), data); err != nil {
		return storeError(err)
	}
	return nil
}

// storeError wraps what a store said, unless it is a lock that somebody else holds.
func storeError(err error) error {
	var holder interface{ HeldBy() string }
	if errors.As(err, &holder) {
		return &Error{Kind: Held, Subject: holder.HeldBy(), Cause: err}
	}
	if errors.Is(err, context.Canceled) {
		return &Error{Kind: Cancelled, Cause: err}
	}
	return &Error{Kind: StoreTrouble, Cause: err}
}
