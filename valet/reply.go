package valet

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/oauth/oauth1"
)

// Reply is what a provider's API answered.
type Reply struct {
	Status    int // HTTP status; 0: no answer came
	Header    http.Header
	Body      []byte        // as it came; 1 MiB at most
	Took      time.Duration // of the last try
	CallsLeft int           // today, for the app key; -1: not said
	CallsADay int           // how many the app key has; -1: not said

	market  Market
	secrets []oauth.Secret       // that the request was made with, and the others of the key
	refusal *oauth.ErrorResponse // what the answer says if it is an error
	cause   etsy.Cause           // the same, of an API of Etsy's form
}

func replyOf(m Market, received *oauth.Received, refusal *oauth.ErrorResponse) Reply {
	reply := Reply{
		Status: received.Status, Header: received.Header, Body: received.Body, CallsLeft: -1, CallsADay: -1,
		market: m, refusal: refusal,
	}
	for name, count := range map[string]*int{"X-Remaining-Today": &reply.CallsLeft, "X-Limit-Per-Day": &reply.CallsADay} {
		if said, err := strconv.Atoi(received.Header.Get(name)); err == nil && said >= 0 {
			*count = said
		}
	}
	if m.EtsyAPI {
		reply.cause = etsy.CauseOf(reply.refusal)
	}
	return reply
}

// Without puts mark in the place of every secret of the key and its app key in a text of this answer; see [oauth.Without]. The
// body itself is given as it came: it is for whoever holds the key.
func (r Reply) Without(mark string) func(text string) string {
	return oauth.Without(mark, r.secrets...)
}

// Location is where a redirect points to, cleaned; "" for any other answer.
func (r Reply) Location() string {
	if r.Status < 300 || r.Status > 399 {
		return ""
	}
	return oauth.CleanText(r.Header.Get("Location"), 2000)
}

// wantsNewToken reports whether the same request may succeed with a renewed token: the API does not know this one, and does not
// say that the seller took it back, that it opens too little, or that the app key is wrong.
func (r Reply) wantsNewToken() bool {
	switch {
	case r.Status != http.StatusUnauthorized || r.narrow() || r.market.OAuth1 != nil:
		return false
	case r.market.EtsyAPI:
		return r.cause == etsy.TokenExpired || r.cause == etsy.TokenInvalid
	}
	return true
}

// narrow reports whether the token opens too little for this (RFC 6750 3.1, or a problem report).
func (r Reply) narrow() bool {
	return r.says(oauth.InsufficientScope) || r.market.OAuth1 != nil && r.says(oauth.ErrorCode(oauth1.PermissionDenied))
}

// says reports whether the answer has an error code of RFC 6750 3.1, in its body or in its header.
func (r Reply) says(code oauth.ErrorCode) bool {
	challenge := strings.Join(r.Header.Values("WWW-Authenticate"), ", ")
	return r.refusal.Code == code || strings.Contains(challenge, `error="`+string(code)+`"`)
}

// longestRefrain is the longest pause that is told; a provider that names a longer one means never.
const longestRefrain = 30 * 24 * time.Hour

// retryAfter is the pause that the provider asks for (RFC 9110 10.2.3), a second at least; 0: none. A date counts from the
// provider's own.
func (r Reply) retryAfter() time.Duration {
	value := strings.TrimSpace(r.Header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return min(max(time.Duration(seconds)*time.Second, time.Second), longestRefrain)
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(r.Header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return min(max(until.Sub(now), time.Second), longestRefrain)
}

// pause is how long to wait before the same request is sent again; 0: it is not. The API has not acted on what it answers 429
// to; of a 503 nobody can be sure, so only what changes nothing is repeated after that. Etsy does not always name the pause that
// its limit for one second asks for.
func (r Reply) pause(method string) time.Duration {
	switch {
	case r.Status == http.StatusTooManyRequests && (r.cause == etsy.RateSecond || r.cause == etsy.RateOther):
		return cmp.Or(r.retryAfter(), time.Second)
	case r.Status == http.StatusTooManyRequests,
		r.Status == http.StatusServiceUnavailable && slices.Contains([]string{http.MethodGet, http.MethodHead}, method):
		return r.retryAfter()
	}
	return 0
}

// statusText is a status as engineers know it: "404 Not Found".
func statusText(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

// judge says what an answer means for the key; nil for a success.
func (r Reply) judge() error {
	if r.Status >= 200 && r.Status < 300 {
		return nil
	}
	text := statusText(r.Status)
	told := &Error{Kind: Declined, Provider: r.market.Name, Subject: text}
	if r.market.EtsyAPI && r.cause != etsy.RequestRefused {
		told.Cause = &etsy.Refusal{
			Cause: r.cause, Status: r.Status, Code: r.refusal.Code, Description: r.refusal.Description, RetryAfter: r.retryAfter(),
			RequestID: oauth.CleanText(r.Header.Get("x-etsy-request-uuid"), 64),
		}
	}
	switch {
	case r.Status < 400:
		told.Subject, told.Cause = "redirect", nil
	case r.market.OAuth1 != nil && signedKind(r.refusal.Code) != "":
		told.Kind, told.Subject = signedKind(r.refusal.Code), r.market.Name
	case slices.Contains(appKeyCauses, r.cause):
		told.Kind, told.Subject = AppKeyRefused, r.market.Name
	case r.wantsConsent():
		told.Kind, told.Subject = TokenRefused, cmp.Or(string(r.refusal.Code), text)
		if r.narrow() {
			told.Subject = string(oauth.InsufficientScope)
		}
	case r.refusal.Transient():
		told.Kind, told.RetryAfter = Busy, r.retryAfter()
	}
	return told
}

// What refusals of an API of Etsy's form are about.
var (
	appKeyCauses = []etsy.Cause{etsy.SecretMissing, etsy.KeyMalformed, etsy.KeyUnknown}
	tokenCauses  = []etsy.Cause{etsy.TokenExpired, etsy.TokenRevoked, etsy.TokenInvalid, etsy.InsufficientScope}
)

// wantsConsent reports whether only the seller can help.
func (r Reply) wantsConsent() bool {
	switch {
	case r.market.EtsyAPI:
		return slices.Contains(tokenCauses, r.cause)
	case r.market.OAuth1 != nil:
		return r.narrow() || refusesToken(r.refusal)
	case r.Status == http.StatusForbidden:
		return r.narrow() || r.says(oauth.InvalidToken)
	}
	return r.Status == http.StatusUnauthorized
}
