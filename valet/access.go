package valet

import (
	"context"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
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
	noteHanding(ctx, v.Rack, id, err)
	if err != nil {
		return err
	}
	err = use(r.Access.Reveal())
	noteUse(ctx, v.Rack, id)
	return err
}

// UseHandout is [Valet.UseAccessToken] for all that a program needs to ask the provider's API by itself. The use is noted before
// use is called, which need not return.
//
// Errors besides: [BadAppKey] if what the app key holds cannot stand in a header, [SignedOnly] for a key of OAuth 1.0a: each of its
// requests has a signature of its own.
func (v *Valet) UseHandout(ctx context.Context, id ID, minTTL time.Duration, use func(Handout) error) error {
	handout, err := freshHandout(ctx, v, id, minTTL)
	noteHanding(ctx, v.Rack, id, err)
	if err != nil {
		return err
	}
	noteUse(ctx, v.Rack, id)
	return use(handout)
}

func freshHandout(ctx context.Context, v *Valet, id ID, minTTL time.Duration) (Handout, error) {
	r, err := v.renewer.fresh(ctx, id, minTTL)
	if err != nil {
		return Handout{}, err
	}
	client, err := v.channel.clientOf(ctx, r)
	if err != nil {
		return Handout{}, err
	}
	market, err := v.Providers.Get(r.Provider)
	if err != nil {
		return Handout{}, err
	}
	if client.signer != nil {
		return Handout{}, &Error{Kind: SignedOnly, Subject: r.Name, Provider: market.Name}
	}
	handout, err := handoutOf(market, client, r)
	if builtin, ok := v.Providers.find(r.Provider); err == nil && ok && builtin.Where != nil {
		handout = handout.at(builtin.Where(ctx))
	}
	return handout, err
}

// noteHanding writes a token that is about to leave this program into the history, or why it does not: whoever ends the program
// while it hands it on leaves a trace all the same.
func noteHanding(ctx context.Context, rack *Rack, id ID, err error) {
	deed, how := handing(ctx)
	noteDone(ctx, rack, id, deed, how, err)
}

// handoutOf fills in the names that the guides for Etsy's API use; another provider's begin with its id.
func handoutOf(m Market, client *client, r record) (Handout, error) {
	h := Handout{header: client.bearer(r.pass()), pass: r.pass(), api: m.API}
	for _, values := range h.header {
		if !httpguts.ValidHeaderFieldValue(values[0]) {
			return Handout{}, &Error{Kind: BadAppKey, Subject: "client_secret", Provider: m.Name}
		}
	}
	if m.EtsyAPI {
		h.set("ETSY_API_KEY", client.ClientID)
		h.set("ETSY_SHARED_SECRET", client.ClientSecret.Reveal())
		h.set("ETSY_ACCESS_TOKEN", r.Access.Reveal())
		h.set("ETSY_SHOP_ID", r.Account.ShopID)
		h.set("ETSY_API_URL", m.API)
		return h, nil
	}
	prefix := variablePrefix(m.ID)
	for _, value := range m.Headers {
		if strings.Contains(value, clientIDBlank) {
			h.set(prefix+"CLIENT_ID", client.ClientID)
		}
		if strings.Contains(value, clientSecretBlank) {
			h.set(prefix+"CLIENT_SECRET", client.ClientSecret.Reveal())
		}
	}
	h.set(prefix+"ACCESS_TOKEN", r.Access.Reveal())
	h.set(prefix+"API_URL", m.API)
	return h, nil
}

// noteLimit is how long a use waits to be noted: it is a courtesy, and somebody waits for the token.
const noteLimit = 100 * time.Millisecond

// noteUse keeps a key that is used among those that are renewed ahead of need.
func noteUse(ctx context.Context, rack *Rack, id ID) {
	ctx, cancel := context.WithTimeout(ctx, noteLimit)
	defer cancel()
	if s, err := rack.seat(id); err == nil && rack.ledger.touch(ctx, s) {
		rack.changed.signal() // it is due sooner now
	}
}

// agree has the index say what the record says.
func (n *renewer) agree(ctx context.Context, s *seat, r record) {
	ctx, cancel := context.WithTimeout(ctx, noteLimit)
	defer cancel()
	n.rack.ledger.agree(ctx, s, r)
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
	n.agree(ctx, s, r)
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
