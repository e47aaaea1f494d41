package oauth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// What a redirection can be refused for. None of these ends the wait of a [Loopback] by itself.
var (
	ErrWrongState     = errors.New("oauth: the redirection does not belong to this authorization request")
	ErrBadRedirection = errors.New("oauth: the redirection carries neither one code nor one error")
	ErrWrongIssuer    = errors.New("oauth: the redirection names another issuer, or none where it has to")
)

// longestCode bounds an authorization code, in octets. RFC 6749 sets no limit; real ones are about 100 long.
const longestCode = 8 << 10

// reserved are the parameters that the authorization request sets itself (RFC 6749 4.1.1, RFC 7636 4.3).
var reserved = []string{
	"response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method",
}

// AuthorizationRequest is one attempt to win a code (RFC 6749 4.1.1): provider, redirect, state and verifier belong together
// for as long as it lives, which is what keeps the answer to one attempt out of another. It lives in memory alone and may be
// used by many goroutines.
type AuthorizationRequest struct {
	endpoint, issuer      string
	requiresIssuer        bool
	clientID, redirectURI string
	scopes                []Scope
	state, verifier       Secret
}

// NewAuthorizationRequest makes a request with a fresh state and a fresh code verifier, 32 random octets each. PKCE with S256
// is always used (RFC 7636 4.2); there is no way to ask for less. A failing random source ends the program (crypto/rand).
func (c *Client) NewAuthorizationRequest(scopes []Scope) *AuthorizationRequest {
	return &AuthorizationRequest{
		endpoint:    c.Provider.AuthorizationEndpoint,
		issuer:      c.Provider.Issuer,
		clientID:    c.ClientID,
		redirectURI: c.RedirectURI,
		scopes:      slices.Clone(scopes),
		state:       randomSecret(),
		verifier:    randomSecret(),

		requiresIssuer: c.Provider.RequiresIssuer,
	}
}

// URL is the address for the system browser. A query that the endpoint has of its own is kept as it is (RFC 6749 3.1).
// It holds the state, so it is for the browser and the person, not for a log.
func (r *AuthorizationRequest) URL() string {
	query := url.Values{
		"response_type":         {"code"},
		"client_id":             {r.clientID},
		"redirect_uri":          {r.redirectURI},
		"state":                 {r.state.Reveal()},
		"code_challenge":        {challenge(r.verifier)},
		"code_challenge_method": {"S256"},
	}
	if len(r.scopes) > 0 {
		query.Set("scope", joinScopes(r.scopes))
	}
	// OpenID Connect Core 11: without it, offline_access and with it the refresh token are silently left out.
	if slices.Contains(r.scopes, "offline_access") && !strings.Contains(r.endpoint, "prompt=") {
		query.Set("prompt", "consent")
	}
	separator := "?"
	if strings.Contains(r.endpoint, "?") {
		separator = "&"
	}
	// Encode writes a space as "+" and a plus sign as "%2B"; Etsy documents "%20" between scopes.
	return r.endpoint + separator + strings.ReplaceAll(query.Encode(), "+", "%20")
}

// Accepts reports whether q answers this request: it has exactly one state and that is ours, compared in constant time.
func (r *AuthorizationRequest) Accepts(q url.Values) bool {
	given := q["state"]
	return len(given) == 1 && !r.state.IsZero() && r.state.Equal(NewSecret(given[0]))
}

// Code takes the authorization code out of a redirection (RFC 6749 4.1.2). It looks at the state first, so that an error
// from elsewhere ends nothing, then at iss (RFC 9207 2.4), then at error, then at code. A refusal by the provider comes as
// *[ErrorResponse] with Status 0; otherwise the errors are [ErrWrongState], [ErrWrongIssuer] and [ErrBadRedirection].
func (r *AuthorizationRequest) Code(q url.Values) (Secret, error) {
	if !r.Accepts(q) {
		return Secret{}, ErrWrongState
	}
	for _, values := range q {
		if len(values) != 1 { // RFC 6749 3.1: parameters must not be included more than once
			return Secret{}, ErrBadRedirection
		}
	}
	if !r.fromIssuer(q) {
		return Secret{}, ErrWrongIssuer
	}
	// A token in a redirection is the implicit grant, which RFC 9700 2.1.2 ends; nothing of it is taken.
	if q.Has("access_token") || q.Has("error") == q.Has("code") {
		return Secret{}, ErrBadRedirection
	}
	if q.Has("error") {
		return Secret{}, redirectedError(q)
	}
	code := q.Get("code")
	if len(code) > longestCode || !isText(code, ' ') {
		return Secret{}, ErrBadRedirection
	}
	return NewSecret(code), nil
}

// fromIssuer compares iss byte for byte (RFC 9207 2.4). Where no issuer is known there is nothing to compare it with; one that
// always sends it and did not this time is somebody else.
func (r *AuthorizationRequest) fromIssuer(q url.Values) bool {
	if !q.Has("iss") {
		return !r.requiresIssuer
	}
	return r.issuer == "" || q.Get("iss") == r.issuer
}

// redirectedError reads an error response that came by redirection (RFC 6749 4.1.2.1). error_uri is never looked at.
func redirectedError(q url.Values) error {
	code := ErrorCode(CleanText(q.Get("error"), longestDescription))
	if code == "" {
		return ErrBadRedirection
	}
	return &ErrorResponse{Code: code, Description: CleanText(q.Get("error_description"), longestDescription)}
}

// CheckAuthorizationQuery refuses an authorization endpoint whose own query sets a parameter that the request sets: which of
// the two the provider would take is anybody's guess.
func CheckAuthorizationQuery(endpoint string) error {
	_, query, _ := strings.Cut(endpoint, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return errors.New("oauth: the query of the authorization endpoint cannot be read")
	}
	for _, name := range reserved {
		if values.Has(name) {
			return fmt.Errorf("oauth: the authorization endpoint sets the parameter %s, which is ours to set", name)
		}
	}
	return nil
}

// randomSecret gives 32 random octets as 43 characters of base64url, a good verifier (RFC 7636 4.1) and a good state.
func randomSecret() Secret {
	var octets [32]byte
	rand.Read(octets[:])
	return NewSecret(base64.RawURLEncoding.EncodeToString(octets[:]))
}

// challenge is the S256 transformation of RFC 7636 4.2.
func challenge(verifier Secret) string {
	sum := sha256.Sum256([]byte(verifier.Reveal()))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
