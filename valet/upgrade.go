package valet

import (
	"cmp"
	"context"
	"slices"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// Upgrades exchange keys of an older API, which spoke OAuth 1.0a, for keys of today's.
type Upgrades struct{ valet *Valet }

// UpgradeRequest says which older key to exchange: one that hangs in the rack, or one that somebody has on paper.
type UpgradeRequest struct {
	Connection ID           // the older key; empty: Token
	Token      oauth.Secret // an older access token; its secret is of no use here
	Provider   string       // for Token: the market, today's or the older one
	AppKey     string       // id or label of an app key of today's market; empty: the one with the older key's client id, else the only one
	Name       string       // NAME wished for; empty: made from the shop's name
	Store      StoreKind    // where to keep the new key; empty: where the older one is, else the keyring
	Host       Host         // Step, ChooseStore and Unlock are used
}

// UpgradePlan is what an upgrade would do, as far as it is known before anything is sent.
type UpgradePlan struct {
	Older    Connection // the older key; without an ID: a token that hangs in no rack
	Provider Market     // today's market
	AppKey   AppKey

	// Opened is what the older key opens; nil: not known. Today are the permissions that stand for it now, in today's order;
	// Gone are those of Opened that nothing stands for any more.
	Opened, Today, Gone []oauth.Scope
	Successions         []Succession // of Opened, one by one
}

// Succession says which permissions of today stand for an older one; none: it is not to be had any more.
type Succession struct {
	Older oauth.Scope
	Today []oauth.Scope
}

// Plan says what [Upgrades.Upgrade] would do. It reads memory and asks nobody.
// Errors: [UnknownName], [UnknownProvider], [NotOlder], [GivenBack], and those of [AppKeys.Pick].
func (u *Upgrades) Plan(request UpgradeRequest) (UpgradePlan, error) {
	var plan UpgradePlan
	from := request.Provider
	if request.Connection != "" {
		s, err := u.valet.seat(request.Connection)
		if err != nil {
			return plan, err
		}
		plan.Older = s.snapshot()
		from = plan.Older.Provider
	}
	older, today, err := u.pair(from)
	if err != nil {
		return plan, err
	}
	switch plan.Provider = today; {
	case request.Connection == "":
	case older.ID != from:
		return plan, &Error{Kind: NotOlder, Subject: plan.Older.Name, Provider: plan.Older.ProviderName}
	case plan.Older.Status == Returned:
		return plan, &Error{Kind: GivenBack, Subject: plan.Older.Name}
	default:
		plan.Opened = plan.Older.Granted
		plan.Today, plan.Gone = etsy.Successors(plan.Opened)
		for _, scope := range plan.Opened {
			today, _ := etsy.Successors([]oauth.Scope{scope})
			plan.Successions = append(plan.Successions, Succession{scope, today})
		}
	}
	plan.AppKey, err = u.appKey(today.ID, request.AppKey, plan.Older.AppKey)
	return plan, err
}

// pair gives the older market and the one of today that id, which may be either of them, means.
func (u *Upgrades) pair(id string) (older, today Market, err error) {
	named, err := u.valet.Providers.Get(id)
	if err != nil {
		return older, today, err
	}
	for _, m := range u.valet.Providers.List() {
		if m.SucceededBy != "" && (m.ID == id || m.SucceededBy == id) {
			today, err = u.valet.Providers.Get(m.SucceededBy)
			return m, today, err
		}
	}
	return older, today, &Error{Kind: NotOlder, Subject: named.Name, Provider: named.Name}
}

// appKey picks the app key that the exchange is asked for with: an app has the same client id in both APIs.
func (u *Upgrades) appKey(provider, wanted, olderKey string) (AppKey, error) {
	older, known := u.valet.Keys.find(olderKey)
	if wanted != "" || !known {
		return u.valet.Keys.Pick(provider, wanted)
	}
	var same []AppKey
	for _, key := range u.valet.Keys.List() {
		if key.Provider == provider && key.ClientID == older.ClientID {
			same = append(same, key)
		}
	}
	// One that was set goes before one that comes with the program: its callback is what somebody registered.
	if at := slices.IndexFunc(same, func(key AppKey) bool { return !key.BuiltIn }); at > 0 {
		return same[at], nil
	}
	if len(same) > 0 {
		return same[0], nil
	}
	return u.valet.Keys.Pick(provider, "")
}

// Upgrade exchanges an older key for one of today's and keeps that as [Valet.Connect] does; the same account's key in the rack is
// renewed. Once the new key is in the store and was read back, the older one leaves its store, and a line stays that says so.
//
// Errors: those of [Upgrades.Plan] and of Connect before its browser opens; [OlderEnded] if the provider does not know the token:
// then the older key is as it was; [OlderLost] if the answer did not arrive, now or at an earlier try; [ExchangeRefused],
// [Unreachable], [NotKept]. Where the new key is kept and the older one could not be taken out, the connection comes with an error.
func (u *Upgrades) Upgrade(ctx context.Context, request UpgradeRequest) (Connection, error) {
	plan, err := u.Plan(request)
	if err != nil {
		return Connection{}, err
	}
	w, err := u.ask(ctx, plan, request)
	if err == nil && ctx.Err() != nil {
		err = &Error{Kind: Cancelled, Cause: ctx.Err()}
	}
	if err != nil {
		return Connection{}, err
	}
	if plan.Older.ID == "" {
		token, err := w.exchange(ctx, request.Token, false)
		if err != nil {
			return Connection{}, err
		}
		return w.receive(ctx, token)
	}
	s, err := u.valet.seat(plan.Older.ID)
	if err != nil {
		return Connection{}, err
	}
	return w.renew(ctx, s)
}

// ask is everything that can be known to be wrong before the older token is sent.
func (u *Upgrades) ask(ctx context.Context, plan UpgradePlan, request UpgradeRequest) (upgrading, error) {
	w := &walk{valet: u.valet, market: plan.Provider, scopes: plan.Today, request: ConnectRequest{
		Provider: plan.Provider.ID, AppKey: plan.AppKey.ID, Name: request.Name,
		Store: cmp.Or(request.Store, plan.Older.Store), Move: request.Store != "", Host: request.Host,
	}}
	if err := w.checkName(); err != nil {
		return upgrading{}, err
	}
	if err := w.chooseStore(ctx); err != nil {
		return upgrading{}, err
	}
	key, secret, err := u.valet.Keys.open(ctx, plan.AppKey.ID)
	if err != nil {
		return upgrading{}, err
	}
	w.key, w.client = key, u.valet.channel.client(w.market, key, secret)
	return upgrading{w}, w.preflight(ctx)
}

// olderProofLimit bounds the question whether the provider has ended the older key: the answer is a courtesy.
const olderProofLimit = 10 * time.Second
