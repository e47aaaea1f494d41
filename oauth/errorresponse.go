package oauth

import (
	"fmt"
	"time"
)

// ErrorCode is the error member of an error response (RFC 6749 4.1.2.1 and 5.2).
type ErrorCode string

// The registered codes that this app tells apart.
const (
	AccessDenied            ErrorCode = "access_denied"
	InvalidRequest          ErrorCode = "invalid_request"
	InvalidClient           ErrorCode = "invalid_client"
	InvalidGrant            ErrorCode = "invalid_grant"
	InvalidScope            ErrorCode = "invalid_scope"
	InvalidToken            ErrorCode = "invalid_token" // RFC 6750 3.1
	InsufficientScope       ErrorCode = "insufficient_scope"
	ServerError             ErrorCode = "server_error"
	TemporarilyUnavailable  ErrorCode = "temporarily_unavailable"
	UnauthorizedClient      ErrorCode = "unauthorized_client"
	UnsupportedGrantType    ErrorCode = "unsupported_grant_type"
	UnsupportedResponseType ErrorCode = "unsupported_response_type"
	UnsupportedTokenType    ErrorCode = "unsupported_token_type" // RFC 7009 2.2.1
)

// ErrorResponse is a refusal by the provider, field for field. It never holds the body it came in.
type ErrorResponse struct {
	Code        ErrorCode     // empty where the answer was not an OAuth error response
	Description string        // cleaned: one line, printable, 200 characters at most
	Status      int           // HTTP status; 0 for an error that came by redirection
	RetryAfter  time.Duration // from Retry-After, one hour at most; 0 if absent
}

// Error says the code and the status, never more than the provider's cleaned description.
func (e *ErrorResponse) Error() string {
	text := string(e.Code)
	if text == "" {
		text = "no OAuth error code"
	}
	if e.Status != 0 {
		text = fmt.Sprintf("%s (HTTP %d)", text, e.Status)
	}
	if e.Description != "" {
		text += ": " + e.Description
	}
	return "oauth: provider answered " + text
}

// Transient reports whether the same request may succeed later: 408, 425, 429 and every 5xx, whatever the body says.
func (e *ErrorResponse) Transient() bool {
	switch e.Status {
	case 408, 425, 429:
		return true
	}
	return e.Status >= 500
}
