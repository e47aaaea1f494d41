package valet

import (
	"maps"
	"net/http"

	"valetkey/oauth"
	"valetkey/oauth/oauth1"
)

// client is this app as a provider knows it, in the protocol that the provider speaks.
type client struct {
	oauth.Client                // provider, app key and way; all there is in OAuth 2
	signer       *oauth1.Client // in OAuth 1.0a; else nil
}

// pass is what a request to an API is made with: an access token, or a token of OAuth 1.0a and its secret.
type pass struct{ token, secret oauth.Secret }

func (w winnings) pass() pass { return pass{w.Access, w.secret} }

func (r record) pass() pass { return pass{r.Access, r.TokenSecret} }

// bearer gives the headers of a request to the provider's API: Authorization, and those the provider asks for besides, such as
// x-api-key.
func (c *client) bearer(p pass) http.Header {
	header := c.APIHeader()
	header.Set("Authorization", "Bearer "+p.token.Reveal())
	return header
}

// form is a form with the token in one field.
func (p pass) form(field string) (body []byte, contentType string) {
	return Form([]Field{{field, p.token.Reveal()}})
}

// fetch sends a request to the provider's API that is complete but for its credentials. It can be called anew for every try.
func (c *client) fetch(transport http.RoundTripper, request *http.Request, p pass) (*oauth.Received, error) {
	if c.signer != nil {
		maps.Copy(request.Header, c.APIHeader())
		return c.signer.Fetch(request, oauth1.Credentials{Token: p.token, Secret: p.secret})
	}
	maps.Copy(request.Header, c.bearer(p))
	return oauth.Fetch(transport, request)
}

// answer is what the provider says to a request for JSON. One that is no success comes as *[oauth.ErrorResponse].
func (c *client) answer(request *http.Request, p pass) (*oauth.Answer, error) {
	request.Header.Set("Accept", "application/json")
	received, err := c.fetch(c.Transport, request, p)
	if received == nil {
		return nil, err
	}
	answer := received.Answer(p.token, p.secret, c.ClientSecret)
	if !answer.Success() { // an error status speaks for itself, however bad its body
		return nil, c.refusal(received, p)
	}
	return answer, err
}
