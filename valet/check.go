package valet

import (
	"cmp"
	"context"
	"errors"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// Health is what the provider said of a key when it was tried.
type Health struct {
	Account   Account
	Reported  []oauth.Scope // nil: not said
	CallsLeft int           // today, for the app key; -1: not said
	Took      time.Duration
}

// Check tries a key: it asks the provider's API who this is and what it opens. A name that was missing so far is filled in.
// Errors: those of [Valet.UseAccessToken], and [TokenRefused] if the API does not take a token that is fresh.
func (v *Valet) Check(ctx context.Context, id ID) (Health, error) {
	health, err := checkKey(ctx, v, id)
	noteDone(ctx, v.Rack, id, DeedChecked, "", err)
	return health, err
}

func checkKey(ctx context.Context, v *Valet, id ID) (Health, error) {
	r, err := v.renewer.fresh(ctx, id, 0)
	if err != nil {
		return Health{}, err
	}
	client, err := v.channel.clientOf(ctx, r)
	if err != nil {
		return Health{}, err
	}
	market, err := v.Providers.Get(r.Provider)
	if err != nil {
		return Health{}, err
	}
	began := time.Now()
	health := Health{Account: r.Account, CallsLeft: -1}
	if market.EtsyAPI {
		err = checkEtsy(ctx, etsyAPI(client), r, &health)
	} else if market.Account.URL != "" {
		health.Account, err = identifyByPointer(ctx, client, r.pass())
	}
	health.Took = time.Since(began)
	if !market.EtsyAPI && besideThePoint(err) {
		health.Account, err = r.Account, nil
	}
	if err != nil {
		return health, apiError(err, market)
	}
	learn(ctx, v.Rack, id, health.Account)
	if market.ScopesAt.URL != "" {
		health.Reported = v.channel.reported(ctx, client, r.pass(), market)
	}
	return health, nil
}

// besideThePoint reports whether an address has no answer for a key, which says nothing against the key.
func besideThePoint(err error) bool {
	var answer *oauth.ErrorResponse
	return errors.As(err, &answer) && !answer.Transient() && !refusesToken(answer) && signedKind(answer.Code) == ""
}

func checkEtsy(ctx context.Context, api *etsy.API, r record, health *Health) error {
	account, err := identifyEtsy(ctx, api, r.Access)
	if account.ShopName != "" {
		health.Account = account
	}
	var refusal *etsy.Refusal
	if err != nil && !(errors.As(err, &refusal) && refusal.Cause == etsy.InsufficientScope) {
		return err
	}
	health.Reported, err = api.Scopes(ctx, r.Access)
	health.CallsLeft = api.Limits().RemainingToday
	return err
}

// apiError turns an answer of the provider's API into what a person is told.
func apiError(err error, m Market) error {
	told := &Error{Kind: Unreachable, Provider: m.Name, Cause: err}
	var refusal *etsy.Refusal
	var answer *oauth.ErrorResponse
	switch {
	case errors.As(err, &refusal) && refusal.Transient():
		told.RetryAfter = refusal.RetryAfter
	case errors.As(err, &refusal) && refusal.KeyTrouble():
		told.Kind, told.Subject = AppKeyRefused, m.Name
	case errors.As(err, &refusal):
		told.Kind, told.Subject = TokenRefused, refusal.CauseName()
	case errors.As(err, &answer) && answer.Transient():
		told.RetryAfter = answer.RetryAfter
	case errors.As(err, &answer) && signedKind(answer.Code) != "":
		told.Kind, told.Subject = signedKind(answer.Code), m.Name
	case errors.As(err, &answer):
		told.Kind, told.Subject = TokenRefused, cmp.Or(string(answer.Code), statusText(answer.Status))
	}
	return told
}

// Check asks the provider whether it knows an app key. It gives nil where there is nobody to ask.
// Errors: [UnknownAppKey], [AppKeyRefused] with the provider's reason as cause, [Unreachable], [StoreTrouble].
func (k *AppKeys) Check(ctx context.Context, id string) error {
	key, secret, err := k.open(ctx, id)
	if err != nil {
		return err
	}
	market, err := k.providers.Get(key.Provider)
	if err != nil || !market.EtsyAPI {
		return err
	}
	if err := etsyAPI(k.channel.client(market, key, secret)).Ping(ctx); err != nil {
		return apiError(err, market)
	}
	return nil
}
