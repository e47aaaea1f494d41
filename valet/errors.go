package valet

import (
	"errors"
	"time"
)

// Kind says what went wrong, as far as it changes what a person should do. words has a sentence for each, cli an exit status.
type Kind string

// The kinds.
const (
	UnknownName      Kind = "unknown-name"      // Subject: what was typed
	AmbiguousName    Kind = "ambiguous-name"    // Subject: what was typed
	UnknownProvider  Kind = "unknown-provider"  // Subject: what was typed
	BadProviderFile  Kind = "bad-provider-file" // Subject: the field; Other: what is wrong with it
	NoProviderFile   Kind = "no-provider-file"  // Subject: the file's name
	SecretInFile     Kind = "secret-in-file"    // a provider file with a secret; Subject: the field
	ProviderLimit    Kind = "provider-limit"    // Subject: the one that was to be added
	NoMetadata       Kind = "no-metadata"       // the issuer of a provider file does not say where it is asked
	BadMetadata      Kind = "bad-metadata"      // what the issuer says cannot be used; Subject: the field
	EndpointsDiffer  Kind = "endpoints-differ"  // a provider file and its issuer; Subject: the field
	WrongIssuer      Kind = "wrong-issuer"      // the answer in the browser names another provider, or none where it has to
	ProviderChanged  Kind = "provider-changed"  // other endpoints than the key was won from
	UnknownScope     Kind = "unknown-scope"     // Subject: the scope
	BadName          Kind = "bad-name"          // Subject: what was typed
	NameTaken        Kind = "name-taken"        // Subject: the name
	NoAppKey         Kind = "no-app-key"        // Subject: the provider's name
	UnknownAppKey    Kind = "unknown-app-key"   // Subject: what was typed
	SeveralAppKeys   Kind = "several-app-keys"  // Subject: the provider's name
	AppKeyInUse      Kind = "app-key-in-use"    // Subject: the label
	BadAppKey        Kind = "bad-app-key"       // Subject: the field
	AppKeyRefused    Kind = "app-key-refused"   // Subject: the provider's name; Cause tells which refusal
	FlowWaiting      Kind = "flow-waiting"      // a walk is already under way here
	PortBusy         Kind = "port-busy"         // Subject: the port
	PortHeld         Kind = "port-held"         // another walk waits there; Subject: the port; Other: who
	NoListen         Kind = "no-listen"         // the redirect is not a loopback address and nothing can be pasted
	Denied           Kind = "denied"            // the seller pressed Deny
	TimedOut         Kind = "timed-out"         // nobody answered
	Cancelled        Kind = "cancelled"         // ended here
	ConsentError     Kind = "consent-error"     // Subject: the provider's error code
	BadAnswer        Kind = "bad-answer"        // the token answer cannot be used; Subject: what is wrong with it, where that has sentences of its own
	ExchangeRefused  Kind = "exchange-refused"  // Subject: the provider's error code
	EndedTogether    Kind = "ended-together"    // the provider ended the new pair along with the old one; Subject: NAME
	WrongVerifier    Kind = "wrong-verifier"    // the code that was typed is not the one that was shown
	ConsentExpired   Kind = "consent-expired"   // the provider does not know the temporary credentials any more; Subject: its code
	ClockOff         Kind = "clock-off"         // this machine's clock is off; Life: how far the provider's is ahead, 0: it did not say
	NotOlder         Kind = "not-older"         // no key of an older API; Subject: NAME, or the market's name
	OlderEnded       Kind = "older-ended"       // the provider does not know the older token, or has ended it; Other: the id of today's market
	OlderLost        Kind = "older-lost"        // the older token was sent, and the answer never came; Subject: "refused" at a later try; Other: as before
	RescueFile       Kind = "rescue-file"       // a file with tokens; Subject: what is wrong with it; Other: its name
	AlreadyKept      Kind = "already-kept"      // a key of that account hangs here and works; Subject: NAME
	WrongShop        Kind = "wrong-shop"        // Subject: the shop that answered; Other: the shop asked for
	NotKept          Kind = "not-kept"          // won, but the store refused; Cause is the store's trouble
	NeedsConsent     Kind = "needs-consent"     // the provider ended the connection; Subject: NAME
	AnswerLost       Kind = "answer-lost"       // renewed at the provider, and the answer never came; Subject: NAME
	ClientRefused    Kind = "client-refused"    // the provider refused the app, not the key; Subject: the error code
	Unreachable      Kind = "unreachable"       // network, 408, 425, 429, 5xx; RetryAfter may be set
	StoreTrouble     Kind = "store-trouble"     // see Trouble
	ItemMissing      Kind = "item-missing"      // Subject: NAME, and Store is where; or the label of an app key, and Other is its provider's id
	GivenBack        Kind = "given-back"        // Subject: NAME
	BeyondLife       Kind = "beyond-life"       // more life asked for than the provider gives; Life is what it gives
	Held             Kind = "held"              // another program is busy with this key; Subject: who
	Unsaved          Kind = "unsaved"           // the new pair is in memory only
	IndexUnreadable  Kind = "index-unreadable"  // Subject: the file
	IndexDamaged     Kind = "index-damaged"     // it was made anew; Subject: the file that the damaged one is now
	RecordUnreadable Kind = "record-unreadable" // Subject and Other: as for [ItemMissing]
	NotRenewable     Kind = "not-renewable"     // it came without a refresh token, and works as it is; Subject: NAME
	SignedOnly       Kind = "signed-only"       // no header opens it for longer than one request; Subject: NAME
	TokenRefused     Kind = "token-refused"     // the API refused a fresh token; Subject: the error code
	NoAPI            Kind = "no-api"            // the provider file names no api to send to
	BadTarget        Kind = "bad-target"        // Subject: what is wrong with the address; Other: the letter, or what it has to lie under
	APIEnded         Kind = "api-ended"         // the provider answers that it has ended this API
	Declined         Kind = "declined"          // the API answered with no success; Subject: status and its text, or "redirect"
	Busy             Kind = "busy"              // the API answered 408, 425, 429 or 5xx; RetryAfter may be set
	AnswerUnusable   Kind = "answer-unusable"   // an answer of the API came and is too large, or was cut short
)

// Error is the one error type of this package. It never holds a secret.
type Error struct {
	Kind           Kind
	Subject, Other string
	Provider       string // the provider's name, for the sentence
	Store          StoreKind
	Life           time.Duration
	RetryAfter     time.Duration
	Cause          error
}

// Error is for logs and engineers; people read words.Sentence.
func (e *Error) Error() string {
	text := string(e.Kind)
	if e.Subject != "" {
		text += " " + e.Subject
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return "valet: " + text
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf gives the kind of err, or "" if it is none of ours.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
