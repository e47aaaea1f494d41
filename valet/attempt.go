package valet

import (
	"context"
	"net/url"

	"valetkey/oauth"
)

// attempt is one try for the seller's consent, in the protocol that the provider speaks.
type attempt interface {
	// URL is the consent page, for the browser and the person alone.
	URL() string
	// Accepts reports whether q answers this very attempt.
	Accepts(q url.Values) bool
	// read takes the answer out of what the seller pasted or typed; whose it is, Accepts tells.
	read(text string) (url.Values, error)
	// redeem exchanges an answer for what it won; agreed is called once it is known that the seller has agreed.
	redeem(ctx context.Context, q url.Values, agreed func()) (winnings, error)
	// again reports whether the seller may try once more after redeem gave err: a code that was mistyped.
	again(err error) bool
	// Forget drops what the attempt was made with: the walk is over.
	Forget()
}

// winnings are what a consent won: a token answer of OAuth 2, or in its Access a token of OAuth 1.0a, which never expires, and
// the secret that belongs to it.
type winnings struct {
	oauth.Token
	secret oauth.Secret
	told   map[string]string // who it is, where the server said so with the token
}

// codeAttempt is an attempt in OAuth 2: the answer is an authorization code (RFC 6749 4.1).
type codeAttempt struct {
	*oauth.AuthorizationRequest
	client *client
	market Market
}

func (a codeAttempt) read(text string) (url.Values, error) {
	return oauth.ParseRedirection(text, a.client.RedirectURI)
}

func (a codeAttempt) redeem(ctx context.Context, q url.Values, agreed func()) (winnings, error) {
	code, err := a.Code(q)
	if err != nil {
		return winnings{}, consentError(err, a.market)
	}
	agreed()
	token, err := a.client.Exchange(ctx, a.AuthorizationRequest, code)
	if err != nil {
		return winnings{}, exchangeError(err, a.market)
	}
	return winnings{Token: token}, nil
}

func (codeAttempt) again(error) bool { return false }

// Forget has nothing to drop: the verifier is good with a code alone, and codes are good once.
func (codeAttempt) Forget() {}
