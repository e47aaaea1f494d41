package valet

import (
	"errors"

	"valetkey/oauth"
)

// outcome names what came of a refresh. Only rejected means that the seller has to connect again.
type outcome string

const (
	refreshed   outcome = "refreshed"
	rejected    outcome = "rejected"    // invalid_grant for the refresh token that is stored
	refused     outcome = "refused"     // the app key's trouble: tokens are kept
	unreachable outcome = "unreachable" // network, 408, 425, 429, 5xx, an answer that is not one: try later
)

// classify reads what [oauth.Client.Refresh] returned.
func classify(err error) outcome {
	if err == nil {
		return refreshed
	}
	var answer *oauth.ErrorResponse
	if !errors.As(err, &answer) || answer.Transient() {
		return unreachable
	}
	if answer.Code == oauth.InvalidGrant {
		return rejected
	}
	return refused
}

// refreshError turns an outcome into what a person is told.
func refreshError(o outcome, c Connection, err error) *Error {
	var answer *oauth.ErrorResponse
	errors.As(err, &answer)
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
