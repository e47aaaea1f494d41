package valet

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/oauth/oauth1"
)

// What a problem report of OAuth 1.0a is about. Servers send it with 400, 401 or 403, so that the status says little.
var (
	tokenProblems  = []oauth1.Problem{oauth1.TokenExpired, oauth1.TokenRejected, oauth1.TokenRevoked, oauth1.TokenUsed}
	appKeyProblems = []oauth1.Problem{oauth1.ConsumerKeyRejected, oauth1.ConsumerKeyUnknown, "consumer_key_refused"}
)

// refusal is what the provider says in an answer that is no success. In OAuth 1.0a the problem that it reports stands where the
// error code stands in OAuth 2.
func (c *client) refusal(received *oauth.Received, p pass) *oauth.ErrorResponse {
	refusal := received.Answer(p.token, p.secret, c.ClientSecret).Refusal()
	if c.signer == nil {
		return refusal
	}
	problem := c.signer.Problem(received, oauth1.Credentials{Token: p.token, Secret: p.secret})
	switch {
	case problem == nil: // a redirect
	case ended(problem):
		refusal.Code = apiEnded
	case problem.Problem != "":
		refusal.Code, refusal.Description = oauth.ErrorCode(problem.Problem), problem.Advice
	}
	return refusal
}

// apiEnded stands for the code of a provider that has none for it.
const apiEnded = oauth.ErrorCode(APIEnded)

// ended reports whether a provider answers that there is no such API any more, in the words that Etsy has had for it since 2023.
func ended(p *oauth1.ProblemError) bool {
	return p.Problem == "" && strings.HasPrefix(p.Advice, etsy.OlderEnded)
}

// aboutAppKey reports whether a refusal of the first request is about who asks. A wrong secret makes a wrong signature.
func aboutAppKey(p *oauth1.ProblemError) bool {
	bare := p.Problem == "" && (p.Status == http.StatusUnauthorized || p.Status == http.StatusForbidden)
	return bare || p.Problem == oauth1.SignatureInvalid || slices.Contains(appKeyProblems, p.Problem)
}

// codeOf is what a provider gave as its reason: a problem, or the status alone.
func codeOf(p *oauth1.ProblemError) string { return cmp.Or(string(p.Problem), statusText(p.Status)) }

// refusesToken reports whether an API says of a token, in either protocol, that it does not take it any more.
func refusesToken(answer *oauth.ErrorResponse) bool {
	problem := oauth1.Problem(answer.Code)
	switch {
	case slices.Contains(tokenProblems, problem):
		return true
	case aboutRequest(problem), answer.Code == apiEnded:
		return false
	}
	return answer.Status == http.StatusUnauthorized
}

// aboutRequest reports whether a problem is one that another consent would not help against.
func aboutRequest(p oauth1.Problem) bool {
	return slices.Contains(appKeyProblems, p) || p == oauth1.TimestampRefused || p == oauth1.NonceUsed
}

// signedKind is the kind of error that a problem of the app key or the clock, or the end of an API, makes an answer; "" for all
// others.
func signedKind(code oauth.ErrorCode) Kind {
	switch problem := oauth1.Problem(code); {
	case code == apiEnded:
		return APIEnded
	case slices.Contains(appKeyProblems, problem):
		return AppKeyRefused
	case problem == oauth1.TimestampRefused:
		return ClockOff
	}
	return ""
}

// refusedToken gives the answer of an API that does not take a token any more; nil for every other error.
func refusedToken(err error) *oauth.ErrorResponse {
	var answer *oauth.ErrorResponse
	if errors.As(err, &answer) && refusesToken(answer) {
		return answer
	}
	return nil
}
