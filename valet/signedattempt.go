package valet

import (
	"context"
	"errors"
	"net/url"

	"valetkey/oauth"
	"valetkey/oauth/oauth1"
)

// signedAttempt is an attempt in OAuth 1.0a: the seller approves temporary credentials, and the answer is a verifier (RFC 5849
// 2.2), which comes with the browser or is typed by hand.
type signedAttempt struct {
	*oauth1.Authorization
	client *client
	market Market
	silent int // refusals of a verifier that was typed, without a reason; the walk's own goroutine counts
}

// silentLimit is how often a server may refuse what was typed without saying why: after that it may have dropped the temporary
// credentials, and no code would be right.
const silentLimit = 3

// askTemporary is the request before the consent: for temporary credentials, as far as the app key and the callback are good
// (RFC 5849 2.1).
func askTemporary(ctx context.Context, w *walk) (attempt, error) {
	callback := w.client.RedirectURI
	if w.request.NoListen {
		callback = oauth1.OutOfBand
	}
	authorization, err := w.client.signer.TemporaryCredentials(ctx, callback, w.scopes)
	if err != nil {
		return nil, temporaryError(err, w.market)
	}
	return &signedAttempt{Authorization: authorization, client: w.client, market: w.market}, nil
}

// typed reports whether the seller is to hand in a code that the consent page shows.
func typed(a attempt) bool {
	signed, ok := a.(*signedAttempt)
	return ok && signed.OutOfBand()
}

// typedText is where the text stands that a person typed, until the authorization has looked at it.
const typedText = "typed"

// Accepts knows what was typed for the seller's own answer: nothing in it says so.
func (a *signedAttempt) Accepts(q url.Values) bool {
	return a.OutOfBand() && len(q[typedText]) == 1 || a.Authorization.Accepts(q)
}

func (a *signedAttempt) read(text string) (url.Values, error) {
	if !a.OutOfBand() {
		return oauth.ParseRedirection(text, a.client.RedirectURI)
	}
	if _, err := a.TypedVerifier(text); err != nil {
		return nil, &Error{Kind: WrongVerifier, Provider: a.market.Name, Cause: err}
	}
	return url.Values{typedText: {text}}, nil
}

func (a *signedAttempt) redeem(ctx context.Context, q url.Values, agreed func()) (winnings, error) {
	verifier, err := a.verifier(q)
	if err != nil {
		return winnings{}, verifierError(err, a.market)
	}
	if !a.OutOfBand() {
		agreed()
	}
	won, err := a.client.signer.TokenCredentials(ctx, a.Authorization, verifier)
	if err != nil {
		return winnings{}, a.judge(tokenError(err, a.market))
	}
	if a.OutOfBand() {
		agreed() // only now: anybody may type anything
	}
	token := oauth.Token{Access: won.Token, Received: won.Received}
	return winnings{Token: token, secret: won.Secret, told: won.Extra}, nil
}

// judge takes a refusal without a reason for one of the code that was typed: all else was good enough for the request before.
func (a *signedAttempt) judge(refused *Error) error {
	var problem *oauth1.ProblemError
	bare := errors.As(refused, &problem) && problem.Problem == "" && refused.Kind == ExchangeRefused
	if bare && a.OutOfBand() {
		a.silent++
		refused.Kind = WrongVerifier
		if a.silent >= silentLimit {
			refused.Kind = ConsentExpired
		}
	}
	return refused
}

func (a *signedAttempt) verifier(q url.Values) (oauth.Secret, error) {
	if a.OutOfBand() {
		return a.TypedVerifier(q.Get(typedText))
	}
	return a.Verifier(q)
}

// again is true of a verifier that was typed and is not the one: whether the temporary credentials outlive that is the server's
// to say, and it says so at the next try.
func (a *signedAttempt) again(err error) bool {
	return a.OutOfBand() && KindOf(err) == WrongVerifier
}

// temporaryError turns a refusal of the first request into what a person is told: it is about the app key, the callback or the
// clock, and no seller has been asked yet.
func temporaryError(err error, m Market) *Error {
	var problem *oauth1.ProblemError
	switch {
	case errors.As(err, &problem) && problem.Transient():
		return &Error{Kind: Unreachable, Provider: m.Name, RetryAfter: problem.RetryAfter, Cause: err}
	case errors.As(err, &problem) && ended(problem):
		return &Error{Kind: APIEnded, Provider: m.Name, Cause: err}
	case errors.As(err, &problem) && clockTrouble(problem):
		return &Error{Kind: ClockOff, Provider: m.Name, Life: problem.ClockOff, Cause: err}
	case errors.As(err, &problem) && aboutAppKey(problem):
		return &Error{Kind: AppKeyRefused, Subject: m.Name, Provider: m.Name, Cause: err}
	case errors.As(err, &problem):
		return &Error{Kind: ConsentError, Subject: codeOf(problem), Provider: m.Name, Cause: err}
	case errors.Is(err, oauth1.ErrBadLoginURL):
		return &Error{Kind: BadAnswer, Subject: "login_url", Provider: m.Name, Cause: err}
	case errors.Is(err, oauth1.ErrUnconfirmedCallback):
		return &Error{Kind: BadAnswer, Subject: "oauth_callback_confirmed", Provider: m.Name, Cause: err}
	}
	return exchangeError(err, m)
}

// verifierError turns what came back from the consent page into what a person is told.
func verifierError(err error, m Market) error {
	var problem *oauth1.ProblemError
	switch {
	case errors.Is(err, oauth1.ErrDenied):
		return &Error{Kind: Denied, Provider: m.Name, Cause: err}
	case errors.As(err, &problem):
		return &Error{Kind: ConsentError, Subject: string(problem.Problem), Provider: m.Name, Cause: err}
	}
	return &Error{Kind: ConsentError, Provider: m.Name, Cause: err}
}

// tokenError turns a refusal of the verifier into what a person is told.
func tokenError(err error, m Market) *Error {
	var problem *oauth1.ProblemError
	if !errors.As(err, &problem) || problem.Transient() || ended(problem) || clockTrouble(problem) {
		return temporaryError(err, m)
	}
	kind := ExchangeRefused
	switch problem.Problem {
	case oauth1.VerifierInvalid:
		kind = WrongVerifier
	case oauth1.TokenExpired, oauth1.TokenUsed, oauth1.TokenRejected:
		kind = ConsentExpired
	case oauth1.PermissionDenied, oauth1.UserRefused:
		kind = Denied
	}
	return &Error{Kind: kind, Subject: codeOf(problem), Provider: m.Name, Cause: err}
}

// clockTrouble reports whether a refusal is about the time of a request.
func clockTrouble(p *oauth1.ProblemError) bool {
	return p.Problem == oauth1.TimestampRefused || p.Problem == "" && p.ClockOff != 0
}
