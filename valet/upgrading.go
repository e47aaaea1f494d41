package valet

import (
	"context"
	"errors"
	"slices"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// upgrading is one upgrade on its way: a walk that needs no browser.
type upgrading struct{ *walk }

// renew exchanges the key of s in its turn: nobody else spends it meanwhile, and it is noted before it is sent.
func (w upgrading) renew(ctx context.Context, s *seat) (Connection, error) {
	done, err := takeTurn(ctx, s)
	if err != nil {
		return Connection{}, storeError(err)
	}
	defer done()
	if s.leaving() {
		return Connection{}, &Error{Kind: GivenBack, Subject: s.snapshot().Name}
	}
	r, err := s.read(ctx)
	if err != nil {
		return Connection{}, err
	}
	undo := s.mark(Refreshing)
	w.valet.changed.signal()
	c, err := w.spend(ctx, s, r)
	if c.ID == "" && err != nil {
		w.valet.History.failed(ctx, s.snapshot(), DeedUpgraded, "", err)
	}
	undo()
	w.valet.changed.signal()
	return c, err
}

// spend notes the older token, sends it, keeps what it wins and takes it out.
func (w upgrading) spend(ctx context.Context, s *seat, r record) (Connection, error) {
	renewer := w.valet.renewer
	lost := r.Pending.Token == fingerprint(r.Access) // it was sent before, and nobody saw the answer
	r, err := renewer.note(ctx, s, r, r.Access)      // a caller that has left is told by the store, before anything is sent
	if err != nil {
		return Connection{}, err
	}
	token, err := w.exchange(ctx, r.Access, lost)
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		if !lost && unspent(classify(errors.Unwrap(err)), err) {
			renewer.unnote(ctx, s, r)
		}
		return Connection{}, err
	}
	c, err := w.receive(ctx, token)
	if err != nil {
		return c, err // the note stays: the older token is worth nothing any more
	}
	return c, w.retire(ctx, s, r)
}

// exchange sends the older token, once. Nobody's impatience cuts the answer short.
func (w upgrading) exchange(ctx context.Context, older oauth.Secret, lost bool) (oauth.Token, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendLimit)
	defer cancel()
	token, err := etsy.ExchangeOlder(ctx, &w.client.Client, older)
	if err == nil {
		return token, nil
	}
	return token, upgradeError(err, w.market, lost)
}

// receive is all that happens to what was won: what it opens, who is this, keep, read back.
func (w upgrading) receive(ctx context.Context, token oauth.Token) (Connection, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepLimit)
	defer cancel()
	token.Scopes = w.granted(ctx, token)
	if w.scopes == nil {
		w.walk.scopes = token.Scopes
	}
	won := winnings{Token: token}
	w.step(Receive, Detail{Moment: Exchanged, Asked: w.scopes, Granted: token.Scopes})
	account := w.valet.channel.identify(ctx, w.market, w.client, won)
	w.step(Receive, Detail{Moment: Identified, Account: account, Asked: w.scopes, Granted: token.Scopes})
	c, b, err := keeping(w).keep(ctx, won, account)
	if err != nil {
		return Connection{}, errors.Join(err, w.giveBack(ctx, won))
	}
	if back, err := b.to.load(ctx); err != nil || !back.Access.Equal(token.Access) {
		return Connection{}, keeping(w).notKept(errors.Join(errReadsDifferently, err))
	}
	w.valet.History.note(ctx, c, DeedUpgraded, "")
	w.step(Keep, Detail{Moment: Stored, Account: c.Account, Asked: c.Asked, Granted: c.Granted, Before: c.Before, Store: c.Store})
	return c, replacing(w).discard(ctx, b)
}

// granted is what the new key opens. Permissions are said to carry over, and it has been reported that they did not, so the
// provider is asked where its answer does not say; nil, and no more than a guess, if it does not say then either.
func (w upgrading) granted(ctx context.Context, token oauth.Token) []oauth.Scope {
	if token.Scopes != nil || !w.market.EtsyAPI {
		return token.Scopes
	}
	ctx, cancel := context.WithTimeout(ctx, courtesyLimit)
	defer cancel()
	scopes, err := etsyAPI(w.client).Scopes(ctx, token.Access)
	if err != nil {
		w.valet.options.Log.Info("permissions not asked", "provider", w.market.ID, "error", err)
		return nil
	}
	return w.market.inOrder(scopes)
}

// retire takes the older key out of its store, in its turn, and leaves its line. Whether the provider has ended it is asked once;
// a window goes on asking.
func (w upgrading) retire(ctx context.Context, s *seat, r record) error {
	if err := s.store.Delete(ctx, string(s.id)); err != nil {
		return storeError(err)
	}
	left := s.snapshot()
	left.Status, left.Reason, left.Returned, left.Proven = Returned, "", time.Now().UTC().Round(0), time.Time{}
	if w.ended(ctx, r) {
		left.Proven = left.Returned
	} else {
		w.valet.prover.watch(r)
	}
	w.valet.History.note(ctx, left, DeedUpgraded, "older")
	return w.valet.ledger.leave(ctx, s, left)
}

// ended reports whether the provider is seen to refuse the older key.
func (w upgrading) ended(ctx context.Context, r record) bool {
	ctx, cancel := context.WithTimeout(ctx, olderProofLimit)
	defer cancel()
	client, err := w.valet.channel.clientOf(ctx, r)
	return err == nil && w.valet.prover.refusedAccess(ctx, client, r)
}

// olderRefused is the Subject of [OlderLost] at a later try, which the provider refused.
const olderRefused = "refused"

// upgradeError turns a failed exchange of an older token into what a person is told. lost: it was sent before.
func upgradeError(err error, m Market, lost bool) error {
	var answer *oauth.ErrorResponse
	var transport *oauth.TransportError
	switch {
	case errors.As(err, &answer) && answer.Code == oauth.InvalidGrant && lost:
		return &Error{Kind: OlderLost, Subject: olderRefused, Provider: m.Name, Other: m.ID, Cause: err}
	case errors.As(err, &answer) && answer.Code == oauth.InvalidGrant:
		return &Error{Kind: OlderEnded, Provider: m.Name, Other: m.ID, Cause: err}
	case errors.As(err, &answer), errors.As(err, &transport) && !transport.Sent:
		return exchangeError(err, m)
	}
	return &Error{Kind: OlderLost, Provider: m.Name, Other: m.ID, Cause: err}
}

// inOrder gives scopes in the market's order; those that it does not list come last.
func (m Market) inOrder(scopes []oauth.Scope) []oauth.Scope {
	ordered := []oauth.Scope{}
	for _, info := range m.Scopes {
		if slices.Contains(scopes, info.Name) {
			ordered = append(ordered, info.Name)
		}
	}
	return append(ordered, lacking(ordered, scopes)...)
}
