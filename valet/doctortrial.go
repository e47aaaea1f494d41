package valet

import (
	"context"
	"errors"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// trial is what the provider's API said of one key's token.
type trial struct {
	untried  string // why it was not asked
	err      error
	shopless bool          // the account that answered has no shop
	scopes   []oauth.Scope // as the provider says; nil: it was not asked, or did not say
}

// tried asks the provider about the token that is there, once a visit. It is never renewed for that.
func (k *keyCheck) tried(ctx context.Context, r record) trial {
	if k.said == nil {
		t := k.ask(ctx, r)
		k.said = &t
	}
	return *k.said
}

func (k *keyCheck) ask(ctx context.Context, r record) (t trial) {
	market, err := k.valet.Providers.Get(r.Provider)
	key, listed := k.valet.Keys.find(r.AppKey)
	switch {
	case !r.fresh(time.Now(), 0):
		return trial{untried: "stale"}
	case err != nil, !listed, market.fingerprint(key) != r.Endpoints:
		return trial{untried: "record"} // that check says why, and a token goes nowhere new
	case !market.EtsyAPI && market.Account.URL == "":
		return trial{untried: "nobody"}
	}
	if !key.BuiltIn {
		if f, shut := k.shut(ctx, appKeyPlace(key), ""); shut {
			return trial{untried: f.Reason}
		}
	}
	client, err := k.valet.channel.clientOf(ctx, r)
	if err != nil {
		return trial{untried: "app-key"} // the checks of the app key say why
	}
	ctx, cancel := context.WithTimeout(ctx, networkLimit)
	defer cancel()
	if !market.EtsyAPI {
		_, err = identifyByPointer(ctx, client, r.pass())
		if besideThePoint(err) {
			err = nil
		}
		return trial{err: refusedBy(market, err)}
	}
	api := etsyAPI(client)
	account, err := identifyEtsy(ctx, api, r.Access)
	t.shopless = err == nil && account.ShopID == ""
	var refusal *etsy.Refusal
	if errors.As(err, &refusal) && refusal.Cause == etsy.InsufficientScope {
		err = nil // the permissions are another check
	}
	if err == nil {
		t.scopes, err = api.Scopes(ctx, r.Access)
	}
	t.err = refusedBy(market, err)
	return t
}

// refusedBy is [apiError] for what may be no error.
func refusedBy(m Market, err error) error {
	if err == nil {
		return nil
	}
	return apiError(err, m)
}
