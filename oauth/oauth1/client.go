package oauth1

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"valetkey/oauth"
)

// OutOfBand is the callback that means: show the verifier to the person, who will type it (RFC 5849 2.1).
const OutOfBand = "oob"

// Client is this app as a server of OAuth 1.0a knows it. Its methods are safe for use by many goroutines; the fields are not to
// be changed after the first call. It remembers how far the server's clock is off, and nothing else.
type Client struct {
	Provider Provider
	Key      string       // RFC 5849 1.1: client identifier, once "consumer key"
	Secret   oauth.Secret // client shared-secret; may be zero

	// Transport carries all calls; nil means a transport with the limits of package oauth.
	Transport http.RoundTripper

	serverAhead atomic.Int64 // nanoseconds
}

// TemporaryCredentials asks for temporary credentials (RFC 5849 2.1). callback is where the browser is to come back, as
// [oauth.CheckRedirect] wants it, or [OutOfBand]. An unguessable value of ours is added to its query, unless the provider
// compares callbacks exactly. A server that does not confirm the callback is refused: it would take anybody's (the session
// fixation of 2009).
//
// The errors are those of [Provider.Check] and [oauth.CheckRedirect], *[ProblemError], *[oauth.TransportError],
// *[oauth.AnswerError], [ErrUnconfirmedCallback] and [ErrBadLoginURL].
func (c *Client) TemporaryCredentials(ctx context.Context, callback string, scopes []oauth.Scope) (*Authorization, error) {
	authorization, callback, err := c.newAuthorization(callback)
	if err != nil {
		return nil, err
	}
	endpoint := withScopes(c.Provider.TemporaryCredentialsEndpoint, c.Provider.ScopeParameter, scopes)
	answer, err := c.post(ctx, endpoint, Credentials{}, parameter{"oauth_callback", callback})
	if err != nil {
		return nil, err
	}
	won, err := answer.credentials()
	if err != nil {
		return nil, err
	}
	if confirmed, err := answer.one("oauth_callback_confirmed"); err != nil || confirmed != "true" {
		return nil, ErrUnconfirmedCallback
	}
	return authorization, authorization.hold(won, answer)
}

// TokenCredentials trades the temporary credentials and the verifier for token credentials (RFC 5849 2.3). Once it has them the
// authorization is forgotten; after a refusal it is not, and whether another verifier may be tried is the server's to say.
//
// The errors are those of [Provider.Check], *[ProblemError], *[oauth.TransportError], *[oauth.AnswerError] and
// [ErrForgotten].
func (c *Client) TokenCredentials(ctx context.Context, a *Authorization, verifier oauth.Secret) (Credentials, error) {
	held := a.held.Load()
	if held == nil {
		return Credentials{}, ErrForgotten
	}
	temporary := Credentials{Token: held.token, Secret: held.secret}
	answer, err := c.post(ctx, c.Provider.TokenEndpoint, temporary, parameter{"oauth_verifier", verifier.Reveal()})
	if err != nil {
		return Credentials{}, err
	}
	won, err := answer.credentials()
	if err != nil {
		return Credentials{}, err
	}
	won.Extra, won.Received = answer.extra(), time.Now().UTC().Round(0)
	a.Forget()
	return won, nil
}

// post sends one of the two requests for credentials and reads the form that answers it.
func (c *Client) post(ctx context.Context, endpoint string, credentials Credentials, more parameter) (*formAnswer, error) {
	if err := c.Provider.Check(); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, http.NoBody)
	if err != nil {
		return nil, oauth.ErrNoAddress // the error of net/http quotes it
	}
	request.Header.Set("Accept", formType+", */*;q=0.1")
	received, err := c.fetch(request, credentials, more)
	switch {
	case err != nil && received != nil && received.Status >= 400:
		err = nil // an error status speaks for itself, however bad its body
	case err != nil:
		return nil, err
	case received.Status >= 300 && received.Status < 400:
		return nil, &oauth.AnswerError{Status: received.Status,
			Reason: "it redirects elsewhere, and a signed request is not sent on"}
	}
	sent := c.secrets(credentials, more)
	if problem := readProblem(received, sent); problem != nil {
		return nil, problem
	}
	return readForm(received)
}

// withScopes adds the scopes to the endpoint's query, "%20" between them, as Etsy once documented.
func withScopes(endpoint, parameter string, scopes []oauth.Scope) string {
	if parameter == "" || len(scopes) == 0 {
		return endpoint
	}
	names := make([]string, len(scopes))
	for i, scope := range scopes {
		names[i] = encode(string(scope))
	}
	return withQuery(endpoint, parameter+"="+strings.Join(names, "%20"))
}

// withQuery adds to the query of an address and leaves the rest of it to the letter.
func withQuery(address, more string) string {
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + more
}
