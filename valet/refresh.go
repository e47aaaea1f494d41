package valet

import (
	"context"
	"errors"
	"sync"
	"time"

	"valetkey/oauth"
)

// flightLimit bounds what comes before a refresh token is spent, with all its waiting: the lock, the keyring. sendLimit bounds
// what comes after: the request, and keeping its answer, which no caller's impatience may cut short.
const (
	flightLimit = 3 * time.Minute
	sendLimit   = 3 * time.Minute
)

// Refresh wins a new access token now, even while the present one is fresh. A token that somebody else won meanwhile is
// taken as it is. Errors are those of [Valet.UseAccessToken], and [NotRenewable] for a key that lives and came without a refresh
// token: it is as good as it was.
func (v *Valet) Refresh(ctx context.Context, id ID) (Connection, error) {
	s, err := v.seat(id)
	if err != nil {
		return Connection{}, err
	}
	r, err := s.read(ctx)
	if err != nil {
		noteRefused(ctx, v.Rack, id, err)
		return s.snapshot(), err
	}
	if r.Ended == "" && r.Refresh.IsZero() && r.fresh(time.Now(), 0) {
		return s.snapshot(), &Error{Kind: NotRenewable, Subject: r.Name, Provider: s.snapshot().ProviderName}
	}
	_, err = v.renewer.refresh(ctx, s, r)
	noteRefused(ctx, v.Rack, id, err)
	return s.snapshot(), err
}

// noteRefused writes a refresh that failed into the history. One that did not is written down once, by whoever made it.
func noteRefused(ctx context.Context, rack *Rack, id ID, err error) {
	if err != nil {
		noteDone(ctx, rack, id, DeedRefreshed, "", err)
	}
}

// renewer wins new pairs, one flight a connection.
type renewer struct {
	rack    *Rack
	channel *channel
	flights sync.WaitGroup // those that were sent: waited for before the program ends
}

// refresh gives a record newer than seen. All callers of one process share one flight. It is given up when all of them have
// left before the refresh token was spent; after that it goes on without them: an answer on its way must not be lost.
func (n *renewer) refresh(ctx context.Context, s *seat, seen record) (record, error) {
	for {
		f, mine, err := s.board(ctx)
		if err != nil {
			return record{}, err
		}
		if mine {
			n.rack.changed.signal()
			n.flights.Go(func() {
				r, err := n.fly(f.ctx, s, seen)
				s.land(f, r, err)
				n.rack.changed.signal()
			})
		}
		select {
		case <-f.done:
			if KindOf(f.err) == Cancelled && ctx.Err() == nil {
				continue // those it was begun for had left
			}
			return f.record, f.err
		case <-ctx.Done():
			f.leave()
			return record{}, &Error{Kind: Cancelled, Cause: ctx.Err()}
		}
	}
}

// fly is one refresh: lock, read again, note, send, save, publish.
func (n *renewer) fly(ctx context.Context, s *seat, seen record) (record, error) {
	done, err := takeTurn(ctx, s)
	if err != nil {
		return record{}, storeError(err)
	}
	defer done()
	if err := n.rack.ledger.still(s); err != nil {
		return record{}, err // what was left here is not to be spent
	}
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
	if r.Ended != "" || r.Refresh.IsZero() {
		return record{}, r.over(s.snapshot())
	}
	client, err := n.channel.clientOf(ctx, r)
	if err != nil {
		return record{}, err
	}
	lost := r.Pending.Token == fingerprint(r.Refresh) // it was sent before, and nobody saw the answer
	if r, err = n.note(ctx, s, r, r.Refresh); err != nil {
		return record{}, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendLimit)
	defer cancel()
	r, token, err := n.send(ctx, s, client, r)
	return n.land(ctx, s, r, token, lost, err)
}

// land keeps what came of a refresh. A key that is being given back keeps its new pair too, until whoever gives it back has the
// turn and revokes what is really stored; nothing of it is handed on.
func (n *renewer) land(ctx context.Context, s *seat, r record, token oauth.Token, lost bool, err error) (record, error) {
	connection := s.snapshot()
	switch o := classify(err); o {
	case refreshed:
		r = r.take(token, n.channel.habits(r.Provider))
		err := n.save(ctx, s, r)
		n.rack.ledger.history.note(ctx, connection, DeedRefreshed, "")
		if s.leaving() {
			return record{}, &Error{Kind: GivenBack, Subject: connection.Name}
		}
		return r, err
	case rejected:
		told := refreshError(o, connection, err)
		if lost {
			told.Kind = AnswerLost
		}
		newer, err := n.end(ctx, s, r, told)
		if err == nil {
			return newer, nil
		}
		return record{}, err
	default:
		if !lost && unspent(o, err) {
			n.unnote(ctx, s, r)
		}
		return record{}, refreshError(o, connection, err)
	}
}

// send spends the refresh token, which is noted. Where the provider refuses it and may still know the one before, that one is
// tried, once in its life: it is out of the record before it is sent.
func (n *renewer) send(ctx context.Context, s *seat, client *client, r record) (record, oauth.Token, error) {
	token, err := client.Refresh(ctx, r.Refresh)
	if classify(err) != rejected || r.Previous.IsZero() {
		return r, token, err
	}
	last := r.Previous
	r.Previous = oauth.Secret{}
	r, noted := n.note(ctx, s, r, last)
	if noted != nil {
		return r, oauth.Token{}, noted
	}
	token, err = client.Refresh(ctx, last)
	switch o := classify(err); {
	case o == refreshed && token.Refresh.IsZero():
		r.Refresh = last // it is the one that works
	case o == refreshed:
		r.Refresh = oauth.Secret{} // refused, and not to be kept as the one before
	case o == unreachable && unspent(o, err):
		r.Previous = last
	}
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

// end writes down that the provider ended the connection, and gives told. If the store holds another pair by now than the one
// it refused, that pair is given instead, and no error.
func (n *renewer) end(ctx context.Context, s *seat, r record, told *Error) (record, error) {
	if now, err := s.load(ctx); err == nil && now.Generation != r.Generation {
		s.publish(now, true)
		return now, nil
	}
	var answer *oauth.ErrorResponse
	errors.As(told.Cause, &answer)
	r.Generation, r.Ended, r.Pending = mint(), string(answer.Code), pending{}
	if told.Kind == AnswerLost {
		r.Ended = string(AnswerLost)
	}
	err := s.write(ctx, r)
	s.publish(r, true)
	n.rack.ledger.list(ctx, s, r)
	n.rack.ledger.history.note(ctx, s.snapshot(), DeedWithdrawn, "")
	return record{}, errors.Join(told, err)
}

// How long a program that ends offers an unsaved pair to its store, and how often.
const (
	saveLimit = 30 * time.Second
	saveEvery = time.Second
)

// saveHeld offers the pairs that wait to be saved to their stores until none waits or ctx ends.
func (n *renewer) saveHeld(ctx context.Context) {
	for {
		waiting := false
		for _, s := range seatsOf(n.rack) {
			if _, ok := s.held(); ok && n.saveOne(ctx, s) != nil {
				waiting = true
			}
		}
		if !waiting {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(saveEvery):
		}
	}
}

// saveOne offers the pair of s to its store, if it still waits when its turn has come.
func (n *renewer) saveOne(ctx context.Context, s *seat) error {
	done, err := takeTurn(ctx, s)
	if err != nil {
		return err
	}
	defer done()
	if held, ok := s.held(); ok {
		return n.save(ctx, s, held)
	}
	return nil
}
