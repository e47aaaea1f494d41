package valet

import (
	"context"
	"errors"
	"sync"
	"time"

	"valetkey/oauth"
)

// flightLimit bounds one refresh with all its waiting: the lock, one request, the keyring.
const flightLimit = 2 * time.Minute

// Refresh wins a new access token now, even while the present one is fresh. A token that somebody else won meanwhile is
// taken as it is. Errors are those of [Valet.UseAccessToken].
func (v *Valet) Refresh(ctx context.Context, id ID) (Connection, error) {
	s, err := v.seat(id)
	if err != nil {
		return Connection{}, err
	}
	r, err := s.read(ctx)
	if err != nil {
		return s.snapshot(), err
	}
	_, err = v.renewer.refresh(ctx, s, r)
	return s.snapshot(), err
}

// renewer wins new pairs, one flight a connection.
type renewer struct {
	rack    *Rack
	channel *channel
	flights sync.WaitGroup // those that were sent: waited for before the program ends
}

// refresh gives a record newer than seen. All callers of one process share one flight, which goes on when a caller
// gives up: an answer on its way must not be lost.
func (n *renewer) refresh(ctx context.Context, s *seat, seen record) (record, error) {
	f, mine, err := s.board()
	if err != nil {
		return record{}, err
	}
	if mine {
		n.rack.changed.signal()
		n.flights.Add(1)
		go func() {
			defer n.flights.Done()
			flying, cancel := context.WithTimeout(context.WithoutCancel(ctx), flightLimit)
			defer cancel()
			r, err := n.fly(flying, s, seen)
			s.land(f, r, err)
			n.rack.changed.signal()
		}()
	}
	select {
	case <-f.done:
		return f.record, f.err
	case <-ctx.Done():
		return record{}, &Error{Kind: Cancelled, Cause: ctx.Err()}
	}
}

// fly is one refresh: lock, read again, note, send, save, publish.
func (n *renewer) fly(ctx context.Context, s *seat, seen record) (record, error) {
	unlock, err := s.store.Lock(ctx, string(s.id))
	if err != nil {
		return record{}, storeError(err)
	}
	defer unlock()
	r, err := s.read(ctx)
	if err != nil {
		return record{}, err
	}
	if held, ok := s.held(); ok {
		return held, n.save(ctx, s, held) // what waits to be saved goes first; the old token is never sent again
	}
	if r.Generation != seen.Generation && r.Ended == "" {
		s.publish(r, true) // changed meanwhile: somebody has done it
		return r, nil
	}
	connection := s.snapshot()
	if r.Ended != "" || r.Refresh.IsZero() {
		return record{}, r.over(connection)
	}
	client, err := n.channel.clientOf(ctx, r)
	if err != nil {
		return record{}, err
	}
	lost := r.Pending.Token == fingerprint(r.Refresh) // it was sent before, and nobody saw the answer
	r, token, err := n.send(ctx, s, client, r)
	if s.leaving() {
		return record{}, discard(ctx, client, token, connection)
	}
	switch o := classify(err); o {
	case refreshed:
		r = r.take(token, n.channel.habits(r.Provider))
		return r, n.save(ctx, s, r)
	case rejected:
		told := refreshError(o, connection, err)
		if lost {
			told.Kind = AnswerLost
		}
		return record{}, errors.Join(told, n.end(ctx, s, r, told.Kind, err))
	default:
		if !lost && unspent(o, err) {
			n.unnote(ctx, s, r)
		}
		return record{}, refreshError(o, connection, err)
	}
}

// send notes and spends the refresh token. Where the provider refuses it and may still know the one before, that one is
// tried, once in its life: it is out of the record before it is sent.
func (n *renewer) send(ctx context.Context, s *seat, client *oauth.Client, r record) (record, oauth.Token, error) {
	r, err := n.note(ctx, s, r, r.Refresh)
	if err != nil {
		return r, oauth.Token{}, err
	}
	token, err := client.Refresh(ctx, r.Refresh)
	if classify(err) != rejected || r.Previous.IsZero() {
		return r, token, err
	}
	previous := r.Previous
	r.Previous = oauth.Secret{}
	if r, noted := n.note(ctx, s, r, previous); noted != nil {
		return r, oauth.Token{}, noted
	}
	token, err = client.Refresh(ctx, previous)
	return r, token, err
}

// note proves that the store can be written, before a refresh token is spent, by writing down which one is about to be.
func (n *renewer) note(ctx context.Context, s *seat, r record, token oauth.Secret) (record, error) {
	if err := s.store.Probe(ctx); err != nil {
		return r, storeError(err)
	}
	spent := fingerprint(token)
	if r.Pending.Token == spent {
		return r, nil // the program died with it, or the answer was lost: one more try
	}
	r.Pending = pending{Since: time.Now().UTC().Round(0), Token: spent}
	return r, s.write(ctx, r)
}

// unnote takes the note back: the token was not spent, and what the provider says of it later is not to be blamed on us. A
// note that cannot be taken back costs no more than that.
func (n *renewer) unnote(ctx context.Context, s *seat, r record) {
	r.Pending = pending{}
	if err := s.write(ctx, r); err != nil {
		n.channel.log.Info("note not taken back", "connection", r.Name, "error", err)
	}
}

// save brings a new pair into the store and the index, and shows it. What the store will not take is held in memory.
func (n *renewer) save(ctx context.Context, s *seat, r record) error {
	if err := s.write(ctx, r); err != nil {
		s.publish(r, false)
		return &Error{Kind: Unsaved, Subject: r.Name, Cause: err}
	}
	s.publish(r, true)
	n.rack.ledger.list(ctx, s, r)
	return nil
}

// end writes down that the provider ended the connection, unless the store holds another pair by now than the one it refused.
func (n *renewer) end(ctx context.Context, s *seat, r record, kind Kind, cause error) error {
	if now, err := s.load(ctx); err == nil && now.Generation != r.Generation {
		s.publish(now, true)
		return nil
	}
	var answer *oauth.ErrorResponse
	errors.As(cause, &answer)
	r.Generation, r.Ended, r.Pending = mint(), string(answer.Code), pending{}
	if kind == AnswerLost {
		r.Ended = string(AnswerLost)
	}
	err := s.write(ctx, r)
	s.publish(r, true)
	n.rack.ledger.list(ctx, s, r)
	return err
}

// discard gives back a pair that was won for a key that was given back meanwhile.
func discard(ctx context.Context, client *oauth.Client, token oauth.Token, c Connection) error {
	withdraw(ctx, client, token.Refresh, token.Access)
	return &Error{Kind: GivenBack, Subject: c.Name}
}
