package valet

import (
	"context"
	"errors"
	"sync"
	"time"

	"valetkey/oauth/etsy"
)

// How long a key that was given back is watched at a provider that cannot be told.
const (
	proofEvery = 30 * time.Second
	proofFor   = 10 * time.Minute
)

// prover watches keys that were given back, in memory alone, until the provider is seen to refuse them: the seller took the
// key back on the provider's page. It works while [Valet.Run] does.
type prover struct {
	rack    *Rack
	channel *channel
	nudge   chan struct{}

	mu      sync.Mutex // guards both
	running bool
	watched map[ID]*proof
}

// proof is one key under watch.
type proof struct {
	record record
	until  time.Time
}

func newProver(rack *Rack, channel *channel) *prover {
	return &prover{rack: rack, channel: channel, nudge: make(chan struct{}, 1), watched: make(map[ID]*proof)}
}

// watch begins to watch a record that has left the store, and reports whether anybody does.
func (p *prover) watch(r record) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.running {
		return false
	}
	p.watched[r.ID] = &proof{record: r, until: time.Now().Add(proofFor)}
	p.look()
	return true
}

// look has the watched keys tried now: the seller may just have come back from the provider's page.
func (p *prover) look() {
	select {
	case p.nudge <- struct{}{}:
	default:
	}
}

// run works until ctx ends; then the pairs are dropped.
func (p *prover) run(ctx context.Context) {
	p.mu.Lock()
	p.running = true
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.running = false
		clear(p.watched)
	}()
	for {
		var tick <-chan time.Time // none while nothing is watched
		if p.count() > 0 {
			tick = time.After(proofEvery)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick:
		case <-p.nudge:
		}
		p.round(ctx)
	}
}

func (p *prover) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.watched)
}

// round tries each watched key once.
func (p *prover) round(ctx context.Context) {
	p.mu.Lock()
	var all []*proof
	for _, one := range p.watched {
		all = append(all, one)
	}
	p.mu.Unlock()
	for _, one := range all {
		ended, over := false, true
		if isReturned(p.rack, one.record.ID) { // and not connected again, or forgotten
			ended, over = p.try(ctx, one)
		}
		if ended {
			p.rack.prove(ctx, one.record.ID)
		}
		if ended || over {
			p.mu.Lock()
			delete(p.watched, one.record.ID)
			p.mu.Unlock()
		}
	}
}

// try asks the API with the access token; when that has expired, or the time is over, the token endpoint with the refresh
// token, once. A pair won so is discarded: it was only the question.
func (p *prover) try(ctx context.Context, one *proof) (ended, over bool) {
	r := one.record
	client, err := p.channel.clientOf(ctx, r)
	if err != nil {
		return false, true
	}
	last := time.Now().After(one.until)
	if r.fresh(time.Now(), 0) && !last {
		return p.refusedAccess(ctx, client, r), false
	}
	if r.Refresh.IsZero() {
		return false, true
	}
	token, err := client.Refresh(ctx, r.Refresh)
	if err == nil {
		withdraw(ctx, client, token.Refresh, token.Access)
	}
	switch classify(err) {
	case rejected:
		return true, true
	case unreachable:
		return false, last
	}
	return false, true
}

// refusedAccess reports whether the API refuses a token that has not expired.
func (p *prover) refusedAccess(ctx context.Context, client *client, r record) bool {
	market, err := p.channel.providers.Get(r.Provider)
	if err != nil {
		return false
	}
	if market.EtsyAPI {
		_, err = etsyAPI(client).Me(ctx, r.Access)
		var refusal *etsy.Refusal
		return errors.As(err, &refusal) && (refusal.Cause == etsy.TokenRevoked || refusal.Cause == etsy.TokenInvalid)
	}
	if market.Account.URL == "" {
		return false
	}
	_, err = identifyByPointer(ctx, client, r.pass())
	return refusedToken(err) != nil
}

// isReturned reports whether a key hangs here as one that was given back.
func isReturned(k *Rack, id ID) bool {
	s, err := k.seat(id)
	return err == nil && s.snapshot().Status == Returned
}

// prove stamps the line of a key that was given back: the provider refuses it now.
func (k *Rack) prove(ctx context.Context, id ID) {
	s, err := k.seat(id)
	if err != nil || !isReturned(k, id) {
		return
	}
	c := s.snapshot()
	c.Proven = time.Now().UTC().Round(0)
	if err := k.ledger.leave(ctx, s, c); err != nil {
		k.ledger.log.Warn("index not written", "connection", c.Name, "error", err)
	}
	k.ledger.history.note(ctx, c, DeedWithdrawn, "refused")
	k.changed.signal()
}
