package valet

import (
	"context"
	"time"

	"valetkey/oauth"
)

// Step is one of the four steps of the walk, the same four everywhere.
type Step int

// The walk.
const (
	Ask     Step = iota // what may this key open
	Approve             // the browser asks the seller
	Receive             // the answer comes back and is checked
	Keep                // the key hangs in the rack
)

// Moment is what has just happened within a step. Each is reported once, after it is true.
type Moment string

// In the order of the walk.
const (
	Listening  Moment = "listening"   // Approve: the door is open; Detail.URL and Deadline are set
	Opened     Moment = "opened"      // Approve: the browser was started
	OpenFailed Moment = "open-failed" // Approve: no browser could be started; the walk goes on waiting
	Answered   Moment = "answered"    // Receive: an answer to this very request came
	Exchanged  Moment = "exchanged"   // Receive: the tokens are in hand; Asked and Granted are set, and Before on a reconnect
	Identified Moment = "identified"  // Receive: Account is set, as far as the provider said
	Stored     Moment = "stored"      // Keep: written, read back; Store is set, and Before where the key opens something else now
	Replaced   Moment = "replaced"    // Keep: there was a pair before; Old says what became of it
)

// Detail goes with a step. Which fields are set is said at each [Moment].
type Detail struct {
	Moment         Moment
	URL            string // the consent address: it holds state and challenge, so it is shown but never logged
	Deadline       time.Time
	Typed          bool // Approve: the page will show a code, which the seller hands in as what is pasted
	Account        Account
	Asked, Granted []oauth.Scope
	Before         []oauth.Scope // what the key opened until now
	Store          StoreKind
	Old            Fate
}

// Decision answers the wrong-shop guard.
type Decision int

// TryAgain gives the new key back and leaves the old one alone; KeepBoth hangs it beside the old one.
const (
	TryAgain Decision = iota
	KeepBoth
)

// Host is whoever leads the seller through the walk: the window or the command line. A nil function is not offered.
// The functions are called on the goroutine of Connect, one at a time; Open must return at once.
type Host struct {
	Step      func(Step, Detail)
	Open      func(ctx context.Context, url string) error
	Pasted    <-chan string // addresses the seller pasted; one that is not the answer is reported by PasteRefused
	WrongShop func(ctx context.Context, want, got Account) Decision

	// ChooseStore is asked before anything is won where a key cannot be kept: trouble says why. It gives the store to use
	// instead, made ready if it needs that, or an error that ends the walk. A key that is to be renewed moves there.
	ChooseStore func(ctx context.Context, trouble error) (StoreKind, error)

	// Unlock is asked once it is known that the key renews one behind a passphrase: trouble says so. It returns when the store
	// can be used, or with an error: then the new key hangs beside the old one.
	Unlock func(ctx context.Context, trouble error) error

	// PasteRefused is told why a pasted address did not count; the walk goes on waiting.
	PasteRefused func(error)
}

// ConnectRequest says what to connect.
type ConnectRequest struct {
	Provider  string // id
	AppKey    string // id or label; empty: the provider's only one
	Name      string // NAME wished for; empty: made from the shop's name
	Scopes    []oauth.Scope
	Reconnect ID        // renew this connection; empty: a new key
	Store     StoreKind // where to keep a new key; empty: the keyring
	Move      bool      // bring a key that hangs elsewhere to Store; else it is renewed where it is
	NoListen  bool      // do not open a port: the answer is pasted
	Host      Host
}
