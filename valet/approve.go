package valet

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"

	"valetkey/oauth"
)

// approval is Approve: the browser is open, and the answer may come through the door or by the seller's hand.
type approval struct {
	*walk
	attempt  attempt
	door     *oauth.Loopback // nil where the answer will be pasted
	deadline time.Time
}

// begin opens the browser on a new attempt.
func begin(ctx context.Context, w *walk, door *oauth.Loopback) (approval, error) {
	attempt, err := newAttempt(ctx, w, door)
	if err != nil {
		return approval{}, err
	}
	a := approval{w, attempt, door, time.Now().Add(w.valet.options.WaitTime).Round(0)}
	w.step(Approve, Detail{Moment: Listening, URL: attempt.URL(), Deadline: a.deadline, Asked: w.scopes, Typed: typed(attempt)})
	a.open(ctx)
	return a, nil
}

// newAttempt makes the attempt in the provider's protocol, with the port that was given where any was asked for.
func newAttempt(ctx context.Context, w *walk, door *oauth.Loopback) (attempt, error) {
	if door != nil {
		w.client.RedirectURI = door.RedirectURI()
	}
	if w.client.signer != nil {
		return askTemporary(ctx, w)
	}
	return codeAttempt{w.client.NewAuthorizationRequest(w.scopes), w.client, w.market}, nil
}

// wait gives the answer to this very attempt. The redirection is nil where the answer was pasted: no browser waits for a page
// then.
func (w approval) wait(ctx context.Context) (*oauth.Redirection, url.Values, error) {
	waiting, cancel := context.WithDeadline(ctx, w.deadline)
	defer cancel()
	redirection, values, err := w.await(waiting)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		err = &Error{Kind: Cancelled, Cause: ctx.Err()}
	case waiting.Err() != nil:
		err = &Error{Kind: TimedOut, Provider: w.market.Name, Life: w.valet.options.WaitTime}
	}
	return redirection, values, err
}

// listen opens the door before any browser; nil where the answer will be pasted.
func (w *walk) listen() (*oauth.Loopback, error) {
	if w.request.NoListen {
		return nil, nil
	}
	door, err := oauth.ListenLoopback(w.key.Redirect)
	var busy *oauth.PortBusyError
	switch {
	case err == nil:
		if w.valet.options.Door != nil {
			door.SetPages(w.valet.options.Door())
		}
		w.over = announce(w.valet.options.Keyring, door)
		return door, nil
	case errors.As(err, &busy):
		return nil, busyPort(w.valet.options.Keyring, busy)
	case errors.Is(err, oauth.ErrNotLoopback) && w.request.Host.Pasted != nil:
		return nil, nil
	case errors.Is(err, oauth.ErrNotLoopback):
		return nil, &Error{Kind: NoListen, Subject: w.key.Redirect}
	}
	return nil, err
}

// noticeLimit is how long the note is waited for that says who waits on a port: it is a courtesy.
const noticeLimit = 200 * time.Millisecond

// announce lets other programs know who waits on this port, until over is called.
func announce(notes Store, door *oauth.Loopback) (over func()) {
	address, err := url.Parse(door.RedirectURI())
	if err != nil {
		return func() {}
	}
	ctx, cancel := context.WithTimeout(context.Background(), noticeLimit)
	defer cancel()
	unlock, err := notes.Lock(ctx, "port-"+address.Port())
	if err != nil {
		return func() {}
	}
	return unlock
}

// busyPort says who has the port: another walk of this program, or a stranger.
func busyPort(notes Store, taken *oauth.PortBusyError) error {
	told := &Error{Kind: PortBusy, Subject: strconv.Itoa(taken.Port), Cause: taken}
	ctx, cancel := context.WithTimeout(context.Background(), noticeLimit)
	defer cancel()
	unlock, err := notes.Lock(ctx, "port-"+told.Subject)
	if err == nil {
		unlock()
		return told
	}
	var holder *Error
	if errors.As(storeError(err), &holder) && holder.Kind == Held {
		told.Kind, told.Other = PortHeld, holder.Subject
	}
	return told
}

// open starts the browser where the host offers that; without one the walk goes on waiting.
func (w approval) open(ctx context.Context) {
	if w.request.Host.Open == nil {
		return
	}
	moment := Opened
	if err := w.request.Host.Open(ctx, w.attempt.URL()); err != nil {
		w.valet.options.Log.Info("browser not opened", "error", err)
		moment = OpenFailed
	}
	w.step(Approve, Detail{Moment: moment, URL: w.attempt.URL(), Deadline: w.deadline, Asked: w.scopes, Typed: typed(w.attempt)})
}

// await takes the first answer that is ours, from the door or from the seller's hand.
func (w approval) await(ctx context.Context) (*oauth.Redirection, url.Values, error) {
	type arrival struct {
		redirection *oauth.Redirection
		err         error
	}
	var arrived chan arrival
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if w.door != nil {
		arrived = make(chan arrival, 1)
		go func() {
			redirection, err := w.door.Await(ctx, w.attempt.Accepts)
			arrived <- arrival{redirection, err}
		}()
	}
	pasted := w.request.Host.Pasted
	for {
		select {
		case a := <-arrived:
			if a.err != nil {
				return nil, nil, a.err
			}
			return a.redirection, a.redirection.Values(), nil
		case text, open := <-pasted:
			if !open {
				pasted = nil // nothing more will be pasted
				if w.door == nil {
					return nil, nil, &Error{Kind: Cancelled}
				}
				continue
			}
			values, err := w.attempt.read(text)
			if err == nil && !w.attempt.Accepts(values) {
				err = oauth.ErrWrongState
			}
			if err == nil {
				return nil, values, nil
			}
			w.refuse(err)
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		}
	}
}

// refuse tells the seller why what was pasted did not count.
func (w approval) refuse(err error) {
	if w.request.Host.PasteRefused != nil {
		w.request.Host.PasteRefused(err)
	}
}

// consentError turns what the seller or the provider answered on the consent page into what a person is told.
func consentError(err error, m Market) error {
	var answer *oauth.ErrorResponse
	if errors.Is(err, oauth.ErrWrongIssuer) {
		return &Error{Kind: WrongIssuer, Provider: m.Name, Cause: err}
	}
	if !errors.As(err, &answer) {
		return &Error{Kind: ConsentError, Provider: m.Name, Cause: err}
	}
	if answer.Code == oauth.AccessDenied {
		return &Error{Kind: Denied, Provider: m.Name, Cause: err}
	}
	return &Error{Kind: ConsentError, Subject: string(answer.Code), Provider: m.Name, Cause: err}
}

// exchangeError turns a failed exchange into what a person is told.
func exchangeError(err error, m Market) *Error {
	var answer *oauth.ErrorResponse
	var transport *oauth.TransportError
	switch {
	case errors.As(err, &answer) && answer.Transient():
		return &Error{Kind: Unreachable, Provider: m.Name, RetryAfter: answer.RetryAfter, Cause: err}
	case errors.As(err, &answer):
		return &Error{Kind: ExchangeRefused, Subject: string(answer.Code), Provider: m.Name, Cause: err}
	case errors.As(err, &transport) && errors.Is(err, context.Canceled):
		return &Error{Kind: Cancelled, Cause: err}
	case errors.As(err, &transport):
		return &Error{Kind: Unreachable, Provider: m.Name, Cause: err}
	}
	return &Error{Kind: BadAnswer, Provider: m.Name, Cause: err}
}
