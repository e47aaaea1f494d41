package valet

import (
	"context"
	"net/http"
	"time"
)

// staleAt is how much life an access token must have left to be handed on, for a life of the given length: a minute, or a
// tenth of a short life.
func staleAt(life time.Duration) time.Duration {
	if life > 0 && life/10 < time.Minute {
		return life / 10
	}
	return time.Minute
}

// UseAccessToken calls use with an access token that lives for at least minTTL more (0: that is not stale), refreshing it
// first where needed. The text is a secret: use must not keep it. The new pair is in the store before use is called.
//
// Errors: [BeyondLife] if the provider never gives as much life as minTTL, [NeedsConsent], [ClientRefused], [Unreachable],
// [StoreTrouble], [ItemMissing], [GivenBack], [Held], and what use returns.
func (v *Valet) UseAccessToken(ctx context.Context, id ID, minTTL time.Duration, use func(plain string) error) error {
	r, err := v.renewer.fresh(ctx, id, minTTL)
	if err != nil {
		return err
	}
	err = use(r.Access.Reveal())
	v.noteUse(ctx, id)
	return err
}

// UseHeaders is [Valet.UseAccessToken] for the headers of a request to the provider's API: Authorization, and those the
// provider asks for besides, such as x-api-key.
func (v *Valet) UseHeaders(ctx context.Context, id ID, minTTL time.Duration, use func(http.Header) error) error {
	r, err := v.renewer.fresh(ctx, id, minTTL)
	if err != nil {
		return err
	}
	client, err := v.channel.clientOf(ctx, r)
	if err != nil {
		return err
	}
	header := client.APIHeader()
	header.Set("Authorization", "Bearer "+r.Access.Reveal())
	err = use(header)
	v.noteUse(ctx, id)
	return err
}

// noteLimit is how long a use waits to be noted: it is a courtesy, and somebody waits for the token.
const noteLimit = 100 * time.Millisecond

// noteUse keeps a key that is used among those that are renewed ahead of need.
func (v *Valet) noteUse(ctx context.Context, id ID) {
	ctx, cancel := context.WithTimeout(ctx, noteLimit)
	defer cancel()
	if s, err := v.seat(id); err == nil && v.ledger.touch(ctx, s) {
		v.changed.signal() // it is due sooner now
	}
}

// fresh gives the record with an access token that lives long enough.
func (n *renewer) fresh(ctx context.Context, id ID, minTTL time.Duration) (record, error) {
	s, err := n.rack.seat(id)
	if err != nil {
		return record{}, err
	}
	if s.leaving() {
		return record{}, &Error{Kind: GivenBack, Subject: s.snapshot().Name}
	}
	r, err := s.read(ctx)
	if err != nil {
		n.rack.changed.signal()
		return record{}, err
	}
	if r.Ended != "" {
		s.publish(r, true)
		return record{}, r.over(s.snapshot())
	}
	least := minTTL
	if least == 0 {
		least = staleAt(r.Life)
	}
	if r.fresh(time.Now(), least) {
		return r, nil
	}
	if r.Life > 0 && minTTL > r.Life {
		return record{}, &Error{Kind: BeyondLife, Subject: r.Name, Life: r.Life}
	}
	r, err = n.refresh(ctx, s, r)
	if err == nil && minTTL > 0 && r.Life > 0 && minTTL > r.Life {
		return record{}, &Error{Kind: BeyondLife, Subject: r.Name, Life: r.Life} // the provider gives less than it did
	}
	return r, err
}
