package valet

import (
	"context"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// when is when the file was written, which is not before its tokens were won; never in the future.
func (f *Rescue) when() time.Time {
	now := time.Now()
	if f.written.After(now) {
		return now.UTC().Round(0)
	}
	return f.written.UTC().Round(0)
}

// token is the pair as it stands in the file. Where that does not say how long the access token lives, it is renewed at its first
// use.
func (w rescuing) token() oauth.Token {
	t := oauth.Token{Access: w.found.access, Refresh: w.found.refresh, Received: w.file.when(), Expires: w.found.Expires}
	if t.Expires.IsZero() {
		t.Expires = t.Received
	}
	if t.Access.IsZero() { // a record has one; this one is never handed on
		t.Access, t.Expires = t.Refresh, time.Unix(1, 0).UTC() // by no clock in the future
	}
	return t
}

// taken keeps a pair whose access token the provider takes.
func (w rescuing) taken(ctx context.Context, account Account) (Connection, error) {
	scopes, err := etsyAPI(w.client).Scopes(ctx, w.found.access)
	if err != nil {
		w.valet.options.Log.Info("permissions not asked", "provider", w.market.ID, "error", err)
	}
	w.walk.scopes = w.market.inOrder(scopes)
	return w.put(ctx, winnings{Token: w.token()}, account)
}

// put keeps what is in hand, and reads it back.
func (w rescuing) put(ctx context.Context, won winnings, account Account) (Connection, error) {
	c, _, err := w.stored(ctx, won, account)
	if err == nil {
		w.step(Keep, Detail{Moment: Stored, Account: c.Account, Asked: c.Asked, Granted: c.Granted, Store: c.Store})
	}
	return c, err
}

func (w rescuing) stored(ctx context.Context, won winnings, account Account) (Connection, berth, error) {
	if ctx.Err() != nil {
		return Connection{}, berth{}, &Error{Kind: Cancelled, Cause: ctx.Err()}
	}
	w.step(Receive, Detail{Moment: Identified, Account: account, Asked: w.scopes, Granted: w.scopes})
	c, b, err := keeping{w.walk}.keep(context.WithoutCancel(ctx), won, account)
	if err != nil {
		return Connection{}, b, err
	}
	if back, err := b.to.load(ctx); err != nil || !back.Access.Equal(won.Access) {
		return Connection{}, b, keeping{w.walk}.notKept(errReadsDifferently)
	}
	return c, b, nil
}

// renewed puts the pair into the store, and only then spends its refresh token: whatever happens, one of the two is there. A pair
// that has ended is taken out again.
func (w rescuing) renewed(ctx context.Context) (Connection, error) {
	c, b, err := w.stored(ctx, winnings{Token: w.token()}, Account{UserID: etsy.UserID(w.found.refresh)})
	if err != nil {
		return Connection{}, err
	}
	r, err := b.to.read(ctx)
	if err == nil {
		r, err = w.valet.renewer.refresh(ctx, b.to, r)
	}
	switch kind := KindOf(err); {
	case err == nil:
		return w.complete(ctx, b.to, r), nil
	case kind != NeedsConsent && kind != AnswerLost && kind != ClientRefused:
		return c, err // nobody knows whether it was spent: it stays, and is tried at its next use
	case kind != ClientRefused:
		err = rescueError(w.file.Path, rescueEnded, err)
	}
	if b.from != nil {
		return Connection{}, err // it had ended before, and says so
	}
	if undo := w.valet.Forget(context.WithoutCancel(ctx), b.to.id); undo != nil {
		w.valet.options.Log.Warn("key left behind", "connection", c.Name, "error", undo)
	}
	return Connection{}, err
}

// complete writes down whose the key is and what it opens, now that there is a token to ask with. What is not said is left open.
func (w rescuing) complete(ctx context.Context, s *seat, r record) Connection {
	api := etsyAPI(w.client)
	account, err := identifyEtsy(ctx, api, r.Access)
	if err == nil {
		learn(ctx, w.valet.Rack, s.id, account)
	}
	scopes, err := api.Scopes(ctx, r.Access)
	if err == nil {
		opens(ctx, w.valet.Rack, s, w.market.inOrder(scopes))
	}
	c := s.snapshot()
	w.step(Keep, Detail{Moment: Stored, Account: c.Account, Asked: c.Asked, Granted: c.Granted, Store: c.Store})
	return c
}

// opens writes down what a key opens, where nothing is known of that yet.
func opens(ctx context.Context, k *Rack, s *seat, scopes []oauth.Scope) {
	unlock, err := takeTurn(ctx, s)
	if err != nil {
		return
	}
	defer unlock()
	r, err := s.read(ctx)
	if err != nil || len(r.Granted) > 0 {
		return
	}
	r.Asked, r.Granted = scopes, scopes
	if s.write(ctx, r) == nil {
		s.publish(r, true)
		k.ledger.list(ctx, s, r)
		k.changed.signal()
	}
}
