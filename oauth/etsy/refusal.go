package etsy

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"valetkey/oauth"
)

// Cause says what a refusal by Etsy means, as far as it changes what a person should do.
type Cause string

// The causes.
const (
	// The app key.
	SecretMissing       Cause = "secret-missing"         // only the keystring was sent
	KeyMalformed        Cause = "key-malformed"          // not keystring:shared_secret
	KeyUnknown          Cause = "key-unknown"            // typo, pending, banned, or halves of two apps
	AppNotRecognized    Cause = "app-not-recognized"     // on the consent page
	RedirectNotAllowed  Cause = "redirect-not-allowed"   // on the consent page: not registered letter for letter
	WithdrawnPermission Cause = "permission-not-offered" // invalid_scope

	// The token.
	TokenExpired      Cause = "token-expired"      // the access token, after its hour
	TokenRevoked      Cause = "token-revoked"      // the seller took it back
	TokenInvalid      Cause = "token-invalid"      // neither, as far as Etsy says
	InsufficientScope Cause = "insufficient-scope" // consent was given to less
	RefreshRevoked    Cause = "refresh-revoked"    // app removed, password changed, 90 days over, or replaced
	LegacyUnknown     Cause = "legacy-unknown"     // not a token of OAuth 1.0

	// One attempt to connect.
	Denied          Cause = "denied"
	CodeUsed        Cause = "code-used"
	GrantInvalid    Cause = "grant-invalid"    // invalid_grant without a known text
	VerifierMissing Cause = "verifier-missing" // two attempts were mixed
	StateMissing    Cause = "state-missing"    // or white space alone
	BodyNotRead     Cause = "body-not-read"    // the parameters did not arrive as a form
	RequestRefused  Cause = "request-refused"  // any other 4xx
	NotThere        Cause = "not-there"        // 404
	NotOwner        Cause = "not-owner"        // another member's shop, or a user's number for a shop's
	NoShop          Cause = "no-shop"          // the member has none
	RateSecond      Cause = "rate-second"      // calls per second used up
	RateDay         Cause = "rate-day"         // calls per day used up
	RateOther       Cause = "rate-other"       // 429 without a known text
	ServerFault     Cause = "server-fault"     // 5xx: try again
)

// texts maps what Etsy writes, in lower case, to what it means. The first match counts. A text that was seen with one status
// alone is not tied to it: Etsy's documents and its servers disagree about several. " … " stands for whatever is between.
var texts = []struct {
	text  string
	cause Cause
}{
	{"shared secret is required", SecretMissing},
	{"should be in the format 'keystring:shared_secret'", KeyMalformed},
	{"api key not found or not active", KeyUnknown},
	{"invalid api key", KeyUnknown},
	{"redirect url is not permitted", RedirectNotAllowed},
	{"application … not recognized", AppNotRecognized},
	{"access token is expired", TokenExpired},
	{"access token has been revoked", TokenRevoked},
	{"refresh_token is revoked", RefreshRevoked},
	{"legacy_token is invalid", LegacyUnknown},
	{"code has been used previously", CodeUsed},
	{"code_verifier is required", VerifierMissing},
	{"grant_type is required", BodyNotRead},
	{"state is required", StateMissing},
	{"insufficient scope", InsufficientScope},
	{"user does not own shop", NotOwner},
	{"could not find a shop for user", NoShop},
	{"exceeded per second rate limit", RateSecond},
	{"exceeded daily rate limit", RateDay},
}

// codes is what the registered error codes mean where no text is known.
var codes = map[oauth.ErrorCode]Cause{
	oauth.AccessDenied:       Denied,
	oauth.InvalidClient:      KeyUnknown,
	oauth.UnauthorizedClient: KeyUnknown,
	oauth.InvalidGrant:       GrantInvalid,
	oauth.InvalidScope:       WithdrawnPermission,
	oauth.InvalidToken:       TokenInvalid,
	oauth.InsufficientScope:  InsufficientScope,
}

// CauseOf says what an error response of Etsy means, be it of the API, the token endpoint, a redirection, or (as Description
// alone) words that a person read off Etsy's page. A 5xx is a server fault whatever it says.
func CauseOf(e *oauth.ErrorResponse) Cause {
	if e.Status >= http.StatusInternalServerError {
		return ServerFault
	}
	said := strings.ToLower(string(e.Code) + " " + e.Description)
	for _, known := range texts {
		start, end, _ := strings.Cut(known.text, " … ")
		if _, rest, found := strings.Cut(said, start); found && strings.Contains(rest, end) {
			return known.cause
		}
	}
	if cause, ok := codes[e.Code]; ok {
		return cause
	}
	switch e.Status {
	case http.StatusUnauthorized:
		return TokenInvalid
	case http.StatusNotFound:
		return NotThere
	case http.StatusTooManyRequests:
		return RateOther
	}
	return RequestRefused
}

// Refusal is an error answer of the API. It never holds the body, the app secret or a token.
type Refusal struct {
	Cause       Cause
	Status      int
	Code        oauth.ErrorCode // the error member, cleaned; often a sentence and no code
	Description string          // cleaned
	RetryAfter  time.Duration   // one hour at most; where Etsy names none: a second or ten minutes for a rate limit
	RequestID   string          // x-etsy-request-uuid: what Etsy's support asks for
}

// Error is for logs and engineers.
func (r *Refusal) Error() string {
	return fmt.Sprintf("etsy: %s (HTTP %d): %s", r.Cause, r.Status,
		strings.TrimSpace(string(r.Code)+" "+r.Description))
}

// Unwrap gives the same refusal in the terms of package oauth, so that callers can ask whether it is transient.
func (r *Refusal) Unwrap() error {
	return &oauth.ErrorResponse{Code: r.Code, Description: r.Description, Status: r.Status, RetryAfter: r.RetryAfter}
}

// refusal reads an error answer. Where no token was sent, a 401 without a known text is about the app key: so says Etsy's
// OpenAPI file of openapi-ping, though the live service answers 403.
func refusal(answer *oauth.Answer, tokenSent bool) *Refusal {
	e := answer.Refusal()
	r := &Refusal{
		Cause: CauseOf(e), Status: e.Status, Code: e.Code, Description: e.Description, RetryAfter: e.RetryAfter,
		RequestID: oauth.CleanText(answer.Header.Get("x-etsy-request-uuid"), 64),
	}
	if r.Cause == TokenInvalid && !tokenSent {
		r.Cause = KeyUnknown
	}
	if r.RetryAfter == 0 {
		r.RetryAfter = usualWait[r.Cause]
	}
	return r
}

// usualWait is how long to wait where Etsy does not say (seen on both kinds of 429).
var usualWait = map[Cause]time.Duration{RateSecond: time.Second, RateOther: time.Second, RateDay: 10 * time.Minute}

// Transient reports whether the same call may succeed later: a rate limit, or Etsy's own fault.
func (r *Refusal) Transient() bool { return r.Status == http.StatusTooManyRequests || r.Status >= 500 }

// KeyTrouble reports whether Etsy refused the app key, whatever the token is worth.
func (r *Refusal) KeyTrouble() bool {
	return r.Cause == SecretMissing || r.Cause == KeyMalformed || r.Cause == KeyUnknown
}

// CauseName gives the cause as text, for those who have a sentence for each.
func (r *Refusal) CauseName() string { return string(r.Cause) }
