package oauth

import (
	"context"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// Limits of a token answer.
const (
	longestToken = 16 << 10                  // octets
	longestLife  = 10 * 365 * 24 * time.Hour // what a provider may claim; more would overflow one day
	usualLife    = time.Hour                 // taken where the provider names none and the token can be refreshed
)

// Token is what a provider issued (RFC 6749 5.1). Its times are UTC by the clock of this machine, without a monotonic
// reading: they are stored, and machines sleep.
type Token struct {
	Access  Secret
	Refresh Secret // zero: none was sent. After a refresh that means the one in use stays

	Expires  time.Time     // zero: unknown or never. Not after Received: expired as it came
	Life     time.Duration // from Received to Expires, 10 years at most; 0 if Expires is zero
	Scopes   []Scope       // as granted; nil: not said, which means as asked (RFC 6749 5.1)
	Received time.Time
}

// Exchange redeems a code (RFC 6749 4.1.3, RFC 7636 4.5). It makes one try: a code works once. Errors are *[ErrorResponse],
// *[TransportError] and *[AnswerError].
func (c *Client) Exchange(ctx context.Context, r *AuthorizationRequest, code Secret) (Token, error) {
	return c.grant(ctx, false,
		map[string]string{"grant_type": "authorization_code", "redirect_uri": r.redirectURI},
		map[string]Secret{"code": code, "code_verifier": r.verifier})
}

// Refresh trades a refresh token for a new access token (RFC 6749 6). It makes one try: sending a rotating token twice
// blindly ends the whole family at strict providers. If the answer has no refresh token, Token.Refresh is zero and the caller
// keeps the one it has. Errors are those of [Client.Exchange]; only a *[TransportError] that was not Sent is sure to have
// spent nothing.
func (c *Client) Refresh(ctx context.Context, refreshToken Secret) (Token, error) {
	return c.grant(ctx, true,
		map[string]string{"grant_type": "refresh_token"},
		map[string]Secret{"refresh_token": refreshToken})
}

// grant sends one token request and reads what comes back.
func (c *Client) grant(ctx context.Context, refreshable bool, plain map[string]string, secret map[string]Secret) (Token, error) {
	answer, err := c.post(ctx, c.Provider.TokenEndpoint, plain, secret)
	if err != nil {
		return Token{}, err
	}
	if !answer.Success() {
		return Token{}, answer.Refusal()
	}
	return readToken(answer, time.Now(), refreshable)
}

// readToken reads a token answer. Access token and token type decide; all else is read as far as it makes sense, so that an
// odd extra never costs a pair that cannot be had again. refreshable: a refresh token is at hand even if none is sent.
func readToken(answer *Answer, now time.Time, refreshable bool) (Token, error) {
	members, err := answer.Object()
	if err != nil {
		return Token{}, err
	}
	// Some providers refuse with 200.
	switch code := string(members["error"]); code {
	case "", "null", `""`:
	default:
		return Token{}, answer.Refusal()
	}
	access, _ := stringMember(members, "access_token")
	if !isText(access, '!') || len(access) > longestToken {
		return Token{}, answer.unusable("no usable access_token")
	}
	if kind, _ := stringMember(members, "token_type"); !strings.EqualFold(kind, "bearer") {
		return Token{}, answer.unusable("token_type is not bearer")
	}
	token := Token{Access: NewSecret(access), Received: now.UTC().Round(0)}
	if refresh, _ := stringMember(members, "refresh_token"); isText(refresh, ' ') && len(refresh) <= longestToken {
		token.Refresh = NewSecret(refresh)
	}
	if scope, ok := stringMember(members, "scope"); ok {
		token.Scopes = splitScopes(scope)
	}
	life, known := lifetime(members["expires_in"])
	if !known && (refreshable || !token.Refresh.IsZero()) {
		life, known = usualLife, true
	}
	if known {
		token.Life, token.Expires = life, token.Received.Add(life)
	}
	return token, nil
}

// lifetime reads expires_in: a number or a number in a string, of seconds. Fractions are floored, what is not positive is 0,
// what is beyond the longest life is cut to it; anything else is not known.
func lifetime(raw json.RawMessage) (life time.Duration, known bool) {
	text := string(raw)
	if inString, ok := stringMember(map[string]json.RawMessage{"": raw}, ""); ok {
		text = strings.TrimSpace(inString)
	}
	var number json.Number
	if json.Unmarshal([]byte(text), &number) != nil || number == "" || strings.HasPrefix(text, `"`) {
		return 0, false
	}
	seconds, _ := strconv.ParseFloat(text, 64) // out of range is an infinity or 0, which is as good
	seconds = min(max(math.Floor(seconds), 0), longestLife.Seconds())
	return time.Duration(seconds) * time.Second, true
}
