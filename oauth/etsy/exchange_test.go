package etsy

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"valetkey/oauth"
)

// tokenEndpoint is a back channel that keeps the form it is sent and answers it.
type tokenEndpoint struct {
	status int
	body   string
	form   url.Values
}

// RoundTrip answers the request.
func (e *tokenEndpoint) RoundTrip(request *http.Request) (*http.Response, error) {
	sent, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	if e.form, err = url.ParseQuery(string(sent)); err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: e.status, Header: http.Header{"Content-Type": {"application/json"}}, Request: request,
		Body: io.NopCloser(strings.NewReader(e.body)),
	}, nil
}

func TestExchangeOlder(t *testing.T) {
	endpoint := &tokenEndpoint{status: 200, body: `{"access_token":"1.a","token_type":"Bearer","expires_in":3600,"refresh_token":"1.b"}`}
	client := &oauth.Client{Provider: Provider(), ClientID: "keystring", ClientSecret: oauth.NewSecret("shared"), Transport: endpoint}
	token, err := ExchangeOlder(t.Context(), client, oauth.NewSecret("0123abcd"))
	if err != nil || token.Access.Reveal() != "1.a" || token.Refresh.Reveal() != "1.b" {
		t.Fatalf("%v", err)
	}
	want := url.Values{"grant_type": {"token_exchange"}, "client_id": {"keystring"}, "legacy_token": {"0123abcd"}}
	if endpoint.form.Encode() != want.Encode() {
		t.Errorf("sent %d fields, want %d", len(endpoint.form), len(want))
	}
	endpoint.status, endpoint.body = 400, `{"error":"invalid_grant","error_description":"legacy_token is invalid (no such token)"}`
	_, err = ExchangeOlder(t.Context(), client, oauth.NewSecret("0123abcd"))
	var refusal *oauth.ErrorResponse
	if !errors.As(err, &refusal) || CauseOf(refusal) != LegacyUnknown {
		t.Errorf("%v", err)
	}
}
