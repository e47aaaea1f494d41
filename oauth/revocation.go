package oauth

import (
	"context"
	"errors"
)

// ErrNoRevocation says that the provider has no revocation endpoint: the person takes the key back there by hand.
var ErrNoRevocation = errors.New("oauth: the provider has no revocation endpoint")

// TokenTypeHint tells the provider where to look first (RFC 7009 2.1).
type TokenTypeHint string

// The registered hints. Revoke the refresh token first: the access token usually ends with it.
const (
	HintRefreshToken TokenTypeHint = "refresh_token"
	HintAccessToken  TokenTypeHint = "access_token"
)

// Revoke asks the provider to end a token (RFC 7009 2). A token it does not know counts as ended (RFC 7009 2.2), so doing it
// twice is no error. It makes one try. Errors are [ErrNoRevocation], *[ErrorResponse], *[TransportError] and *[AnswerError].
func (c *Client) Revoke(ctx context.Context, token Secret, hint TokenTypeHint) error {
	if c.Provider.RevocationEndpoint == "" {
		return ErrNoRevocation
	}
	plain := map[string]string{}
	if hint != "" {
		plain["token_type_hint"] = string(hint)
	}
	answer, err := c.post(ctx, c.Provider.RevocationEndpoint, plain, map[string]Secret{"token": token})
	if err != nil {
		return err
	}
	if !answer.Success() {
		return answer.Refusal()
	}
	return nil // RFC 7009 2.2: the body of a success says nothing
}
