package valet

import (
	"context"
	"errors"
)

// absentStore stands in for a store that the index names and this program does not have: a newer version wrote it, or there is no
// locked file here. The key is listed, and says what ails it when it is used.
type absentStore struct{ kind StoreKind }

// storeFor gives the store of a kind; it is never nil.
func storeFor(stores map[StoreKind]Store, kind StoreKind) Store {
	if store := stores[kind]; store != nil {
		return store
	}
	return absentStore{kind}
}

// absentError is all that one says.
type absentError struct{ kind StoreKind }

func (e absentError) Error() string {
	return "this program has no store called " + printable(string(e.kind))
}

func (e absentError) Unwrap() error { return errors.ErrUnsupported }

// Trouble is what ails it, see [TroubleOf].
func (e absentError) Trouble() string {
	if e.kind == InFile {
		return string(TroubleFileGone)
	}
	return string(TroubleVersion)
}

func (s absentStore) Get(context.Context, string) ([]byte, error) { return nil, absentError(s) }

func (s absentStore) Set(context.Context, string, []byte) error { return absentError(s) }

func (s absentStore) Delete(context.Context, string) error { return absentError(s) }

func (s absentStore) Lock(context.Context, string) (func(), error) { return nil, absentError(s) }

func (s absentStore) Probe(context.Context) error { return absentError(s) }

func (s absentStore) Describe() string { return string(s.kind) }
