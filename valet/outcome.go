package valet

import (
	"errors"

	"valetkey/oauth"
)

// outcome names what came of a refresh. Only rejected means that the seller has to connect again.
type outcome string

const (
	refreshed   outcome = "refreshed"
	unsent      outcome = "unsent"      // the store would not take the note: nothing was spent
	rejected    outcome = "rejected"    // invalid_grant for the refresh token that is stored
	refused     outcome = "refused"     // the app key's trouble: tokens are kept
	unreachable outcome = "unreachable" // network, 408, 425, 429, 5xx, an answer that is not one: try later
)

// classify reads what [oauth.Client.Refresh] returned.
func classify(err error) outcome {
	if err == nil {
		return refreshed
	}
	var ours *Error
	if errors.As(err, &ours) {
		return unsent
	}
	var answer *oauth.ErrorResponse
	if !errors.As(err, &answer) || answer.Transient() {
		return unreachable
	}
	if answer.Code == oauth.InvalidGrant || answer.Code == tokenInactive {
		return rejected
	}
	return refused
}

// tokenInactive is what some servers say of a refresh token that has ended, where the standard says invalid_grant.
const tokenInactive oauth.ErrorCode = "token_inactive"

// unspent reports whether the provider certainly did not rotate: it refused the request, or never heard of it.
func unspent(o outcome, err error) bool {
	var broken *oauth.TransportError
	if errors.As(err, &broken) {
		return !broken.Sent
	}
	var answer *oauth.ErrorResponse
	return o == refused || errors.As(err, &answer) && answer.Status < 500
}

// refreshError turns an outcome into what a person is told.
func refreshError(o outcome, c Connection, err error) *Error {
	var answer *oauth.ErrorResponse
	errors.As(err, &answer)
	var ours *Error
	if errors.As(err, &ours) {
		return ours
	}
	told := &Error{Provider: c.ProviderName, Cause: err}
	switch o {
	case rejected:
		told.Kind, told.Subject = NeedsConsent, c.Name
	case refused:
		told.Kind, told.Subject = ClientRefused, string(answer.Code)
	default:
		told.Kind = Unreachable
		if answer != nil {
			told.RetryAfter = answer.RetryAfter
		}
	}
	return told
}

// over says why a connection that has ended, or that has no refresh token, needs the seller.
func (r record) over(c Connection) *Error {
	kind := NeedsConsent
	if r.Ended == string(AnswerLost) {
		kind = AnswerLost
	}
	return &Error{Kind: kind, Subject: r.Name, Provider: c.ProviderName}
}
