package valet

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"valetkey/oauth"
)

// Request is one request to a provider's API. All of it is sent to the letter.
type Request struct {
	Method string // GET, HEAD, POST, PUT, PATCH or DELETE
	Path   string // with its query, put after the provider's api; or an address under that

	Body        []byte
	ContentType string // of Body; empty with none
	TokenField  string // in place of Body: a form with the access token in the field of that name, which only asks; "": none

	// Patience is how long Send may wait in all because the provider asks for a pause; 0: not at all. Waiting, if not nil, is
	// told of each pause before it.
	Patience time.Duration
	Waiting  func(pause time.Duration)
}

// ContentTypeJSON goes with a JSON body.
const ContentTypeJSON = "application/json; charset=utf-8"

// Field is one field of a form.
type Field struct{ Name, Value string }

// Form gives the body of a form and its content type. Fields stay in their order, repeated ones too.
func Form(fields []Field) (body []byte, contentType string) {
	var pairs []string
	for _, f := range fields {
		pairs = append(pairs, url.QueryEscape(f.Name)+"="+url.QueryEscape(f.Value))
	}
	return []byte(strings.Join(pairs, "&")), "application/x-www-form-urlencoded"
}

// Requests sends requests with a key to the API that it opens, and nowhere else. Its methods are safe for many goroutines.
type Requests struct {
	rack    *Rack
	renewer *renewer
	channel *channel
}

// Check says whether a request to path can be made with a key, without making one. Errors: [NoAPI], [BadTarget],
// [UnknownProvider], [UnknownName].
func (q *Requests) Check(id ID, path string) error {
	_, _, err := q.target(id, path)
	return err
}

// Address is where a request to path goes, as it is sent. Errors as for [Requests.Check].
func (q *Requests) Address(id ID, path string) (string, error) {
	_, address, err := q.target(id, path)
	return address, err
}

// Send makes one request and gives the whole answer. It is repeated once with a renewed token where the API says of a token that
// still looked fresh that it is not, and after a pause that the provider asks for, as far as r.Patience goes. No redirect is
// followed. An answer that is no success is given together with an error.
//
// Errors: those of [Valet.UseAccessToken], [NoAPI], [BadTarget]; with an answer [TokenRefused] (the seller's consent is needed),
// [AppKeyRefused], [Declined], [Busy], [AnswerUnusable].
func (q *Requests) Send(ctx context.Context, id ID, r Request) (Reply, error) {
	market, target, err := q.target(id, r.Path)
	if err != nil {
		return Reply{}, err
	}
	key, err := q.renewer.fresh(ctx, id, 0)
	if err != nil {
		return Reply{}, err
	}
	client, err := q.channel.clientOf(ctx, key)
	if err != nil {
		return Reply{}, err
	}
	s, err := q.rack.seat(id)
	if err != nil {
		return Reply{}, err
	}
	e := errand{Request: r, market: market, target: target, client: client, transport: q.channel.apiTransport(market)}
	reply, err := e.run(ctx, key, func(seen record) (record, error) { return q.renewer.refresh(ctx, s, seen) })
	deed := DeedRequested
	if r.Changes() {
		deed = DeedChanged
	}
	noteDone(ctx, q.rack, id, deed, r.Method, err)
	noteUse(ctx, q.rack, id)
	return reply, err
}

// target gives the market of a key, and the address that path means there.
func (q *Requests) target(id ID, path string) (Market, string, error) {
	s, err := q.rack.seat(id)
	if err != nil {
		return Market{}, "", err
	}
	market, err := q.channel.providers.Get(s.snapshot().Provider)
	if err != nil {
		return Market{}, "", err
	}
	target, err := targetOf(market.API, path)
	var told *Error
	if errors.As(err, &told) {
		told.Provider = market.Name
	}
	return market, target, err
}

// apiTransport is the way to a provider's API. That of the token endpoint is another where it has habits of its own: here is
// sent what was asked for, to the host it was asked of.
func (c *channel) apiTransport(m Market) http.RoundTripper {
	if m.Practice {
		return c.transport(m.ID)
	}
	return c.network
}

// errand is one request on its way, with all its tries.
type errand struct {
	Request
	market    Market
	target    string
	client    *client
	transport http.RoundTripper
}

// run tries until there is an answer to give. renew wins a token newer than that of a record.
func (e errand) run(ctx context.Context, key record, renew func(record) (record, error)) (Reply, error) {
	renewed, waited := false, time.Duration(0)
	for {
		reply, err := e.try(ctx, key)
		if err != nil {
			return reply, err
		}
		if !renewed && reply.wantsNewToken() && !key.Refresh.IsZero() {
			if key, err = renew(key); err != nil {
				return reply, err
			}
			renewed = true
			continue
		}
		pause := reply.pause(e.Method)
		if pause == 0 || waited+pause > e.Patience {
			return reply, reply.judge()
		}
		waited += pause
		if err := e.wait(ctx, pause); err != nil {
			return reply, err
		}
	}
}

// try sends the request once. The signature of each try is its own, and the body comes from memory.
func (e errand) try(ctx context.Context, key record) (Reply, error) {
	body, contentType := e.Body, e.ContentType
	if e.TokenField != "" {
		body, contentType = key.pass().form(e.TokenField)
	}
	request, err := http.NewRequestWithContext(ctx, e.Method, e.target, bytes.NewReader(body))
	if err != nil {
		return Reply{}, &Error{Kind: BadTarget, Subject: targetElsewhere, Provider: e.market.Name, Other: e.market.API}
	}
	request.Header.Set("Accept", "*/*")
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	began := time.Now()
	received, err := e.client.fetch(e.transport, request, key.pass())
	switch {
	case ctx.Err() != nil:
		return Reply{}, &Error{Kind: Cancelled, Cause: ctx.Err()}
	case received == nil:
		return Reply{}, &Error{Kind: Unreachable, Provider: e.market.Name, Cause: err}
	}
	reply := replyOf(e.market, received, e.client.refusal(received, key.pass()))
	reply.Took = time.Since(began)
	reply.secrets = []oauth.Secret{key.Access, key.Refresh, key.Previous, key.TokenSecret, e.client.ClientSecret}
	if err != nil {
		return reply, &Error{Kind: AnswerUnusable, Provider: e.market.Name, Cause: err}
	}
	return reply, nil
}

// wait is a pause that the provider asked for.
func (e errand) wait(ctx context.Context, pause time.Duration) error {
	if e.Waiting != nil {
		e.Waiting(pause)
	}
	select {
	case <-time.After(pause):
		return nil
	case <-ctx.Done():
		return &Error{Kind: Cancelled, Cause: ctx.Err()}
	}
}
