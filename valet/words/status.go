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
	case valet.Missing:
		return T("status.line.missing." + string(placeOf(c)))
	case valet.Authorizing, valet.Refreshing, valet.Revoking:
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
	case !c.Renewable:
		return T("status.line.over")
	}
	return T("status.line.renews")
}

// OldKey says what became of the key that a new one took the place of; "" where there is nothing to say.
func OldKey(fate valet.Fate, provider string) string {
	switch fate {
	case valet.FateRevoked:
		return T("status.old.revoked", "Provider", provider)
	case valet.FateDropped:
		return T("status.old.dropped", "Provider", provider)
	case valet.FateAlive:
		return T("status.old.alive", "Provider", provider)
	case valet.FateLeft:
		return T("status.old.left")
	case valet.FateUnread:
		return T("status.old.unread")
	}
	return ""
}

// placeOf is where the key should be.
func placeOf(c valet.Connection) valet.StoreKind {
	switch c.Store {
	case valet.InFile, valet.InSession:
		return c.Store
	}
	return valet.InKeyring
}

// StatusShort is [Status] for the narrow rack.
func StatusShort(c valet.Connection, now time.Time) string {
	lapsed := c.Status == valet.Connected && !c.Unsaved && !c.RefreshExpires.IsZero() && !now.Before(c.RefreshExpires)
	switch {
	case c.Status == valet.NeedsAuthorization, lapsed:
		return T("status.short.ended")
	case c.Status == valet.Returned && !c.Returned.IsZero():
		return T("status.short.returned", "Day", Day(c.Returned, now))
	}
	return Status(c, now)
}

// StatusMore is what the panel says after [Status]: what it means for the seller, and what to do. It begins a new sentence.
// awake tells whether this key is renewed ahead of need, as the window does with the key it shows.
func StatusMore(c valet.Connection, now time.Time, awake bool) string {
	switch c.Status {
	case valet.NeedsAuthorization:
		return T("status.more.needs-authorization")
	case valet.Returned:
		return returnedMore(c, now)
	case valet.Missing:
		return T("status.more.missing." + string(placeOf(c)))
	case valet.Authorizing, valet.Refreshing, valet.Revoking:
		return T("status.more." + string(c.Status))
	}
	warning := Warning(c, now)
	switch {
	case c.Unsaved:
		return T("status.more.unsaved")
	case warning != "":
		return warning
	case !c.RefreshExpires.IsZero() && !now.Before(c.RefreshExpires):
		return T("status.more.lapsed", "Provider", providerName(c))
	case c.AccessExpires.IsZero():
		return T("status.more.ready", "Provider", providerName(c))
	case !c.Renewable && fresh(c, now):
		return T("status.more.fresh-once")
	case !c.Renewable:
		return T("status.more.over", "Provider", providerName(c))
	case !fresh(c, now):
		return T("status.more.renews")
	case awake:
		return T("status.more.fresh-itself")
	}
	return T("status.more.fresh-used")
}

// endsSoon is how long before a refresh token dies its seller is warned.
const endsSoon = 7 * 24 * time.Hour

// Warning is what the seller has to know of a key that still works; "" most of the time. Valet Key keeps a key alive by itself
// while it runs, so this is for a computer that was off for months, a provider that could not be reached for long, or a clock
// that is wrong.
func Warning(c valet.Connection, now time.Time) string {
	left := c.RefreshExpires.Sub(now)
	switch {
	case c.Status != valet.Connected:
		return ""
	case ahead(c.Refreshed, now):
		return T("status.more.clock", "Day", Day(c.Refreshed, now))
	case c.Renewable && !c.RefreshExpires.IsZero() && left > 0 && left <= endsSoon:
		return T("status.more.ends", "Day", Day(c.RefreshExpires, now))
	}
	return ""
}

// returnedMore says what the provider makes of a key that was given back here.
func returnedMore(c valet.Connection, now time.Time) string {
	if c.Proven.IsZero() {
		return T("status.more.returned", "Provider", providerName(c))
	}
	day := c.Returned // the line before says when it was returned: the day is not said twice
	if day.IsZero() {
		day = now
	}
	return T("status.more.returned-proven", "Provider", providerName(c), "When", When(c.Proven, day.In(now.Location())))
}

// ahead reports whether a moment that has been is yet to come: the clock was set back.
func ahead(been, now time.Time) bool { return been.Sub(now) > time.Minute }

// Offline is the panel's sentence while the provider cannot be reached: until when the token at hand is good, if it is.
func Offline(c valet.Connection, now time.Time) string {
	if c.AccessExpires.After(now) {
		return T("status.offline.good", "Provider", providerName(c), "When", When(c.AccessExpires, now))
	}
	return T("status.offline.over", "Provider", providerName(c))
}

// StoreName says where a key is kept: "kept in GNOME Keyring", "kept in a locked file". described is what the system
// calls its keyring.
func StoreName(kind valet.StoreKind, described string) string {
	switch {
	case kind == valet.InSession:
		return T("status.store.session")
	case kind == valet.InFile:
		return T("status.store.file")
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
	left := c.AccessExpires.Sub(now)
	return left >= least && (c.AccessLife == 0 || left <= c.AccessLife+time.Minute) // no more than it ever had: the clock was set back
}

func providerName(c valet.Connection) string {
	if c.ProviderName == "" {
		return T("status.provider")
	}
	return c.ProviderName
}
