package valet

import (
	"context"
	"errors"
	"time"

	"valetkey/oauth"
)

// Withdrawal says how a key was given back.
type Withdrawal struct {
	AtProvider bool   // its endpoint confirmed it; false where it has none
	Watched    bool   // the provider is watched until it refuses the key, or ten minutes are over
	Page       string // where the seller takes the key back at the provider; may be empty
}

// whence says where the key is over, for the history.
func (w Withdrawal) whence() string {
	if w.AtProvider {
		return "provider"
	}
	return "here"
}

// Revoke gives a key back. Where the provider has an endpoint it is called first, and a failure there keeps the key: try
// again, or [Valet.Forget]. Then the tokens leave the store, and a line stays that says when.
// Errors: [Unreachable], [ClientRefused], [StoreTrouble], [Held], [ItemMissing] if another program moved it to another store.
func (v *Valet) Revoke(ctx context.Context, id ID) (Withdrawal, error) {
	s, err := v.seat(id)
	if err != nil {
		return Withdrawal{}, err
	}
	connection := s.snapshot()
	given := Withdrawal{Page: connection.WithdrawPage}
	undo := s.mark(Revoking)
	v.changed.signal()
	var last record    // what was taken out, where the provider could not be told
	var unlisted error // it is given back all the same
	err = takeOut(ctx, v.ledger, s, func(r record) error {
		err := v.channel.revoke(ctx, r)
		given.AtProvider = err == nil
		if errors.Is(err, oauth.ErrNoRevocation) {
			last = r
			return nil
		}
		return err
	}, func() error {
		connection.Status, connection.Returned, connection.Reason = Returned, time.Now().UTC().Round(0), ""
		if given.AtProvider {
			connection.Proven = connection.Returned
		}
		unlisted = v.ledger.leave(ctx, s, connection)
		return nil
	})
	v.History.outcome(ctx, connection, DeedRevoked, given.whence(), err)
	if err != nil {
		undo()
		v.changed.signal()
		return Withdrawal{Page: connection.WithdrawPage}, err
	}
	given.Watched = last.ID != "" && v.prover.watch(last)
	v.changed.signal()
	return given, unlisted
}

// Forget takes a key out of this program without asking the provider, and leaves no line. It always works while the store does;
// one that was given back is in no store any more. Errors: [StoreTrouble], [Held], [ItemMissing] if another program moved it to
// another store, [Cancelled] if one that was given back was connected again meanwhile. Its history goes too, but for one event.
func (v *Valet) Forget(ctx context.Context, id ID) error {
	s, err := v.seat(id)
	if err != nil {
		return err
	}
	err = forget(ctx, v, s)
	v.History.outcome(ctx, s.snapshot(), DeedForgotten, "", err)
	if err == nil {
		v.History.tidy(ctx)
	}
	return err
}

func forget(ctx context.Context, v *Valet, s *seat) (err error) {
	if s.snapshot().Status == Returned {
		err = v.ledger.strikeReturned(ctx, s)
	} else {
		undo := s.mark(Revoking)
		err = takeOut(ctx, v.ledger, s, func(record) error { return nil }, func() error { return v.ledger.strike(ctx, s) })
		if err != nil {
			undo()
			v.changed.signal()
		}
	}
	if err != nil {
		return err
	}
	v.drop(s.id)
	v.Pictures.forget(s.snapshot())
	return nil
}

// revoke calls the revocation endpoint for both tokens.
func (c *channel) revoke(ctx context.Context, r record) error {
	client, err := c.clientOf(ctx, r)
	if err != nil {
		return err
	}
	err = withdraw(ctx, client, r.Refresh, r.Access)
	if err == nil || errors.Is(err, oauth.ErrNoRevocation) {
		return err
	}
	var answer *oauth.ErrorResponse
	told := &Error{Kind: Unreachable, Provider: client.Provider.Name, Cause: err}
	if errors.As(err, &answer) {
		told.RetryAfter = answer.RetryAfter
		if !answer.Transient() {
			told.Kind, told.Subject = ClientRefused, string(answer.Code)
		}
	}
	return told
}
