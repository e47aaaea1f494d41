package valet

import (
	"context"
	"errors"
	"net/url"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// appKeyCheck are the checks of one app key.
type appKeyCheck struct {
	*round
	key AppKey
}

// secret says whether the app key can be read whole.
func (a appKeyCheck) secret(ctx context.Context) []Finding {
	name := a.provider()
	if a.key.BuiltIn {
		return one(Finding{State: Fine, Reason: "built-in", Provider: name})
	}
	if f, shut := a.shut(ctx, appKeyPlace(a.key), name); shut {
		return one(f)
	}
	key, secret, err := a.valet.Keys.open(ctx, a.key.ID)
	market, unknown := a.valet.Providers.Get(a.key.Provider)
	switch {
	case err != nil:
		return one(failing(Wrong, err, name))
	case unknown != nil:
		return one(failing(Wrong, unknown, name))
	case market.NeedsSecret() && secret.IsZero():
		return one(failing(Wrong, &Error{Kind: BadAppKey, Subject: "client_secret", Provider: name}, name))
	case key.ClientID != a.key.ClientID:
		return one(Finding{State: LookAt, Reason: "differs", Provider: name})
	}
	return one(Finding{State: Fine, Reason: "kept", Provider: name})
}

// provider is the name of the app key's provider, or its id where it is gone.
func (a appKeyCheck) provider() string {
	if market, err := a.valet.Providers.Get(a.key.Provider); err == nil {
		return market.Name
	}
	return a.key.Provider
}

// known asks the provider, where there is somebody to ask.
func (a appKeyCheck) known(ctx context.Context) []Finding {
	name := a.provider()
	market, err := a.valet.Providers.Get(a.key.Provider)
	if err != nil || !market.EtsyAPI {
		return one(Finding{State: Untried, Reason: "nobody", Provider: name})
	}
	if !a.key.BuiltIn {
		if f, shut := a.shut(ctx, appKeyPlace(a.key), name); shut {
			return one(f)
		}
	}
	err = a.valet.Keys.Check(ctx, a.key.ID)
	var refusal *etsy.Refusal
	switch {
	case err == nil:
		return one(Finding{State: Fine, Reason: "accepted", Provider: name})
	case KindOf(err) == ItemMissing, KindOf(err) == RecordUnreadable, KindOf(err) == UnknownAppKey:
		return one(Finding{State: Untried, Reason: "store", Provider: name}) // the check of the secret says it
	case KindOf(err) == Unreachable && !errors.As(err, &refusal):
		return one(Finding{State: Untried, Reason: "network", Provider: name}) // the check of the network says why
	case errors.As(err, &refusal) && refusal.Cause == etsy.KeyUnknown && !market.Practice:
		if used := a.used(); !used.IsZero() && time.Since(used) > dormancy {
			return one(Finding{State: Wrong, Reason: "dormant", Provider: name, When: used})
		}
	}
	return one(failing(Wrong, err, name))
}

// dormancy is after how long without a request Etsy ends an app key: six months.
const dormancy = 182 * 24 * time.Hour

// used is when a request was last made with this app key, as far as its keys tell; zero: nobody knows.
func (a appKeyCheck) used() (last time.Time) {
	for c := range a.valet.All() {
		for _, when := range []time.Time{c.Used, c.Refreshed, c.Connected} {
			if c.AppKey == a.key.ID && when.After(last) {
				last = when
			}
		}
	}
	return last
}

// port says whether the answer could be listened for.
func (a appKeyCheck) port(context.Context) []Finding {
	name := a.provider()
	address, err := url.Parse(a.key.Redirect)
	if err == nil && address.Port() == "0" {
		return one(Finding{State: Fine, Reason: "any", Provider: name})
	}
	door, err := oauth.ListenLoopback(a.key.Redirect)
	var busy *oauth.PortBusyError
	switch {
	case err == nil:
		door.Close()
		return one(Finding{State: Fine, Reason: "free", Provider: name, Subject: address.Port()})
	case errors.As(err, &busy):
		err := busyPort(a.valet.options.Keyring, busy)
		if KindOf(err) == PortHeld {
			return one(failing(LookAt, err, name))
		}
		return one(failing(Wrong, err, name))
	case errors.Is(err, oauth.ErrNotLoopback):
		return one(Finding{State: Fine, Reason: "pasted", Provider: name})
	}
	return one(Finding{State: Wrong, Reason: "refused", Provider: name, Subject: address.Port()})
}
