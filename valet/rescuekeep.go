package valet

import (
	"cmp"
	"context"
	"errors"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// RescueRequest says which key of a file to keep, and gives what the file lacks.
type RescueRequest struct {
	Key       int          // index in [Rescue.Keys]
	Provider  string       // empty: the market of the keystring in the file, else the real one
	AppKey    string       // label; empty: the app key with the same keystring, else the only one
	Keystring string       // where the file has none
	Secret    oauth.Secret // where the file has none
	Name      string       // NAME wished for; empty: made from the shop's name
	Store     StoreKind    // empty: the keyring
	Host      Host         // Step, ChooseStore and Unlock are used
}

// RescuePlan is what keeping a key would do, as far as it is known before anything is sent.
type RescuePlan struct {
	Provider Market
	AppKey   AppKey // the one that is there; without an ID: a new one is kept, called AppKey.Label
}

// Plan says what [Rescue.Keep] would do, and what it lacks: [NoAppKey] where the keystring is missing and there is no app key to
// take, [BadAppKey] of client_secret where only the secret is. It reads memory and asks nobody.
// Other errors: [UnknownProvider], [UnknownAppKey], [SeveralAppKeys].
func (f *Rescue) Plan(request RescueRequest) (RescuePlan, error) {
	key := f.Keys[request.Key]
	keystring := cmp.Or(key.keystring, request.Keystring)
	market, err := f.market(request.Provider, keystring, key.Older)
	if err != nil {
		return RescuePlan{}, err
	}
	plan := RescuePlan{Provider: market}
	if keystring == "" {
		plan.AppKey, err = f.valet.Keys.Pick(market.ID, request.AppKey)
		return plan, err
	}
	taken := map[string]bool{}
	for _, one := range f.valet.Keys.List() {
		if one.Provider != market.ID {
			continue
		}
		taken[one.Label] = true
		if one.ClientID == keystring && (plan.AppKey.ID == "" || plan.AppKey.BuiltIn || one.Label == request.AppKey) {
			plan.AppKey = one
		}
	}
	if plan.AppKey.ID != "" {
		return plan, nil
	}
	if key.secret.IsZero() && request.Secret.IsZero() {
		return plan, &Error{Kind: BadAppKey, Subject: "client_secret", Provider: market.Name}
	}
	plan.AppKey = AppKey{Provider: market.ID, ClientID: keystring, HasSecret: true, Redirect: market.Redirect,
		Label: numbered(cmp.Or(request.AppKey, market.ID), func(label string) bool { return taken[label] })}
	return plan, nil
}

// market is the one whose app key has the keystring, else the real one of that kind.
func (f *Rescue) market(id, keystring string, older bool) (Market, error) {
	if id != "" {
		m, err := f.valet.Providers.Get(id)
		if err == nil && (older && m.OAuth1 == nil || !older && !m.EtsyAPI) {
			err = &Error{Kind: UnknownProvider, Subject: printable(id)}
		}
		return m, err
	}
	var usual Market
	for _, m := range f.valet.Providers.List() {
		if older && m.SucceededBy == "" || !older && !m.EtsyAPI {
			continue
		}
		for _, key := range f.valet.Keys.List() {
			if keystring != "" && key.Provider == m.ID && key.ClientID == keystring {
				return m, nil
			}
		}
		if usual.ID == "" || usual.Practice && !m.Practice {
			usual = m
		}
	}
	if usual.ID == "" {
		return usual, &Error{Kind: UnknownProvider}
	}
	return usual, nil
}

// Keep tries a key and keeps it as a connection. An access token that the provider takes is kept with its refresh token; else both
// are put into the store, and then the refresh token is used once. The file is not touched.
//
// A key of an account that hangs here and works is not put in its place: [AlreadyKept]. One that the provider does not take any
// more is not kept: [RescueFile] with the Subject "ended". Other errors: those of [Rescue.Plan], of [AppKeys.Set] and of
// [Valet.Connect] before its browser opens, [APIEnded], [AppKeyRefused], [Unreachable], [NotKept]. Where the key is kept and it is
// not known whether it works, the connection comes with the error.
func (f *Rescue) Keep(ctx context.Context, request RescueRequest) (Connection, error) {
	plan, err := f.Plan(request)
	if err != nil {
		return Connection{}, err
	}
	key := f.Keys[request.Key]
	w := &walk{valet: f.valet, market: plan.Provider, request: ConnectRequest{
		Provider: plan.Provider.ID, Name: request.Name, Store: request.Store, Move: request.Store != "", Host: request.Host,
	}}
	trying := rescuing{walk: w, file: f, found: key}
	if err := trying.known(Account{UserID: key.UserID()}); err != nil {
		return Connection{}, err
	}
	if err := w.checkName(); err != nil {
		return Connection{}, err
	}
	if err := w.chooseStore(ctx); err != nil {
		return Connection{}, err
	}
	c, err := trying.keep(ctx, plan, request)
	if c.ID != "" {
		f.valet.History.note(ctx, c, DeedImported, "")
	}
	return c, err
}

// keep keeps the key with the app key of the plan, or with a new one.
func (w rescuing) keep(ctx context.Context, plan RescuePlan, request RescueRequest) (Connection, error) {
	if plan.AppKey.ID != "" {
		return w.with(ctx, plan.AppKey.ID)
	}
	secret := w.found.secret
	if secret.IsZero() {
		secret = request.Secret
	}
	made, err := w.valet.Keys.Set(ctx, NewAppKey{
		Provider: plan.Provider.ID, Label: plan.AppKey.Label, ClientID: plan.AppKey.ClientID, Secret: secret, Store: w.kind,
	})
	if err != nil {
		return Connection{}, err
	}
	c, err := w.with(ctx, made.ID)
	if c.ID == "" {
		if undo := w.valet.Keys.Remove(context.WithoutCancel(ctx), made.ID); undo != nil {
			w.valet.options.Log.Warn("app key left behind", "label", made.Label, "error", undo)
		}
	}
	return c, err
}

// rescuing is one key of a file on its way into a store: a walk that needs no browser.
type rescuing struct {
	*walk
	file  *Rescue
	found FoundKey
}

// known refuses the key of an account that is here already and works: what stands in a file may be older than it.
func (w rescuing) known(account Account) error {
	for _, c := range w.valet.Connections() {
		if c.Provider == w.market.ID && c.Account.Same(account) && (c.Status == Connected || c.Status == Refreshing) {
			return &Error{Kind: AlreadyKept, Subject: c.Name, Provider: w.market.Name}
		}
	}
	return nil
}

// with tries the key with an app key, and keeps it.
func (w rescuing) with(ctx context.Context, appKey string) (Connection, error) {
	key, secret, err := w.valet.Keys.open(ctx, appKey)
	if err != nil {
		return Connection{}, err
	}
	w.walk.key, w.client = key, w.valet.channel.client(w.market, key, secret)
	if w.found.Older {
		return w.older(ctx)
	}
	if err := w.preflight(ctx); err != nil {
		return Connection{}, err
	}
	if !w.found.access.IsZero() && (w.found.Expires.IsZero() || w.found.Expires.After(time.Now())) {
		account, err := identifyEtsy(ctx, etsyAPI(w.client), w.found.access)
		if told := takenError(err); told == nil {
			return w.taken(ctx, account)
		} else if !endedAccess(told) {
			return Connection{}, apiError(told, w.market)
		}
	}
	return w.renewed(ctx)
}

// takenError gives what an API said of a token, unless it took it: a token that opens too little to say whose it is was taken.
func takenError(err error) error {
	var refusal *etsy.Refusal
	if errors.As(err, &refusal) && (refusal.Cause == etsy.InsufficientScope || refusal.Cause == etsy.NoShop) {
		return nil
	}
	return err
}

// endedAccess reports whether the access token alone is to blame: the refresh token may be better.
func endedAccess(err error) bool {
	var refusal *etsy.Refusal
	return errors.As(err, &refusal) &&
		(refusal.Cause == etsy.TokenExpired || refusal.Cause == etsy.TokenInvalid || refusal.Cause == etsy.TokenRevoked)
}

// older keeps a pair of OAuth 1.0a that the older API takes.
func (w rescuing) older(ctx context.Context) (Connection, error) {
	won := winnings{Token: oauth.Token{Access: w.found.access, Received: w.file.when()}, secret: w.found.tokenSecret}
	account, err := identifyByPointer(ctx, w.client, won.pass())
	if besideThePoint(err) {
		err = nil
	}
	if err != nil {
		return Connection{}, apiError(err, w.market)
	}
	if err := w.known(account); err != nil {
		return Connection{}, err
	}
	w.walk.scopes = w.valet.channel.reported(ctx, w.client, won.pass(), w.market)
	return w.put(ctx, won, account)
}
