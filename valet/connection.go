package valet

import (
	"time"

	"valetkey/oauth"
)

// ID names one connection, and its item in the keyring. It is random and says nothing.
type ID string

// Status is where a connection stands.
type Status string

// Every connection is in exactly one of these.
const (
	Authorizing        Status = "authorizing"         // a walk for this key is under way
	Connected          Status = "connected"           // the store holds a pair that works as far as we know
	Refreshing         Status = "refreshing"          // a refresh request is under way
	Revoking           Status = "revoking"            // being given back; nothing may refresh it
	NeedsAuthorization Status = "needs-authorization" // the provider ended it: the seller has to connect again
	Returned           Status = "returned"            // given back here; kept as a line so that the seller sees it
	Missing            Status = "missing"             // in the index, but its item is not in this keyring
)

// StoreKind says which of the stores holds a connection's tokens.
type StoreKind string

// The stores, from the best.
const (
	InKeyring StoreKind = "keyring"
	InFile    StoreKind = "file"    // locked by a passphrase
	InSession StoreKind = "session" // memory: gone when the program ends
)

// Account is who connected. Only UserID is certain; the rest is a courtesy of the provider and may be empty.
type Account struct {
	UserID   string `json:"user_id,omitempty"`
	ShopID   string `json:"shop_id,omitempty"`
	ShopName string `json:"shop_name,omitempty"`
	Person   string `json:"person,omitempty"`
	Picture  string `json:"picture,omitempty"` // https address, as the provider gave it
}

// Same reports whether both are the same account of one provider. Two unknown accounts are never the same.
func (a Account) Same(b Account) bool { return a.UserID != "" && a.UserID == b.UserID }

// Label is what to call the account where only one word is wanted: the shop's name, or the number of the account.
func (a Account) Label() string {
	if a.ShopName != "" {
		return a.ShopName
	}
	return a.UserID
}

// Protocol is what a market speaks.
type Protocol string

// The protocols, as provider files name them.
const (
	OAuth2  Protocol = "oauth2"
	OAuth10 Protocol = "oauth1" // OAuth 1.0a: each request is signed
)

// Connection is a snapshot of one key. It holds no secret and may be logged, compared and kept.
type Connection struct {
	ID           ID
	Name         string // NAME on the command line
	Provider     string // id
	ProviderName string
	Practice     bool
	Protocol     Protocol // "" where the provider is not known here any more
	AppKey       string   // id of the app key it was won with and is refreshed with
	Account      Account
	Asked        []oauth.Scope
	Granted      []oauth.Scope // as asked where the provider did not say
	Before       []oauth.Scope // what it opened until Connected, where that was something else
	Status       Status
	Reason       string // for NeedsAuthorization: the provider's error code, or "answer-lost"
	Store        StoreKind
	WithdrawPage string // where the seller takes the key back at the provider; may be empty

	Connected      time.Time
	Refreshed      time.Time     // when the present access token was won
	AccessExpires  time.Time     // zero: unknown or never
	AccessLife     time.Duration // as the provider gave it with the present token; 0 unknown
	RefreshExpires time.Time     // zero: unknown
	Renewable      bool          // there is a refresh token
	Used           time.Time     // when its token was last handed on; hours old at most
	Returned       time.Time     // for Returned
	Proven         time.Time     // for Returned: when the provider was seen to refuse it; zero: not yet
	Unreachable    time.Time     // when the provider was last asked in vain for a newer token; zero: it was not
	Unsaved        bool          // a newer pair is in memory only: the store refused it
}

// at fills in what the market is known for, and not the key.
func (c Connection) at(m Market) Connection {
	c.ProviderName, c.Practice, c.Protocol, c.WithdrawPage = m.Name, m.Practice, m.protocol(), m.WithdrawPage
	return c
}

// like takes over the same from another key of that market.
func (c Connection) like(of Connection) Connection {
	c.ProviderName, c.Practice, c.Protocol, c.WithdrawPage = of.ProviderName, of.Practice, of.Protocol, of.WithdrawPage
	return c
}
