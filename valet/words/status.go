package words

import (
	"time"

	"valetkey/valet"
)

// Status says in one line where a key stands, for the rack and for lists: "Fresh for 47 minutes", "Renews when used".
func Status(c valet.Connection, now time.Time) string {
	switch c.Status {
	case valet.NeedsAuthorization:
		return T("status.line.needs-authorization", "Provider", providerName(c))
	case valet.Returned:
		if c.Returned.IsZero() {
			return T("status.line.returned")
		}
		return T("status.line.returned-at", "When", When(c.Returned, now))
	case valet.Authorizing, valet.Refreshing, valet.Revoking, valet.Missing:
		return T("status.line." + string(c.Status))
	}
	switch {
	case c.Unsaved:
		return T("status.line.unsaved")
	case !c.RefreshExpires.IsZero() && !now.Before(c.RefreshExpires):
		return T("status.line.lapsed")
	case c.AccessExpires.IsZero():
		return T("status.line.ready")
	case fresh(c, now):
		return T("status.line.fresh", "Left", Left(c.AccessExpires.Sub(now)))
	}
	return T("status.line.renews")
}

// StatusMore is what the panel says after [Status]: what it means for the seller, and what to do. It begins a new sentence.
// awake tells whether this key is renewed ahead of need, as the window does with the key it shows.
func StatusMore(c valet.Connection, now time.Time, awake bool) string {
	switch c.Status {
	case valet.NeedsAuthorization:
		return T("status.more.needs-authorization")
	case valet.Returned:
		return T("status.more.returned", "Provider", providerName(c))
	case valet.Authorizing, valet.Refreshing, valet.Revoking, valet.Missing:
		return T("status.more." + string(c.Status))
	}
	switch {
	case c.Unsaved:
		return T("status.more.unsaved")
	case !c.RefreshExpires.IsZero() && !now.Before(c.RefreshExpires):
		return T("status.more.lapsed", "Provider", providerName(c))
	case c.AccessExpires.IsZero():
		return T("status.more.ready", "Provider", providerName(c))
	case !fresh(c, now):
		return T("status.more.renews")
	case awake:
		return T("status.more.fresh-itself")
	}
	return T("status.more.fresh-used")
}

// Offline is the panel's sentence while the provider cannot be reached: until when the token at hand is good, if it is.
func Offline(c valet.Connection, now time.Time) string {
	if c.AccessExpires.After(now) {
		return T("status.offline.good", "Provider", providerName(c), "When", When(c.AccessExpires, now))
	}
	return T("status.offline.over", "Provider", providerName(c))
}

// StoreName says where a key is kept: "kept in GNOME Keyring", "this session only". described is what the store calls itself.
func StoreName(kind valet.StoreKind, described string) string {
	switch {
	case kind == valet.InSession:
		return T("status.store.session")
	case described == "":
		return T("status.store.keyring")
	}
	return T("status.store.named", "Name", described)
}

// ShopName is what a key is called: the shop's name, else the account's number, else the name it has here.
func ShopName(c valet.Connection) string {
	switch {
	case c.Account.ShopName != "":
		return c.Account.ShopName
	case c.Account.UserID != "":
		return T("status.account", "Provider", providerName(c), "Number", c.Account.UserID)
	}
	return c.Name
}

// fresh follows the rule for a stale token: less is left than a minute, or a tenth of a short life.
func fresh(c valet.Connection, now time.Time) bool {
	least := time.Minute
	if c.AccessLife > 0 {
		least = min(least, c.AccessLife/10)
	}
	return c.AccessExpires.Sub(now) >= least
}

func providerName(c valet.Connection) string {
	if c.ProviderName == "" {
		return T("status.provider")
	}
	return c.ProviderName
}
