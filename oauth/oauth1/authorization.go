package oauth1

import (
	"crypto/rand"
	"errors"
	"net/url"
	"sync/atomic"

	"valetkey/oauth"
)

// What an answer to an authorization can be refused for, besides [oauth.ErrBadRedirection].
var (
	ErrWrongToken = errors.New("oauth1: the answer does not belong to this authorization")
	ErrForgotten  = errors.New("oauth1: the temporary credentials are spent or dropped")
)

// Authorization is one attempt to win token credentials (RFC 5849 2.2): callback, temporary credentials and our own value belong
// together for as long as it lives. It lives in memory alone and may be used by many goroutines.
type Authorization struct {
	endpoint  string
	state     oauth.Secret // ours, in the callback's query; zero: none could be added
	outOfBand bool
	held      atomic.Pointer[temporary] // nil: forgotten
}

// temporary are the temporary credentials, and the provider's own address for approving them.
type temporary struct {
	token, secret oauth.Secret
	login         oauth.Secret // an address with the token in it; zero: the endpoint is the address
}

// newAuthorization checks the callback and gives it as it is to be sent. RFC 5849 has no state (4.13): the token binds the
// answer to the question, and where the callback may have a query, a value that nobody can guess does too.
func (c *Client) newAuthorization(callback string) (*Authorization, string, error) {
	a := &Authorization{endpoint: c.Provider.AuthorizationEndpoint, outOfBand: callback == OutOfBand}
	if a.outOfBand {
		return a, callback, nil
	}
	if err := oauth.CheckRedirect(callback); err != nil {
		return nil, "", err
	}
	if !c.Provider.ExactCallback {
		a.state = oauth.NewSecret(rand.Text())
		callback = withQuery(callback, "state="+a.state.Reveal())
	}
	return a, callback, nil
}

// hold takes the temporary credentials in, and the answer's login_url if there is one.
func (a *Authorization) hold(won Credentials, answer *formAnswer) error {
	held := &temporary{token: won.Token, secret: won.Secret}
	if _, given := answer.fields["login_url"]; given {
		raw, err := answer.one("login_url")
		if err != nil {
			return ErrBadLoginURL
		}
		if held.login, err = loginAddress(raw, a.endpoint, won.Token); err != nil {
			return err
		}
	}
	a.held.Store(held)
	return nil
}

// URL is the address for the system browser (RFC 5849 2.2), and for the phone. It holds the temporary token, so it is for the
// browser and the person, not for a log. Empty once forgotten.
func (a *Authorization) URL() string {
	held := a.held.Load()
	switch {
	case held == nil:
		return ""
	case !held.login.IsZero():
		return held.login.Reveal()
	}
	return withQuery(a.endpoint, "oauth_token="+encode(held.token.Reveal()))
}

// OutOfBand reports whether the person will be shown a verifier to type.
func (a *Authorization) OutOfBand() bool { return a.outOfBand }

// Forget drops the temporary credentials, for when the person gives up or the time is over. Nothing is accepted afterwards.
func (a *Authorization) Forget() { a.held.Store(nil) }

// Accepts reports whether q answers this authorization: our own value is there once, if it was sent, and the token is there once
// and ours, both compared in constant time. A refusal may name the token as "denied", or name a problem and, where our own
// value was sent, no token.
func (a *Authorization) Accepts(q url.Values) bool {
	held := a.held.Load()
	if held == nil || !a.state.IsZero() && !only(q, "state", a.state) {
		return false
	}
	if q.Has("oauth_token") {
		return only(q, "oauth_token", held.token)
	}
	return only(q, "denied", held.token) || !a.state.IsZero() && q.Get("oauth_problem") != "" && !q.Has("oauth_verifier")
}

// only reports whether the parameter stands there once and is what it has to be.
func only(q url.Values, name string, want oauth.Secret) bool {
	return len(q[name]) == 1 && want.Equal(oauth.NewSecret(q[name][0]))
}

// Denied reports whether q answers this authorization and says that the seller refused.
func (a *Authorization) Denied(q url.Values) bool {
	_, err := a.Verifier(q)
	return errors.Is(err, ErrDenied)
}

// Verifier takes the verifier out of a redirection (RFC 5849 2.2). It looks at whose answer it is first, then at a refusal, then
// at the verifier. A refusal comes as *[ProblemError] with Status 0, and is an [ErrDenied] where the seller said no; otherwise
// the errors are [ErrWrongToken] and [oauth.ErrBadRedirection].
func (a *Authorization) Verifier(q url.Values) (oauth.Secret, error) {
	if !a.Accepts(q) {
		return oauth.Secret{}, ErrWrongToken
	}
	refused := q.Has("denied") || q.Has("oauth_problem")
	for _, values := range q {
		if len(values) != 1 {
			return oauth.Secret{}, oauth.ErrBadRedirection
		}
	}
	switch verifier := q.Get("oauth_verifier"); {
	case refused == q.Has("oauth_verifier"):
		return oauth.Secret{}, oauth.ErrBadRedirection
	case !refused && isToken(verifier):
		return oauth.NewSecret(verifier), nil
	case !refused:
		return oauth.Secret{}, oauth.ErrBadRedirection
	}
	return oauth.Secret{}, redirectedProblem(q)
}

// redirectedProblem reads a refusal that came by redirection.
func redirectedProblem(q url.Values) error {
	problem := Problem(oauth.CleanText(q.Get("oauth_problem"), longestProblem))
	if problem == "" {
		problem = UserRefused // "denied" says no more
	}
	return &ProblemError{Problem: problem, Advice: oauth.CleanText(q.Get("oauth_problem_advice"), longestAdvice)}
}
