package valet

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"valetkey/oauth"
)

// keyCheck are the checks of one key.
type keyCheck struct {
	*round
	shown Connection

	read   bool // the record, once a visit
	held   record
	unread error
	said   *trial // what the provider said, once a visit; nil: it was not asked yet
}

// load gives the record as it is, without noting anything anywhere.
func (k *keyCheck) load(ctx context.Context) (record, error) {
	if k.read {
		return k.held, k.unread
	}
	s, err := k.valet.seat(k.shown.ID)
	if err != nil {
		return record{}, err
	}
	r, ok := s.held()
	if !ok {
		r, err = s.load(ctx)
	}
	var told *Error
	if errors.As(err, &told) && told.Kind != StoreTrouble {
		told.Subject, told.Store = k.shown.Name, k.shown.Store // people know it by that
	}
	k.read, k.held, k.unread = true, r, err
	return r, err
}

// record says whether the key is where it should be, and still fits its line, its app key and its provider.
func (k *keyCheck) record(ctx context.Context) []Finding {
	name := k.shown.ProviderName
	if k.shown.Status == Returned {
		return one(Finding{State: Untried, Reason: "returned", Provider: name, When: k.shown.Returned})
	}
	if f, shut := k.shut(ctx, k.shown.Store, name); shut {
		return one(f)
	}
	r, err := k.load(ctx)
	if err != nil {
		return one(failing(Wrong, err, name))
	}
	market, err := k.valet.Providers.Get(r.Provider)
	if err != nil {
		return one(failing(Wrong, err, name))
	}
	key, listed := k.valet.Keys.find(r.AppKey)
	switch {
	case !listed:
		return one(failing(Wrong, &Error{Kind: UnknownAppKey, Subject: printable(r.AppKey), Provider: name}, name))
	case market.fingerprint(key) != r.Endpoints:
		return one(failing(Wrong, &Error{Kind: ProviderChanged, Subject: r.Name, Provider: name}, name))
	case k.shown.Unsaved:
		return one(failing(Wrong, &Error{Kind: Unsaved, Subject: r.Name}, name))
	case r.Pending.Token != "":
		return one(Finding{State: LookAt, Reason: "pending", Provider: name, When: r.Pending.Since})
	}
	return one(Finding{State: Fine, Reason: "kept", Provider: name})
}

// unlessFine is record for a list of many keys.
func (k *keyCheck) unlessFine(ctx context.Context) []Finding {
	return slices.DeleteFunc(k.record(ctx), func(f Finding) bool { return f.State == Fine })
}

// brief judges the token by what is written of it: nobody is asked. What record has told of the key is not told again.
func (k *keyCheck) brief(ctx context.Context) []Finding {
	if len(k.unlessFine(ctx)) > 0 {
		return nil
	}
	r, err := k.load(ctx)
	if err != nil {
		return nil
	}
	return one(k.age(r))
}

// endsSoon is how long before a refresh token dies its seller should know.
const endsSoon = 7 * 24 * time.Hour

// age says how long a token is good for, and what would come next.
func (k *keyCheck) age(r record) Finding {
	now := time.Now()
	f := Finding{State: Fine, Reason: "fresh", Provider: k.shown.ProviderName, Span: r.Expires.Sub(now)}
	over := !r.RefreshExpires.IsZero() && !now.Before(r.RefreshExpires)
	switch {
	case r.Ended != "":
		return failing(Wrong, r.over(k.shown), f.Provider)
	case r.Refresh.IsZero() && !r.fresh(now, 0):
		f.State, f.Reason = Wrong, "over"
	case !r.Refresh.IsZero() && over:
		f.State, f.Reason, f.When = LookAt, "lapsed", r.RefreshExpires
	case !r.Refresh.IsZero() && !r.RefreshExpires.IsZero() && r.RefreshExpires.Sub(now) < endsSoon:
		f.State, f.Reason, f.When = LookAt, "ends-soon", r.RefreshExpires
	case r.Expires.IsZero():
		f.Reason, f.Span = "endless", 0
	case !r.fresh(now, 0):
		f.Reason = "renews"
	}
	return f
}

// token says whether the provider takes the token.
func (k *keyCheck) token(ctx context.Context) []Finding {
	r, f, ok := k.usable(ctx)
	if !ok {
		return one(f)
	}
	age := k.age(r)
	if age.State == Wrong {
		return one(age)
	}
	t := k.tried(ctx, r)
	switch {
	case t.err != nil:
		return one(failing(Wrong, t.err, age.Provider))
	case age.State != Fine:
		return one(age)
	case t.shopless:
		return one(Finding{State: LookAt, Reason: "no-shop", Provider: age.Provider})
	case t.untried == "nobody":
		return one(age)
	case t.untried != "":
		return one(Finding{State: Untried, Reason: t.untried, Provider: age.Provider})
	}
	age.Reason = "works"
	return one(age)
}

// usable gives the record where there is one to ask about; else why not.
func (k *keyCheck) usable(ctx context.Context) (record, Finding, bool) {
	found := k.record(ctx)[0]
	if found.State == Wrong || found.State == Untried {
		if found.Reason != "returned" && found.Reason != "locked" {
			found = Finding{Reason: "record"}
		}
		return record{}, Finding{State: Untried, Reason: found.Reason, Provider: k.shown.ProviderName}, false
	}
	r, err := k.load(ctx)
	if err != nil {
		return record{}, Finding{State: Untried, Reason: "record", Provider: k.shown.ProviderName}, false
	}
	return r, Finding{}, true
}

// scopes compares what the key was made for, what was granted and what the provider says that it opens.
func (k *keyCheck) scopes(ctx context.Context) []Finding {
	r, f, ok := k.usable(ctx)
	if !ok {
		return one(f)
	}
	f = Finding{State: Fine, Reason: "granted", Provider: k.shown.ProviderName}
	t := k.tried(ctx, r)
	if t.err != nil {
		f.State, f.Reason = Untried, "token"
		return one(f)
	}
	opens := r.Granted
	if t.scopes != nil {
		opens, f.Reason = t.scopes, "confirmed"
	}
	if missing := scopeNames(lacking(opens, r.Granted)); missing != "" {
		return one(Finding{State: Wrong, Reason: "fewer", Provider: f.Provider, Subject: missing})
	}
	if missing := scopeNames(lacking(opens, r.Asked)); missing != "" {
		return one(Finding{State: LookAt, Reason: "narrower", Provider: f.Provider, Subject: missing})
	}
	f.Subject = scopeNames(opens)
	return one(f)
}

// scopeNames names permissions in a row.
func scopeNames(scopes []oauth.Scope) string {
	names := make([]string, len(scopes))
	for n, scope := range scopes {
		names[n] = string(scope)
	}
	return strings.Join(names, " ")
}
