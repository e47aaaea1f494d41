package oauth

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The limits of every call outward.
const (
	callTime   = 20 * time.Second // from the first dial to the last octet
	answerSize = 1 << 20          // of the body, in octets, after decompression
)

// UserAgent is what this app calls itself. It says nothing about its user.
const UserAgent = "ValetKey"

// Call is [Fetch] for calls of this app's own, which want JSON. An *[AnswerError] is given for a success alone. The status is
// not judged. sent names the secrets in the request: they are taken out of the provider's words should it repeat them.
func Call(transport http.RoundTripper, request *http.Request, sent ...Secret) (*Answer, error) {
	request.Header.Set("Accept", "application/json")
	received, err := Fetch(transport, request)
	if received == nil {
		return nil, err
	}
	answer := received.Answer(sent...)
	if err != nil && answer.Success() {
		return nil, err
	}
	return answer, nil // an error status speaks for itself, however bad its body
}

// post sends a form with the client's credentials as the provider's record says, and never in two ways (RFC 6749 2.3.1).
// It sends nothing to an address that [CheckEndpoint] refuses.
func (c *Client) post(ctx context.Context, endpoint string, plain map[string]string, secret map[string]Secret) (*Answer, error) {
	if err := CheckEndpoint(endpoint); err != nil {
		return nil, err
	}
	form := url.Values{}
	for name, value := range plain {
		form.Set(name, value)
	}
	sent := []Secret{c.ClientSecret}
	for name, value := range secret {
		form.Set(name, value.Reveal())
		sent = append(sent, value)
	}
	authenticate, err := c.authenticate(form)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, ErrNoAddress // the error of net/http quotes it
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	authenticate(request)
	answer, err := Call(c.Transport, request, sent...)
	if err == nil && answer.Redirected() {
		return nil, answer.unusable("it redirects elsewhere, and a request with secrets in it is not sent on")
	}
	return answer, err
}

// authenticate puts the client's credentials into the form, or returns what puts them into the header. Basic has both halves
// form-encoded first (RFC 6749 2.3.1): else a colon in the id would end it.
func (c *Client) authenticate(form url.Values) (func(*http.Request), error) {
	switch c.Provider.AuthMethod {
	case AuthSecretBasic:
		return func(request *http.Request) {
			request.SetBasicAuth(url.QueryEscape(c.ClientID), url.QueryEscape(c.ClientSecret.Reveal()))
		}, nil
	case AuthSecretPost:
		form.Set("client_secret", c.ClientSecret.Reveal())
	case AuthNone, "":
	default:
		return nil, fmt.Errorf("oauth: unknown client authentication method %q", c.Provider.AuthMethod)
	}
	form.Set("client_id", c.ClientID)
	return func(*http.Request) {}, nil
}
